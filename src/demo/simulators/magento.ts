import type { FakeShop } from './fake-shop.ts';
import { adminToken, whoAsks } from './magento/auth.ts';
import { entitiesOf, orderItemRows, orderRows, productRow, type Row } from './magento/rows.ts';
import { problem, searchRows } from './magento/search.ts';
import { sourceCodes, sourceItemRows, writeSourceItems } from './magento/stock.ts';
import { lowStock, stockItem, writeStockItem } from './magento/stock-items.ts';
import type { Dialect, FakeRequest, FakeResponse } from './server.ts';
import type { FakePermission } from './shelf.ts';

export type MagentoSimulatorOptions = {
  /** Whether an access token is taken alone: off by default since 2.4.4. */
  readonly bearer?: boolean;
  /** The codes of the store views. */
  readonly stores?: readonly string[];
  /** Without Multi-Source Inventory, a part that shops leave out: its routes are not there, and orders take from the figure. */
  readonly sourceless?: boolean;
};

/** Magento's REST API over a fake shop, as it was measured on 2.4.7. */
export function makeMagentoDialect(options: MagentoSimulatorOptions = {}): Dialect {
  return {
    answer: (request, shop) => {
      if (request.path.endsWith('/magento_version')) {
        return { status: 200, headers: { 'content-type': 'text/plain' }, body: 'Magento/2.4 (Community)' };
      }
      const [, scope, path] = /\/rest\/(\w+)\/V1\/(.*)$/.exec(request.path) ?? [];
      if (scope === undefined || path === undefined) {
        return { status: 404, headers: html, body: '<html><h1>404 Not Found</h1></html>' };
      }
      if (scope !== 'all' && !storesOf(options).includes(scope))
        return problem(400, 'Specified store code is not found.');
      return answerApi(shop, { request, options, path: path.replace(/\/$/, '') });
    },
    // Magento has no limits for catalogs of its own: hosts and firewalls have, and speak HTML.
    slowDown: (shop) => ({
      status: 429,
      headers: { ...html, ...(shop.temper.retryAfter === undefined ? {} : { 'retry-after': shop.temper.retryAfter }) },
      body: '<html><h1>Too Many Requests</h1></html>',
    }),
  };
}

const html = { 'content-type': 'text/html; charset=utf-8' };
const storesOf = (options: MagentoSimulatorOptions): readonly string[] => options.stores ?? ['default'];

type Call = { readonly request: FakeRequest; readonly options: MagentoSimulatorOptions; readonly path: string };
type Route = {
  readonly at: RegExp;
  readonly method?: string;
  readonly needs: FakePermission;
  readonly resource: string;
  readonly answer: (shop: FakeShop, call: Call) => FakeResponse;
};

const field =
  (name: string) =>
  (row: Row): unknown =>
    row[name];
const attribute = (row: Row): unknown => {
  const all = row.custom_attributes as readonly { attribute_code: string; value: unknown }[];
  return all.find(({ attribute_code: code }) => code === 'ean')?.value;
};
const productFields = {
  entity_id: field('id'),
  sku: field('sku'),
  type_id: field('type_id'),
  status: field('status'),
  updated_at: field('updated_at'),
  ean: attribute,
};

