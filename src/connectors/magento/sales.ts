import { z } from 'zod';
import { type Instant, parseSku } from '../../domain/ids.ts';
import type { Sale } from '../../domain/listing.ts';
import type { SalesPage } from '../../ports/shop-connector.ts';
import { readRows } from '../decode.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { isNamedUnsold, namesUnsold } from '../driver-parts/newest-sales.ts';
import { refOf, sellableOf } from './map.ts';
import { orderItemFields, orderItemSchema, orderSchema } from './schema.ts';
import { keyedPage, search } from './search.ts';
import type { MagentoApi } from './session/api.ts';

const cursorSchema = z.object({ after: z.string().regex(/^\d+$/) });

/**
 * One page of order lines since a moment, by id, as the last sale of each thing among them. A configurable product
 * makes two lines with one SKU: only that of the thing itself counts. Paid, shipped, or ordered to be paid later (an
 * invoice, a transfer); and not all called back.
 */
export async function salesPage(
  api: MagentoApi,
  request: { readonly since: Instant; readonly cursor?: string },
  signal: AbortSignal,
): Promise<SalesPage> {
  const asked = {
    path: 'orders/items',
    key: 'item_id',
    name: 'item_id',
    after: readCursor(cursorSchema, request.cursor)?.after ?? '0',
    groups: [[['created_at', 'gteq', request.since.slice(0, 19).replace('T', ' ')] as const]],
    pageSize: 100,
    fields: orderItemFields,
    doing: 'reading orders',
  };
  const page = await keyedPage(api, orderItemSchema, asked, signal);
  const orders = await ordersOf(api, page.rows.filter(namesUnsold(api.shop) ? stands : isWaiting), signal);
  const newest = new Map<string, Sale>();
  for (const line of page.rows) {
    const { created_at: at, product_id: productId } = line;
    if (at === undefined || productId === undefined || at < request.since || !isSold(line, orders)) continue;
    const known = newest.get(productId);
    if (known === undefined || known.at < at) {
      newest.set(productId, { ref: refOf(api.shop, productId), at, sku: parseSku(line.sku ?? '') });
    }
  }
  const next = page.last === undefined ? undefined : JSON.stringify({ after: page.last });
  return { sales: [...newest.values()], next };
}

type Line = z.infer<typeof orderItemSchema>;

/** A thing itself, and some of it was not called back. */
const stands = (line: Line): boolean =>
  sellableOf({ type_id: line.product_type }) === 'unit' && line.qty_ordered - line.qty_canceled - line.qty_refunded > 0;

const isDone = (line: Line): boolean => line.qty_invoiced > 0 || line.qty_shipped > 0;
const isWaiting = (line: Line): boolean => stands(line) && !isDone(line);

const isSold = (line: Line, orders: ReadonlyMap<string, 'stands' | 'waits' | 'no-sale'>): boolean => {
  const order = orders.get(line.order_id ?? '');
  return stands(line) && order !== 'no-sale' && (isDone(line) || order === 'stands');
};

/** What was ordered and is to be paid later counts; a payment that never came, or is doubted, does not. */
const ordered = ['new', 'processing', 'holded', 'complete'];

/** What became of the orders of these lines, by id: a line does not say. */
async function ordersOf(
  api: MagentoApi,
  lines: readonly Line[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, 'stands' | 'waits' | 'no-sale'>> {
  const ids = [...new Set(lines.flatMap((line) => line.order_id ?? []))];
  if (ids.length === 0) return new Map();
  const groups = [[['entity_id', 'in', ids.join(',')] as const]];
  const asked = { path: 'orders', groups, pageSize: 100, fields: 'entity_id,state,status', doing: 'reading orders' };
  const { rows } = readRows(orderSchema, (await search(api, asked, signal)).rows);
  return new Map(
    rows.map(({ entity_id: id, state, status }) => {
      const named = isNamedUnsold(api.shop, [status, state]);
      return [id, named ? 'no-sale' : ordered.includes(state ?? '') ? 'stands' : 'waits'] as const;
    }),
  );
}
