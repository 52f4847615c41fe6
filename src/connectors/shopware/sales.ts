import { z } from 'zod';
import { refKey } from '../../domain/changes.ts';
import { type Instant, parseSku } from '../../domain/ids.ts';
import type { Sale } from '../../domain/listing.ts';
import type { Shop } from '../../domain/shop.ts';
import type { SalesPage } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { readRows } from '../decode.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { isNamedUnsold } from '../driver-parts/newest-sales.ts';
import { rawId } from '../driver-parts/offset-pages.ts';
import { isLeft } from '../driver-parts/rows/sold-pieces.ts';
import { markAfter, pageMarkSchema } from '../reading/page-circle.ts';
import { repeatsItself } from '../reading/reading-bounds.ts';
import type { ShopwareApi } from './api.ts';
import { refOf } from './map.ts';
import { pageSize } from './rows.ts';
import { type LineItem, lineItemSchema } from './schema.ts';

const cursorSchema = z.object({ page: z.number().int().min(1), mark: pageMarkSchema.optional() });
type Cursor = z.infer<typeof cursorSchema>;

const doing = 'reading orders';

/** What a payment has come to where money is there, or promised by whoever pays it. */
const paid = ['paid', 'paid_partially', 'authorized', 'refunded_partially'];
/** It was there and went back. */
const takenBack = ['refunded', 'chargeback'];
/** What the merchant has done about an order that is paid later. */
const handled = ['in_progress', 'completed'];
const sent = ['shipped', 'shipped_partially'];

/** Keys that may not read payments and deliveries: then the order's own state is all there is. */
const unseen = new WeakMap<ShopwareApi, true>();

/**
 * One page of order lines since a moment, oldest first: orders that come in meanwhile stand at the end and move
 * nothing. Lines of promotions, fees and plug-ins hold no product.
 */
export async function salesPage(
  api: ShopwareApi,
  request: { readonly since: Instant; readonly cursor?: string },
  signal: AbortSignal,
): Promise<SalesPage> {
  const cursor = readCursor(cursorSchema, request.cursor) ?? { page: 1 };
  const { rows } = await linesOf(api, { cursor, since: request.since }, signal);
  if (rows.length === 0) return { sales: [] };
  const mark = markAfter(cursor.mark, { page: cursor.page, seen: endsOf(rows) });
  if (mark === 'repeated') throw api.trouble('unintelligible', { doing, ...repeatsItself(cursor.page) });
  const { rows: lines } = readRows(lineItemSchema, rows);
  const next: Cursor = { page: cursor.page + 1, mark };
  return { sales: lastSales(api.shop, lines, request.since), next: JSON.stringify(next) };
}

async function linesOf(
  api: ShopwareApi,
  { cursor, since }: { readonly cursor: Cursor; readonly since: Instant },
  signal: AbortSignal,
): Promise<{ readonly rows: readonly unknown[] }> {
  const state = { associations: { stateMachineState: {} } };
  const more = unseen.has(api) ? {} : { transactions: state, deliveries: state };
  const criteria = {
    page: cursor.page,
    limit: pageSize,
    filter: [
      { type: 'range', field: 'order.orderDateTime', parameters: { gte: since } },
      { type: 'equals', field: 'type', value: 'product' },
    ],
    sort: [
      { field: 'order.orderDateTime', order: 'ASC' },
      { field: 'id', order: 'ASC' },
    ],
    associations: { order: { associations: { stateMachineState: {}, ...more } }, product: {} },
    includes: {
      order_line_item: ['id', 'productId', 'quantity', 'payload', 'product', 'order'],
      product: ['id', 'parentId', 'productNumber'],
      order: ['orderDateTime', 'stateMachineState', 'transactions', 'deliveries'],
      order_transaction: ['createdAt', 'stateMachineState'],
      order_delivery: ['stateMachineState'],
      state_machine_state: ['technicalName'],
    },
  };
  try {
    return await api.search({ entity: 'order-line-item', criteria, doing }, signal);
  } catch (error) {
    if (!(error instanceof ShopError) || error.kind !== 'forbidden' || unseen.has(api)) throw error;
    unseen.set(api, true);
    return linesOf(api, { cursor, since }, signal);
  }
}

const endsOf = (rows: readonly unknown[]): string =>
  [rows[0], rows.at(-1)].map((row) => rawId(row) || JSON.stringify(row)).join(' ');

/**
 * Whether an order is a sale: not called back, and paid by its newest payment; or, with one that is still to come, worked
 * on or sent. An order without a payment stands by its own state alone.
 */
function isSale({ stateMachineState, transactions = [], deliveries = [] }: LineItem['order']): boolean {
  const own = stateMachineState?.technicalName ?? '';
  if (own === 'cancelled') return false;
  const [newest] = transactions.toSorted((a, b) => ((a.createdAt ?? '') < (b.createdAt ?? '') ? 1 : -1));
  const payment = newest?.stateMachineState?.technicalName;
  if (payment === undefined || paid.includes(payment)) return true;
  if (takenBack.includes(payment)) return false;
  const isReturned =
    deliveries.length > 0 && deliveries.every((one) => one.stateMachineState?.technicalName === 'returned');
  if (isReturned) return false;
  const isSent = deliveries.some((one) => sent.includes(one.stateMachineState?.technicalName ?? ''));
  return isSent || handled.includes(own);
}

/** The words for an order, its payments and its deliveries. */
const statesOf = ({ stateMachineState, transactions = [], deliveries = [] }: LineItem['order']) =>
  [{ stateMachineState }, ...transactions, ...deliveries].map((one) => one.stateMachineState?.technicalName);

/** The newest sale of each listing. Lines that the shop's filter let through by mistake do not count. */
function lastSales(shop: Shop, lines: readonly LineItem[], since: Instant): readonly Sale[] {
  const newest = new Map<string, Sale>();
  for (const { order, product, payload, quantity } of lines) {
    const at = order.orderDateTime;
    // A line whose product was deleted since then names nothing.
    if (at === undefined || at < since || !product || !isLeft(quantity)) continue;
    if (!isSale(order) || isNamedUnsold(shop, statesOf(order))) continue;
    const ref = refOf(shop, product);
    const known = newest.get(refKey(ref));
    const sku = parseSku(payload?.productNumber ?? product.productNumber ?? '');
    if (known === undefined || known.at < at) newest.set(refKey(ref), { ref, at, sku });
  }
  return [...newest.values()];
}
