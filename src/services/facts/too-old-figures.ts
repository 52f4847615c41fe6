import { later } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import { confirmedAt } from '../../domain/warehouse/stock-of.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';

/** Whether a product's figure comes from the warehouse and was not confirmed within the limit. */
export function tooOldFigures({ warehouses, clock, tuning }: ServiceDependencies): (product: Product) => boolean {
  const chosen = warehouses?.settings();
  const driver = chosen && warehouses?.driver(chosen.kind);
  if (chosen === undefined || driver === undefined) return () => false;
  const limit = later(clock.now(), -tuning.figureMs);
  const { readAt } = warehouses?.state() ?? {};
  return (product) => {
    if (product.stock.source !== chosen.kind) return false;
    const at = confirmedAt(product, readAt, driver.can.complete);
    return at === undefined || at < limit;
  };
}
