import { z } from 'zod';
import { type Instant, parseSku } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { chunks } from '../../domain/lists/chunks.ts';
import type { BrokenRow, ListingPage, StockPage, StockRow } from '../../ports/shop-connector.ts';
import { readRows } from '../decode.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { ignoredDate } from '../driver-parts/ignored-date.ts';
import { refuseBroken } from '../driver-parts/rows/broken-row.ts';
import { sameShop, storeOf } from './identity.ts';
import { type MapContext, refOf, sellableOf, toListing } from './map.ts';
import { forgetParents, parentsOf } from './parents.ts';
import { briefFields, briefSchema, type MagentoProduct, productFields, productSchema } from './schema.ts';
import { type Filter, keyedPage, search } from './search.ts';
import type { MagentoApi } from './session/api.ts';
import { forgetStock, stocksOf } from './stock/held-stock.ts';
import type { Way } from './stock/stock-items.ts';

/** Where a reading goes on: after the last id, with the same bound all the way. */
const cursorSchema = z.object({ after: z.string().regex(/^\d+$/), bound: z.string().optional() });
type Cursor = z.infer<typeof cursorSchema>;

const perPage = 100;

/**
 * One page of everything, or of what changed at or after a moment, by id: what comes, goes or changes meanwhile moves
 * no other row. A parent that changed brings its children along, since it decides whether they are sold.
 */
export async function listingPage(
  api: MagentoApi,
  request: { readonly cursor?: string; readonly since?: Instant },
  signal: AbortSignal,
): Promise<ListingPage> {
  const known = readCursor(cursorSchema, request.cursor);
  const cursor = known ?? firstCursor(request.since);
  if (known === undefined) await sameShop(api, signal, true);
  if (known === undefined && cursor.bound === undefined) forgetParents(api);
  if (known === undefined) forgetStock(api);
  const { bound } = cursor;
  const changed: readonly (readonly Filter[])[] = bound === undefined ? [] : [[['updated_at', 'gteq', bound]]];
  const asked = {
    path: 'products',
    scope: api.options.store,
    key: 'entity_id',
    name: 'id',
    after: cursor.after,
    groups: changed,
    pageSize: perPage,
    fields: productFields,
    doing: bound === undefined ? 'reading products' : 'reading changes',
  };
  const page = await keyedPage(api, productSchema, asked, signal);
  if (bound !== undefined) refuseIgnoredDate(api, page.rows, bound);
  if (page.last === undefined && known === undefined && bound === undefined) await provenEmpty(api, signal);
  const children = bound === undefined ? noProducts : await childrenOf(api, page.rows, signal);
  const way = bound === undefined ? 'list' : 'each';
  const read = await readListings(api, [...page.rows, ...children.rows], signal, way);
  return {
    listings: read.listings,
    broken: [...page.broken, ...children.broken, ...read.broken],
    next: page.last === undefined ? undefined : JSON.stringify({ ...cursor, after: page.last }),
    total: bound === undefined && known === undefined ? page.total : undefined,
    asOf: page.reply.date ?? api.clock.now(),
  };
}

/** In UTC and whole seconds, inclusive. A date that Magento does not understand shows everything. */
const firstCursor = (since: Instant | undefined): Cursor =>
  since === undefined ? { after: '0' } : { after: '0', bound: since.slice(0, 19).replace('T', ' ') };

function refuseIgnoredDate(api: MagentoApi, rows: readonly MagentoProduct[], bound: string): void {
  const older = rows.find(({ updated_at: at }) => at !== undefined && at.slice(0, 19).replace('T', ' ') < bound);
  if (older === undefined) return;
  throw ignoredDate(api.trouble, older.id);
}

/** A condition that the shop did not understand also looks like an empty shop: asked without any, it must be empty, too. */
async function provenEmpty(api: MagentoApi, signal: AbortSignal): Promise<void> {
  const doing = 'reading products';
  const { rows } = await search(api, { path: 'products', groups: [], pageSize: 1, fields: 'id', doing }, signal);
  if (rows.length > 0) throw api.trouble('unintelligible', { doing, found: 'a shop that has products shows none' });
}

