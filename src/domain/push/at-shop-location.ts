import type { Integration } from '../integration.ts';
import type { Listing, ShopStock, StockAtLocation } from '../listing.ts';
import { tellsLocations } from '../shop.ts';
import type { PushCandidate } from './push-candidate.ts';
import { wantedAtLocations } from './shop-quantity.ts';

/**
 * A candidate as each location of its shop sees it: what is wanted there, what was sent there and what the shop has
 * there stand in place of the sums. Itself alone where the shop is told one figure, or has no link.
 */
export function atShopLocations(candidate: PushCandidate): readonly PushCandidate[] {
  const { shop, integration, listing } = candidate;
  if (!tellsLocations(shop) || integration === undefined) return [candidate];
  const figures = wantedAtLocations(candidate, candidate.canNegative);
  return (shop.shopLocations ?? []).map((location) => ({
    ...candidate,
    at: location,
    wanted: figures?.find((figure) => figure.location.id === location.id) ?? {},
    integration: confirmedAt(integration, location.id),
    listing: listing && listingAt(listing, location.id),
    notStocked: listing !== undefined && isNotStocked(stockAt(listing, location.id)),
  }));
}

/** A link with what was sent to one location of the shop as what was sent. */
export function confirmedAt(integration: Integration, locationId: string): Integration {
  const there = integration.pushed?.locations?.find(({ id }) => id === locationId);
  return { ...integration, pushed: there && { quantity: there.quantity, at: there.at } };
}

const listingAt = (listing: Listing, locationId: string): Listing => {
  const there = stockAt(listing, locationId);
  const { locations: _, ...stock } = listing.stock;
  return { ...listing, stock: { ...stock, quantity: there?.quantity, unreadable: there?.unreadable } };
};

/** What a shop has at one of its locations; nothing where that was never read. */
export const stockAt = ({ stock }: Listing, locationId: string): StockAtLocation | undefined =>
  stock.locations?.find(({ id }) => id === locationId);

/** Whether a shop said that it keeps none of it at a location: no figure, which is not the same as nought. */
export const isNotStocked = (there: StockAtLocation | undefined): boolean =>
  there !== undefined && there.quantity === undefined && there.unreadable === undefined;

/** A shop's stock with what it confirmed, at one of its locations or as a whole. */
export function stockWith(stock: ShopStock, quantity: number, locationId: string | undefined): ShopStock {
  if (locationId === undefined) return { ...stock, quantity };
  // Where it was not read by location yet, the others stay unknown: they are not in the list.
  const now = [...(stock.locations ?? []).filter(({ id }) => id !== locationId), { id: locationId, quantity }];
  return { ...stock, quantity: sumOf(now), locations: now };
}

/** What a shop has at all of its locations together; nothing where one of them could not be read. */
export const sumOf = (locations: readonly StockAtLocation[]): number | undefined =>
  locations.some(({ unreadable }) => unreadable !== undefined)
    ? undefined
    : locations.reduce((sum, { quantity = 0 }) => sum + quantity, 0);
