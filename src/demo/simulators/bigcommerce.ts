import {
  type BigCommerceOptions,
  firstLocation,
  locationItems,
  orderRow,
  productRow,
  type Row,
  variantRow,
} from './bigcommerce/rows.ts';
import { storeRow } from './bigcommerce/store.ts';
import { adjust, type Pending } from './bigcommerce/writes.ts';
import type { FakeShop } from './fake-shop.ts';
import type { Dialect, FakeRequest, FakeResponse } from './server.ts';
import type { FakePermission } from './shelf.ts';

export type { BigCommerceOptions } from './bigcommerce/rows.ts';

type State = {
  asked: number;
  windowFrom: number;
  inWindow: number;
  readonly pending: Pending[];
  readonly hooks: Row[];
};

type Call = {
  readonly request: FakeRequest;
  readonly shop: FakeShop;
  readonly options: BigCommerceOptions;
  readonly state: State;
  /** Behind `/stores/{hash}/`. */
  readonly path: string;
};

/** What V3 says when it will not; V2 speaks in lists. */
const problem = (status: number, title: string, errors: Row = {}): FakeResponse => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: { status, title, type: 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes', errors },
});
const oldProblem = (status: number, message: string): FakeResponse => ({ status, body: [{ status, message }] });

const usualHash = 'abc123';

