import { refKey } from '../../domain/changes.ts';
import type { Sale } from '../../domain/listing.ts';

/** The last sale of each listing among many. */
export function newestSales(sales: readonly Sale[]): readonly Sale[] {
  const newest = new Map<string, Sale>();
  for (const sale of sales) {
    const known = newest.get(refKey(sale.ref));
    if (known === undefined || known.at < sale.at) newest.set(refKey(sale.ref), sale);
  }
  return [...newest.values()];
}
