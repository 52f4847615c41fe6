import type { Integration } from '../integration.ts';
import type { Listing } from '../listing.ts';
import { available, type Product } from '../product.ts';
import { type Shop, tellsLocations } from '../shop.ts';
import { availableAt, type LocationStock } from '../warehouse/location-stock.ts';
import { type ShopLocationFigure, shopLocationFigures } from '../warehouse/shop-location-figures.ts';
import { shopFigure } from './shop-figure.ts';

/**
 * The latest figure that a shop is known to have. What it confirmed to a push is written on the listing too, so the
 * listing is never older, and no two clocks are compared. A shop that counts and shows no figure has none that is known.
 */
export function shopQuantity(integration: Integration | undefined, listing: Listing | undefined): number | undefined {
  if (listing === undefined) return integration?.pushed?.quantity;
  const figure = shopFigure(listing);
  if (figure.kind === 'counted') return figure.quantity;
  return figure.kind === 'unreadable' || figure.kind === 'unknown' ? undefined : integration?.pushed?.quantity;
}

/** A product in a shop, and what lies of it at each location: asked for where the shop is mapped to locations. */
export type StockedPlace = {
  readonly product: Product;
  readonly shop: Shop;
  readonly parts?: readonly LocationStock[];
};

/**
 * The figure that each location of a shop ought to have, where the shop is told at several; nothing where nobody knows
 * what lies where.
 */
export const wantedAtLocations = (
  { product, shop, parts = [] }: StockedPlace,
  canNegative = true,
): readonly ShopLocationFigure[] | undefined =>
  shopLocationFigures({
    shopLocations: shop.shopLocations ?? [],
    total: available(product.stock),
    parts,
    sendsNegative: shop.negative === 'send' && canNegative,
  });

/**
 * The figure that a shop ought to have, all its locations together; `held` where a negative one is kept at nought (H24). None where the shop is
 * mapped to locations and nobody knows what lies there.
 */
export function wantedQuantity(
  place: StockedPlace,
  canNegative = true,
): { readonly quantity?: number; readonly held?: number } {
  const { product, shop, parts = [] } = place;
  if (tellsLocations(shop)) {
    const figures = wantedAtLocations(place, canNegative);
    if (figures === undefined) return {};
    const held = figures.find((figure) => figure.held !== undefined)?.held;
    return { quantity: figures.reduce((sum, { quantity }) => sum + quantity, 0), held };
  }
  const free = availableAt(shop.locations, available(product.stock), parts);
  if (free === undefined || free >= 0 || (shop.negative === 'send' && canNegative)) return { quantity: free };
  return { quantity: 0, held: free };
}