/** Products that were asked for, and those of them that nobody can read. */
export type FoundProducts = { readonly rows: readonly MagentoProduct[]; readonly broken: readonly BrokenRow[] };
const noProducts: FoundProducts = { rows: [], broken: [] };

/** The children of these parents that are not among them. */
export async function childrenOf(
  api: MagentoApi,
  products: readonly MagentoProduct[],
  signal: AbortSignal,
): Promise<FoundProducts> {
  const here = new Set(products.map((product) => product.id));
  const links = products.flatMap((product) => product.extension_attributes?.configurable_product_links ?? []);
  return productsById(
    api,
    [...new Set(links)].filter((id) => !here.has(id)),
    signal,
  );
}

/** These products; those that the shop does not know are missing. */
export async function productsById(
  api: MagentoApi,
  ids: readonly string[],
  signal: AbortSignal,
  scope: string | undefined = api.options.store,
): Promise<FoundProducts> {
  const doing = 'reading products by id';
  const found: MagentoProduct[] = [];
  const broken: BrokenRow[] = [];
  for (const some of chunks(ids, perPage)) {
    const groups = [[['entity_id', 'in', some.join(',')] as const]];
    const asked = { path: 'products', scope, groups, pageSize: perPage, fields: productFields, doing };
    const { rows } = await search(api, asked, signal);
    const read = readRows(productSchema, rows);
    const strange = read.rows.find((product) => !some.includes(product.id));
    if (strange !== undefined) {
      throw api.trouble('unintelligible', { doing, found: `product ${strange.id} was not asked for` });
    }
    found.push(...read.rows);
    broken.push(...read.broken);
  }
  return { rows: found, broken };
}

/** The same, where what cannot be read would look as if it were gone. */
export async function listingsOf(
  api: MagentoApi,
  products: readonly MagentoProduct[],
  signal: AbortSignal,
): Promise<readonly Listing[]> {
  const { listings, broken } = await readListings(api, products, signal);
  refuseBroken(api, broken, 'reading configurable products');
  return listings;
}

type ReadListings = { readonly listings: readonly Listing[]; readonly broken: readonly BrokenRow[] };

/** Products as listings, with their stock and what their parents say. A variant is unknown where its product may be unreadable. */
async function readListings(
  api: MagentoApi,
  all: readonly MagentoProduct[],
  signal: AbortSignal,
  way: Way = 'each',
): Promise<ReadListings> {
  if (all.length === 0) return { listings: [], broken: [] };
  const parents = await parentsOf(api, all, signal);
  const products = all.filter((product) => parents.unknownOf(product) === undefined);
  const units = products.filter((product) => sellableOf(product) === 'unit');
  const stockOf = await stocksOf(api, units, way, signal);
  const { store } = await storeOf(api, signal);
  const context: MapContext = { shop: api.shop, options: api.options, store, seenAt: api.clock.now() };
  const listings = products.map((product) =>
    toListing(product, { stock: stockOf(product.id), ownParents: parents.of(product.id) }, context),
  );
  return { listings, broken: all.flatMap((product) => parents.unknownOf(product) ?? []) };
}

const stockPerPage = 300;

/** One page of what lies in stock: products by id, with what is kept of their stock. */
export async function stockPage(
  api: MagentoApi,
  { cursor }: { readonly cursor?: string },
  signal: AbortSignal,
): Promise<StockPage> {
  const after = /^\d+$/.test(cursor ?? '') ? (cursor ?? '0') : '0';
  if (after === '0') {
    await sameShop(api, signal, true);
    forgetStock(api);
  }
  const asked = {
    ...{ path: 'products', scope: api.options.store, key: 'entity_id', name: 'id', after, groups: [] },
    ...{ pageSize: stockPerPage, fields: briefFields, doing: 'reading stock' },
  };
  const page = await keyedPage(api, briefSchema, asked, signal);
  const units = page.rows.filter((product) => sellableOf(product) === 'unit');
  const stockOf = await stocksOf(api, units, 'list', signal);
  const rows = units.map(
    (product): StockRow => ({
      ref: refOf(api.shop, product.id),
      sku: parseSku(product.sku ?? ''),
      stock: stockOf(product.id),
    }),
  );
  return { rows, broken: page.broken, next: page.last, asOf: page.reply.date ?? api.clock.now() };
}
