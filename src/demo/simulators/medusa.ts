import type { FakeShop } from './fake-shop.ts';
import { listable, listRows, problem, type Row, selected } from './medusa/lists.ts';
import {
  itemsOf,
  orderRow,
  productHead,
  productRow,
  shownProducts,
  soldThings,
  variantHead,
  variantWithProduct,
  withVariants,
} from './medusa/rows.ts';
import { writeLevels } from './medusa/writes.ts';
import type { Dialect, FakeRequest, FakeResponse } from './server.ts';
import type { FakeCredential, FakePermission } from './shelf.ts';

export type MedusaOptions = {
  /** Leaves dates out of filters, as where the operator has lost its $. */
  readonly ignoresDates?: boolean;
  /** Leaves every filter out. */
  readonly ignoresFilters?: boolean;
  /** Answers an unknown product as it answers a deleted variant: `{}` with status 200. */
  readonly emptyForUnknown?: boolean;
};

const html = { 'content-type': 'text/html; charset=utf-8' };
const notThere = (request: FakeRequest): FakeResponse => ({
  status: 404,
  headers: html,
  body: `<!DOCTYPE html>\n<html><body><pre>Cannot ${request.method} ${request.path}</pre></body></html>`,
});

/** Medusa over a fake shop, as it was measured on 2.21.2. A credential's `secret` is the secret key. */
export function makeMedusaDialect(options: MedusaOptions = {}): Dialect {
  return {
    answer: (request, shop) => {
      const { path } = request;
      if (path === '/health') return { status: 200, headers: html, body: 'OK' };
      if (path.startsWith('/store/')) {
        return problem(
          400,
          'not_allowed',
          'Publishable API key required in the request header: x-publishable-api-key.',
        );
      }
      if (!path.startsWith('/admin/')) return notThere(request);
      const who = credentialOf(request, shop);
      if (typeof who === 'string') return { status: 401, body: { message: who } };
      const route = routes.find(({ at, method }) => at.test(path) && method === request.method);
      if (route === undefined) return notThere(request);
      // Only where the shop uses roles; else a secret key may do everything.
      if (!who.permissions.has(route.needs)) return problem(403, 'forbidden', 'Forbidden');
      return route.answer({ shop, request, options, ids: at(path, route.at), query: filtersOf(request, options) });
    },
    // Medusa has no limits of its own: what stands before it has, and speaks HTML.
    slowDown: ({ temper }) => ({
      status: 429,
      headers: { ...html, ...(temper.retryAfter === undefined ? {} : { 'retry-after': temper.retryAfter }) },
      body: '<html><h1>Too Many Requests</h1></html>',
    }),
  };
}

export const medusaDialect: Dialect = makeMedusaDialect();

/** The credential of a key sent as Basic user without a password, or why nobody is let in. */
function credentialOf(request: FakeRequest, shop: FakeShop): FakeCredential | string {
  const { authorization = '' } = request.headers;
  if (/^Bearer sk_|^Bearer cs_/.test(authorization)) {
    return 'A secret API key was passed as a Bearer token. Secret API keys must be sent using HTTP Basic authentication instead.';
  }
  const basic = /^Basic (.+)$/.exec(authorization)?.[1] ?? '';
  const [key, password] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  const found = shop.credentials.find(({ secret, revoked }) => secret === key && !revoked);
  return found === undefined || password !== '' ? 'Unauthorized' : found;
}

const at = (path: string, route: RegExp): readonly string[] =>
  (route.exec(path) ?? []).slice(1).map(decodeURIComponent);

