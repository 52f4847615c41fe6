import { z } from 'zod';
import { type Instant, parseSku } from '../../domain/ids.ts';
import type { ListingPage, StockPage } from '../../ports/shop-connector.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { ignoredDate } from '../driver-parts/ignored-date.ts';
import type { ShopwareApi } from './api.ts';
import { listingOf, refOf, sellableOf, stockOf } from './map.ts';
import {
  keyset,
  type RowPage,
  refuseTheSameAgain,
  searchProducts,
  variantsOf,
  withInherited,
  withOwnBarcodes,
} from './rows.ts';
import { productCriteria, type Row, stockCriteria } from './schema.ts';

const cursorSchema = z.object({
  after: z.number().int().min(0),
  /** A cursor of changes is of no use to another reading. */
  since: z.string().optional(),
  total: z.number().optional(),
});
type Cursor = z.infer<typeof cursorSchema>;

/** A cursor that cannot be read, or is another request's, means the first page. */
function placeOf(text: string | undefined, since?: Instant): Cursor {
  const read = readCursor(cursorSchema, text);
  return read !== undefined && read.since === since ? read : { after: 0, since };
}

/** Only an empty page ends a reading. Counting all rows costs the shop much, so it is asked for once. */
async function nextRows(
  api: ShopwareApi,
  request: { readonly cursor: Cursor; readonly criteria: object; readonly doing: string },
  signal: AbortSignal,
): Promise<{ readonly page: RowPage; readonly next?: string; readonly total?: number }> {
  const { cursor, doing } = request;
  const first = cursor.after === 0;
  const criteria = {
    ...keyset(cursor.after, changed(cursor.since)),
    'total-count-mode': first ? 1 : 0,
    ...request.criteria,
  };
  const page = await searchProducts(api, { criteria, doing }, signal);
  refuseTheSameAgain(api, page, cursor.after);
  const total = first ? page.total : cursor.total;
  const next = page.sent === 0 ? undefined : JSON.stringify({ after: page.highest, since: cursor.since, total });
  return { page, next, total };
}

/** Moments go out in UTC: Shopware drops the zone of a text and takes its figures for UTC. */
const changed = (since: string | undefined): readonly Record<string, unknown>[] =>
  since === undefined
    ? []
    : [
        {
          type: 'multi',
          operator: 'OR',
          // A product that was never edited has no `updatedAt`.
          queries: ['updatedAt', 'createdAt'].map((field) => ({ type: 'range', field, parameters: { gte: since } })),
        },
      ];

/** One page of everything, or of what was made or edited at or after a moment; products and variants alike. */
export async function listingPage(
  api: ShopwareApi,
  request: { readonly cursor?: string; readonly since?: Instant },
  signal: AbortSignal,
): Promise<ListingPage> {
  const { since } = request;
  const doing = since === undefined ? 'reading products' : 'reading changes';
  const cursor = placeOf(request.cursor, since);
  const { page, next, total } = await nextRows(api, { cursor, criteria: productCriteria, doing }, signal);
  if (since !== undefined) refuseIgnoredFilter(api, page, since);
  const more = since === undefined ? undefined : await variantsOfChanged(api, page.rows, signal);
  const whole = await withInherited(api, [...page.rows, ...(more?.rows ?? [])], signal);
  const rows = await withOwnBarcodes(api, whole, signal);
  const context = { shop: api.shop, seenAt: api.clock.now() };
  return {
    listings: rows.map((row) => listingOf(row, context)),
    broken: [...page.broken, ...(more?.broken ?? [])],
    next,
    total,
    asOf: page.reply.date ?? api.clock.now(),
  };
}

/** A product that was switched off or renamed changes what its variants are, though their own dates stay. */
async function variantsOfChanged(api: ShopwareApi, rows: readonly Row[], signal: AbortSignal) {
  const parentIds = rows.filter((row) => sellableOf(row) === 'parent').map((row) => row.id);
  const shown = new Set(rows.map((row) => row.id));
  const { rows: variants, broken } = await variantsOf(api, { parentIds, doing: 'reading changes' }, signal);
  return { rows: variants.filter((row) => !shown.has(row.id)), broken };
}

function refuseIgnoredFilter(api: ShopwareApi, { rows }: RowPage, since: Instant): void {
  const older = rows.find(
    ({ createdAt, updatedAt }) =>
      createdAt !== undefined && createdAt < since && (updatedAt === undefined || updatedAt < since),
  );
  if (older === undefined) return;
  throw ignoredDate(api.trouble, older.id);
}

/** One page of stock alone: orders move it without moving any date. */
export async function stockPage(
  api: ShopwareApi,
  request: { readonly cursor?: string },
  signal: AbortSignal,
): Promise<StockPage> {
  const cursor = placeOf(request.cursor);
  const { page, next } = await nextRows(api, { cursor, criteria: stockCriteria, doing: 'reading stock' }, signal);
  return {
    rows: page.rows
      .filter((row) => sellableOf(row) === 'unit')
      .map((row) => ({ ref: refOf(api.shop, row), sku: parseSku(row.productNumber ?? ''), stock: stockOf(row) })),
    broken: page.broken,
    next,
    asOf: page.reply.date ?? api.clock.now(),
  };
}