/** The page for customers, which stands on a server of its own: its theme lies in a folder that bears the store's hash. */
const storefront = (shop: FakeShop, hash: string): FakeResponse => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!DOCTYPE html><title>${encodeURI(shop.name)}</title><link href="https://cdn11.bigcommerce.com/s-${hash}/stencil/theme.css" rel="stylesheet">`,
});

/** BigCommerce over a fake shop, as its API files and guides have it. */
export function makeBigCommerceDialect(options: BigCommerceOptions = {}): Dialect {
  const state: State = { asked: 0, windowFrom: 0, inWindow: 0, pending: [], hooks: [] };
  return {
    answer: (request, shop) => {
      if (request.path === '/') return storefront(shop, options.storeHash ?? usualHash);
      state.asked += 1;
      // What was taken before is done by now, or not yet.
      for (const write of state.pending.splice(0)) {
        if (options.neverApplies !== true && write.due <= state.asked) write.apply();
        else state.pending.push(write);
      }
      const limited = countIn(state, shop, options);
      if (limited.over) return tooMany(options, limited.headers);
      const hash = options.storeHash ?? usualHash;
      const path = new RegExp(`/stores/${hash}/(.*)$`).exec(request.path)?.[1]?.replace(/\/$/, '');
      if (path === undefined) return problem(404, 'No store with the specified hash was found');
      const answer = answerApi({ request, shop, options, state, path });
      return { ...answer, headers: { ...limited.headers, ...answer.headers } };
    },
    slowDown: (shop) =>
      tooMany(options, {
        'x-rate-limit-requests-left': '0',
        'x-rate-limit-time-reset-ms': String(Number(shop.temper.retryAfter ?? '7') * 1000),
      }),
  };
}

const tooMany = (options: BigCommerceOptions, headers: Readonly<Record<string, string>>): FakeResponse => ({
  status: 429,
  headers: options.platformLoad === true ? {} : headers,
  body: {
    status: 429,
    title: 'Too many requests',
    type: 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes',
  },
});

/** One window of requests after the other, by the shop's clock, for all apps together. */
function countIn(state: State, shop: FakeShop, options: BigCommerceOptions) {
  const { quota = 20_000, windowMs = 30_000 } = options;
  if (shop.now() - state.windowFrom >= windowMs) {
    state.windowFrom = shop.now();
    state.inWindow = 0;
  }
  state.inWindow += 1;
  const headers = {
    'x-rate-limit-requests-left': String(Math.max(0, quota - state.inWindow)),
    'x-rate-limit-requests-quota': String(quota),
    'x-rate-limit-time-window-ms': String(windowMs),
    'x-rate-limit-time-reset-ms': String(state.windowFrom + windowMs - shop.now()),
  };
  return { over: state.inWindow > quota, headers };
}

type Route = {
  readonly at: RegExp;
  readonly method: string;
  readonly needs?: FakePermission;
  readonly answer: (call: Call, id: string) => FakeResponse;
};

function answerApi(call: Call): FakeResponse {
  const { request, shop, path } = call;
  const old = path.startsWith('v2/');
  const who = shop.credentials.find(({ secret, revoked }) => secret === request.headers['x-auth-token'] && !revoked);
  if (who === undefined) {
    return old ? oldProblem(401, 'Unauthorized') : problem(401, 'X-Auth-Token header is required or invalid');
  }
  const route = routes.find(({ at, method }) => at.test(path) && method === request.method);
  if (route === undefined) return problem(404, 'The requested resource was not found');
  if (route.needs !== undefined && !who.permissions.has(route.needs)) {
    const said = "You don't have a required scope to access the endpoint";
    return old ? oldProblem(403, said) : problem(403, said);
  }
  return route.answer(call, route.at.exec(path)?.[1] ?? '');
}

const routes: readonly Route[] = [
  { at: /^v3\/catalog\/products$/, method: 'GET', needs: 'read-products', answer: listProducts },
  {
    at: /^v3\/catalog\/products\/([^/]+)$/,
    method: 'GET',
    needs: 'read-products',
    answer: (call, id) => {
      const product = call.shop.find(id);
      if (product === undefined) return problem(404, 'Product not found');
      return { status: 200, body: { data: shown(call.request.query, productRow(call, product)), meta: {} } };
    },
  },
  { at: /^v3\/catalog\/variants$/, method: 'GET', needs: 'read-products', answer: listVariants },
  {
    at: /^v3\/inventory\/items$/,
    method: 'GET',
    needs: 'read-stock',
    answer: (call) => paged(call, locationItems(call, firstLocation(call.shop))),
  },
  { at: /^v3\/inventory\/locations$/, method: 'GET', answer: listLocations },
  { at: /^v3\/inventory\/locations\/([^/]+)\/items$/, method: 'GET', needs: 'read-stock', answer: listItems },
  { at: /^v3\/inventory\/adjustments\/absolute$/, method: 'PUT', needs: 'write-stock', answer: adjustAll },
  {
    at: /^v2\/store$/,
    method: 'GET',
    needs: 'read-settings',
    answer: (call) => ({ status: 200, body: storeRow(call.shop, call.options) }),
  },
  { at: /^v2\/orders$/, method: 'GET', needs: 'read-orders', answer: listOrders },
  { at: /^v3\/hooks$/, method: 'GET', answer: (call) => paged(call, call.state.hooks) },
  { at: /^v3\/hooks$/, method: 'POST', answer: (call) => keepHook(call, undefined) },
  { at: /^v3\/hooks\/(\d+)$/, method: 'PUT', answer: keepHook },
  {
    at: /^v3\/hooks\/(\d+)$/,
    method: 'DELETE',
    answer: ({ state }, id) => {
      const at = state.hooks.findIndex((hook) => String(hook.id) === id);
      if (at < 0) return problem(404, 'Hook not found');
      return { status: 200, body: { data: state.hooks.splice(at, 1)[0], meta: {} } };
    },
  },
];

function listProducts(call: Call): FakeResponse {
  const { request, shop } = call;
  const { query } = request;
  const modified = query.get('date_modified:min');
  const since = modified === null ? undefined : sinceOf(modified, shop);
  if (since !== undefined && Number.isNaN(since))
    return problem(422, 'Invalid date', { 'date_modified:min': 'is not a date' });
  const after = shop.temper.forgetPage ? undefined : query.get('id:greater');
  const include = query.get('id:in')?.split(',');
  const sku = query.get('sku')?.toLowerCase();
  const upc = query.get('upc');
  const found = shop.shelf
    .filter((product) => {
      const row = productRow(call, product);
      return (
        (after === undefined || after === null || Number(product.id) > Number(after)) &&
        (include === undefined || include.includes(product.id)) &&
        (since === undefined || Math.floor(product.updatedAt / 1000) * 1000 >= since) &&
        (sku === undefined || String(row.sku).toLowerCase() === sku) &&
        (upc === null || row.upc === upc)
      );
    })
    .sort((a, b) => Number(a.id) - Number(b.id));
  return paged(call, shop.temper.emptyCatalog ? [] : found.map((product) => shown(query, productRow(call, product))));
}

/** A date without a time takes the time of day at which it is asked. */
function sinceOf(text: string, shop: FakeShop): number {
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T${new Date(shop.now()).toISOString().slice(11, 19)}Z` : text;
  return Date.parse(full);
}

function listVariants(call: Call): FakeResponse {
  const { query } = call.request;
  const sku = query.get('sku')?.toLowerCase();
  const rows = call.shop.shelf
    .flatMap((product) => product.variants.map((variant) => variantRow(call, product, variant)))
    .filter(
      (row) =>
        // Base variants are found by the product's own number alone.
        (sku === undefined || (row.sku_id !== null && String(row.sku).toLowerCase() === sku)) &&
        (query.get('upc') === null || row.upc === query.get('upc')) &&
        (query.get('id') === null || String(row.id) === query.get('id')),
    );
  return paged(call, rows);
}