function filtersOf(request: FakeRequest, options: MedusaOptions): URLSearchParams {
  const query = new URLSearchParams(request.query);
  for (const name of [...query.keys()]) {
    const isDate = /^(updated_at|created_at)\[/.test(name);
    const isFilter = !['fields', 'order', 'limit', 'offset'].includes(name);
    if ((isDate && options.ignoresDates) || (isFilter && options.ignoresFilters)) query.delete(name);
  }
  return query;
}

type Call = {
  readonly shop: FakeShop;
  readonly request: FakeRequest;
  readonly options: MedusaOptions;
  readonly ids: readonly string[];
  readonly query: URLSearchParams;
};
type Route = {
  readonly at: RegExp;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly needs: FakePermission;
  readonly answer: (call: Call) => FakeResponse;
};

const productAt = ({ shop, ids }: Call) => shownProducts(shop).find(({ id }) => id === ids[0]);

const routes: readonly Route[] = [
  {
    at: /^\/admin\/stores$/,
    method: 'GET',
    needs: 'read-products',
    answer: ({ shop, query }) =>
      listRows(shop, query, { name: 'stores', rows: [listable(storeOf(shop))], filters: [] }),
  },
  {
    at: /^\/admin\/stock-locations$/,
    method: 'GET',
    needs: 'read-stock',
    answer: ({ shop, query }) => {
      const rows = shop.locations.map(({ id, name }) => listable({ id, name }));
      return listRows(shop, query, { name: 'stock_locations', rows, filters: ['id'] });
    },
  },
  {
    at: /^\/admin\/products$/,
    method: 'GET',
    needs: 'read-products',
    answer: ({ shop, query }) => {
      const rows = shownProducts(shop).map((product) => ({
        head: productHead(product),
        whole: () => productRow(shop, product),
      }));
      return listRows(shop, query, { name: 'products', rows, filters: ['id', 'status'] });
    },
  },
  {
    at: /^\/admin\/products\/([^/]+)$/,
    method: 'GET',
    needs: 'read-products',
    answer: (call) => {
      const product = productAt(call);
      if (product !== undefined)
        return { status: 200, body: { product: selected(productRow(call.shop, product), call.query) } };
      return call.options.emptyForUnknown ? { status: 200, body: {} } : problem(404, 'not_found', 'Product not found');
    },
  },
  {
    // A variant that was deleted is `{}`, with status 200.
    at: /^\/admin\/products\/([^/]+)\/variants\/([^/]+)$/,
    method: 'GET',
    needs: 'read-products',
    answer: (call) => {
      const product = productAt(call);
      const variant = product?.variants.find(({ id }) => id === call.ids[1]);
      if (product === undefined || variant === undefined) return { status: 200, body: {} };
      return {
        status: 200,
        body: { variant: selected(variantWithProduct(call.shop, { product, variant }), call.query) },
      };
    },
  },
  {
    // Deleting what is deleted says "deleted" again.
    at: /^\/admin\/products\/([^/]+)\/variants\/([^/]+)$/,
    method: 'DELETE',
    needs: 'write-stock',
    answer: (call) => {
      const id = call.ids[1] ?? '';
      const parent = productAt(call);
      if (parent?.variants.some((variant) => variant.id === id)) call.shop.deleteForever(id);
      const left = productAt(call);
      const shown = left === undefined ? null : productRow(call.shop, left);
      return { status: 200, body: { id, object: 'variant', deleted: true, parent: shown } };
    },
  },
  {
    at: /^\/admin\/product-variants$/,
    method: 'GET',
    needs: 'read-products',
    answer: ({ shop, query }) => {
      const rows = soldThings(shop).map((sold) => ({
        head: variantHead(sold),
        whole: () => variantWithProduct(shop, sold),
      }));
      return listRows(shop, query, { name: 'variants', rows, filters: ['id', 'sku', 'ean', 'upc', 'barcode'] });
    },
  },
  {
    at: /^\/admin\/inventory-items$/,
    method: 'GET',
    needs: 'read-stock',
    answer: ({ shop, query }) => {
      const rows = soldThings(shop).flatMap((sold) =>
        itemsOf(shop, sold).map(({ inventory }) => listable({ ...inventory, sku: sold.variant.sku ?? null })),
      );
      return listRows(shop, query, { name: 'inventory_items', rows, filters: ['id', 'sku'] });
    },
  },
  {
    at: /^\/admin\/inventory-items\/location-levels\/batch$/,
    method: 'POST',
    needs: 'write-stock',
    answer: ({ shop, request }) => writeLevels(shop, request.body),
  },
  {
    at: /^\/admin\/orders$/,
    method: 'GET',
    needs: 'read-orders',
    answer: ({ shop, query }) => {
      const rows = shop.orders.map((order) => listable(withVariants(shop, orderRow(order))));
      return listRows(shop, query, { name: 'orders', rows, filters: ['id', 'status'] });
    },
  },
];

const storeOf = (shop: FakeShop): Row => ({
  id: `store_01M8HA${shop.identity.replace(/\W/g, '').toUpperCase()}`,
  name: shop.name,
  supported_currencies: [
    { id: 'stocur_1', currency_code: 'eur', is_default: false },
    { id: 'stocur_2', currency_code: shop.currency.toLowerCase(), is_default: true },
  ],
});
