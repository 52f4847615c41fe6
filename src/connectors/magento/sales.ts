import { z } from 'zod';
import { type Instant, parseSku } from '../../domain/ids.ts';
import type { Sale } from '../../domain/listing.ts';
import type { SalesPage } from '../../ports/shop-connector.ts';
import { refOf, sellableOf } from './map.ts';
import { orderItemFields, orderItemSchema } from './schema.ts';
import { keyedPage } from './search.ts';
import type { MagentoApi } from './session/api.ts';

const cursorSchema = z.object({ after: z.string().regex(/^\d+$/) });

/**
 * One page of order lines since a moment, by id, as the last sale of each thing among them. A configurable product
 * makes two lines with one SKU: only that of the thing itself counts. Paid or shipped, and not all called back.
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
    after: readCursor(request.cursor),
    groups: [[['created_at', 'gteq', request.since.slice(0, 19).replace('T', ' ')] as const]],
    pageSize: 100,
    fields: orderItemFields,
    doing: 'reading orders',
  };
  const page = await keyedPage(api, orderItemSchema, asked, signal);
  const newest = new Map<string, Sale>();
  for (const line of page.rows) {
    const { created_at: at, product_id: productId } = line;
    if (at === undefined || productId === undefined || at < request.since || !isSold(line)) continue;
    const known = newest.get(productId);
    if (known === undefined || known.at < at) {
      newest.set(productId, { ref: refOf(api.shop, productId), at, sku: parseSku(line.sku ?? '') });
    }
  }
  const next = page.last === undefined ? undefined : JSON.stringify({ after: page.last });
  return { sales: [...newest.values()], next };
}

type Line = z.infer<typeof orderItemSchema>;

const isSold = (line: Line): boolean =>
  sellableOf({ type_id: line.product_type }) === 'unit' &&
  (line.qty_invoiced > 0 || line.qty_shipped > 0) &&
  line.qty_ordered - line.qty_canceled - line.qty_refunded > 0;

function readCursor(text: string | undefined): string {
  if (text === undefined) return '0';
  try {
    return cursorSchema.safeParse(JSON.parse(text)).data?.after ?? '0';
  } catch {
    // Another request's, or none of ours: from the start.
    return '0';
  }
}
