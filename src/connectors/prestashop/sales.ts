import { z } from 'zod';
import { refKey } from '../../domain/changes.ts';
import { type Instant, parseSku } from '../../domain/ids.ts';
import type { Sale } from '../../domain/listing.ts';
import type { SalesPage } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { readRows } from '../decode.ts';
import { readCursor } from '../driver-parts/cursors.ts';
import { localBound, localInstant } from '../driver-parts/local-time.ts';
import { isNamedUnsold } from '../driver-parts/newest-sales.ts';
import { isLeft } from '../driver-parts/rows/sold-pieces.ts';
import type { PrestaApi } from './api.ts';
import { allKeyed, databaseTime, keyedPage, oneOf } from './keyed.ts';
import { refOf } from './map.ts';
import { orderLineSchema, orderSchema, orderStateSchema } from './schema.ts';
import { settingsOf } from './settings.ts';

const cursorSchema = z.object({ after: z.string().regex(/^\d+$/) });
const doing = 'reading orders';

const saleStates = new WeakMap<PrestaApi, ReadonlySet<string>>();

/**
 * The states in which goods were paid or sent. A shop's own state ("afsendt") is often made without the tick by which
 * PrestaShop calls an order valid. None where the key may not read them: then only valid orders count.
 */
async function statesOfSales(api: PrestaApi, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const known = saleStates.get(api);
  if (known !== undefined) return known;
  const query = { display: '[id,logable,paid,shipped]' };
  const rows = await api.list('order_states', { query, doing }, signal).then(
    (answer) => answer.rows,
    (error: unknown) => {
      if (error instanceof ShopError && error.kind === 'forbidden') return [];
      throw error;
    },
  );
  const sold = readRows(orderStateSchema, rows).rows.filter(
    (state) => state.logable === true || state.paid === true || state.shipped === true,
  );
  const states = new Set(sold.map((state) => state.id));
  saleStates.set(api, states);
  return states;
}

/** One page of orders since a moment, by id, as the last sale of each thing among them. */
export async function salesPage(
  api: PrestaApi,
  request: { readonly since: Instant; readonly cursor?: string },
  signal: AbortSignal,
): Promise<SalesPage> {
  const { timeZone } = await settingsOf(api, signal);
  const after = readCursor(cursorSchema, request.cursor)?.after ?? '0';
  const bound = databaseTime(localBound(request.since, timeZone));
  const query = { display: '[id,date_add,valid,current_state]', 'filter[date_add]': `>[${bound}]`, date: '1' };
  const page = await keyedPage(api, orderSchema, { resource: 'orders', query, limit: 100, doing, after }, signal);
  if (page.last === undefined) return { sales: [] };
  const dates = new Map<string, Instant>();
  const isUnclear = page.rows.some(({ valid, current_state: state }) => valid !== true && state !== undefined);
  const states = isUnclear ? await statesOfSales(api, signal) : new Set<string>();
  for (const order of page.rows) {
    const at = localInstant(order.date_add ?? '', timeZone);
    const state = order.current_state ?? '';
    const isSale = (order.valid === true || states.has(state)) && !isNamedUnsold(api.shop, [state]);
    if (isSale && at !== undefined && at >= request.since) dates.set(order.id, at);
  }
  return { sales: await lastSales(api, dates, signal), next: JSON.stringify({ after: page.last }) };
}

/** A piece that came back and whose money went back is counted under both. */
const stands = (line: z.infer<typeof orderLineSchema>): boolean =>
  isLeft(line.product_quantity, Math.max(line.product_quantity_refunded ?? 0, line.product_quantity_return ?? 0));

/** The newest sale of each thing. The lines have no date of their own. */
async function lastSales(
  api: PrestaApi,
  dates: ReadonlyMap<string, Instant>,
  signal: AbortSignal,
): Promise<readonly Sale[]> {
  if (dates.size === 0) return [];
  const query = {
    display:
      '[id,id_order,product_id,product_attribute_id,product_reference,product_quantity,product_quantity_refunded,product_quantity_return]',
    'filter[id_order]': oneOf([...dates.keys()]),
  };
  const { rows } = await allKeyed(
    api,
    orderLineSchema,
    { resource: 'order_details', query, limit: 1000, doing },
    signal,
  );
  const newest = new Map<string, Sale>();
  for (const line of rows) {
    const at = dates.get(line.id_order);
    if (at === undefined || line.product_id === undefined || !stands(line)) continue;
    const ref = refOf(api.shop, line.product_id, line.product_attribute_id);
    const known = newest.get(refKey(ref));
    if (known === undefined || known.at < at) {
      newest.set(refKey(ref), { ref, at, sku: parseSku(line.product_reference ?? '') });
    }
  }
  return [...newest.values()];
}
