import { type RecordKey, refKey } from '../../domain/changes.ts';
import { type KnownListing, type Relation, relations, type UnknownRef } from '../../domain/diagnosis/place-facts.ts';
import { conflictProducts } from '../../domain/event.ts';
import type { ListingRef, ProductId, ShopId, Sku } from '../../domain/ids.ts';
import { type Listing, linkable } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import { listingsUnderId } from '../../domain/reconcile/duplicates.ts';
import { mayJoinByGtin } from '../../domain/reconcile/gtin-scope.ts';
import { ourSku, type Shop, shopSku, sourceIn } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';
import { type LiveListings, mergeListings } from './live-listings.ts';
import type { PlaceRecord, PlaceRecords } from './place-records.ts';

/** The listings in a shop that are, were or would be a product, and where it was before another took its place. */
export type RelatedListings = { readonly listings: readonly KnownListing[]; readonly displaced: readonly UnknownRef[] };
export type RelatedFinder = (product: Product, shop: Shop) => RelatedListings;

type Found = {
  readonly at: ReadonlyMap<RecordKey, Listing>;
  readonly bySku: ReadonlyMap<string, readonly Listing[]>;
  readonly byGtin: ReadonlyMap<string, readonly Listing[]>;
  readonly live: ReadonlySet<RecordKey>;
  readonly holders: ReadonlyMap<RecordKey, ProductId>;
  readonly rulings: ReadonlyMap<string, string>;
  readonly bySkuOurs: ReadonlyMap<string, ProductId>;
};

const inShop = (shopId: ShopId, text: string): string => `${shopId}\u001f${text}`;

/** Gathers, in a few questions for any number of products, the listings that have to do with them. */
export async function findRelated(
  now: StoreReader,
  records: PlaceRecords,
  shown: LiveListings = [],
): Promise<RelatedFinder> {
  const stored = await storedRelated(now, records);
  const at = new Map(stored.map((listing) => [refKey(listing.ref), listing]));
  for (const listing of mergeListings(shown)) at.set(refKey(listing.ref), listing);
  const listings = [...at.values()];
  const refs = listings.map(({ ref }) => ref);
  const [holders, rulings, others] = await Promise.all([
    now.integrationsAt(refs),
    now.rulingsAt(refs),
    now.productsBy({ skus: listings.flatMap(listingsUnderId).flatMap((listing) => skuHere(listing, records.shops)) }),
  ]);
  const found: Found = {
    at,
    bySku: byIdentifier(listings, ({ sku }) => sku),
    byGtin: byIdentifier(listings, ({ gtin }) => gtin),
    live: new Set(shown.map(({ ref }) => refKey(ref))),
    holders: new Map(holders.map(({ ref, productId }) => [refKey(ref), productId])),
    rulings: new Map(
      rulings.flatMap((one) =>
        one.kind === 'not-the-same' ? [[refKey(one.ref) + one.productId, one.by] as const] : [],
      ),
    ),
    bySkuOurs: new Map(others.flatMap(({ id, sku }) => (sku === undefined ? [] : [[sku, id] as const]))),
  };
  return (product, shop) => relatedTo({ product, shop, records, found });
}

/** Listings by an identifier of anything that lies under their id. */
function byIdentifier(
  listings: readonly Listing[],
  of: (thing: Listing) => string | undefined,
): ReadonlyMap<string, readonly Listing[]> {
  const found = new Map<string, Listing[]>();
  for (const listing of listings) {
    for (const identifier of new Set(listingsUnderId(listing).map(of))) {
      if (identifier === undefined) continue;
      const key = inShop(listing.ref.shopId, identifier);
      found.set(key, [...(found.get(key) ?? []), listing]);
    }
  }
  return found;
}

async function storedRelated(now: StoreReader, records: PlaceRecords): Promise<readonly Listing[]> {
  const { products, shops, integrations, tombstones, conflicts } = records;
  const refs: readonly ListingRef[] = [
    ...integrations.map(({ ref }) => ref),
    ...tombstones.map(({ integration }) => integration.ref),
    ...conflicts.map(({ ref }) => ref),
    ...products.flatMap(({ contentFrom }) => contentFrom ?? []),
  ];
  const skus = new Set<Sku>();
  for (const { sku } of products) {
    if (sku !== undefined) for (const shop of shops) skus.add(shopSku(shop, sku) ?? sku);
  }
  const gtins = products.flatMap(({ gtin }) => gtin ?? []);
  const [atRefs, alike] = await Promise.all([now.listingsAt(refs), now.listingsBy({ skus: [...skus], gtins })]);
  return [...atRefs, ...alike];
}

/** The item number that a listing carries, in our words. */
const skuHere = ({ ref, sku }: Listing, shops: readonly Shop[]): readonly Sku[] => {
  const shop = shops.find(({ id }) => id === ref.shopId);
  return shop === undefined || sku === undefined ? [] : [ourSku(shop, sku)];
};

