import { z } from 'zod';
import { type Instant, parseSku } from '../../domain/ids.ts';
import { chunks } from '../../domain/lists/chunks.ts';
import type { ListingPage, StockPage, StockRow } from '../../ports/shop-connector.ts';
import { readRows } from '../decode.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { ignoredDate } from '../driver-parts/ignored-date.ts';
import { localBound } from '../driver-parts/local-time.ts';
import { ownSku } from '../driver-parts/own-identifiers.ts';
import type { PrestaApi } from './api.ts';
import { familiesOf, idsAtOnce, thingOf } from './family.ts';
import { allKeyed, databaseTime, keyedPage, oneOf } from './keyed.ts';
import { type MapContext, refOf, rowsHere, stockOf } from './map.ts';
import { combinationSchema, productSchema, stockSchema } from './schema.ts';
import { isComposed } from './sellable.ts';
import { type ShopSettings, sameShop, settingsOf } from './settings.ts';

/** Where a reading goes on: after the last product id, with the same bound in the shop's own clock all the way. */
const cursorSchema = z.object({ after: z.string().regex(/^\d+$/), bound: z.string().optional() });
type Cursor = z.infer<typeof cursorSchema>;

const perPage = 100;

/**
 * One page of everything, or of what changed at or after a moment: products by id, each with its combinations. What
 * comes, goes or changes meanwhile moves no other row, and a row that changes behind us is later than the watermark.
 */
export async function listingPage(
  api: PrestaApi,
  request: { readonly cursor?: string; readonly since?: Instant },
  signal: AbortSignal,
): Promise<ListingPage> {
  const known = readCursor(cursorSchema, request.cursor);
  const cursor = known ?? (await firstCursor(api, request.since, signal));
  const doing = cursor.bound === undefined ? 'reading products' : 'reading changes';
  // Without date=1 the shop fails, and with any other form of date it shows nothing and says so to nobody.
  const changed: Readonly<Record<string, string>> =
    cursor.bound === undefined ? {} : { 'filter[date_upd]': `>[${cursor.bound}]`, date: '1' };
  const asked = { resource: 'products', query: changed, limit: perPage, doing, after: cursor.after };
  const page = await keyedPage(api, productSchema, asked, signal);
  if (cursor.bound !== undefined) refuseIgnoredDate(api, page.rows, cursor.bound);
  if (page.last === undefined && known === undefined && cursor.bound === undefined) await provenEmpty(api, signal);
  const families = await familiesOf(api, page.rows, signal);
  return {
    listings: families.listings,
    broken: [...page.broken, ...families.broken],
    next: page.last === undefined ? undefined : JSON.stringify({ ...cursor, after: page.last }),
    asOf: page.reply.date ?? api.clock.now(),
  };
}

/** The shop is asked who it is before each reading; its zone says what its clock shows at a moment. */
async function firstCursor(api: PrestaApi, since: Instant | undefined, signal: AbortSignal): Promise<Cursor> {
  const { timeZone } = await sameShop(api, signal, true);
  return since === undefined ? { after: '0' } : { after: '0', bound: databaseTime(localBound(since, timeZone)) };
}

function refuseIgnoredDate(
  api: PrestaApi,
  rows: readonly { readonly id: string; readonly date_upd?: string }[],
  bound: string,
): void {
  const older = rows.find((row) => row.date_upd !== undefined && !row.date_upd.startsWith('0') && row.date_upd < bound);
  if (older === undefined) return;
  throw ignoredDate(api.trouble, older.id);
}

/** A filter that the shop did not understand also looks like an empty shop: asked without any, it must be empty, too. */
async function provenEmpty(api: PrestaApi, signal: AbortSignal): Promise<void> {
  const doing = 'reading products';
  const { rows } = await api.list('products', { query: { display: '[id]', limit: '1' }, doing }, signal);
  if (rows.length > 0) throw api.trouble('unintelligible', { doing, found: 'a shop that has products shows none' });
}

const rowsAtOnce = 500;

/**
 * One page of what lies in stock: rows of stock by their own id, with the SKU of what they belong to. Rows of deleted
 * products lie on and are passed over; so is a product's own row where combinations hang on it, which is their sum.
 */
export async function stockPage(
  api: PrestaApi,
  { cursor }: { readonly cursor?: string },
  signal: AbortSignal,
): Promise<StockPage> {
  const after = /^\d+$/.test(cursor ?? '') ? (cursor ?? '0') : '0';
  const settings = after === '0' ? await sameShop(api, signal, true) : await settingsOf(api, signal);
  const asked = { resource: 'stock_availables', query: {}, limit: rowsAtOnce, doing: 'reading stock', after };
  const page = await keyedPage(api, stockSchema, asked, signal);
  const context: MapContext = { shop: api.shop, options: api.options, settings, seenAt: api.clock.now() };
  const here = rowsHere(page.rows, api.options);
  const skus = await skusOf(api, { ids: [...new Set(here.map((row) => row.id_product))], settings }, signal);
  const rows = [...Map.groupBy(here, thingOf)].flatMap(([thing, own]): readonly StockRow[] => {
    const [productId = '', combinationId = '0'] = thing.split(' ');
    const known = combinationId === '0' ? skus.products.get(productId) : skus.combinations.get(combinationId);
    if (known === undefined) return [];
    const ref = refOf(api.shop, productId, combinationId === '0' ? undefined : combinationId);
    const sku = combinationId === '0' ? parseSku(known) : ownSku(known, skus.products.get(productId));
    return [{ ref, sku, stock: stockOf(own, context) }];
  });
  return { rows, broken: page.broken, next: page.last, asOf: page.reply.date ?? api.clock.now() };
}

type Skus = { readonly products: ReadonlyMap<string, string>; readonly combinations: ReadonlyMap<string, string> };

const briefProduct = productSchema.pick({ id: true, reference: true, type: true, pack_stock_type: true });
const briefCombination = combinationSchema.pick({ id: true, id_product: true, reference: true });

/** SKUs of products that are sold themselves, and of combinations. */
async function skusOf(
  api: PrestaApi,
  { ids, settings }: { readonly ids: readonly string[]; readonly settings: ShopSettings },
  signal: AbortSignal,
): Promise<Skus> {
  const products = new Map<string, string>();
  const combinations = new Map<string, string>();
  for (const some of chunks(ids, idsAtOnce)) {
    const brief = { limit: 1000, doing: 'reading SKUs' };
    const variants = await allKeyed(
      api,
      briefCombination,
      {
        ...brief,
        resource: 'combinations',
        query: { display: '[id,id_product,reference]', 'filter[id_product]': oneOf(some) },
      },
      signal,
    );
    const strange = variants.rows.find((row) => !some.includes(row.id_product));
    if (strange !== undefined) {
      const found = `combination ${strange.id} of product ${strange.id_product} was not asked for`;
      throw api.trouble('unintelligible', { doing: brief.doing, found });
    }
    const withVariants = new Set(variants.rows.map((row) => row.id_product));
    for (const row of variants.rows) combinations.set(row.id, row.reference ?? '');
    const own = await api.list(
      'products',
      { query: { display: '[id,reference,type,pack_stock_type]', 'filter[id]': oneOf(some) }, doing: brief.doing },
      signal,
    );
    for (const data of readRows(briefProduct, own.rows).rows) {
      if (withVariants.has(data.id) || isComposed(data, settings)) continue;
      products.set(data.id, data.reference ?? '');
    }
  }
  return { products, combinations };
}
