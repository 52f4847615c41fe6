import { Refusal } from './refusal.ts';
import type { ServiceDependencies } from './service-dependencies.ts';

/** Stops figures that are typed or imported here while another warehouse says what there is: its next reading would undo them. */
export function assertOwnStock({ warehouses }: ServiceDependencies): void {
  const chosen = warehouses?.settings();
  if (chosen !== undefined) throw new Refusal('stock-from-warehouse', { warehouse: chosen.kind });
}
