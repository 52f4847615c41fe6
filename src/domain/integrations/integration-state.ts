import type { Conflict } from '../conflict.ts';
import type { Integration } from '../integration.ts';
import type { Listing } from '../listing.ts';
import type { Product } from '../product.ts';
import { isNotStocked, stockAt } from '../push/at-shop-location.ts';
import { countedQuantity } from '../push/shop-figure.ts';
import { shopQuantity, wantedAtLocations, wantedQuantity } from '../push/shop-quantity.ts';
import { type Shop, tellsLocations } from '../shop.ts';
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
  /** The same at each location of the shop, where it is told at several. */
  readonly atLocations?: readonly LocationState[];
};

/** How one location of a shop stands. */
export type LocationState = {
  readonly id: string;
  readonly name: string;
  readonly wanted?: number;
  readonly shopHas?: number;
  /** The shop keeps none of it there, and can be told no figure for it. */
  readonly notStocked?: true;
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
  const atLocations = locationStates({ shop, product, listing, parts });
  const shopHas = shopQuantity(integration, listing);
  const counted = listing === undefined || (countedQuantity(listing) !== undefined && listing.sellable === 'unit');
  return {
    state: 'linked',
    wanted,
    shopHas: counted ? shopHas : undefined,
    stockDiffers: counted && differs(wanted, shopHas, atLocations),
    ...(atLocations === undefined ? {} : { atLocations }),
  };
}

const differs = (
  wanted: number | undefined,
  shopHas: number | undefined,
  atLocations: readonly LocationState[] | undefined,
): boolean =>
  atLocations === undefined
    ? wanted !== undefined && shopHas !== undefined && shopHas !== wanted
    : atLocations.some((one) => one.wanted !== undefined && one.shopHas !== undefined && one.shopHas !== one.wanted);

/** What each location of a shop ought to have and has, where it is told at several. */
function locationStates(place: {
  readonly shop: Shop;
  readonly product: Product;
  readonly listing?: Listing;
  readonly parts?: readonly LocationStock[];
}): readonly LocationState[] | undefined {
  const { shop, listing } = place;
  if (!tellsLocations(shop)) return undefined;
  const figures = wantedAtLocations(place);
  return (shop.shopLocations ?? []).map((location) => {
    const there = listing && stockAt(listing, location.id);
    const notStocked = isNotStocked(there);
    return {
      id: location.id,
      name: location.name ?? location.id,
      wanted: figures?.find((figure) => figure.location.id === location.id)?.quantity,
      shopHas: notStocked ? 0 : there?.quantity,
      ...(notStocked ? { notStocked } : {}),
    };
  });
}
