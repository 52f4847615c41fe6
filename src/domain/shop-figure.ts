import type { Instant } from './ids.ts';
import type { Integration } from './integration.ts';
import type { Listing } from './listing.ts';
import { available, type Product } from './product.ts';
import type { Shop } from './shop.ts';

/** The latest figure that a shop is known to have: the one it confirmed, or one that it showed later. */
export function shopFigure(
  integration: Integration | undefined,
  listing: Listing | undefined,
): { readonly quantity: number; readonly at: Instant } | undefined {
  const pushed = integration?.pushed;
  const quantity = listing?.stock.tracked === true ? listing.stock.quantity : undefined;
  if (listing === undefined || quantity === undefined) return pushed;
  return pushed !== undefined && pushed.at >= listing.seenAt ? pushed : { quantity, at: listing.seenAt };
}

/** The figure that a shop ought to have; `held` where a negative one is kept at nought (H24). */
export function wantedFigure(
  product: Product,
  shop: Shop,
  canNegative = true,
): { readonly quantity: number; readonly held?: number } {
  const free = available(product.stock);
  if (free >= 0 || (shop.negative === 'send' && canNegative)) return { quantity: free };
  return { quantity: 0, held: free };
}
