import type { z } from 'zod';
import { parseGtin, type ShopProductId, type Sku } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { chunks } from '../../domain/lists/chunks.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import type { ShopError } from '../../ports/shop-error.ts';
import { readRow } from '../decode.ts';
import { carries, spellingsOf } from '../driver-parts/barcodes.ts';
import { refuseBroken } from '../driver-parts/rows/broken-row.ts';
import { showsNothing } from '../driver-parts/shows-nothing.ts';
import type { PrestaApi, Query } from './api.ts';
import { familiesOf, idsAtOnce } from './family.ts';
import { allKeyed, oneOf } from './keyed.ts';
import { combinationSchema, type PrestaProduct, productSchema } from './schema.ts';
import { sameShop } from './settings.ts';

const doing = 'reading one product';

/** The product and all its combinations; none when the shop truly does not know it. */
export async function productListings(
  api: PrestaApi,
  id: ShopProductId,
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  // Ids are numbers here: any other text would be answered as if it were gone.
  if (!/^[1-9]\d{0,17}$/.test(id)) return [];
  const products = await readableById(api, [id], signal);
  if (products.length === 0) {
    await provenGone(api, id, signal);
    return [];
  }
  return whole(api, products, signal);
}

/** Listings of these products. What cannot be read is no listing, and must not look as if it were gone. */
async function whole(
  api: PrestaApi,
  products: readonly PrestaProduct[],
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  const { listings, broken } = await familiesOf(api, products, signal);
  refuseBroken(api, broken, doing);
  return listings;
}

const unreadable = (api: PrestaApi, found: string): ShopError => api.trouble('unintelligible', { doing, found });

/** These products; those that the shop does not know are missing. */
export const productsById = (
  api: PrestaApi,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<RowsById<PrestaProduct>> => rowsById(api, { resource: 'products', schema: productSchema, ids }, signal);

/** The same, where one that cannot be read would look as if it were gone. */
async function readableById(
  api: PrestaApi,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly PrestaProduct[]> {
  const { rows, broken } = await productsById(api, ids, signal);
  refuseBroken(api, broken, doing);
  return rows;
}

export type RowsById<Row> = { readonly rows: readonly Row[]; readonly broken: readonly BrokenRow[] };

/** Rows of any resource by their ids, and those that cannot be read. One that nobody asked for ends it. */
export async function rowsById<Row extends { readonly id: string }>(
  api: PrestaApi,
  request: { readonly resource: string; readonly schema: z.ZodType<Row>; readonly ids: readonly string[] },
  signal: AbortSignal,
): Promise<RowsById<Row>> {
  const found: Row[] = [];
  const broken: BrokenRow[] = [];
  for (const some of chunks(request.ids, idsAtOnce)) {
    const query = { display: 'full', 'filter[id]': oneOf(some) };
    const { rows } = await api.list(request.resource, { query, doing }, signal);
    for (const row of rows) {
      const read = readRow(request.schema, row);
      if (!read.ok) {
        broken.push(read.broken);
        continue;
      }
      const { id } = read.value;
      if (!some.includes(id)) throw unreadable(api, `${request.resource} ${id} was not asked for`);
      found.push(read.value);
    }
  }
  return { rows: found, broken };
}

/** Not in the list, 404 by its id, and the shop is the right one and has a list: only then is it gone. */
async function provenGone(api: PrestaApi, id: string, signal: AbortSignal): Promise<void> {
  await sameShop(api, signal, true);
  const { rows } = await api.list('products', { query: { display: '[id]', limit: '1' }, doing }, signal);
  const reply = await api.ask({ path: `products/${id}`, doing }, signal);
  const { code } = api.errorIn(reply);
  const isUnknown = reply.status === 404 && (reply.text.trim() === '' || code !== undefined);
  if (isUnknown && rows.length === 0) throw api.trouble('unintelligible', { doing, ...showsNothing });
  if (isUnknown) return;
  if (reply.status === 200) throw unreadable(api, `product ${id} is there by its id and in no list`);
  throw api.errorOf(reply, 'products: GET');
}

/** All listings with exactly this SKU. The shop looks at neither case nor accents, so what it finds is compared. */
export async function listingsWithSku(api: PrestaApi, sku: Sku, signal: AbortSignal): Promise<readonly Listing[]> {
  const filter = filterFor(sku);
  if (filter === undefined) {
    throw api.trouble('refused', { doing: 'looking for a product', found: 'the shop cannot be asked for this text' });
  }
  return (await withField(api, [{ 'filter[reference]': filter }], signal)).filter((listing) => listing.sku === sku);
}

/** All listings with this GTIN, in whichever of its lengths it was written, or with this text as their barcode. */
export async function listingsWithGtin(
  api: PrestaApi,
  barcode: string,
  signal: AbortSignal,
): Promise<readonly Listing[] | undefined> {
  const text = barcode.trim();
  const values = parseGtin(text) === undefined ? filterFor(text) : oneOf(spellingsOf(text));
  if (values === undefined) return undefined;
  const queries = ['ean13', 'upc', 'isbn'].map((field): Query => ({ [`filter[${field}]`]: values }));
  const found = await withField(api, queries, signal);
  return found.filter((listing) => carries(listing, text));
}

/** Products and combinations that any of these filters finds, each told with its whole product. */
async function withField(api: PrestaApi, queries: readonly Query[], signal: AbortSignal): Promise<readonly Listing[]> {
  const ids = new Set<string>();
  for (const query of queries) {
    const request = { query, limit: 100, doing: 'looking for a product' };
    const products = await allKeyed(api, productSchema, { ...request, resource: 'products' }, signal);
    const combinations = await allKeyed(api, combinationSchema, { ...request, resource: 'combinations' }, signal);
    refuseBroken(api, [...products.broken, ...combinations.broken], doing);
    for (const { id } of products.rows) ids.add(id);
    for (const { id_product } of combinations.rows) ids.add(id_product);
  }
  const inOrder = [...ids].sort((a, b) => Number(a) - Number(b));
  return whole(api, await readableById(api, inOrder, signal), signal);
}

/**
 * A filter for exactly this text. `|` would mean "or", a comma between numbers "from … to", and brackets end it: then
 * what holds the longest harmless part is asked for. A backslash means something else to each of two readers. Nothing
 * where no part is left.
 */
function filterFor(text: string): string | undefined {
  if (!/[|,[\]\\]/.test(text)) return `[${text}]`;
  const [longest = ''] = text.split(/[|,[\]\\]/).sort((a, b) => b.length - a.length);
  return longest.trim() === '' ? undefined : `%[${longest}]%`;
}
