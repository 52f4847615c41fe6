import type { Instant } from '../ids.ts';
import { available, type Product, type Stock } from '../product.ts';
import type { StockLevel, WarehouseId } from './warehouse.ts';

/** The figures of a warehouse as a product keeps them. Shops are told whole pieces: half a piece cannot be sold. */
export const stockFrom = (level: StockLevel, source: WarehouseId): Stock => ({
  onHand: level.onHand,
  reserved: level.reserved,
  available: Math.floor(level.available),
  source,
  at: level.asOf,
});

/** Whether two say the same, whenever they said it. */
export const sameStock = (a: Stock, b: Stock): boolean =>
  a.onHand === b.onHand && a.reserved === b.reserved && available(a) === available(b) && a.source === b.source;

/** A figure that is older than the one that is kept of the same warehouse says nothing: an old file never over a newer. */
export const isOutdated = (level: StockLevel, kept: Stock, source: WarehouseId): boolean =>
  kept.source === source && kept.at !== undefined && level.asOf < kept.at;

/**
 * When a figure was last known to be right. A warehouse that shows everything confirms all its figures whenever it was
 * read to the end; of files, only what stood in them.
 */
export function confirmedAt(product: Product, readAt: Instant | undefined, complete: boolean): Instant | undefined {
  const { at } = product.stock;
  // A reading confirms no figure that could not be read in it.
  const known = product.warehouse?.unreadableSince ?? readAt;
  return complete && (at === undefined || (known !== undefined && known > at)) ? known : at;
}
