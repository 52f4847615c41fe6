import { z } from 'zod';
import { refKey } from '../../domain/changes.ts';
import { type Instant, parseSku } from '../../domain/ids.ts';
import type { Sale } from '../../domain/listing.ts';
import type { SalesPage } from '../../ports/shop-connector.ts';
import { id as idReader, readRows } from '../decode.ts';
import { isNamedUnsold } from '../driver-parts/newest-sales.ts';
import { keyIn } from '../driver-parts/rows/key-in.ts';
import { isLeft } from '../driver-parts/rows/sold-pieces.ts';
import { type BigCommerceApi, scopes } from './api.ts';
import { refOf } from './map.ts';
import { type Order, orderSchema } from './schema.ts';

/** Incomplete, pending (a checkout that was not ended), refunded, cancelled, declined, awaiting payment. Any other is a sale. */
const notSold = new Set([0, 1, 4, 5, 6, 7]);

/** An order may be moved to any state by hand; its payment tells what became of the money. */
const notPaid = new Set(['declined', 'void', 'void pending', 'refunded']);

const isSale = ({ status_id, payment_status, is_deleted }: Order): boolean =>
  !notSold.has(status_id ?? 0) && !notPaid.has(payment_status?.toLowerCase() ?? '') && is_deleted !== true;

const pageSize = 250;
const doing = 'reading orders';

/** One page of orders since a moment, by rising id, as the last sale of each listing among them. */
export async function salesPage(
  api: BigCommerceApi,
  request: { readonly since: Instant; readonly cursor?: string },
  signal: AbortSignal,
): Promise<SalesPage> {
  const after = /^\d+$/.test(request.cursor ?? '') ? Number(request.cursor) : 0;
  const query = {
    min_date_created: `${request.since.slice(0, 19)}+00:00`,
    min_id: String(after + 1),
    sort: 'id:asc',
    limit: String(pageSize),
    include: 'consignments.line_items',
    consignment_structure: 'object',
  };
  const { body } = await api.must({ path: 'v2/orders', query, doing, scope: scopes.orders }, signal);
  if (body === undefined) return { sales: [] };
  if (!Array.isArray(body)) throw api.trouble('unintelligible', { doing, found: 'an answer without a list' });
  const { rows: orders } = readRows(orderSchema, body);
  const ids = body.flatMap((row) => keyIn(row) ?? []);
  // Empty, or a last page of which nobody can read which orders it shows.
  if (ids.length === 0 && body.length < pageSize) return { sales: [] };
  const highest = Math.max(after, ...ids);
  if (highest <= after)
    throw api.trouble('unintelligible', { doing, found: `the shop does not filter by min_id ${after}` });
  return { sales: await lastSales(api, { orders, since: request.since }, signal), next: String(highest) };
}

/** The newest sale of each listing. Orders that the shop's filter let through by mistake do not count. */
async function lastSales(
  api: BigCommerceApi,
  { orders, since }: { readonly orders: readonly Order[]; readonly since: Instant },
  signal: AbortSignal,
): Promise<readonly Sale[]> {
  const lines = orders
    .filter(
      (order) => isSale(order) && !isNamedUnsold(api.shop, [order.status, order.custom_status, order.payment_status]),
    )
    .flatMap(({ date_created: at, consignments }) =>
      at === undefined || at < `${since.slice(0, 19)}.000Z`
        ? []
        : consignments.flatMap((one) => one.line_items.map((line) => ({ ...line, at }))),
    )
    .filter((line) => isLeft(line.quantity, line.quantity_refunded));
  const bases = await baseVariants(api, [...new Set(lines.flatMap((line) => line.product_id ?? []))], signal);
  const newest = new Map<string, Sale>();
  for (const { product_id: productId, variant_id: variantId, sku, at } of lines) {
    const base = productId === undefined ? undefined : bases.get(productId);
    // A line whose product was deleted since then names nothing.
    if (productId === undefined || base === undefined) continue;
    const ref = refOf(api.shop, productId, base === 'none' ? variantId : undefined);
    const known = newest.get(refKey(ref));
    if (known === undefined || known.at < at) newest.set(refKey(ref), { ref, at, sku: parseSku(sku ?? '') });
  }
  return [...newest.values()];
}

const baseSchema = z.object({ id: idReader, base_variant_id: z.unknown() });

/** Orders name a simple product by its base variant, too: which products have one is asked of the catalog. */
async function baseVariants(
  api: BigCommerceApi,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, 'none' | 'base'>> {
  const found = new Map<string, 'none' | 'base'>();
  for (let from = 0; from < ids.length; from += pageSize) {
    const chunk = ids.slice(from, from + pageSize).join(',');
    const query = { 'id:in': chunk, include_fields: 'base_variant_id', limit: String(pageSize) };
    const { rows } = await api.list({ path: 'v3/catalog/products', query, doing, scope: scopes.products }, signal);
    for (const row of readRows(baseSchema, rows).rows) {
      found.set(row.id, idReader.safeParse(row.base_variant_id).success ? 'base' : 'none');
    }
  }
  return found;
}
