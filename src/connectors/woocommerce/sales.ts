import { z } from 'zod';
import { refKey } from '../../domain/changes.ts';
import { type Instant, type ListingRef, later, parseSku, toShopProductId } from '../../domain/ids.ts';
import type { Sale } from '../../domain/listing.ts';
import type { Shop } from '../../domain/shop.ts';
import type { SalesPage } from '../../ports/shop-connector.ts';
import { readRows } from '../decode.ts';
import type { WooApi } from './api.ts';
import { gmtText } from './changes.ts';
import { variationRef } from './map.ts';
import { orderFields, orderSchema, type WooOrder } from './schema.ts';

const cursorSchema = z.object({
  page: z.number().int().min(1),
  first: z.string().optional(),
  last: z.string().optional(),
});
type SalesCursor = z.infer<typeof cursorSchema>;

/** Goods that were sold: paid for, and not called back. Plug-ins' words are not guessed at. */
const sold = ['processing', 'completed'];

const doing = 'reading orders';

/** One page of orders since a moment, newest first, as the last sale of each listing among them. */
export async function salesPage(
  api: WooApi,
  request: { readonly since: Instant; readonly cursor?: string },
  signal: AbortSignal,
): Promise<SalesPage> {
  const cursor = readCursor(request.cursor);
  const query = {
    after: gmtText(later(request.since, -1000)),
    dates_are_gmt: 'true',
    status: sold.join(','),
    orderby: 'date',
    order: 'desc',
    per_page: '100',
    page: String(cursor.page),
    _fields: orderFields,
  };
  const { rows } = await api.list({ path: 'wc/v3/orders', query, doing }, signal);
  if (rows.length === 0) return { sales: [] };
  const { rows: orders } = readRows(orderSchema, rows);
  const [first] = orders;
  if (first !== undefined && first.id === cursor.first && orders.at(-1)?.id === cursor.last) {
    throw api.trouble('unintelligible', { doing, said: `page ${cursor.page} is the page before it again` });
  }
  const next: SalesCursor = { page: cursor.page + 1, first: first?.id, last: orders.at(-1)?.id };
  return { sales: lastSales(api.shop, orders, request.since), next: JSON.stringify(next) };
}

function readCursor(text: string | undefined): SalesCursor {
  if (text === undefined) return { page: 1 };
  try {
    return cursorSchema.safeParse(JSON.parse(text)).data ?? { page: 1 };
  } catch {
    return { page: 1 };
  }
}

/** The newest sale of each listing. Orders that the shop's filter let through by mistake do not count. */
export function lastSales(shop: Shop, orders: readonly WooOrder[], since: Instant): readonly Sale[] {
  const newest = new Map<string, Sale>();
  for (const order of orders) {
    const at = order.date_created_gmt;
    if (at === undefined || at < since || !sold.includes(order.status ?? '')) continue;
    for (const line of order.line_items) {
      const ref = refOf(shop, line);
      if (ref === undefined) continue;
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