function listLocations(call: Call): FakeResponse {
  const only = call.request.query.get('is_default') === 'true';
  const rows = call.shop.locations
    .filter(({ id }) => !only || id === firstLocation(call.shop))
    .map(({ id, name, active }) => ({
      id: Number(id),
      code: `LOC-${id}`,
      label: name,
      enabled: active,
      type_id: 'PHYSICAL',
    }));
  return paged(call, rows);
}

function listItems(call: Call, location: string): FakeResponse {
  if (!call.shop.locations.some(({ id }) => id === location)) return problem(404, 'Location was not found');
  const { query } = call.request;
  const products = query.get('product_id:in')?.split(',');
  const variants = query.get('variant_id:in')?.split(',');
  const rows = locationItems(call, location).filter((row) => {
    const identity = row.identity as Row;
    return (
      (products === undefined || products.includes(String(identity.product_id))) &&
      (variants === undefined || variants.includes(String(identity.variant_id)))
    );
  });
  return paged(call, rows);
}

function adjustAll({ request, shop, options, state }: Call): FakeResponse {
  const due = state.asked + 1 + (options.lag ?? 1);
  const taken = adjust(shop, JSON.parse(request.body || '{}'), options.stuck);
  if ('refused' in taken) return problem(422, taken.refused);
  state.pending.push({ due, apply: taken.apply });
  return { status: 200, body: { transaction_id: `tx-${state.asked}` } };
}

/** V2: moments of mail, and 204 where nothing matches. */
function listOrders(call: Call): FakeResponse {
  const { query } = call.request;
  const from = Date.parse(query.get('min_date_created') ?? '1970-01-01T00:00:00Z');
  const rows = call.shop.orders
    .filter((order) => order.createdAt >= from && Number(order.id) >= Number(query.get('min_id') ?? '0'))
    .sort((a, b) => Number(a.id) - Number(b.id))
    .slice(0, Number(query.get('limit') ?? '50'))
    .map((order) => orderRow(call, order));
  const asked = query.get('include') === 'consignments.line_items' && query.get('consignment_structure') === 'object';
  const link = (row: Row) => ({
    ...row,
    consignments: { url: `/orders/${row.id}/consignments`, resource: `/orders/${row.id}/consignments` },
  });
  return rows.length === 0 ? { status: 204, body: '' } : { status: 200, body: asked ? rows : rows.map(link) };
}

function keepHook({ request, state }: Call, id: string | undefined): FakeResponse {
  const sent = JSON.parse(request.body);
  const url = URL.canParse(sent.destination) ? new URL(sent.destination) : undefined;
  if (url?.protocol !== 'https:' || url.port !== '') return problem(422, 'destination must be https on port 443');
  const at = state.hooks.findIndex((hook) => String(hook.id) === id);
  if (id !== undefined && at < 0) return problem(404, 'Hook not found');
  const hook = {
    id: id === undefined ? 1000 + state.hooks.length : Number(id),
    client_id: 'client',
    is_active: true,
    ...sent,
  };
  if (at < 0) state.hooks.push(hook);
  else state.hooks[at] = hook;
  return { status: 200, body: { data: hook, meta: {} } };
}

/** The fields asked for, and the variants and pictures only where they are included. */
function shown(query: URLSearchParams, row: Row): Row {
  const include = query.get('include')?.split(',') ?? [];
  const only = query.get('include_fields')?.split(',');
  const without = query.get('exclude_fields')?.split(',') ?? [];
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => {
      if (name === 'variants' || name === 'primary_image') return include.includes(name);
      return name === 'id' || (!without.includes(name) && (only === undefined || only.includes(name)));
    }),
  );
}

function paged({ request, shop }: Call, rows: readonly Row[]): FakeResponse {
  const { temper } = shop;
  const limit = Math.min(Number(request.query.get('limit') ?? '50'), request.path.includes('/inventory/') ? 1000 : 250);
  const size = temper.shortPages ? Math.max(1, Math.ceil(limit * 0.6)) : limit;
  const page = temper.forgetPage ? 1 : Number(request.query.get('page') ?? '1');
  const data = rows.slice((page - 1) * size, page * size);
  const pagination = {
    total: rows.length,
    count: data.length,
    per_page: size,
    current_page: page,
    total_pages: Math.ceil(rows.length / size),
    links: {},
  };
  return { status: 200, body: { data, meta: temper.noTotals ? {} : { pagination } } };
}
