import { refKey } from '../../domain/changes.ts';
import { nearSpellings, spellingsOf } from '../../domain/diagnosis/near-spelling.ts';
import type { KnownListing, LiveAnswer, PlaceFacts } from '../../domain/diagnosis/place-facts.ts';
import { type Instant, type ListingRef, later, looseSku, type ProductId, type ShopId } from '../../domain/ids.ts';
import { expectedShops } from '../../domain/integrations/expected-shops.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import { listingsUnderId } from '../../domain/reconcile/duplicates.ts';
import { unreadableRowOf } from '../../domain/reconcile/unreadable-rows.ts';
import { type Shop, sourceIn } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';
import { groupBy } from '../dependencies/group-by.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { lastRefusals, type Refusals } from './last-refusals.ts';
import { type AskedProducts, gatherRecords, type PlaceRecords } from './place-records.ts';
import { findRelated, type RelatedListings } from './related-listings.ts';

/** Which places to gather evidence for: these products in these shops (all, when left out). */
export type Asked = AskedProducts & {
  readonly shopIds?: readonly ShopId[];
  /** What shops said when they were asked just now. */
  readonly live?: ReadonlyMap<ShopId, LiveAnswer>;
  /** What shops refused lies in the history, and is the weakest of evidence: not looked for among very many. */
  readonly withoutRefusals?: boolean;
};

/**
 * Everything known of many products in many shops, in a handful of questions whatever their number: product by
 * product, and within one in the order of the shops.
 */
export async function gatherPlaceFacts(
  deps: Pick<ServiceDependencies, 'clock' | 'tuning'>,
  now: StoreReader,
  asked: Asked,
): Promise<readonly PlaceFacts[]> {
  const shown = [...(asked.live?.values() ?? [])].flatMap((answer) =>
    answer.kind === 'answered' ? answer.listings : [],
  );
  const at = deps.clock.now();
  const freshSince = later(at, -deps.tuning.staleMs);
  const records = await gatherRecords(now, asked, at);
  const { products } = records;
  const [relatedTo, near, refusals] = await Promise.all([
    findRelated(now, records, shown),
    findNear(now, records),
    lastRefusals(now, asked.withoutRefusals === true ? [] : products, at),
  ]);
  const related = new Map(
    products.map((product) => [product.id, new Map(records.shops.map((shop) => [shop.id, relatedTo(product, shop)]))]),
  );
  const parents = await findParents(now, related);
  const gathered: Gathered = { at, freshSince, asked, records, related, near, parents, refusals };
  return products.flatMap((product) => placesOf(product, gathered));
}

const nothing: RelatedListings = { listings: [], displaced: [] };

/** By product, then by shop. */
type RelatedByProduct = ReadonlyMap<ProductId, ReadonlyMap<ShopId, RelatedListings>>;

type Gathered = {
  readonly at: Instant;
  readonly freshSince: Instant;
  readonly asked: Asked;
  readonly records: PlaceRecords;
  readonly related: RelatedByProduct;
  readonly near: (product: Product) => readonly Listing[];
  readonly parents: ReadonlyMap<string, Listing>;
  readonly refusals: Refusals;
};

function placesOf(product: Product, gathered: Gathered): readonly PlaceFacts[] {
  const { records, asked, related } = gathered;
  const listings = related.get(product.id) ?? new Map<ShopId, RelatedListings>();
  const marks = records.marks(product.id);
  const knownIn = records.shops.filter((shop) => isKnown(product, shop, { records, listings })).map(({ id }) => id);
  const expected = expectedShops(product, records.shops, { knownIn, marks });
  return records.shops
    .filter(({ id }) => asked.shopIds === undefined || asked.shopIds.includes(id))
    .map((shop): PlaceFacts => {
      const place = records.at(product.id, shop.id);
      const state = records.state(shop.id);
      const live = asked.live?.get(shop.id);
      const known = listings.get(shop.id)?.listings ?? [];
      const refusal = place.integration === undefined ? gathered.refusals(product.id, shop) : undefined;
      return {
        now: gathered.at,
        freshSince: gathered.freshSince,
        product,
        shop,
        ...place,
        parts: records.parts(product.id),
        marks,
        knownIn,
        expected: expected.includes(shop.id),
        listings: withoutUnknown(known, live),
        unknownRefs: unknownRefs(listings.get(shop.id), live),
        parents: parentsIn(listings.get(shop.id), live, gathered),
        near: place.integration === undefined ? nearSpellings(product, shop, gathered.near(product)) : [],
        state,
        live,
        unreadableRow: unreadableRowOf(state?.unreadable, [
          ...(place.integration === undefined ? [] : [place.integration.ref]),
          ...known.map(({ listing }) => listing.ref),
        ]),
        refusal,
      };
    });
}

