import { type RecordKey, refKey } from '../domain/changes.ts';
import { conflictProducts } from '../domain/event.ts';
import type { ListingRef, ProductId, ShopId, Sku } from '../domain/ids.ts';
import type { Listing } from '../domain/listing.ts';
import { type Kinship, type KnownListing, kinships } from '../domain/place-facts.ts';
import type { Product } from '../domain/product.ts';
import { ourSku, type Shop, shopSku } from '../domain/shop.ts';
import type { StoreReader } from '../ports/store.ts';
import { groupBy } from './group-by.ts';
import type { PlaceRecords } from './place-records.ts';

/** Finds the listings in a shop that are, were or would be a product. */
export type KinFinder = (product: Product, shop: Shop) => readonly KnownListing[];

/** Listings just heard from a shop; they outweigh what is stored at the same place. */
export type HeardListings = readonly Listing[];

type Found = {
  readonly at: ReadonlyMap<RecordKey, Listing>;
  readonly bySku: ReadonlyMap<string, readonly Listing[]>;
  readonly byGtin: ReadonlyMap<string, readonly Listing[]>;
  readonly live: ReadonlySet<RecordKey>;
  readonly holders: ReadonlyMap<RecordKey, ProductId>;
  readonly rulings: ReadonlyMap<string, string>;
  readonly otherSkus: ReadonlySet<string>;
};

const inShop = (shopId: ShopId, text: string): string => `${shopId}\u001f${text}`;

/** Gathers, in a few questions for any number of products, the listings that have to do with them. */
export async function findKin(now: StoreReader, records: PlaceRecords, heard: HeardListings = []): Promise<KinFinder> {
  const stored = await storedKin(now, records);
  const at = new Map(stored.map((listing) => [refKey(listing.ref), listing]));
  for (const listing of heard) at.set(refKey(listing.ref), listing);
  const listings = [...at.values()];
  const refs = listings.map(({ ref }) => ref);
  const [holders, rulings, others] = await Promise.all([
    now.integrationsAt(refs),
    now.rulingsAt(refs),
    now.productsBy({ skus: listings.flatMap((listing) => skuHere(listing, records.shops)) }),
  ]);
  const found: Found = {
    at,
    bySku: groupBy(listings, ({ ref, sku }) => (sku === undefined ? undefined : inShop(ref.shopId, sku))),
    byGtin: groupBy(listings, ({ ref, gtin }) => (gtin === undefined ? undefined : inShop(ref.shopId, gtin))),
    live: new Set(heard.map(({ ref }) => refKey(ref))),
    holders: new Map(holders.map(({ ref, productId }) => [refKey(ref), productId])),
    rulings: new Map(
      rulings.flatMap((one) =>
        one.kind === 'not-the-same' ? [[refKey(one.ref) + one.productId, one.by] as const] : [],
      ),
    ),
    otherSkus: new Set(others.flatMap(({ sku }) => sku ?? [])),
  };
  return (product, shop) => kinOf({ product, shop, records, found });
}

async function storedKin(now: StoreReader, records: PlaceRecords): Promise<readonly Listing[]> {
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

function kinOf({ product, shop, records, found }: Asked): readonly KnownListing[] {
  const place = records.at(product.id, shop.id);
  const kin = new Map<RecordKey, KnownListing>();
  const add = (how: Kinship, listing: Listing | undefined): void => {
    if (listing === undefined || listing.ref.shopId !== shop.id) return;
    const key = refKey(listing.ref);
    if (!kin.has(key)) kin.set(key, known(product, { how, listing: ownThing(listing, sku), key }, found));
  };
  const atRef = (ref: ListingRef | undefined): Listing | undefined => ref && found.at.get(refKey(ref));
  const sku = product.sku === undefined ? undefined : shopSku(shop, product.sku);
  // What the shop has under an id now says nothing of the product when it is another product that rests.
  const restsAsAnother = (listing: Listing | undefined): boolean =>
    listing?.sku !== undefined &&
    listing.activity !== 'active' &&
    ownThing(listing, sku).sku !== sku &&
    found.otherSkus.has(ourSku(shop, listing.sku));
  const findBy: Readonly<Record<Kinship, () => readonly (Listing | undefined)[]>> = {
    linked: () => [atRef(place.integration?.ref)],
    'was-linked': () => [atRef(place.tombstone?.integration.ref)].filter((listing) => !restsAsAnother(listing)),
    claimed: () =>
      place.conflicts.filter((one) => conflictProducts(one).includes(product.id)).map(({ ref }) => atRef(ref)),
    'same-sku': () => (sku === undefined ? [] : (found.bySku.get(inShop(shop.id, sku)) ?? [])),
    'fetched-from': () => [atRef(product.contentFrom)],
    'same-gtin': () => byGtin(product, shop, found),
  };
  for (const how of kinships) for (const listing of findBy[how]()) add(how, listing);
  return [...kin.values()];
}

/** Of several things that the shop shows under one id, the one that carries the product's item number. */
const ownThing = (listing: Listing, sku: Sku | undefined): Listing =>
  (sku !== undefined && listing.sku !== sku && listing.beside?.find((one) => one.sku === sku)) || listing;

// A listing whose item number is that of another product of ours is that other product, whatever its EAN.
const byGtin = (product: Product, shop: Shop, found: Found): readonly Listing[] =>
  product.gtin === undefined
    ? []
    : (found.byGtin.get(inShop(shop.id, product.gtin)) ?? []).filter(
        ({ sku }) => sku === undefined || !found.otherSkus.has(ourSku(shop, sku)),
      );

function known(
  product: Product,
  { how, listing, key }: { readonly how: Kinship; readonly listing: Listing; readonly key: RecordKey },
  found: Found,
): KnownListing {
  const holder = found.holders.get(key);
  const ruledOutBy = found.rulings.get(key + product.id);
  return {
    listing,
    how,
    live: found.live.has(key),
    ...(holder === undefined || holder === product.id ? {} : { holder }),
    ...(ruledOutBy === undefined ? {} : { ruledOutBy }),
  };
}
