import { z } from 'zod';
import { refKey } from '../../domain/changes.ts';
import { type Instant, parseSku } from '../../domain/ids.ts';
import type { Sale } from '../../domain/listing.ts';
import type { Shop } from '../../domain/shop.ts';
import type { SalesPage } from '../../ports/shop-connector.ts';
import { readRows } from '../decode.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { rawId } from '../driver-parts/offset-pages.ts';
import { markAfter, pageMarkSchema } from '../reading/page-circle.ts';
import { repeatsItself } from '../reading/reading-bounds.ts';
import type { ShopwareApi } from './api.ts';
import { refOf } from './map.ts';
import { pageSize } from './rows.ts';
import { type LineItem, lineItemSchema } from './schema.ts';

const cursorSchema = z.object({ page: z.number().int().min(1), mark: pageMarkSchema.optional() });
type Cursor = z.infer<typeof cursorSchema>;

const doing = 'reading orders';

/** Called back, so nothing was sold. */
const notSold = ['cancelled'];

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
  const criteria = {
    page: cursor.page,
    limit: pageSize,
    filter: [
      { type: 'range', field: 'order.orderDateTime', parameters: { gte: request.since } },
      { type: 'equals', field: 'type', value: 'product' },
    ],
    sort: [
      { field: 'order.orderDateTime', order: 'ASC' },
      { field: 'id', order: 'ASC' },
    ],
    associations: { order: { associations: { stateMachineState: {} } }, product: {} },
    includes: {
      order_line_item: ['id', 'productId', 'payload', 'product', 'order'],
      product: ['id', 'parentId', 'productNumber'],
      order: ['orderDateTime', 'stateMachineState'],
      state_machine_state: ['technicalName'],
    },
  };
  const { rows } = await api.search({ entity: 'order-line-item', criteria, doing }, signal);
  if (rows.length === 0) return { sales: [] };
  const mark = markAfter(cursor.mark, { page: cursor.page, seen: endsOf(rows) });
  if (mark === 'repeated') throw api.trouble('unintelligible', { doing, ...repeatsItself(cursor.page) });
  const { rows: lines } = readRows(lineItemSchema, rows);
  const next: Cursor = { page: cursor.page + 1, mark };
  return { sales: lastSales(api.shop, lines, request.since), next: JSON.stringify(next) };
}

const endsOf = (rows: readonly unknown[]): string =>
  [rows[0], rows.at(-1)].map((row) => rawId(row) || JSON.stringify(row)).join(' ');

/** The newest sale of each listing. Lines that the shop's filter let through by mistake do not count. */
function lastSales(shop: Shop, lines: readonly LineItem[], since: Instant): readonly Sale[] {
  const newest = new Map<string, Sale>();
  for (const { order, product, payload } of lines) {
    const at = order.orderDateTime;
    const state = order.stateMachineState?.technicalName ?? '';
    // A line whose product was deleted since then names nothing.
    if (at === undefined || at < since || notSold.includes(state) || !product) continue;
    const ref = refOf(shop, product);
    const known = newest.get(refKey(ref));
    const sku = parseSku(payload?.productNumber ?? product.productNumber ?? '');
    if (known === undefined || known.at < at) newest.set(refKey(ref), { ref, at, sku });
  }
  return [...newest.values()];
}