const routes: readonly Route[] = [
  {
    at: /^products$/,
    needs: 'read-products',
    resource: 'Magento_Catalog::products',
    answer: (shop, { request }) =>
      searchRows(shop, request.query, {
        rows: entitiesOf(shop).map((entity) => productRow(shop, entity)),
        fields: productFields,
      }),
  },
  {
    at: /^products\/attributes$/,
    needs: 'read-products',
    resource: 'Magento_Catalog::attributes_attributes',
    answer: (shop, { request }) =>
      searchRows({ ...shop, temper: { ...shop.temper, emptyCatalog: false } }, request.query, {
        rows: [{ attribute_code: 'ean' }, { attribute_code: 'color' }],
        fields: { attribute_code: field('attribute_code') },
      }),
  },
  {
    at: /^inventory\/source-items$/,
    needs: 'read-stock',
    resource: 'Magento_InventoryApi::source',
    answer: (shop, { request }) =>
      searchRows({ ...shop, temper: { ...shop.temper, shortPages: false } }, request.query, {
        rows: sourceItemRows(shop),
        fields: { sku: field('sku'), source_code: field('source_code') },
      }),
  },
  {
    at: /^inventory\/source-items$/,
    method: 'POST',
    needs: 'write-stock',
    // Newer editions have a right of its own for it: `Magento_InventoryApi::stock_source_item_assign`.
    resource: 'Magento_InventoryApi::source',
    answer: (shop, { request }) => writeSourceItems(shop, request.body),
  },
  ...(
    [
      [/^inventory\/sources$/, 'Magento_InventoryApi::source'],
      [/^inventory\/stocks$/, 'Magento_InventoryApi::stock'],
      [/^inventory\/stock-source-links$/, 'Magento_InventoryApi::stock_source_link'],
    ] as const
  ).map(
    ([at, resource]): Route => ({
      at,
      needs: 'read-stock',
      resource,
      answer: (shop, { request, path }) =>
        searchRows({ ...shop, temper: { ...shop.temper, emptyCatalog: false } }, request.query, {
          rows: placesOf(shop, path),
          fields: { stock_id: field('stock_id') },
        }),
    }),
  ),
  {
    at: /^stockItems\/lowStock$/,
    needs: 'read-stock',
    resource: 'Magento_CatalogInventory::cataloginventory',
    answer: (shop, { request }) => lowStock(shop, request.query),
  },
  {
    at: /^products\/[^/]+\/stockItems\/\d+$/,
    method: 'PUT',
    needs: 'write-stock',
    resource: 'Magento_CatalogInventory::cataloginventory',
    answer: (shop, { path, request }) =>
      writeStockItem(shop, decodeURIComponent(path.split('/')[1] ?? ''), request.body),
  },
  {
    at: /^stockItems\/[^/]+$/,
    needs: 'read-stock',
    resource: 'Magento_CatalogInventory::cataloginventory',
    answer: (shop, { path }) => stockItem(shop, decodeURIComponent(path.split('/')[1] ?? '')),
  },
  {
    at: /^orders\/items$/,
    needs: 'read-orders',
    resource: 'Magento_Sales::actions_view',
    answer: (shop, { request }) =>
      searchRows(shop, request.query, {
        rows: orderItemRows(shop),
        fields: { item_id: field('item_id'), created_at: field('created_at'), sku: field('sku') },
      }),
  },
  {
    at: /^orders$/,
    needs: 'read-orders',
    resource: 'Magento_Sales::actions_view',
    answer: (shop, { request }) =>
      searchRows(shop, request.query, { rows: orderRows(shop), fields: { entity_id: field('entity_id') } }),
  },
  {
    at: /^store\/storeConfigs$/,
    needs: 'read-settings',
    resource: 'Magento_Backend::store',
    answer: (shop, { options }) => ({
      status: 200,
      body: storesOf(options).map((code, at) => ({
        id: at + 1,
        code,
        website_id: at + 1,
        locale: 'da_DK',
        base_currency_code: shop.currency,
        timezone: shop.timeZone,
        base_url: addressOf(shop, code, at),
        secure_base_url: addressOf(shop, code, at),
        base_media_url: `${shop.identity}/media/`,
        secure_base_media_url: `${shop.identity}/media/`,
      })),
    }),
  },
  {
    at: /^store\/storeViews$/,
    needs: 'read-settings',
    resource: 'Magento_Backend::store',
    answer: (shop, { options }) => ({
      status: 200,
      body: [
        { id: 0, code: 'admin', name: 'Admin' },
        ...storesOf(options).map((code, at) => ({ id: at + 1, code, name: at === 0 ? shop.name : code })),
      ],
    }),
  },
  {
    at: /^modules$/,
    needs: 'read-settings',
    resource: 'Magento_Backend::all',
    answer: (_, { options }) => ({
      status: 200,
      body: ['Magento_Store', 'Magento_Catalog', ...(options.sourceless === true ? [] : ['Magento_InventoryApi'])],
    }),
  },
];

/** Each further store view has an address of its own. */
const addressOf = (shop: FakeShop, code: string, at: number): string =>
  `${shop.identity}/${at === 0 ? '' : `${code}/`}`;

/** Sources and stocks; every source but the last location's belongs to the first stock. */
function placesOf(shop: FakeShop, path: string): readonly Row[] {
  const codes = sourceCodes(shop);
  if (path.endsWith('stocks')) return [{ stock_id: 1, name: 'Default Stock' }];
  if (path.endsWith('links')) {
    return codes
      .slice(0, Math.max(1, codes.length - 1))
      .map((code, at) => ({ stock_id: 1, source_code: code, priority: at + 1 }));
  }
  return shop.locations.map((location, at) => ({
    source_code: codes[at],
    name: location.name,
    enabled: location.active,
  }));
}

function answerApi(shop: FakeShop, call: Call): FakeResponse {
  const { request, options, path } = call;
  if (path === 'integration/admin/token') return adminToken(shop, request.body);
  const route = routes.find(({ at, method }) => at.test(path) && (method ?? 'GET') === request.method);
  const isLeftOut = options.sourceless === true && path.startsWith('inventory/');
  if (route === undefined || isLeftOut) return problem(404, 'Request does not match any route.');
  const who = whoAsks(shop, request, { bearer: options.bearer === true });
  if (who !== undefined && 'status' in who) return who;
  // A key that nobody has and a right that is missing are told in the same words.
  // Without sources one and the same right reads figures and writes them: who may not write has not got it.
  const isBoth = options.sourceless === true && route.resource === 'Magento_CatalogInventory::cataloginventory';
  if (who === undefined || !who.permissions.has(isBoth ? 'write-stock' : route.needs)) {
    return problem(401, "The consumer isn't authorized to access %resources.", { resources: route.resource });
  }
  return route.answer(shop, call);
}
