import { refKey } from '../domain/changes.ts';
import { expectedShops } from '../domain/expected.ts';
import { type Instant, type ListingRef, later, looseSku, type ProductId, type ShopId } from '../domain/ids.ts';
import type { Listing } from '../domain/listing.ts';
import { nearSpellings, spellingsOf } from '../domain/near-spelling.ts';
import type { KnownListing, LiveAnswer, PlaceFacts } from '../domain/place-facts.ts';
import type { Product } from '../domain/product.ts';
import type { StoreReader } from '../ports/store.ts';
import { groupBy } from './group-by.ts';
import { findKin, type KinFinder } from './kin-listings.ts';
import { lastRefusals, type Refusals } from './last-refusals.ts';
import { gatherRecords, type PlaceRecords } from './place-records.ts';
import type { World } from './world.ts';

/** Which places to gather evidence for: these products in these shops (all, when left out). */
export type Asked = {
  readonly products: readonly Product[];
  readonly shopIds?: readonly ShopId[];
  /** What shops said when they were asked just now. */
  readonly live?: ReadonlyMap<ShopId, LiveAnswer>;
};

/**
 * Everything known of many products in many shops, in a handful of questions whatever their number: product by
 * product, and within one in the order of the shops.
 */
export async function gatherEvidence(
  world: Pick<World, 'clock' | 'tuning'>,
  now: StoreReader,
  asked: Asked,
): Promise<readonly PlaceFacts[]> {
  const heard = [...(asked.live?.values() ?? [])].flatMap((answer) =>
    answer.kind === 'answered' ? answer.listings : [],
  );
  const at = world.clock.now();
  const freshSince = later(at, -world.tuning.staleMs);
  const records = await gatherRecords(now, asked.products);
  const [kin, near, parents, refusals] = await Promise.all([
    findKin(now, records, heard),
    findNear(now, records),
    findParents(now, records),
    lastRefusals(now, asked.products, later(at, -30 * 86_400_000)),
  ]);
  const gathered: Gathered = { at, freshSince, asked, records, kin, near, parents, refusals };
  return asked.products.flatMap((product) => placesOf(product, gathered));
}

type Gathered = {
  readonly at: Instant;
  readonly freshSince: Instant;
  readonly asked: Asked;
  readonly records: PlaceRecords;
  readonly kin: KinFinder;
  readonly near: (product: Product) => readonly Listing[];
  readonly parents: ReadonlyMap<string, Listing>;
  readonly refusals: Refusals;
};

function placesOf(product: Product, gathered: Gathered): readonly PlaceFacts[] {
  const { records, asked, kin } = gathered;
  const listings = new Map(records.shops.map((shop) => [shop.id, kin(product, shop)]));
  const marks = records.marks(product.id);
  const knownIn = records.shops.map(({ id }) => id).filter((id) => isKnown(product, id, { records, listings }));
  const expected = expectedShops(product, records.shops, { knownIn, marks });
  return records.shops
    .filter(({ id }) => asked.shopIds === undefined || asked.shopIds.includes(id))
    .map((shop): PlaceFacts => {
      const place = records.at(product.id, shop.id);
      const state = records.state(shop.id);
      const live = asked.live?.get(shop.id);
      const known = listings.get(shop.id) ?? [];
      const refusal = gathered.refusals(product.id, shop.id, place.integration !== undefined);
      return {
        now: gathered.at,
        freshSince: gathered.freshSince,
        product,
        shop,
        ...place,
        marks,
        knownIn,
        expected: expected.includes(shop.id),
        listings: withoutUnknown(known, live),
        unknownRefs: unknownRefs(known, live),
        parents: parentsIn(product, shop.id, gathered),
        near: place.integration === undefined ? nearSpellings(product, shop, gathered.near(product)) : [],
        ...(state === undefined ? {} : { state }),
        ...(live === undefined ? {} : { live }),
        ...(refusal === undefined ? {} : { refusal }),
      };
    });
}

type Seen = { readonly records: PlaceRecords; readonly listings: ReadonlyMap<ShopId, readonly KnownListing[]> };

