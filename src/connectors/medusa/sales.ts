import { z } from 'zod';
import { type Instant, later, parseSku } from '../../domain/ids.ts';
import type { Sale } from '../../domain/listing.ts';
import type { SalesPage } from '../../ports/shop-connector.ts';
import { readRows } from '../decode.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { isNamedUnsold, newestSales } from '../driver-parts/newest-sales.ts';
import { listStart, offsetPlaceSchema } from '../driver-parts/offset-pages.ts';
import { isLeft } from '../driver-parts/rows/sold-pieces.ts';
import type { MedusaApi } from './api.ts';
import { type List, listPage } from './lists.ts';
import { variantRef } from './map.ts';
import { type MedusaOrder, orderFields, orderSchema } from './wire.ts';

const cursorSchema = z.object({ since: z.string(), place: offsetPlaceSchema });

/** One page of orders since a moment, oldest first: new ones come last and move nothing. */
export async function salesPage(
  api: MedusaApi,
  request: { readonly since: Instant; readonly cursor?: string },
  signal: AbortSignal,
): Promise<SalesPage> {
  const { since } = request;
  const cursor = readCursor(cursorSchema, request.cursor);
  const list: List = {
    kind: 'orders',
    fields: orderFields,
    filter: { 'created_at[$gte]': later(since, -1000) },
    order: 'created_at',
    limit: 100,
    doing: 'reading orders',
  };
  const page = await listPage(api, list, cursor?.since === since ? cursor.place : listStart, signal);
  const { rows } = readRows(orderSchema, page.rows);
  // Were the filter left out, older orders would come as well: they are passed over.
  const sales = rows.flatMap((order) => salesIn(api, order)).filter(({ at }) => at >= since);
  const next = page.next === undefined ? undefined : JSON.stringify({ since, place: page.next });
  return { sales: newestSales(sales), next };
}

const notSold = ['canceled', 'draft', 'requires_action'];

/** Where no money is there, promised or left. */
const notPaid = ['not_paid', 'awaiting', 'requires_action', 'canceled', 'refunded'];
/** What waits for its money and was sent all the same is paid later. */
const waiting = ['not_paid', 'awaiting'];
const isSent = (word: string | undefined): boolean => /shipped|delivered/.test(word ?? '');

const isPaid = ({ payment_status: payment = '', fulfillment_status: sent }: MedusaOrder): boolean =>
  !notPaid.includes(payment) || (waiting.includes(payment) && isSent(sent));

/** What an order sold: nothing when it was called back, was not paid, is a draft, or a person named its state. */
function salesIn({ shop }: MedusaApi, order: MedusaOrder): readonly Sale[] {
  const { status, created_at: at, canceled_at: canceled, is_draft_order: draft, items } = order;
  if (at === undefined || canceled !== undefined || draft === true || notSold.includes(status ?? '') || !isPaid(order))
    return [];
  if (isNamedUnsold(shop, [status, order.payment_status, order.fulfillment_status])) return [];
  return items.flatMap(({ product_id: productId, variant_id: variantId, variant_sku: sku, quantity }) =>
    productId === undefined || variantId === undefined || !isLeft(quantity)
      ? []
      : [{ ref: variantRef(shop, productId, variantId), at, sku: parseSku(sku ?? '') }],
  );
}
