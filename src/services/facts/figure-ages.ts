import { type Instant, later } from '../../domain/ids.ts';
import { goneFromWarehouse, type Product, sharedInWarehouse } from '../../domain/product.ts';
import { confirmedAt } from '../../domain/warehouse/stock-of.ts';
import type { Localised } from '../../ports/platform.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';

/** Where a figure comes from and how old it is. */
export type FigureAge = {
  /** The warehouse that said so; absent: typed, counted or imported here. */
  readonly source?: string;
  readonly label?: Localised;
  /** When it was last known to be right. */
  readonly at?: Instant;
  /** Since when the warehouse that said so has the product no more: what lies there is unknown. */
  readonly goneAt?: Instant;
  /** Since when the warehouse shows two products that may be it: which figure is meant, nobody can tell. */
  readonly sharedAt?: Instant;
  /** It comes from the chosen warehouse, which has not confirmed it within the limit. */
  readonly isTooOld: boolean;
};

/** Tells of products where their figure comes from and how old it is. */
export function figureAges({ warehouses, clock, tuning }: ServiceDependencies): (product: Product) => FigureAge {
  const chosen = warehouses?.settings();
  const driver = chosen && warehouses?.driver(chosen.kind);
  const limit = later(clock.now(), -tuning.figureMs);
  const { readAt } = warehouses?.state() ?? {};
  return (product) => {
    const { source, at: saidAt } = product.stock;
    if (driver === undefined || source !== driver.id) {
      const label = warehouses?.drivers().find(({ id }) => id === source)?.label;
      return { source, label, at: saidAt, isTooOld: false };
    }
    const goneAt = goneFromWarehouse(product);
    const at = goneAt === undefined ? confirmedAt(product, readAt, driver.can.complete) : saidAt;
    return {
      source,
      label: driver.label,
      at,
      goneAt,
      sharedAt: sharedInWarehouse(product),
      isTooOld: at === undefined || at < limit,
    };
  };
}
