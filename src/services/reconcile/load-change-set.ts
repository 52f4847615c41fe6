import { refKey } from '../../domain/changes.ts';
import type { Conflict } from '../../domain/conflict.ts';
import type { Gtin, ListingRef, ProductId, Sku } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import { type ChangeSet, makeChangeSet } from '../../domain/reconcile/change-set.ts';
import { listingsUnderId } from '../../domain/reconcile/duplicates.ts';
import { skuOf } from '../../domain/reconcile/match.ts';
import type { Shop } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';

/** What is asked about: listings as they were just seen, and listings by their key that are to be looked at again. */
export type LoadRequest = {
  readonly shop: Shop;
  readonly seen?: readonly Listing[];
  readonly again?: readonly ListingRef[];
  /** Products that are asked about whatever the listings say. */
  readonly products?: readonly Product[];
};

function identifiersOf(listings: readonly Listing[], shop: Shop): { skus: readonly Sku[]; gtins: readonly Gtin[] } {
  const skus = new Set<Sku>();
  const gtins = new Set<Gtin>();
  for (const listing of listings.flatMap(listingsUnderId)) {
    const sku = skuOf(listing, shop);
    if (sku !== undefined) skus.add(sku);
    if (listing.gtin !== undefined) gtins.add(listing.gtin);
  }
  return { skus: [...skus], gtins: [...gtins] };
}

const distinctRefs = (refs: readonly ListingRef[]): readonly ListingRef[] => [
  ...new Map(refs.map((ref) => [refKey(ref), ref])).values(),
];

const holdersIn = (conflict: Conflict): readonly ProductId[] =>
  conflict.kind === 'shop-id-taken' || conflict.kind === 'sku-changed' ? [conflict.holder] : [];

/**
 * All that the judgement of a page may look at, in a handful of questions however long the page is, opened as a
 * change set so that earlier rows show to later ones.
 */
export const loadChangeSet = async (now: StoreReader, request: LoadRequest): Promise<ChangeSet> =>
  makeChangeSet(await recordsAbout(now, request));

async function recordsAbout(
  now: StoreReader,
  { shop, seen = [], again = [], products: given = [] }: LoadRequest,
): Promise<Parameters<typeof makeChangeSet>[0]> {
  const refs = distinctRefs([...seen.map(({ ref }) => ref), ...again]);
  const listings = await now.listingsAt(refs);
  const identifiers = identifiersOf([...seen, ...listings], shop);
  const [shops, integrationsHere, tombstones, conflicts, rulings, named, from, alike] = await Promise.all([
    now.shops(),
    now.integrationsAt(refs),
    now.tombstonesAt(refs),
    now.conflictsAt(refs),
    now.rulingsAt(refs),
    now.productsBy(identifiers),
    now.productsFrom(refs),
    // Whether a GTIN tells one thing from others is seen over every shop that shows it.
    now.listingsBy({ gtins: identifiers.gtins }),
  ]);
  const found = new Set([...given, ...named, ...from].map(({ id }) => id));
  const partners = new Set<ProductId>();
  for (const { productId } of integrationsHere) partners.add(productId);
  for (const { integration } of tombstones) partners.add(integration.productId);
  for (const id of conflicts.flatMap(holdersIn)) partners.add(id);
  const others = await now.products([...partners].filter((id) => !found.has(id)));
  const products = [...given, ...named, ...from, ...others];
  const productIds = [...new Set(products.map(({ id }) => id))];
  const [integrations, removed] = await Promise.all([now.integrationsOf(productIds), now.tombstonesOf(productIds)]);
  const otherListings = await now.listingsAt(otherRefsOf(integrations, refs, shop));
  return {
    shops,
    products,
    listings: [...alike, ...listings, ...otherListings],
    integrations: [...integrationsHere, ...integrations],
    tombstones: [...tombstones, ...removed],
    conflicts,
    rulings,
  };
}

/**
 * What the page of a reading is noted against: what is known under its ids, and what that is linked to. Which product a
 * row means is asked of those alone that are not linked and turn from for sale to not, or back, for that is told of
 * the product; of a whole shop these are few, and nothing else that bears the same numbers is looked at.
 */
export async function loadObserved(
  now: StoreReader,
  { shop, seen }: Required<Pick<LoadRequest, 'shop' | 'seen'>>,
): Promise<ChangeSet> {
  const refs = distinctRefs(seen.map(({ ref }) => ref));
  const [shops, listings, integrations, conflicts] = await Promise.all([
    now.shops(),
    now.listingsAt(refs),
    now.integrationsAt(refs),
    now.conflictsAt(refs),
  ]);
  const linked = new Set(integrations.map(({ ref }) => refKey(ref)));
  const turned = [...Map.groupBy([...listings, ...seen], ({ ref }) => refKey(ref))].flatMap(([key, rows]) =>
    linked.has(key) || new Set(rows.map(({ activity }) => activity)).size < 2 ? [] : rows,
  );
  const judged = turned.length === 0 ? undefined : await recordsAbout(now, { shop, seen: turned });
  const products = await now.products([...new Set(integrations.map(({ productId }) => productId))]);
  return makeChangeSet({
    ...judged,
    shops,
    products: [...(judged?.products ?? []), ...products],
    listings: [...(judged?.listings ?? []), ...listings],
    integrations: [...(judged?.integrations ?? []), ...integrations],
    conflicts,
  });
}

/** Other listings of the shop that hold a product which is asked about here. */
function otherRefsOf(
  integrations: readonly { readonly ref: ListingRef }[],
  refs: readonly ListingRef[],
  shop: Shop,
): readonly ListingRef[] {
  const asked = new Set(refs.map(refKey));
  return integrations.flatMap(({ ref }) => (ref.shopId === shop.id && !asked.has(refKey(ref)) ? [ref] : []));
}
