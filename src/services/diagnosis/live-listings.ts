import { refKey, sameRef } from '../../domain/changes.ts';
import type { ListingRef } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import type { ShopConnector, Urgency } from '../../ports/shop-connector.ts';

type Listed = { readonly ref?: ListingRef };

/** Everything that a shop shows now. */
export async function allListings(connector: ShopConnector, signal: AbortSignal): Promise<readonly Listing[]> {
  const found: Listing[] = [];
  let cursor: string | undefined;
  do {
    const page = await connector.page(cursor === undefined ? {} : { cursor }, signal);
    found.push(...page.listings);
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}

/** A page can pass over what moves while it is read: only the shop, asked by id, can say that it does not know a thing. */
export async function missingListings(
  asking: QueryOptions,
  places: readonly Listed[],
  shown: readonly Listing[],
): Promise<readonly Listing[]> {
  const seen = new Set(shown.map(({ ref }) => refKey(ref)));
  return listingsById(
    asking,
    places.filter(({ ref }) => ref !== undefined && !seen.has(refKey(ref))),
  );
}

type QueryOptions = { readonly connector: ShopConnector; readonly signal: AbortSignal; readonly urgency: Urgency };

/** Each shop product is asked for once, however many of its variants are meant. */
export async function listingsById(
  { connector, signal, urgency }: QueryOptions,
  places: readonly Listed[],
): Promise<readonly Listing[]> {
  const refs = places.flatMap(({ ref }) => ref ?? []);
  const found: Listing[] = [];
  for (const id of new Set(refs.map(({ shopProductId }) => shopProductId))) {
    const meant = refs.filter(({ shopProductId }) => shopProductId === id);
    const listings = await connector.product(id, signal, urgency);
    found.push(...listings.filter((listing) => meant.some((ref) => sameRef(listing.ref, ref))));
  }
  return found;
}
