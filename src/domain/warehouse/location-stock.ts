import type { Instant, ProductId } from '../ids.ts';

/**
 * What lies of one product at one location of the warehouse. The parts of a product's stock: their sum need not be the
 * warehouse's own figure, which stands on the product, since blocked goods lie at a location too.
 */
export type LocationStock = {
  readonly productId: ProductId;
  /** As the warehouse calls it: a shelf, a room or a building. */
  readonly location: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
  /** The warehouse that said so, by the id of its driver. */
  readonly source: string;
  readonly at: Instant;
};

/** Whether a location is meant by what a shop is mapped to: its name as it is written, or all that begins with what stands before a `*`. */
export const isMapped = (locations: readonly string[], location: string): boolean =>
  locations.some((wanted) => (wanted.endsWith('*') ? location.startsWith(wanted.slice(0, -1)) : location === wanted));

/**
 * What a shop may sell of a product: the sum of the locations that it is mapped to, and all of it where it is mapped to
 * none (H7, D9). Never more than may be sold in all: what customers ordered is promised from no location yet. Nothing
 * where goods are said to be there and no location tells of them: unknown, not nought.
 */
export function availableAt(
  locations: readonly string[] | undefined,
  total: number,
  parts: readonly Pick<LocationStock, 'location' | 'available'>[],
): number | undefined {
  if (locations === undefined || locations.length === 0 || total <= 0) return total;
  if (parts.length === 0) return undefined;
  const hundredths = parts
    .filter(({ location }) => isMapped(locations, location))
    .reduce((sum, part) => sum + Math.round(part.available * 100), 0);
  return Math.min(total, Math.floor(hundredths / 100));
}
