import { z } from 'zod';
import { type Instant, later, parseSku } from '../../domain/ids.ts';
import type { Sale } from '../../domain/listing.ts';
import type { SalesPage } from '../../ports/shop-connector.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { isNamedUnsold, newestSales } from '../driver-parts/newest-sales.ts';
import { listStart, offsetPlaceSchema } from '../driver-parts/offset-pages.ts';
import type { VendureApi } from './api.ts';
import { ordersDocument } from './documents.ts';
import { listPage } from './lists.ts';
import { variantRef } from './map.ts';
import { orderSchema, type VendureOrder } from './wire.ts';

const cursorSchema = z.object({ since: z.string(), place: offsetPlaceSchema });

/** One page of orders placed since a moment, oldest first: new ones come last and move nothing. */
export async function salesPage(
  api: VendureApi,
  request: { readonly since: Instant; readonly cursor?: string },
  signal: AbortSignal,
): Promise<SalesPage> {
  const { since } = request;
  const cursor = readCursor(cursorSchema, request.cursor);
  const list = {
    document: ordersDocument,
    schema: orderSchema,
    filter: { orderPlacedAt: { after: later(since, -1000) } },
    sort: { orderPlacedAt: 'ASC', id: 'ASC' } as const,
    doing: 'reading orders',
    needs: 'ReadOrder',
  };
  const page = await listPage(api, list, cursor?.since === since ? cursor.place : listStart, signal);
  const sales = page.rows.flatMap((order) => salesIn(api, order)).filter(({ at }) => at >= since);
  const next = page.next === undefined ? undefined : JSON.stringify({ since, place: page.next });
  return { sales: newestSales(sales), next };
}

/** Not paid yet, a draft or called back: a shop may place its orders before they are paid. */
const notSold = ['Draft', 'Created', 'AddingItems', 'ArrangingPayment', 'Cancelled'];

/** What an order sold: nothing when it was called back or not paid, and no line that was called back. */
function salesIn({ shop }: VendureApi, { state, orderPlacedAt: at, lines }: VendureOrder): readonly Sale[] {
  if (at === undefined || notSold.includes(state ?? '') || isNamedUnsold(shop, [state])) return [];
  return lines.flatMap(({ quantity = 0, productVariant }) => {
    if (productVariant === undefined || productVariant === null || quantity <= 0) return [];
    const { id, productId, sku } = productVariant;
    return [{ ref: variantRef(shop, productId, id), at, sku: parseSku(sku ?? '') }];
  });
}
