import { z } from 'zod';
import { refKey } from '../../domain/changes.ts';
import { type Instant, later, parseSku } from '../../domain/ids.ts';
import type { Sale } from '../../domain/listing.ts';
import type { SalesPage } from '../../ports/shop-connector.ts';
import { readRows } from '../decode.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { localBound, localText } from '../driver-parts/local-time.ts';
import { isSaleName } from '../driver-parts/newest-sales.ts';
import { listStart, offsetPage, offsetPlaceSchema } from '../driver-parts/offset-pages.ts';
import { masterNumber, refOf } from './map.ts';
import type { ReadContext } from './pages.ts';
import { byPosition, learnedPageSize, type PageAsk, usualSize } from './product-rows.ts';
import { type ClassicOrder, type OrderState, orderSchemaIn } from './schema.ts';
import { unlessUnreadable } from './unless-unreadable.ts';

/** The end of an interval lies far ahead: a shop's clock may be wrong by more than a little. */
const aheadMs = 366 * 86_400_000;

const cursorSchema = z.object({
  place: offsetPlaceSchema,
  size: z.number().int().min(1),
  start: z.string(),
  end: z.string(),
});
type Cursor = z.infer<typeof cursorSchema>;

const doing = 'reading orders';

/** One page of orders since a moment, as the last sale of each listing among them. */
export async function salesPage(
  context: ReadContext,
  request: { readonly since: Instant; readonly cursor?: string },
  signal: AbortSignal,
): Promise<SalesPage> {
  const { api } = context;
  const { timeZone } = api.options;
  const cursor: Cursor = readCursor(cursorSchema, request.cursor) ?? {
    place: listStart,
    size: usualSize,
    start: localBound(request.since, timeZone),
    end: localText(later(api.clock.now(), aheadMs), timeZone),
  };
  const stuck = (found: string): Error => api.trouble('unintelligible', { doing, found, distrusted: true });
  const list = byPosition(ordersOf(context, cursor, signal), cursor.size, stuck);
  const { answer, fresh, next } = await offsetPage(list, cursor.place);
  const { rows } = readRows(orderSchemaIn(timeZone), fresh);
  const size = cursor.place.offset === 0 ? learnedPageSize(cursor.size, answer.rows.length, undefined) : cursor.size;
  return {
    sales: await lastSales(context, { orders: rows, since: request.since }, signal),
    next: next === undefined ? undefined : JSON.stringify({ ...cursor, size, place: next } satisfies Cursor),
  };
}

const ordersOf =
  ({ api }: ReadContext, { start, end }: Cursor, signal: AbortSignal): PageAsk =>
  (page, size) => {
    const query = { start, end, pageIndex: String(page), pageSize: String(size) };
    return api.list({ service: 'OrderService', path: 'GetByModifiedInterval', query, doing }, signal);
  };

/** Whether orders in a state are sales: by the person's choice, else by the shop's statistics and the state's name. */
function isSaleState(state: OrderState | undefined, chosen: readonly string[] | undefined): boolean {
  if (state === undefined) return false;
  if (chosen !== undefined) return chosen.includes(state.id);
  // States have the shop's own names. What is called back is no sale, whatever the statistics say.
  return state.exclStatistics !== true && isSaleName(state.name ?? '');
}

type Sold = { readonly orders: readonly ClassicOrder[]; readonly since: Instant };

/** The newest sale of each listing. Lines name products by number, which is looked up as it is now. */
async function lastSales(context: ReadContext, { orders, since }: Sold, signal: AbortSignal): Promise<readonly Sale[]> {
  const newest = new Map<string, Instant>();
  for (const { createdDate: at, incomplete, orderState, orderLines } of orders) {
    if (at === undefined || at < since || incomplete === true) continue;
    if (!isSaleState(orderState, context.api.options.saleStates)) continue;
    for (const { productId: number, quantity } of orderLines) {
      if (number === undefined || !(quantity > 0)) continue;
      if ((newest.get(number) ?? '') < at) newest.set(number, at);
    }
  }
  const sales = new Map<string, Sale>();
  for (const [number, at] of newest) {
    const sale = await saleOf(context, { number, at }, signal);
    if (sale !== undefined) sales.set(refKey(sale.ref), sale);
  }
  return [...sales.values()];
}

/** A line whose product was deleted or renumbered since then names nothing. */
async function saleOf(
  { api, catalogue, masters }: ReadContext,
  { number, at }: { readonly number: string; readonly at: Instant },
  signal: AbortSignal,
): Promise<Sale | undefined> {
  // Of one that nobody can read nobody can say which listing it is: it keeps no other sale back.
  const asked = await unlessUnreadable(async () => {
    const row = await catalogue.numbered(number, signal);
    if (row === undefined) return undefined;
    const under = masterNumber(row);
    const master = under === undefined ? undefined : (masters.get(under) ?? (await catalogue.numbered(under, signal)));
    if (under !== undefined && master !== undefined) masters.set(under, master);
    return { ref: refOf(row, master, api.shop), at, sku: parseSku(number) };
  });
  return asked.ok ? asked.value : undefined;
}