const isKnown = (product: Product, shopId: ShopId, { records, listings }: Seen): boolean => {
  const { integration, tombstone } = records.at(product.id, shopId);
  if (integration !== undefined || tombstone !== undefined || product.contentFrom?.shopId === shopId) return true;
  return (listings.get(shopId) ?? []).some(({ ruledOutBy }) => ruledOutBy === undefined);
};

const unknownNow = (live: LiveAnswer | undefined): ReadonlySet<string> =>
  new Set(live?.kind === 'answered' ? live.unknown.map(refKey) : []);

/** What the shop does not know any more is no listing. */
const withoutUnknown = (known: readonly KnownListing[], live: LiveAnswer | undefined): readonly KnownListing[] => {
  const gone = unknownNow(live);
  return gone.size === 0 ? known : known.filter(({ listing }) => !gone.has(refKey(listing.ref)));
};

function unknownRefs(known: readonly KnownListing[], live: LiveAnswer | undefined): PlaceFacts['unknownRefs'] {
  const now = live?.kind === 'answered' ? live.unknown.map((ref) => ({ ref, at: live.at, live: true })) : [];
  const asked = unknownNow(live);
  const before = known.flatMap(({ listing, live: isLive, ruledOutBy }) =>
    listing.goneAt === undefined || isLive || ruledOutBy !== undefined || asked.has(refKey(listing.ref))
      ? []
      : [{ ref: listing.ref, at: listing.goneAt, live: false }],
  );
  return [...now, ...before];
}

/** Listings spelled nearly like the products that lack a link somewhere. */
async function findNear(now: StoreReader, records: PlaceRecords): Promise<(product: Product) => readonly Listing[]> {
  const linked = groupBy(records.integrations, ({ productId }) => productId);
  const incomplete = records.products.filter(({ id }) => (linked.get(id)?.length ?? 0) < records.shops.length);
  const spellings = new Set(
    incomplete.flatMap((product) => records.shops.flatMap((shop) => spellingsOf(product, shop))),
  );
  const near = groupBy(await now.listingsNear([...spellings]), ({ sku }) =>
    sku === undefined ? undefined : looseSku(sku),
  );
  return (product) => {
    const loose = new Set(records.shops.flatMap((shop) => spellingsOf(product, shop)).map(looseSku));
    return [...loose].flatMap((spelling) => near.get(spelling) ?? []);
  };
}

/** The parents of variants that were once linked, or from which a product came. */
const variantRefs = (product: Product, records: PlaceRecords, shopId: ShopId): readonly ListingRef[] => {
  const { integration, tombstone } = records.at(product.id, shopId);
  const from = product.contentFrom?.shopId === shopId ? product.contentFrom : undefined;
  const refs = [integration?.ref, tombstone?.integration.ref, from];
  return refs.flatMap((ref) => (ref?.shopVariantId === undefined ? [] : [ref]));
};

const parentOf = ({ shopId, shopProductId }: ListingRef): ListingRef => ({ shopId, shopProductId });

async function findParents(now: StoreReader, records: PlaceRecords): Promise<ReadonlyMap<string, Listing>> {
  const refs = records.products.flatMap((product) =>
    records.shops.flatMap((shop) => variantRefs(product, records, shop.id).map(parentOf)),
  );
  const parents = await now.listingsAt(refs);
  return new Map(parents.filter(({ goneAt }) => goneAt === undefined).map((parent) => [refKey(parent.ref), parent]));
}

const parentsIn = (product: Product, shopId: ShopId, { records, parents }: Gathered): readonly Listing[] =>
  variantRefs(product, records, shopId).flatMap((ref) => parents.get(refKey(parentOf(ref))) ?? []);

/** Products by id, for those who have only the ids. */
export const evidenceOf = async (
  world: World,
  now: StoreReader,
  asked: { readonly productIds: readonly ProductId[]; readonly shopIds?: readonly ShopId[] },
): Promise<readonly PlaceFacts[]> =>
  gatherEvidence(world, now, {
    products: await now.products(asked.productIds),
    ...(asked.shopIds === undefined ? {} : { shopIds: asked.shopIds }),
  });
