import { type RawBuilder, sql } from 'kysely';
import { refKey } from '../../../domain/changes.ts';
import { barcodeKey, looseSku, toShopId } from '../../../domain/ids.ts';
import type { StoreReader } from '../../../ports/store.ts';
import { readCounters } from '../counters.ts';
import { makeRead, type ReaderTools } from './read.ts';
import { makeHistory } from './reader-history.ts';
import { makePages } from './reader-pages.ts';
import { makeSqlSearch } from './search.ts';

/** Answers the port's questions from the database, inside a transaction or outside. */
export function makeSqlReader(tools: ReaderTools): StoreReader {
  const { ask, dialect } = tools;
  const read = makeRead(tools);
  const among = (column: string, values: readonly string[]) => dialect.oneOf(column, [...new Set(values)]);
  // Nothing asked for is nothing answered, without a round trip.
  const some = async <Row>(values: readonly unknown[], work: () => Promise<readonly Row[]>): Promise<readonly Row[]> =>
    values.length === 0 ? [] : work();

  // By their places and not by their keys: what has to do with each other lies near each other, and its keys do not.
  const anyOf = (ways: readonly (readonly [values: readonly string[], places: RawBuilder<unknown>])[]) =>
    sql.join(
      ways.flatMap(([values, places]) => (values.length === 0 ? [] : [places])),
      sql` union `,
    );
  const listingsByCode = (column: 'sku' | 'gtin' | 'barcode' | 'loose_sku', codes: readonly string[]) =>
    [
      codes,
      sql`select ord from listings where ${among(column, codes)}
        union select ord from listings where key in (
          select key from listing_codes where kind = ${sql.lit(column)} and ${among('code', codes)})`,
    ] as const;
  const productsByColumn = (column: 'sku' | 'gtin', codes: readonly string[]) =>
    [codes, sql`select ord from products where ${among(column, codes)}`] as const;
  const productsByCode = (kind: 'former_sku' | 'warehouse', codes: readonly string[]) =>
    [
      codes,
      sql`select ord from products where key in (
        select key from product_codes where kind = ${sql.lit(kind)} and ${among('code', codes)})`,
    ] as const;

  return {
    shops: () => read('shops', sql`shops t order by t.key`),
    shopStates: () => read('shopStates', sql`shop_states t order by t.key`),
    products: (ids) => some(ids, () => read('products', sql`products t where ${among('t.key', ids)}`)),
    productsBy: ({ skus = [], formerSkus = [], gtins = [], warehouseCodes = [] }) =>
      some([...skus, ...formerSkus, ...gtins, ...warehouseCodes], () =>
        read(
          'products',
          sql`products t where t.ord in (${anyOf([
            productsByColumn('sku', skus),
            productsByColumn('gtin', gtins),
            productsByCode('former_sku', formerSkus),
            productsByCode('warehouse', warehouseCodes),
          ])})`,
        ),
      ),
    productsFrom: (refs) =>
      some(refs, () => read('products', sql`products t where ${among('t.origin_ref', refs.map(refKey))}`)),
    productsNear: (skus) =>
      some(skus, () => read('products', sql`products t where ${among('t.loose_sku', skus.map(looseSku))}`)),
    productPage: ({ after, limit }) => {
      const from =
        after === undefined ? sql`` : sql`where t.ord > coalesce((select ord from products where key = ${after}), 0)`;
      return read('products', sql`products t ${from} order by t.ord limit ${limit}`);
    },
    stockLevelsOf: (ids) =>
      some(ids, () => read('stockLevels', sql`stock_levels t where ${among('t.product_id', ids)}`)),
    stockLocations: ({ after = '', limit }) =>
      ask(sql<{ location: string; products: number }>`
        select location, count(*) as products from stock_levels where location > ${after}
        group by location order by location limit ${limit}`),
    integrationsAt: (refs) =>
      some(refs, () => read('integrations', sql`integrations t where ${among('t.ref_key', refs.map(refKey))}`)),
    integrationsOf: (ids) =>
      some(ids, () => read('integrations', sql`integrations t where ${among('t.product_id', ids)}`)),
    integrationsOn: (shopId) => read('integrations', sql`integrations t where t.shop_id = ${shopId}`),
    listingsAt: (refs) => some(refs, () => read('listings', sql`listings t where ${among('t.key', refs.map(refKey))}`)),
    listingsOn: (shopId) => read('listings', sql`listings t where t.shop_id = ${shopId}`),
    listingsWith: (id) => read('listings', sql`listings t where t.shop_product_id = ${id} order by t.key`),
    listingsBy: ({ skus = [], gtins = [], barcodes = [] }) =>
      some([...skus, ...gtins, ...barcodes], () =>
        read(
          'listings',
          sql`listings t where t.ord in (${anyOf([
            listingsByCode('sku', skus),
            listingsByCode('gtin', gtins),
            listingsByCode('barcode', barcodes.map(barcodeKey)),
          ])})`,
        ),
      ),
    listingsNear: (skus) =>
      some(skus, () =>
        read('listings', sql`listings t where t.ord in (${anyOf([listingsByCode('loose_sku', skus.map(looseSku))])})`),
      ),
    tombstonesOf: (ids) => some(ids, () => read('tombstones', sql`tombstones t where ${among('t.product_id', ids)}`)),
    tombstonesAt: (refs) =>
      some(refs, () => read('tombstones', sql`tombstones t where ${among('t.ref_key', refs.map(refKey))}`)),
    tombstonesOn: (shopId) => read('tombstones', sql`tombstones t where t.shop_id = ${shopId}`),
    conflictsAt: (refs) =>
      some(refs, () => read('conflicts', sql`conflicts t where ${among('t.key', refs.map(refKey))}`)),
    conflictsOf: (ids) =>
      some(ids, () =>
        read(
          'conflicts',
          sql`conflicts t where t.key in (select key from conflict_products where ${among('product_id', ids)})`,
        ),
      ),
    conflictsOn: (shopId) => read('conflicts', sql`conflicts t where t.shop_id = ${shopId}`),
    rulingsAt: (refs) =>
      some(refs, () => read('rulings', sql`rulings t where ${among('t.ref_key', refs.map(refKey))}`)),
    salesAt: (refs) => some(refs, () => read('sales', sql`sales t where ${among('t.key', refs.map(refKey))}`)),
    marksOf: (ids) => some(ids, () => read('marks', sql`marks t where ${among('t.product_id', ids)}`)),
    marks: () => read('marks', sql`marks t`),
    plan: async (id) => (await read('plans', sql`plans t where t.key = ${id}`))[0],
    ...makeHistory(tools),
    ...makePages(tools),
    search: makeSqlSearch(tools),
    counts: async () => {
      const [count, shops] = [
        await readCounters(ask),
        await ask(sql<{ key: string }>`select key from shops order by key`),
      ];
      const all = (shopId?: string) => ({
        integrations: count('integrations', shopId),
        listings: count('listings', shopId),
        conflicts: count('conflicts', shopId),
      });
      return {
        products: count('products'),
        ...all(),
        shops: shops.map(({ key }) => ({ shopId: toShopId(key), ...all(key) })),
      };
    },
  };
}