type Asked = {
  readonly product: Product;
  readonly shop: Shop;
  readonly records: PlaceRecords;
  readonly found: Found;
};

function relatedTo({ product, shop, records, found }: Asked): RelatedListings {
  const place = records.at(product.id, shop.id);
  const related = new Map<RecordKey, KnownListing>();
  const add = (how: Relation, listing: Listing | undefined): void => {
    if (listing === undefined || listing.ref.shopId !== shop.id) return;
    const key = refKey(listing.ref);
    if (!related.has(key)) related.set(key, known({ product, shop, found }, how, listing));
  };
  const atRef = (ref: ListingRef | undefined): Listing | undefined => ref && found.at.get(refKey(ref));
  const sku = product.sku === undefined ? undefined : shopSku(shop, product.sku);
  const findBy: Readonly<Record<Relation, () => readonly (Listing | undefined)[]>> = {
    linked: () => [atRef(place.integration?.ref)],
    'was-linked': () => [atRef(place.tombstone?.integration.ref)],
    claimed: () =>
      place.conflicts.filter((one) => conflictProducts(one).includes(product.id)).map(({ ref }) => atRef(ref)),
    'same-sku': () => (sku === undefined ? [] : (found.bySku.get(inShop(shop.id, sku)) ?? [])),
    'fetched-from': () => [atRef(sourceIn(shop, product))],
    'same-gtin': () => byGtin(product, shop, { records, found }),
  };
  const displaced = new Map<RecordKey, UnknownRef>();
  for (const how of relations) {
    for (const listing of findBy[how]()) {
      const another = mayBeDisplaced(how, place) ? anotherAt(listing, product, { shop, found }) : undefined;
      if (another === undefined) add(how, listing);
      else displaced.set(refKey(another.ref), another);
    }
  }
  return { listings: [...related.values()], displaced: [...displaced.values()] };
}

// Where a person gave the link away, or made it against the item number, that another thing lies there says nothing.
const mayBeDisplaced = (how: Relation, { tombstone }: PlaceRecord): boolean =>
  (how === 'was-linked' || how === 'claimed' || how === 'fetched-from') &&
  tombstone?.because !== 'moved' &&
  tombstone?.integration.how !== 'hand';

/** The other product of ours that the shop has where a product was, when its own thing is not there any more. */
function anotherAt(
  listing: Listing | undefined,
  product: Product,
  { shop, found }: Pick<Asked, 'shop' | 'found'>,
): UnknownRef | undefined {
  if (listing === undefined || listing.ref.shopId !== shop.id) return undefined;
  const skus = listingsUnderId(listing).flatMap(({ sku }) => (sku === undefined ? [] : [ourSku(shop, sku)]));
  const another = skus.find((sku) => found.bySkuOurs.has(sku));
  if (another === undefined || (product.sku !== undefined && skus.includes(product.sku))) return undefined;
  const { ref, seenAt: at } = listing;
  return { ref, at, live: found.live.has(refKey(ref)), another };
}

/** Of several things that the shop shows under one id, the one that carries the product's item number. */
const ownThing = (listing: Listing, sku: Sku | undefined): Listing =>
  (sku !== undefined && listing.sku !== sku && listing.beside?.find((one) => one.sku === sku)) || listing;

// A listing whose item number is that of another product of ours is that other product, whatever its EAN.
function byGtin(
  product: Product,
  shop: Shop,
  { records, found }: Pick<Asked, 'records' | 'found'>,
): readonly Listing[] {
  const { gtin } = product;
  if (gtin === undefined) return [];
  const alike = records.shops.flatMap(({ id }) => found.byGtin.get(inShop(id, gtin)) ?? []);
  const isFromHere = sourceIn(shop, product) !== undefined;
  if (!mayJoinByGtin(gtin, { isFromHere, alike })) return [];
  return alike.filter(
    ({ ref, sku }) => ref.shopId === shop.id && (sku === undefined || !found.bySkuOurs.has(ourSku(shop, sku))),
  );
}

function known({ product, shop, found }: Omit<Asked, 'records'>, how: Relation, listing: Listing): KnownListing {
  const key = refKey(listing.ref);
  const own = ownThing(listing, product.sku && shopSku(shop, product.sku));
  const linked = found.holders.get(key);
  const first =
    own !== listing && linkable(listing) && listing.sku ? found.bySkuOurs.get(ourSku(shop, listing.sku)) : undefined;
  const holder = linked ?? first;
  const ruledOutBy = found.rulings.get(key + product.id);
  return {
    listing: own,
    how,
    live: found.live.has(key),
    ...(holder === undefined || holder === product.id
      ? {}
      : { holder, ...(linked === undefined ? { unlinked: true } : {}) }),
    ruledOutBy,
  };
}
