import { z } from 'zod';
import { refKey } from '../../domain/changes.ts';
import { type Instant, type ListingRef, later, parseSku, toShopProductId } from '../../domain/ids.ts';
import type { Sale } from '../../domain/listing.ts';
import type { Shop } from '../../domain/shop.ts';
import type { SalesPage } from '../../ports/shop-connector.ts';
import { readRows } from '../decode.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { isSaleName } from '../driver-parts/newest-sales.ts';
import { isLeft } from '../driver-parts/rows/sold-pieces.ts';
import { hasNoEnd, maxRowsOf, repeatsItself } from '../reading/reading-bounds.ts';
import type { WooApi } from './client/api.ts';
import { variationRef } from './map.ts';
import { gmtText } from './read/changes.ts';
import { orderFields, orderSchema, type WooOrder } from './schema.ts';

const cursorSchema = z.object({
  offset: z.number().int().min(0),
  page: z.number().int().min(1),
  rows: z.number().int().min(0),
  maxRows: z.number().int().min(0).optional(),
  /** The date of the oldest order so far: pages go back in time. */
  oldest: z.string().optional(),
  idle: z.number().int().min(0),
});
type SalesCursor = z.infer<typeof cursorSchema>;
const first: SalesCursor = { offset: 0, page: 1, rows: 0, idle: 0 };

/** States of an order in which nothing was sold: not paid, failed, called back, or not an order yet. */
const notSold = [
  'pending',
  'on-hold',
  'failed',
  'cancelled',
  'refunded',
  'checkout-draft',
  'draft',
  'auto-draft',
  'trash',
];

/** A state without the mark that the database keeps before it; people write it in capitals, too. */
const plainState = (word: string): string => word.trim().toLowerCase().replace(/^wc-/, '');

/** A shop's own states ("shipped", "afsendt") are sales; a setting names those that are not. */
const isSale = (shop: Shop, status: string | undefined): boolean => {
  const named = (shop.options.notSold ?? '').split(',').map(plainState);
  const word = plainState(status ?? '');
  // A state of the shop's own tells by its name what became of the order: "annulleret", "afventer-betaling".
  return word !== '' && !notSold.includes(word) && !named.includes(word) && isSaleName(word.replace(/[-_]/g, ' '));
};

const doing = 'reading orders';
/** Pages in a row that do not go back in time before a reading is given up. */
const maxIdle = 3;

/** One page of orders since a moment, newest first, as the last sale of each listing among them. */
export async function salesPage(
  api: WooApi,
  request: { readonly since: Instant; readonly cursor?: string },
  signal: AbortSignal,
): Promise<SalesPage> {
  const cursor = readCursor(cursorSchema, request.cursor) ?? first;
  const query = {
    after: gmtText(later(request.since, -1000)),
    dates_are_gmt: 'true',
    status: 'any',
    orderby: 'date',
    order: 'desc',
    // One order more than was there: a new one moves all others back by a place.
    offset: String(Math.max(0, cursor.offset - 1)),
    _fields: orderFields,
  };
  const { rows, reply } = await api.list({ path: 'wc/v3/orders', query, doing }, signal);
  const { rows: orders } = readRows(orderSchema, rows);
  const total = Number.parseInt(reply.headers['x-wp-total'] ?? '', 10);
  const next = nextOf(api, cursor, { sent: rows.length, total, orders });
  return { sales: lastSales(api.shop, orders, request.since), next: next && JSON.stringify(next) };
}

type Sent = { readonly sent: number; readonly total: number; readonly orders: readonly WooOrder[] };

function nextOf(api: WooApi, cursor: SalesCursor, { sent, total, orders }: Sent): SalesCursor | undefined {
  const reached = Math.max(0, cursor.offset - 1) + sent;
  if (sent === 0 || reached === total || (cursor.offset > 0 && sent === 1)) return undefined;
  const rows = cursor.rows + sent;
  const maxRows = cursor.maxRows ?? maxRowsOf([Number.isNaN(total) ? undefined : total]);
  const dates = orders.flatMap(({ date_created_gmt }) => date_created_gmt ?? []).sort();
  const oldest = dates[0];
  const goesBack = cursor.oldest === undefined || (oldest !== undefined && oldest < cursor.oldest);
  const idle = goesBack ? 0 : cursor.idle + 1;
  // Many orders of one second go back in time on no page.
  const sameSecond = oldest !== undefined && oldest === dates.at(-1);
  if (idle >= maxIdle && !sameSecond) throw api.trouble('unintelligible', { doing, ...repeatsItself(cursor.page) });
  if (rows > maxRows) throw api.trouble('unintelligible', { doing, ...hasNoEnd(cursor.page, maxRows) });
  return { offset: reached, page: cursor.page + 1, rows, maxRows, oldest: goesBack ? oldest : cursor.oldest, idle };
}

/** The newest sale of each listing. Orders that the shop's filter let through by mistake do not count. */
export function lastSales(shop: Shop, orders: readonly WooOrder[], since: Instant): readonly Sale[] {
  const newest = new Map<string, Sale>();
  for (const order of orders) {
    const at = order.date_created_gmt;
    if (at === undefined || at < since || !isSale(shop, order.status)) continue;
    for (const line of order.line_items) {
      const ref = refOf(shop, line);
      if (ref === undefined || !isLeft(line.quantity)) continue;
      const known = newest.get(refKey(ref));
      if (known === undefined || known.at < at) newest.set(refKey(ref), { ref, at, sku: parseSku(line.sku ?? '') });
    }
  }
  return [...newest.values()];
}

/** A line whose product was deleted since then names nothing. */
function refOf(shop: Shop, line: WooOrder['line_items'][number]): ListingRef | undefined {
  if (line.product_id === undefined) return undefined;
  if (line.variation_id !== undefined) return variationRef(shop, line.product_id, line.variation_id);
  return { shopId: shop.id, shopProductId: toShopProductId(line.product_id) };
}
