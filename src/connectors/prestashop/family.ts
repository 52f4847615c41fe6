import type { Listing } from '../../domain/listing.ts';
import { chunks } from '../../domain/lists/chunks.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { readRows, title } from '../decode.ts';
import type { PrestaApi } from './api.ts';
import { allKeyed, oneOf } from './keyed.ts';
import { combinationListing, type MapContext, productListing } from './map.ts';
import {
  combinationSchema,
  type PrestaCombination,
  type PrestaProduct,
  type PrestaStock,
  stockSchema,
  textIn,
  valueSchema,
} from './schema.ts';
import { hasCombinations } from './sellable.ts';
import { settingsOf } from './settings.ts';

export type FamilyListings = { readonly listings: readonly Listing[]; readonly broken: readonly BrokenRow[] };

/** So many ids fit an address. */
export const idsAtOnce = 100;

/** Products as listings, each with its combinations and their stock. */
export async function familiesOf(
  api: PrestaApi,
  products: readonly PrestaProduct[],
  signal: AbortSignal,
): Promise<FamilyListings> {
  if (products.length === 0) return { listings: [], broken: [] };
  const combinations = await combinationsOf(api, products, signal);
  const expected = new Set([
    ...products.filter((product) => !hasCombinations(product)).map((product) => `${product.id} 0`),
    ...combinations.rows.map((row) => `${row.id_product} ${row.id}`),
  ]);
  const ids = [...new Set(products.map((product) => product.id))];
  const stock = await stockRowsOf(api, ids, { expected, signal });
  const names = await valueNames(api, combinations.rows, signal);
  const settings = await settingsOf(api, signal);
  const context: MapContext = { shop: api.shop, options: api.options, settings, seenAt: api.clock.now() };
  const byProduct = Map.groupBy(combinations.rows, (row) => row.id_product);
  const listings = products.flatMap((product) => [
    productListing(product, stock.rows.get(`${product.id} 0`) ?? [], context),
    ...(byProduct.get(product.id) ?? []).map((combination) => {
      const rows = stock.rows.get(`${product.id} ${combination.id}`) ?? [];
      return combinationListing({ product, combination, choice: choiceOf(combination, names) }, rows, context);
    }),
  ]);
  return { listings, broken: [...combinations.broken, ...stock.broken] };
}

type Combinations = { readonly rows: readonly PrestaCombination[]; readonly broken: readonly BrokenRow[] };

/**
 * The combinations of these products. Some shops leave the filter out: a row that nobody asked for ends the reading,
 * and one that its product names and the list does not show is told as unreadable, never passed over.
 */
async function combinationsOf(
  api: PrestaApi,
  products: readonly PrestaProduct[],
  signal: AbortSignal,
): Promise<Combinations> {
  const parents = products.filter(hasCombinations);
  const found: PrestaCombination[] = [];
  const broken: BrokenRow[] = [];
  for (const some of chunks(parents, idsAtOnce)) {
    const asked = new Set(some.map((product) => product.id));
    const named = some.flatMap((product) =>
      (product.associations?.combinations ?? []).map((id) => ({ id, shopProductId: product.id })),
    );
    const query = { 'filter[id_product]': oneOf([...asked]) };
    const doing = 'reading combinations';
    const isWhole = (rows: readonly PrestaCombination[]): boolean =>
      named.length > 0 && rows.length >= named.length && named.every(({ id }) => rows.some((row) => row.id === id));
    const request = { resource: 'combinations', query, limit: 500, doing, isWhole };
    const answer = await allKeyed(api, combinationSchema, request, signal);
    const strange = answer.rows.find((row) => !asked.has(row.id_product));
    if (strange !== undefined) {
      const found = `combination ${strange.id} of product ${strange.id_product} was not asked for`;
      throw api.trouble('unintelligible', { doing, found });
    }
    const shown = new Set(answer.rows.map((row) => row.id));
    const missing = named.filter(({ id }) => !shown.has(id));
    found.push(...answer.rows);
    broken.push(
      ...missing.map(({ id, shopProductId }) => ({
        shopProductId,
        where: 'combinations',
        said: `combination ${id} is named by its product and not shown`,
      })),
    );
  }
  return { rows: found, broken };
}

type StockByThing = {
  readonly rows: ReadonlyMap<string, readonly PrestaStock[]>;
  readonly broken: readonly BrokenRow[];
};

/** Rows of stock by "product combination", where a product's own has combination 0. */
export async function stockRowsOf(
  api: PrestaApi,
  productIds: readonly string[],
  { expected, signal }: { readonly expected: ReadonlySet<string>; readonly signal: AbortSignal },
): Promise<StockByThing> {
  const rows: PrestaStock[] = [];
  const broken: BrokenRow[] = [];
  for (const some of chunks(productIds, idsAtOnce)) {
    const asked = new Set(some);
    const own = [...expected].filter((thing) => asked.has(thing.split(' ')[0] ?? ''));
    const request = {
      resource: 'stock_availables',
      query: { 'filter[id_product]': oneOf(some) },
      limit: 1000,
      doing: 'reading stock',
      isWhole: (seen: readonly PrestaStock[]): boolean => {
        const things = new Set(seen.map(thingOf));
        return seen.length < 1000 && own.every((thing) => things.has(thing));
      },
    };
    const answer = await allKeyed(api, stockSchema, request, signal);
    if (answer.rows.some((row) => !asked.has(row.id_product))) {
      const found = 'the shop does not filter stock_availables by product';
      throw api.trouble('unintelligible', { doing: request.doing, found });
    }
    rows.push(...answer.rows);
    broken.push(...answer.broken);
  }
  return { rows: Map.groupBy(rows, thingOf), broken };
}

export const thingOf = (row: PrestaStock): string => `${row.id_product} ${row.id_product_attribute ?? '0'}`;

const keptNames = new WeakMap<PrestaApi, Map<string, string>>();

/** The words of option values, each asked for once. A key that may not read them costs the names, not the reading. */
async function valueNames(
  api: PrestaApi,
  combinations: readonly PrestaCombination[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const names = keptNames.get(api) ?? new Map<string, string>();
  keptNames.set(api, names);
  const wanted = new Set(combinations.flatMap((row) => row.associations?.product_option_values ?? []));
  const { language } = await settingsOf(api, signal);
  for (const some of chunks(
    [...wanted].filter((id) => !names.has(id)),
    idsAtOnce,
  )) {
    const query = { display: '[id,name]', 'filter[id]': oneOf(some) };
    const rows = await api.list('product_option_values', { query, doing: 'reading option values' }, signal).then(
      (answer) => readRows(valueSchema, answer.rows).rows,
      (error: unknown) => {
        if (error instanceof ShopError && error.kind === 'forbidden') return [];
        throw error;
      },
    );
    for (const row of rows) names.set(row.id, title.parse(textIn(row.name, language) ?? '') ?? '');
    for (const id of some) if (!names.has(id)) names.set(id, '');
  }
  return names;
}

function choiceOf(combination: PrestaCombination, names: ReadonlyMap<string, string>): string {
  const words = (combination.associations?.product_option_values ?? []).flatMap((id) => names.get(id) || []);
  return words.join(', ') || combination.reference || `#${combination.id}`;
}
