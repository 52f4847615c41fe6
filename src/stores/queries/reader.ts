import { refKey } from '../../domain/changes.ts';
import type { ListingRef, ProductId } from '../../domain/ids.ts';
import { barcodeKey, looseSku } from '../../domain/ids.ts';
import type { StoreCounts, StoreReader } from '../../ports/store.ts';
import type { Search } from '../search/search.ts';
import {
  conflictOfProduct,
  integrationAtRef,
  listingByBarcode,
  listingByGtin,
  listingByLooseSku,
  listingBySku,
  markOfProduct,
  productByFormerSku,
  productByGtin,
  productByLooseSku,
  productByOrigin,
  productBySku,
  productByWarehouse,
  rulingAtRef,
  stockLevelOfProduct,
  tombstoneAtRef,
} from '../tables/indexes.ts';
import { keyInShop } from '../tables/key-in-shop.ts';
import { listingsOfShopProduct } from '../tables/listings-of-shop-product.ts';
import type { IndexShape, Table } from '../tables/table.ts';
import type { StoreTables } from '../tables/tables.ts';
import { makeActs } from './acts.ts';
import { makeBounded } from './bounded.ts';
import { makeProductPages } from './product-pages.ts';

/** The part of the reader that looks back in time. */
export type History = Pick<StoreReader, 'history' | 'events'>;

/** Answers the port's questions from tables in memory, whatever keeps them safe. */
export function makeReader(tables: StoreTables, history: History, search: Search): StoreReader {
  const { products, listings, integrations, tombstones, conflicts, marks } = tables;
  return {
    shops: async () => [...tables.shops.all()],
    shopStates: async () => [...tables.shopStates.all()],
    products: async (ids) => known(unique(ids).map((id) => products.find('', id))),
    productsBy: async ({ skus = [], formerSkus = [], gtins = [], warehouseCodes = [] }) =>
      union(
        gather(products, productBySku, skus),
        gather(products, productByFormerSku, formerSkus),
        gather(products, productByGtin, gtins),
        gather(products, productByWarehouse, warehouseCodes),
      ),
    productsFrom: async (refs) => union(gather(products, productByOrigin, refs.map(refKey))),
    productsNear: async (skus) => union(gather(products, productByLooseSku, skus.map(looseSku))),
    productPage: makeProductPages(tables),
    stockLevelsOf: async (ids) => union(gather(tables.stockLevels, stockLevelOfProduct, ids)),
    stockLocations: async (request) => locationsOf(tables, request),
    integrationsAt: async (refs) => gatherAt(integrations, integrationAtRef, refs),
    integrationsOf: async (ids) => inEveryShop(integrations, ids),
    integrationsOn: async (shopId) => [...integrations.partition(shopId).values()],
    listingsAt: async (refs) => findAt(listings, refs),
    listingsOn: async (shopId) => [...listings.partition(shopId).values()],
    listingsWith: async (id) => listings.partitions().flatMap((shop) => listingsOfShopProduct(listings, shop, id)),
    listingsBy: async ({ skus = [], gtins = [], barcodes = [] }) =>
      union(
        gather(listings, listingBySku, skus),
        gather(listings, listingByGtin, gtins),
        gather(listings, listingByBarcode, barcodes.map(barcodeKey)),
      ),
    listingsNear: async (skus) => union(gather(listings, listingByLooseSku, skus.map(looseSku))),
    tombstonesOf: async (ids) => inEveryShop(tombstones, ids),
    tombstonesAt: async (refs) => gatherAt(tombstones, tombstoneAtRef, refs),
    tombstonesOn: async (shopId) => [...tombstones.partition(shopId).values()],
    conflictsAt: async (refs) => findAt(conflicts, refs),
    conflictsOf: async (ids) => union(gather(conflicts, conflictOfProduct, ids)),
    conflictsOn: async (shopId) => [...conflicts.partition(shopId).values()],
    rulingsAt: async (refs) => gatherAt(tables.rulings, rulingAtRef, refs),
    salesAt: async (refs) => findAt(tables.sales, refs),
    marksOf: async (ids) => union(gather(marks, markOfProduct, ids)),
    marks: async () => [...marks.all()],
    plan: async (id) => tables.plans.find('', id),
    history: history.history,
    events: history.events,
    search: async ({ text, limit }) => search(text, limit),
    counts: async () => countAll(tables),
    ...makeBounded(tables),
    ...makeActs(history),
  };
}

const unique = <Value>(values: readonly Value[]): readonly Value[] =>
  values.length < 2 ? values : [...new Set(values)];
const union = <Row>(...groups: readonly (readonly Row[])[]): readonly Row[] => unique(groups.flat());
const known = <Row>(rows: readonly (Row | undefined)[]): readonly Row[] => rows.filter((row) => row !== undefined);

const gather = <Row extends object>(
  table: Table<Row>,
  index: IndexShape<Row>,
  keys: readonly string[],
): readonly Row[] => unique(keys).flatMap((key) => table.by(index, key));

const gatherAt = <Row extends object>(
  table: Table<Row>,
  index: IndexShape<Row>,
  refs: readonly ListingRef[],
): readonly Row[] => union(refs.flatMap((ref) => table.by(index, keyInShop(ref), ref.shopId)));

const findAt = <Row extends object>(table: Table<Row>, refs: readonly ListingRef[]): readonly Row[] =>
  unique(known(refs.map((ref) => table.find(ref.shopId, keyInShop(ref)))));

/** Shops are few, so a product's records are found by asking each shop's partition. */
const inEveryShop = <Row extends object>(table: Table<Row>, ids: readonly ProductId[]): readonly Row[] => {
  const shops = table.partitions();
  return unique(ids).flatMap((id) => known(shops.map((shop) => table.find(shop, id))));
};

function locationsOf(
  { stockLevels }: StoreTables,
  { after, limit }: { readonly after?: string; readonly limit: number },
) {
  const products = new Map<string, number>();
  for (const { location } of stockLevels.all()) products.set(location, (products.get(location) ?? 0) + 1);
  return [...products]
    .filter(([location]) => after === undefined || location > after)
    .sort(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .slice(0, limit)
    .map(([location, count]) => ({ location, products: count }));
}

/** How many there are of what, and where. */
export function countAll({ products, integrations, listings, conflicts, shops }: StoreTables): StoreCounts {
  return {
    products: products.size(),
    integrations: integrations.size(),
    listings: listings.size(),
    conflicts: conflicts.size(),
    shops: [...shops.all()].map(({ id }) => ({
      shopId: id,
      listings: listings.partition(id).size,
      integrations: integrations.partition(id).size,
      conflicts: conflicts.partition(id).size,
    })),
  };
}
