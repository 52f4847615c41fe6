import { Refusal } from './services.ts';
import type { World } from './world.ts';

/** Stops whatever would change something while the program is only to look. Every acting service calls it first. */
export function mayAct(world: World): void {
  if (world.readOnly) throw new Refusal('read-only');
}
