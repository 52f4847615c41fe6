import { refKey, sameRef } from '../../domain/changes.ts';
import type { ListingRef } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import type { BrokenRow, ShopConnector, Urgency } from '../../ports/shop-connector.ts';

type Listed = { readonly ref?: ListingRef };

/** What a shop shows now, and the shop products that it shows so that nobody can read them. */
export type LiveListings = {
  readonly listings: readonly Listing[];
  readonly unreadable: ReadonlyMap<string, BrokenRow>;
};

/** Everything that a shop shows now: what its list passes over is asked for by id. */
export async function allListings(asking: QueryOptions, places: readonly Listed[]): Promise<LiveListings> {
  const { connector, signal } = asking;
  const found: Listing[] = [];
  const unreadable = new Map<string, BrokenRow>();
  let cursor: string | undefined;
  do {
    const page = await connector.page(cursor === undefined ? {} : { cursor }, signal);
    found.push(...page.listings);
    for (const row of page.broken) if (row.shopProductId !== undefined) unreadable.set(row.shopProductId, row);
    cursor = page.next;
  } while (cursor !== undefined);
  return { listings: [...found, ...(await missingListings(asking, places, { shown: found, unreadable }))], unreadable };
}

/**
 * A page can pass over what moves while it is read: only the shop, asked by id, can say that it does not know a thing.
 * What nobody can read is not asked for again: it would be no better, and would end the answer about all the rest.
 */
async function missingListings(
  asking: QueryOptions,
  places: readonly Listed[],
  { shown, unreadable }: { readonly shown: readonly Listing[]; readonly unreadable: LiveListings['unreadable'] },
): Promise<readonly Listing[]> {
  const seen = new Set(shown.map(({ ref }) => refKey(ref)));
  return listingsById(
    asking,
    places.filter(({ ref }) => ref !== undefined && !seen.has(refKey(ref)) && !unreadable.has(ref.shopProductId)),
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
