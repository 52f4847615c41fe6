import { z } from 'zod';
import type { ConnectionReport, ConnectionWarning, Permission } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { line, readRow } from '../decode.ts';
import { clockAhead, clockWarnings } from '../driver-parts/clock-ahead.ts';
import type { HttpResponse } from '../http-response.ts';
import type { PrestaApi } from './api.ts';
import { mayWrite } from './push/write.ts';
import { settingsOf } from './settings.ts';

const doing = 'testing the connection';

const currencySchema = z.object({ iso_code: line });

/** Asks who the shop is and what the key may do. The start page of the API is left alone: some shops break on it. */
export async function testConnection(api: PrestaApi, signal: AbortSignal): Promise<ConnectionReport> {
  const products = await probe(api, 'products', signal);
  const combinations = await probe(api, 'combinations', signal);
  const stock = await probe(api, 'stock_availables', signal);
  const settings = await settingsOf(api, signal, true);
  const orders = await probe(api, 'orders', signal);
  const lines = await probe(api, 'order_details', signal);
  const write = await mayWrite(api, signal);
  const { reply } = products;
  const clockAheadMs = clockAhead(reply?.date, api.clock);
  return {
    identity: settings.identity ?? '',
    shopName: settings.name,
    version: reply?.headers['psws-version'] ?? settings.version,
    currency: await currencyOf(api, settings.currencyId, signal),
    timeZone: settings.timeZone,
    clockAheadMs,
    permissions: [
      right('read-products', 'products, combinations: GET', products.granted && combinations.granted),
      right('read-stock', 'stock_availables: GET', stock.granted),
      right('write-stock', 'stock_availables: PUT, PATCH', write),
      { ...right('read-orders', 'orders, order_details: GET', orders.granted && lines.granted), needed: false },
      right('read-settings', 'configurations: GET', settings.identity !== undefined),
    ],
    warnings: warningsOf(api, { countsStock: settings.countsStock, clockAheadMs }),
    choices: [],
  };
}

const right = (wanted: Permission['wanted'], platformWord: string, granted: boolean | undefined): Permission => ({
  wanted,
  platformWord,
  granted,
  needed: true,
});

type Probe = { readonly granted: boolean; readonly reply?: HttpResponse };

/** One id of a resource. A missing right is a finding; any other trouble, a wrong key too, ends the test. */
async function probe(api: PrestaApi, resource: string, signal: AbortSignal): Promise<Probe> {
  try {
    const { reply } = await api.list(resource, { query: { display: '[id]', limit: '1' }, doing }, signal);
    return { granted: true, reply };
  } catch (error) {
    if (error instanceof ShopError && error.kind === 'forbidden') return { granted: false };
    throw error;
  }
}

/** The shop's usual currency by its number; a key that may not read it costs the prices, not the shop. */
async function currencyOf(api: PrestaApi, id: string | undefined, signal: AbortSignal): Promise<string | undefined> {
  if (id === undefined) return undefined;
  try {
    const query = { display: '[id,iso_code]', 'filter[id]': `[${id}]` };
    const { rows } = await api.list('currencies', { query, doing }, signal);
    const read = readRow(currencySchema, rows[0]);
    return read.ok ? read.value.iso_code : undefined;
  } catch (error) {
    if (error instanceof ShopError && error.kind === 'forbidden') return undefined;
    throw error;
  }
}

function warningsOf(
  api: PrestaApi,
  found: { readonly countsStock: boolean; readonly clockAheadMs: number | undefined },
): readonly ConnectionWarning[] {
  return [
    ...(found.countsStock ? [] : (['stock-management-off'] as const)),
    ...(api.keyInQuery() ? (['credentials-had-to-go-in-query'] as const) : []),
    ...clockWarnings(found.clockAheadMs),
  ];
}
