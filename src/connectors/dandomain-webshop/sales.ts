import { z } from 'zod';
import { refKey } from '../../domain/changes.ts';
import { type Instant, instantOf, millisecondsOf, parseInstant, parseSku } from '../../domain/ids.ts';
import type { Sale } from '../../domain/listing.ts';
import type { SalesPage } from '../../ports/shop-connector.ts';
import { readRows } from '../decode.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { localBound, localText } from '../driver-parts/local-time.ts';
import { isSaleName } from '../driver-parts/newest-sales.ts';
import { markAfter, pageMarkSchema } from '../reading/page-circle.ts';
import { repeatsItself } from '../reading/reading-bounds.ts';
import { productRef, variantRef } from './map.ts';
import { dateText } from './pages.ts';
import type { Sessions } from './requests.ts';
import { itemsIn, orderSchemaIn, stateSchema, type WebshopOrder } from './schema.ts';
import type { WebshopApi } from './session.ts';

const cursorSchema = z.object({
  /** Where the stretch of time begins that is being read. */
  from: z.string(),
  page: z.number().int().min(1),
  /** A page that the same first and last order would show once more. */
  mark: pageMarkSchema.optional(),
});
type Cursor = z.infer<typeof cursorSchema>;

const doing = 'reading orders';
const maxRows = 100;
const dayMs = 86_400_000;
/** What was sold long ago is told to the month, and what was sold of late to the week: a year is some twenty calls. */
const windowMs = (from: number, now: number): number => (now - from > 60 * dayMs ? 30 * dayMs : 7 * dayMs);
const aheadMs = 366 * dayMs;

/**
 * One page of orders, as the last sale of each listing among them. An order does not say when it was made, only when
 * it was last touched; so orders are asked for by the stretch of time they were made in, and no sale is later than that.
 */
export async function salesPage(
  sessions: Sessions,
  request: { readonly since: Instant; readonly cursor?: string },
  signal: AbortSignal,
): Promise<SalesPage> {
  const { api, orders } = sessions;
  const { timeZone } = api.options;
  const cursor = readCursor(cursorSchema, request.cursor) ?? { from: request.since, page: 1 };
  const from = parseInstant(cursor.from) ?? request.since;
  const now = millisecondsOf(api.clock.now());
  const until = millisecondsOf(from) + windowMs(millisecondsOf(from), now);
  const isLast = until >= now;
  const end = instantOf(isLast ? now + aheadMs : until);
  const given = {
    Start: dateText(localBound(from, timeZone)),
    End: dateText(localText(end, timeZone)),
    Status: undefined,
    Page: String(cursor.page),
    PageSize: String(maxRows),
  };
  const { value } = await orders.must({ operation: 'Order_GetByDateWithPagination', given, doing }, signal);
  const rows = itemsIn(value);
  if (rows.length === 0) {
    return {
      sales: [],
      next: isLast ? undefined : JSON.stringify({ from: instantOf(until), page: 1 } satisfies Cursor),
    };
  }
  const read = readRows(orderSchemaIn(timeZone), rows).rows;
  const seen = read.length === 0 ? JSON.stringify(rows[0]) : `${read[0]?.Id} ${read.at(-1)?.Id}`;
  const mark = markAfter(cursor.mark, { page: cursor.page, seen });
  if (mark === 'repeated') throw api.trouble('unintelligible', { doing, ...repeatsItself(cursor.page) });
  const isSale = await saleTest(sessions, signal);
  const next: Cursor = { from: cursor.from, page: cursor.page + 1, mark };
  return {
    sales: lastSales(api, { orders: read.filter(isSale), since: request.since, end }),
    next: JSON.stringify(next),
  };
}

const saleStates = new WeakMap<WebshopApi, readonly string[]>();

/** Whether an order is a sale: by the person's choice, else by the name of its state. A credit note is an order below nought. */
async function saleTest({ api, orders }: Sessions, signal: AbortSignal): Promise<(order: WebshopOrder) => boolean> {
  const known = api.options.saleStates ?? saleStates.get(api) ?? (await askStates({ api, orders }, signal));
  saleStates.set(api, known);
  return ({ Status, Total }) => Status !== undefined && known.includes(Status) && !(Total !== undefined && Total < 0);
}

async function askStates(
  { api, orders }: Pick<Sessions, 'api' | 'orders'>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { value } = await orders.must({ operation: 'OrderStatusCode_GetAll', given: {}, doing }, signal);
  const { rows } = readRows(stateSchema, itemsIn(value));
  if (rows.length === 0) throw api.trouble('unintelligible', { doing, found: 'the shop names no order states' });
  return rows.filter(({ Title }) => isSaleName(Title)).map(({ Id }) => Id);
}

type Sold = { readonly orders: readonly WebshopOrder[]; readonly since: Instant; readonly end: Instant };

/** The newest sale of each listing. */
function lastSales({ shop }: WebshopApi, { orders, since, end }: Sold): readonly Sale[] {
  const newest = new Map<string, Sale>();
  for (const { DateUpdated: touched, OrderLines } of orders) {
    if (touched === undefined || touched < since) continue;
    const at = touched < end ? touched : end;
    for (const { ProductId, VariantId, ItemNumber, Amount } of OrderLines ?? []) {
      if (ProductId === undefined || !(Amount > 0)) continue;
      const ref = VariantId === undefined ? productRef(shop, ProductId) : variantRef(shop, ProductId, VariantId);
      const known = newest.get(refKey(ref));
      if (known === undefined || known.at < at) newest.set(refKey(ref), { ref, at, sku: parseSku(ItemNumber ?? '') });
    }
  }
  return [...newest.values()];
}
