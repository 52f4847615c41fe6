import { type Instant, millisecondsOf } from '../ids.ts';
import type { Tombstone } from '../integration.ts';
import type { Listing } from '../listing.ts';
import type { Product } from '../product.ts';

/** A link that goes so soon after a nought went by it: between one sync of the shop and the next. */
const soonMs = 24 * 3_600_000;

/**
 * When the nought was sent that put goods into a deadlock: the shop went inactive by it, that took the
 * link, and without the link the new stock cannot be told. A shop that is known to hide at nought is always meant;
 * of any other it is guessed when the link went within a day.
 */
export function hiddenAfterZero(facts: {
  readonly product: Product;
  readonly tombstone?: Tombstone;
  readonly listing: Listing;
}): Instant | undefined {
  const { product, tombstone, listing } = facts;
  const pushed = tombstone?.integration.pushed;
  if (pushed === undefined || tombstone?.because !== 'inactive-in-shop') return undefined;
  if (pushed.quantity > 0 || product.stock.onHand <= 0) return undefined;
  const passed = millisecondsOf(tombstone.at) - millisecondsOf(pushed.at);
  return listing.hidesAtZero === true || (passed >= 0 && passed <= soonMs) ? pushed.at : undefined;
}
