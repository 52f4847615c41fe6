import { refKey } from '../../domain/changes.ts';
import {
  type Gtin,
  type ListingRef,
  type ProductId,
  parseGtin,
  parseSku,
  type Sku,
  toProductId,
  toShopProductId,
  toSku,
} from '../../domain/ids.ts';
import { scannedText } from '../../domain/lookup/gs1.ts';
import { otherReadings } from '../../domain/lookup/other-readings.ts';
import type { Product } from '../../domain/product.ts';
import { meaningOf } from '../../domain/reconcile/match.ts';
import type { SearchHit, StoreReader } from '../../ports/store.ts';
import { groupBy } from '../dependencies/group-by.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { loadChangeSet } from '../reconcile/load-change-set.ts';
import { productsByFormerNumber } from './former-numbers.ts';
import type { LookupHit, LookupResult } from './lookup-service.ts';
import { noPlaces, placeCounts } from './place-counts.ts';
import { nearHits } from './suggestions.ts';

/** Finds what was typed, pasted or scanned, and says which identifier it was that matched. */
export async function lookUp(deps: ServiceDependencies, text: string, limit = 50): Promise<LookupResult> {
  const asTyped = await deps.store.search({ text, limit: limit + 1 });
  const meant = scannedText(text);
  const found =
    asTyped.length > 0 || meant === text.trim() ? asTyped : await deps.store.search({ text: meant, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const near = shown.length === 0 && text.trim() !== '' ? await nearestHits(deps, text.trim()) : [];
  return {
    asked: text,
    hits: await completed(deps, shown),
    more: found.length > limit,
    near: await completed(deps, near),
  };
}

/** What a number was called before comes before what is only spelled like it. */
async function nearestHits(deps: ServiceDependencies, text: string): Promise<readonly SearchHit[]> {
  const sku = toSku(text);
  const former = (await productsByFormerNumber(deps.store, [sku])).get(sku) ?? [];
  const hits = former.map(({ id }): SearchHit => ({ matched: 'former-sku', how: 'exact', productId: id }));
  return distinct([...hits, ...(await otherwiseRead(deps, text)), ...(await nearHits(deps, text))], thingOf);
}

/** What a scan names exactly once it is read in another way. */
async function otherwiseRead({ store }: ServiceDependencies, text: string): Promise<readonly SearchHit[]> {
  const found = await Promise.all(otherReadings(text).map((reading) => store.search({ text: reading, limit: 5 })));
  return found.flat().filter(({ how, matched }) => how === 'exact' && matched !== 'name');
}

const thingOf = (hit: SearchHit): ProductId | ListingRef | undefined => hit.productId ?? hit.ref;

/** Lays beside each hit its product and listing, and in how many of its shops it is linked. Each product once, for its best hit. */
async function completed(deps: ServiceDependencies, hits: readonly SearchHit[]): Promise<readonly LookupHit[]> {
  if (hits.length === 0) return [];
  const refs = hits.flatMap(({ ref }) => ref ?? []);
  const [listings, meant] = await Promise.all([deps.store.listingsAt(refs), productsMeant(deps, refs)]);
  const listingAt = new Map(listings.map((listing) => [refKey(listing.ref), listing]));
  const productIdOf = (hit: SearchHit): ProductId | undefined =>
    hit.productId ?? (hit.ref === undefined ? undefined : meant.get(refKey(hit.ref)));
  const productIds = [...new Set(hits.flatMap((hit) => productIdOf(hit) ?? []))];
  const asked = deps.store.products(productIds);
  const [products, counts] = await Promise.all([asked, placeCounts(deps, { products: asked, productIds })]);
  const productOf = new Map(products.map((product) => [product.id, product]));
  return distinct(hits, (hit) => productIdOf(hit) ?? hit.ref).map((hit) => {
    const productId = productIdOf(hit);
    const product = productId && productOf.get(productId);
    const listing = hit.ref && listingAt.get(refKey(hit.ref));
    return {
      hit,
      product,
      listing,
      ...((productId && counts.get(productId)) ?? noPlaces),
    };
  });
}

/** The first of those that are the same thing. */
function distinct(hits: readonly SearchHit[], thingOf: (hit: SearchHit) => ProductId | ListingRef | undefined) {
  const seen = new Set<string>();
  return hits.filter((hit) => {
    const thing = thingOf(hit) ?? '';
    const key = typeof thing === 'string' ? thing : refKey(thing);
    return !seen.has(key) && seen.add(key);
  });
}

/** The product that each listing is linked to, or, where it has no link, the one that it means. */
async function productsMeant(
  deps: ServiceDependencies,
  refs: readonly ListingRef[],
): Promise<ReadonlyMap<string, ProductId>> {
  if (refs.length === 0) return new Map();
  const shops = new Map((await deps.store.shops()).map((shop) => [shop.id, shop]));
  const meant = new Map<string, ProductId>();
  for (const [shopId, here] of groupBy(refs, (ref) => ref.shopId)) {
    const shop = shops.get(shopId);
    if (shop === undefined) continue;
    const changeSet = await loadChangeSet(deps.store, { shop, again: here });
    for (const ref of here) {
      const listing = changeSet.listing(ref);
      const meaning = listing && meaningOf(listing, shop, changeSet);
      const id =
        changeSet.integrationAt(ref)?.productId ?? (meaning?.kind === 'product' ? meaning.product.id : undefined);
      if (id !== undefined) meant.set(refKey(ref), id);
    }
  }
  return meant;
}

/**
 * The products that an identifier names exactly: our own id, then item number, EAN, what a shop has on its label, a
 * number it had before, and the shops' ids. The first kind that names any decides; a name never identifies. A GS1 code
 * means its GTIN where nothing bears it as it stands.
 */
export async function identify(deps: ServiceDependencies, text: string): Promise<readonly Product[]> {
  const typed = text.trim();
  const meant = scannedText(typed);
  const sku = parseSku(typed);
  const gtin = parseGtin(typed);
  const { store } = deps;
  const ways: readonly (() => Promise<readonly Product[]>)[] = [
    () => store.products([toProductId(typed)]),
    () => (sku === undefined ? nobody() : store.productsBy({ skus: [sku] })),
    // An EAN may stand on several products: each that bears it is meant, in our words or in a shop's.
    () => byGtin(deps, gtin),
    // What any shop has on its label: an EAN that only it knows, an in-house code, an item number of its own.
    () => byLabel(deps, { gtin: undefined, sku, typed }),
    async () => (sku === undefined ? [] : ((await productsByFormerNumber(store, [sku])).get(sku) ?? [])),
    () => byShopId(store, typed),
    () => byWhateverMatches(store, typed),
    () => (meant === typed ? nobody() : identify(deps, meant)),
  ];
  for (const way of ways) {
    const products = await way();
    if (products.length > 0) return products;
  }
  return [];
}

type Label = { readonly gtin: Gtin | undefined; readonly sku: Sku | undefined; readonly typed: string };

/** The products behind listings that carry an EAN, a barcode or an item number, linked or meant. */
async function byLabel(deps: ServiceDependencies, { gtin, sku, typed }: Label): Promise<readonly Product[]> {
  if (typed === '') return [];
  const listings = await deps.store.listingsBy({
    gtins: gtin === undefined ? [] : [gtin],
    skus: sku === undefined ? [] : [sku],
    barcodes: [typed],
  });
  const there = listings.filter(({ goneAt }) => goneAt === undefined).map(({ ref }) => ref);
  const meant = await productsMeant(deps, there.length > 0 ? there : listings.map(({ ref }) => ref));
  return deps.store.products([...new Set(meant.values())]);
}

async function byGtin(deps: ServiceDependencies, gtin: Gtin | undefined): Promise<readonly Product[]> {
  if (gtin === undefined) return [];
  const [own, theirs] = await Promise.all([
    deps.store.productsBy({ gtins: [gtin] }),
    byLabel(deps, { gtin, sku: undefined, typed: gtin }),
  ]);
  return [...new Map([...own, ...theirs].map((product) => [product.id, product])).values()];
}

const nobody = (): Promise<readonly Product[]> => Promise.resolve([]);

async function byShopId(store: StoreReader, typed: string): Promise<readonly Product[]> {
  const listings = await store.listingsWith(toShopProductId(typed));
  const links = await store.integrationsAt(listings.map(({ ref }) => ref));
  return store.products([...new Set(links.map(({ productId }) => productId))]);
}

/** Case and variant ids: whatever the search calls exact, save a name. */
async function byWhateverMatches(store: StoreReader, typed: string): Promise<readonly Product[]> {
  const hits = await store.search({ text: typed, limit: 20 });
  const exact = hits.filter(({ how, matched }) => how === 'exact' && matched !== 'name');
  const links = await store.integrationsAt(exact.flatMap(({ ref }) => ref ?? []));
  const ids = [...exact.flatMap(({ productId }) => productId ?? []), ...links.map(({ productId }) => productId)];
  return store.products([...new Set(ids)]);
}
