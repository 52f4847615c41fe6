import type { Conflict } from '../conflict.ts';
import type { Integration } from '../integration.ts';
import type { Listing } from '../listing.ts';
import type { Product } from '../product.ts';
import { countedQuantity } from '../push/shop-figure.ts';
import { shopQuantity, wantedQuantity } from '../push/shop-quantity.ts';
import type { Shop } from '../shop.ts';
import type { LocationStock } from '../warehouse/location-stock.ts';

/** What there is at one line of a shop's list. */
export type IntegrationPlace = {
  readonly shop: Shop;
  readonly product?: Product;
  readonly listing?: Listing;
  readonly integration?: Integration;
  readonly conflict?: Conflict;
  /** What lies at each location of the warehouse. */
  readonly parts?: readonly LocationStock[];
};
export type IntegrationState = {
  readonly state: 'linked' | 'missing' | 'conflict';
  /** The figure that the shop ought to have, and the one it is known to have. */
  readonly wanted?: number;
  readonly shopHas?: number;
  readonly stockDiffers: boolean;
};

/** How a line of a shop's list stands, and whether the shop has another figure than it ought to. */
export function integrationState({
  shop,
  product,
  listing,
  integration,
  conflict,
  parts,
}: IntegrationPlace): IntegrationState {
  if (integration === undefined || product === undefined) {
    return { state: conflict === undefined ? 'missing' : 'conflict', stockDiffers: false };
  }
  const wanted = wantedQuantity({ product, shop, parts }).quantity;
  const shopHas = shopQuantity(integration, listing);
  const counted = listing === undefined || (countedQuantity(listing) !== undefined && listing.sellable === 'unit');
  return {
    state: 'linked',
    wanted,
    shopHas: counted ? shopHas : undefined,
    stockDiffers: counted && wanted !== undefined && shopHas !== undefined && shopHas !== wanted,
  };
}
