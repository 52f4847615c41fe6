import type { Integration } from '../integration.ts';
import type { Listing } from '../listing.ts';
import { available, type Product } from '../product.ts';
import type { Shop } from '../shop.ts';
import { shopFigure } from './shop-figure.ts';

/**
 * The latest figure that a shop is known to have. What it confirmed to a push is written on the listing too, so the
 * listing is never older, and no two clocks are compared.
 */
export function shopQuantity(integration: Integration | undefined, listing: Listing | undefined): number | undefined {
  if (listing === undefined) return integration?.pushed?.quantity;
  const figure = shopFigure(listing);
  if (figure.kind === 'counted') return figure.quantity;
  return figure.kind === 'unreadable' ? undefined : integration?.pushed?.quantity;
}

/** The figure that a shop ought to have; `held` where a negative one is kept at nought (H24). */
export function wantedQuantity(
  product: Product,
  shop: Shop,
  canNegative = true,
): { readonly quantity: number; readonly held?: number } {
  const free = available(product.stock);
  if (free >= 0 || (shop.negative === 'send' && canNegative)) return { quantity: free };
  return { quantity: 0, held: free };
}
