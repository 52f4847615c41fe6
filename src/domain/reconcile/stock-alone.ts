import type { Instant, Sku } from '../ids.ts';
import type { Listing, ShopStock } from '../listing.ts';
import { listingsUnderId } from './duplicates.ts';

/** What a shop said of the stock of one thing, and of nothing else. */
export type SeenStock = { readonly sku?: Sku; readonly stock: ShopStock };

/**
 * A known listing with a figure that was read alone; `undefined` where nothing is to be kept of it. What is gone, what
 * has another item number by now, and what is known to be counted elsewhere or not at all waits for a reading that
 * shows all of it: a row of stock says too little to judge by.
 */
export function withStockAlone(known: Listing, seen: SeenStock, at: Instant): Listing | undefined {
  const things = listingsUnderId(known);
  const meant = things.filter(({ sku, goneAt }) => sku === seen.sku && goneAt === undefined);
  const [before] = meant;
  if (before === undefined || meant.length > 1 || !isKnown(before, seen.stock)) return undefined;
  const now = withFigure(before, seen.stock, at);
  const { beside } = known;
  // The one in front carries the others.
  if (things.indexOf(before) === 0) return beside === undefined ? now : { ...now, beside };
  return { ...known, beside: beside?.map((one) => (one === before ? now : one)) };
}

/** Whether a row of stock is of something that nobody knows, or that was known by another item number. */
export const needsAsking = (known: Listing | undefined, seen: SeenStock): boolean =>
  known === undefined || !listingsUnderId(known).some(({ sku, goneAt }) => sku === seen.sku && goneAt === undefined);

/** Whether a row says anything new of a thing that is counted there. */
function isKnown({ sellable, stock: known }: Listing, seen: ShopStock): boolean {
  if (sellable !== 'unit' || sameStock(known, seen)) return false;
  if (known.heldByParent === true || seen.heldByParent === true) return false;
  return known.unreadable !== undefined || known.tracked || !seen.tracked;
}

const sameStock = (one: ShopStock, other: ShopStock): boolean =>
  one.tracked === other.tracked &&
  one.quantity === other.quantity &&
  one.outOfStock === other.outOfStock &&
  one.heldByParent === other.heldByParent &&
  one.unreadable?.value === other.unreadable?.value;

/** That it was sold out was said of the figure before. */
function withFigure(before: Listing, stock: ShopStock, at: Instant): Listing {
  const { unbuyable } = before;
  const isThere = stock.outOfStock !== true && (!stock.tracked || (stock.quantity ?? 0) > 0);
  const left = isThere ? unbuyable?.filter(({ why }) => why !== 'out-of-stock') : unbuyable;
  return { ...before, stock, stockSeenAt: at, unbuyable: left?.length === 0 ? undefined : left };
}
