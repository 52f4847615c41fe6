import { refKey } from '../../domain/changes.ts';
import type { Conflict } from '../../domain/conflict.ts';
import { linkNotes } from '../../domain/diagnosis/link-notes.ts';
import { conflictProducts } from '../../domain/event.ts';
import { type ProductId, type ShopId, shownGtin } from '../../domain/ids.ts';
import { integrationState } from '../../domain/integrations/integration-state.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import { unreadableRowOf } from '../../domain/reconcile/unreadable-rows.ts';
import type { Shop, UnreadableRow } from '../../domain/shop.ts';
import type { Store } from '../../ports/store.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { bestListing } from '../facts/best-listing.ts';
import { gatherPlaceFacts } from '../facts/gather-place-facts.ts';
import { isFaulty, missingPlaces } from '../facts/product-pages.ts';
import type { IntegrationRow } from './integration-service.ts';

/** A row of a shop's list with the text that a search in it looks through. */
export type IntegrationLine = { readonly row: IntegrationRow; readonly text: string };

type RowCache = Map<ShopId, Promise<readonly IntegrationLine[]>>;
const cacheOf = new WeakMap<Store, RowCache>();

/** All lines of a shop's list. Worked out once for as long as the store stays the same, since lists are paged through. */
export function integrationLines(deps: ServiceDependencies, shopId: ShopId): Promise<readonly IntegrationLine[]> {
  const cache = cachedLines(deps.store);
  const known = cache.get(shopId);
  if (known !== undefined) return known;
  const made = makeLines(deps, shopId);
  cache.set(shopId, made);
  made.catch(() => cache.delete(shopId));
  return made;
}

function cachedLines(store: Store): RowCache {
  const known = cacheOf.get(store);
  if (known !== undefined) return known;
  const cache: RowCache = new Map();
  store.watch(() => cache.clear());
  cacheOf.set(store, cache);
  return cache;
}

async function makeLines(deps: ServiceDependencies, shopId: ShopId): Promise<readonly IntegrationLine[]> {
  const { store } = deps;
  const shop = (await store.shops()).find(({ id }) => id === shopId);
  if (shop === undefined) return [];
  const rows = [...(await linkedRows(deps, shop)), ...(await unlinkedRows(deps, shop))];
  return rows.map((row) => ({ row, text: textOf(row), sort: sortKey(row) })).sort(bySortKey);
}

async function linkedRows({ store }: ServiceDependencies, shop: Shop): Promise<readonly IntegrationRow[]> {
  const [links, listings, conflicts] = await Promise.all([
    store.integrationsOn(shop.id),
    store.listingsOn(shop.id),
    store.conflictsOn(shop.id),
  ]);
  const products = new Map((await store.products(links.map(({ productId }) => productId))).map((one) => [one.id, one]));
  const listingAt = new Map(listings.map((listing) => [refKey(listing.ref), listing]));
  const conflictAt = new Map(conflicts.map((conflict) => [refKey(conflict.ref), conflict]));
  const unreadable = (await store.shopStates()).find(({ shopId }) => shopId === shop.id)?.unreadable;
  return links.map((integration) => {
    const key = refKey(integration.ref);
    const [product, listing, conflict] = [products.get(integration.productId), listingAt.get(key), conflictAt.get(key)];
    const unreadableRow = unreadableRowOf(unreadable, [integration.ref]);
    return rowOf(shop, { product, listing, conflict, integration, unreadableRow });
  });
}

/** Products that ought to be in the shop and are not, and listings whose conflict keeps them without a link. */
async function unlinkedRows(deps: ServiceDependencies, shop: Shop): Promise<readonly IntegrationRow[]> {
  const products = await missingPlaces(deps, shop.id);
  const facts = (await gatherPlaceFacts(deps, deps.store, { products, shopIds: [shop.id] })).filter(isFaulty);
  const rows = facts.map((place) => {
    const [conflict] = place.conflicts;
    return rowOf(shop, { product: place.product, listing: bestListing(place), conflict, tombstone: place.tombstone });
  });
  const told = new Set(facts.flatMap(({ conflicts }) => conflicts.map(({ ref }) => refKey(ref))));
  return [...rows, ...(await unmetConflicts(deps, shop, told))];
}

async function unmetConflicts(
  { store }: ServiceDependencies,
  shop: Shop,
  told: ReadonlySet<string>,
): Promise<readonly IntegrationRow[]> {
  const conflicts = (await store.conflictsOn(shop.id)).filter(({ ref }) => !told.has(refKey(ref)));
  const linked = new Set((await store.integrationsAt(conflicts.map(({ ref }) => ref))).map(({ ref }) => refKey(ref)));
  const open = conflicts.filter(({ ref }) => !linked.has(refKey(ref)));
  const [listings, products] = await Promise.all([
    store.listingsAt(open.map(({ ref }) => ref)),
    store.products(open.flatMap(firstContender)),
  ]);
  const listingAt = new Map(listings.map((listing) => [refKey(listing.ref), listing]));
  const productOf = new Map(products.map((product) => [product.id, product]));
  return open.map((conflict) => {
    const [id] = firstContender(conflict);
    return rowOf(shop, { product: id && productOf.get(id), listing: listingAt.get(refKey(conflict.ref)), conflict });
  });
}

const firstContender = (conflict: Conflict): readonly ProductId[] => conflictProducts(conflict).slice(0, 1);

type Parts = {
  readonly product: Product | undefined;
  readonly listing: Listing | undefined;
  readonly conflict: Conflict | undefined;
  readonly unreadableRow?: UnreadableRow;
} & Pick<IntegrationRow, 'integration' | 'tombstone'>;

function rowOf(
  shop: Shop,
  { product, listing, conflict, integration, tombstone, unreadableRow }: Parts,
): IntegrationRow {
  const known = {
    product,
    listing,
    conflict,
    integration,
  };
  const notes =
    product === undefined || integration === undefined
      ? []
      : linkNotes({ product, shop, integration, listing, unreadableRow });
  return {
    ...known,
    tombstone,
    ...integrationState({ shop, ...known }),
    notes: notes.length === 0 ? undefined : notes,
  };
}

/** Everything that a person could type to find a row. */
function textOf({ product, listing, integration }: IntegrationRow): string {
  const ref = integration?.ref ?? listing?.ref;
  const gtin = product?.gtin ?? listing?.gtin;
  const parts = [
    product?.sku,
    listing?.sku,
    ...(product?.formerSkus ?? []),
    listing?.barcode,
    gtin === undefined ? undefined : shownGtin(gtin),
    product?.content.name ?? listing?.content.name,
    ref?.shopProductId,
    ref?.shopVariantId,
  ];
  return parts
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase();
}

type SortedLine = IntegrationLine & { readonly sort: string };
const sortKey = ({ product, listing }: IntegrationRow): string =>
  `${product?.sku ?? listing?.sku ?? '\uffff'}\u001f${product?.content.name ?? listing?.content.name ?? ''}`;
const bySortKey = (a: SortedLine, b: SortedLine): number => (a.sort < b.sort ? -1 : Number(a.sort > b.sort));
