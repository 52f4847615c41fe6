import type { ConnectionReport, ConnectionWarning, Permission } from '../../ports/shop-connector.ts';
import { readRows } from '../decode.ts';
import { clockAhead, clockWarnings } from '../driver-parts/clock-ahead.ts';
import type { HttpResponse } from '../http-response.ts';
import { under } from '../urls.ts';
import { identityOf, storeOf } from './identity.ts';
import { sourceSchema, stockSchema, storeViewSchema } from './schema.ts';
import { errorIn, type MagentoApi, type Question } from './session/api.ts';
import { rememberSources } from './stock/held-stock.ts';

const doing = 'testing the connection';

const one: Readonly<Record<string, string>> = { 'searchCriteria[pageSize]': '1' };
const all: Readonly<Record<string, string>> = { 'searchCriteria[pageSize]': '300' };

const sourceRight = 'Magento_InventoryApi::source';
const itemRight = 'Magento_CatalogInventory::cataloginventory';

/** Asks who the shop is and what the key may do. The one POST carries no row, and writes nothing. */
export async function testConnection(api: MagentoApi, signal: AbortSignal): Promise<ConnectionReport> {
  const stores = await storeOf(api, signal, true);
  const ask = (question: Omit<Question, 'doing'>): Promise<HttpResponse> => api.ask({ ...question, doing }, signal);
  const products = await ask({ path: 'products', query: { ...one, fields: 'items[id],total_count' } });
  if (products.status >= 400 && products.status !== 401) throw await api.errorOf(products, signal);
  if (products.status === 200 && !isSearch(api.json(products))) {
    throw api.trouble('unintelligible', { doing, status: 200, said: products.text.slice(0, 400) });
  }
  const counted = await ask({ path: 'stockItems/lowStock/', query: { scopeId: '0', qty: '0', pageSize: '1' } });
  const asked = await ask({ path: 'inventory/source-items', query: one });
  // Multi-Source Inventory is a part that may be left out: figures are read and written by one and the same right then.
  const hasSources = asked.status !== 404;
  rememberSources(api, hasSources);
  const write = hasSources
    ? await ask({ method: 'POST', path: 'inventory/source-items', json: { sourceItems: [] } })
    : counted;
  const orders = await ask({ path: 'orders/items', query: one });
  const views = listIn(api, await ask({ path: 'store/storeViews' }));
  const sources = listIn(api, await ask({ path: 'inventory/sources', query: all }));
  const stocks = listIn(api, await ask({ path: 'inventory/stocks', query: all }));
  const date = stores.reply?.date ?? products.date;
  const clockAheadMs = clockAhead(date, api.clock);
  const enabled = readRows(sourceSchema, sources).rows.filter((source) => source.enabled !== false);
  return {
    identity: identityOf(stores) ?? '',
    shopName: readRows(storeViewSchema, views).rows.find((view) => view.code === stores.store?.code)?.name,
    version: await versionOf(api, signal),
    currency: stores.store?.base_currency_code,
    timeZone: stores.store?.timezone,
    clockAheadMs,
    permissions: [
      right('read-products', 'Magento_Catalog::products', products),
      ...(hasSources ? [right('read-stock', sourceRight, asked)] : []),
      right('read-stock', itemRight, counted),
      right('write-stock', hasSources ? sourceRight : itemRight, write),
      { ...right('read-orders', 'Magento_Sales::actions_view', orders), needed: false },
      { ...right('read-settings', 'Magento_Backend::store', undefined), granted: stores.store !== undefined },
    ],
    warnings: warningsOf(api, { sources: enabled.length, clockAheadMs }),
    choices: [
      ...choicesOf('store', readRows(storeViewSchema, views).rows, (view) => [view.code, view.name]),
      ...choicesOf('source', enabled, (source) => [source.source_code, source.name]),
      ...choicesOf('stock', readRows(stockSchema, stocks).rows, (stock) => [stock.stock_id, stock.name]),
    ],
  };
}

/** Yes when it was answered, no when it was refused in Magento's own words, and unknown when something else was wrong. */
function right(wanted: Permission['wanted'], platformWord: string, reply: HttpResponse | undefined): Permission {
  const { resources } = reply === undefined ? {} : errorIn(reply);
  const isNo = reply?.status === 401 || reply?.status === 403;
  // A list of no rows is refused for having none, after the right was looked at.
  const isYes = reply !== undefined && (reply.status === 200 || (reply.status === 400 && wanted === 'write-stock'));
  return {
    wanted,
    platformWord: resources ?? platformWord,
    granted: isYes ? true : isNo ? false : undefined,
    needed: true,
  };
}

/** None found come as `items: null` too; a bare list is another program's answer. */
const isSearch = (body: unknown): boolean => typeof body === 'object' && body !== null && 'items' in body;

/** A list, or the items of a search; none where the key may not see it. */
function listIn(api: MagentoApi, reply: HttpResponse): readonly unknown[] {
  if (reply.status !== 200) return [];
  const body = api.json(reply);
  const inside: unknown = typeof body === 'object' && body !== null && 'items' in body ? body.items : body;
  return Array.isArray(inside) ? inside.filter((row: { code?: unknown }) => row?.code !== 'admin') : [];
}

function choicesOf<Row>(
  option: string,
  rows: readonly Row[],
  describe: (row: Row) => readonly [value: string | undefined, label: string | undefined],
): ConnectionReport['choices'] {
  return rows.flatMap((row) => {
    const [value, label] = describe(row);
    return value === undefined ? [] : [{ option, value, label: label ?? value, usual: rows.length === 1 }];
  });
}

/** "Magento/2.4 (Community)", told to everybody; some shops switch it off. */
async function versionOf(api: MagentoApi, signal: AbortSignal): Promise<string | undefined> {
  const text = await api.plain(under(api.shop.url, 'magento_version'), signal);
  return /^Magento\/(\d[\w.]*)/.exec(text ?? '')?.[1];
}

function warningsOf(
  api: MagentoApi,
  found: { readonly sources: number; readonly clockAheadMs: number | undefined },
): readonly ConnectionWarning[] {
  return [
    ...(found.sources > 1 && api.options.source === undefined ? (['no-location-chosen'] as const) : []),
    ...clockWarnings(found.clockAheadMs),
  ];
}