type Seen = { readonly records: PlaceRecords; readonly listings: ReadonlyMap<ShopId, RelatedListings> };

const isKnown = (product: Product, shop: Shop, { records, listings }: Seen): boolean => {
  const { integration, tombstone } = records.at(product.id, shop.id);
  if (integration !== undefined || tombstone !== undefined || sourceIn(shop, product) !== undefined) return true;
  return (listings.get(shop.id)?.listings ?? []).some(({ ruledOutBy }) => ruledOutBy === undefined);
};

const unknownNow = (live: LiveAnswer | undefined): ReadonlySet<string> =>
  new Set(live?.kind === 'answered' ? live.unknown.map(refKey) : []);

/** What the shop does not know any more is no listing. */
const withoutUnknown = (known: readonly KnownListing[], live: LiveAnswer | undefined): readonly KnownListing[] => {
  const gone = unknownNow(live);
  return gone.size === 0 ? known : known.filter(({ listing }) => !gone.has(refKey(listing.ref)));
};

function unknownRefs(
  { listings: known, displaced }: RelatedListings = nothing,
  live: LiveAnswer | undefined,
): PlaceFacts['unknownRefs'] {
  const now = live?.kind === 'answered' ? live.unknown.map((ref) => ({ ref, at: live.at, live: true })) : [];
  const asked = unknownNow(live);
  const before = known.flatMap(({ listing, live: isLive, ruledOutBy }) =>
    listing.goneAt === undefined || isLive || ruledOutBy !== undefined || asked.has(refKey(listing.ref))
      ? []
      : [{ ref: listing.ref, at: listing.goneAt, live: false }],
  );
  return [...now, ...before, ...displaced.filter(({ ref }) => !asked.has(refKey(ref)))];
}

/** Listings spelled nearly like the products that lack a link somewhere. */
async function findNear(now: StoreReader, records: PlaceRecords): Promise<(product: Product) => readonly Listing[]> {
  const linked = groupBy(records.integrations, ({ productId }) => productId);
  const incomplete = records.products.filter(({ id }) => (linked.get(id)?.length ?? 0) < records.shops.length);
  const spellings = new Set(
    incomplete.flatMap((product) => records.shops.flatMap((shop) => spellingsOf(product, shop))),
  );
  const near = groupBy((await now.listingsNear([...spellings])).flatMap(listingsUnderId), ({ sku }) =>
    sku === undefined ? undefined : looseSku(sku),
  );
  return (product) => {
    const loose = new Set(records.shops.flatMap((shop) => spellingsOf(product, shop)).map(looseSku));
    return [...loose].flatMap((spelling) => near.get(spelling) ?? []);
  };
}

/** Of what are variants that the product is, was or would be. */
const parentRefs = ({ listings, displaced }: RelatedListings): readonly ListingRef[] =>
  [...listings.map(({ listing }) => listing.ref), ...displaced.map(({ ref }) => ref)].flatMap(
    ({ shopId, shopProductId, shopVariantId }) => (shopVariantId === undefined ? [] : [{ shopId, shopProductId }]),
  );

async function findParents(now: StoreReader, related: RelatedByProduct): Promise<ReadonlyMap<string, Listing>> {
  const refs = [...related.values()].flatMap((shops) => [...shops.values()].flatMap(parentRefs));
  const parents = await now.listingsAt(refs);
  return new Map(parents.filter(({ goneAt }) => goneAt === undefined).map((parent) => [refKey(parent.ref), parent]));
}

/** What the shop just said of a parent outweighs what is stored. */
function parentsIn(
  related: RelatedListings = nothing,
  live: LiveAnswer | undefined,
  { parents }: Gathered,
): readonly Listing[] {
  const shown = live?.kind === 'answered' ? new Set(live.listings.map(({ ref }) => refKey(ref))) : undefined;
  return [...new Set(parentRefs(related).map(refKey))].flatMap((key) => {
    const parent = parents.get(key);
    return parent === undefined || shown?.has(key) === false ? [] : [parent];
  });
}

/** Products by id, for those who have only the ids. */
export const placeFactsOf = (
  deps: ServiceDependencies,
  now: StoreReader,
  asked: { readonly productIds: readonly ProductId[]; readonly shopIds?: readonly ShopId[] },
): Promise<readonly PlaceFacts[]> =>
  gatherPlaceFacts(deps, now, { ...asked, products: now.products(asked.productIds) });
