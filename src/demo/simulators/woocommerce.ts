import type { FakeShop } from './fake-shop.ts';
import type { Dialect, FakeRequest, FakeResponse } from './server.ts';
import type { FakeCredential, FakePermission } from './shelf.ts';
import { listOrders, listPosts, only, problem, variationPosts } from './woocommerce/lists.ts';
import { signerOf } from './woocommerce/oauth-check.ts';
import { offsetAt, type Post, productRow, variationRow } from './woocommerce/rows.ts';
import { addHook, changeHook, hookAt, listHooks, removeHook } from './woocommerce/webhooks.ts';
import { invalidId, parseBody, write, writeBatch } from './woocommerce/writes.ts';

export type WooCommerceOptions = {
  readonly version?: string;
  /** Whether `/wc/v3/variations` is there: it is since 10.3. */
  readonly variationsRoute?: boolean;
  /** Whether WordPress knows that it is called over https; else no key is even looked at. */
  readonly seesHttps?: boolean;
  /** Speaks at `?rest_route=` alone, as a site without permalinks does. */
  readonly plainPermalinks?: boolean;
  /** Called over plain http: no key is looked at but one that signs (OAuth 1.0a). */
  readonly signaturesOnly?: boolean;
  /** Whether products can be found by `global_unique_id`: they can since 9.2, and before the filter is passed over. */
  readonly findsBarcodes?: boolean;
  /** Leaves `modified_after` out, as before 5.8. */
  readonly ignoresModifiedAfter?: boolean;
};

/** WooCommerce over a fake shop, as it was measured on 11.0.1. */
export function makeWooCommerceDialect(options: WooCommerceOptions = {}): Dialect {
  return {
    answer: (request, shop) => {
      const route = request.query.get('rest_route')?.replace(/^\//, '');
      const path = options.plainPermalinks === true ? route : (/\/wp-json\/(.*)$/.exec(request.path)?.[1] ?? route);
      if (path === undefined) return { status: 404, headers: html, body: '<html><h1>Page not found</h1></html>' };
      if (shop.temper.loginWall && !/^wc\/v3\//.test(path)) return walled;
      if (path === '') return { status: 200, body: only(request.query, site(shop)) };
      return answerApi({ request, shop, options, path: path.replace(/\/$/, '') });
    },
    // WooCommerce has no limits of its own: hosts and firewalls have, and speak HTML.
    slowDown: (shop) => ({
      status: 429,
      headers: { ...html, ...(shop.temper.retryAfter === undefined ? {} : { 'retry-after': shop.temper.retryAfter }) },
      body: '<html><h1>Too Many Requests</h1></html>',
    }),
  };
}

const walled = problem(401, 'rest_not_logged_in', 'You are not currently logged in.');
const html = { 'content-type': 'text/html; charset=utf-8' };

export const wooCommerceDialect: Dialect = makeWooCommerceDialect();
/** A shop from before the list of all variations. */
export const olderWooCommerceDialect: Dialect = makeWooCommerceDialect({
  version: '9.1.4',
  variationsRoute: false,
  findsBarcodes: false,
});

const translating = ({ temper }: FakeShop): readonly string[] =>
  temper.translatedBy === undefined ? [] : [temper.translatedBy === 'wpml' ? 'wpml/v1' : 'pll/v1'];

const site = (shop: FakeShop): Record<string, unknown> => ({
  name: shop.name,
  description: '',
  url: shop.identity,
  home: shop.identity,
  gmt_offset: offsetAt(shop.timeZone, shop.now()) / 3_600_000,
  timezone_string: shop.timeZone,
  namespaces: ['oembed/1.0', 'wc/v1', 'wc/v2', 'wc/v3', 'wc-analytics', 'wp/v2', ...translating(shop)],
  authentication: {},
});

type Call = {
  readonly request: FakeRequest;
  readonly shop: FakeShop;
  readonly options: WooCommerceOptions;
  readonly path: string;
};

const noRoute = problem(404, 'rest_no_route', 'No route was found matching the URL and request method.');
const cannotView = (status: number): FakeResponse =>
  problem(status, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.');

function answerApi(call: Call): FakeResponse {
  const { request, shop, options, path } = call;
  const route = routes.find(({ at, methods }) => at.test(path) && methods.includes(request.method));
  if (route === undefined || (path === 'wc/v3/variations' && options.variationsRoute === false)) return noRoute;
  const who = credentialOf(call);
  if (who === 'wrong-secret') {
    return problem(401, 'woocommerce_rest_authentication_error', 'Consumer secret is invalid.');
  }
  const ids = path.split('/').filter((part) => /^\d+$/.test(part));
  // What is not there is answered before anybody's rights are looked at.
  if (route.missing?.(shop, ids)) return invalidId(404);
  if (who === undefined) return cannotView(401);
  const verb = request.method === 'GET' ? 'read' : 'write';
  if (!who.permissions.has(verb === 'read' ? 'read-products' : 'write-stock')) {
    const message = `The API key provided does not have ${verb} permissions.`;
    return problem(401, 'woocommerce_rest_authentication_error', message);
  }
  if (route.needs !== undefined && !who.permissions.has(route.needs)) return cannotView(403);
  return route.answer(call, ids);
}

/** Whose key it is. Nobody's is answered as if none had come; a known key with another secret is told so. */
function credentialOf({ request, shop, options }: Call): FakeCredential | 'wrong-secret' | undefined {
  if (options.seesHttps === false) return undefined;
  if (options.signaturesOnly === true) return signerOf(request, shop);
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [user = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  // The query is looked at first.
  const key = request.query.get('consumer_key') ?? user;
  const secret = request.query.get('consumer_secret') ?? rest.join(':');
  const known = shop.credentials.find((credential) => credential.key === key && !credential.revoked);
  return known === undefined || known.secret === secret ? known : 'wrong-secret';
}

type Route = {
  readonly at: RegExp;
  readonly methods: readonly string[];
  readonly needs?: FakePermission;
  readonly missing?: (shop: FakeShop, ids: readonly string[]) => boolean;
  readonly answer: (call: Call, ids: readonly string[]) => FakeResponse;
};

const changing = ['PUT', 'PATCH', 'POST'];

/** A post by id: variations answer among products, too. */
function postAt(shop: FakeShop, id: string | undefined): Post | undefined {
  const product = shop.find(id ?? '');
  return product === undefined ? variationPosts(shop).find(({ variation }) => variation.id === id) : { product };
}

const noPost = (shop: FakeShop, [id]: readonly string[]): boolean => postAt(shop, id) === undefined;

const routes: readonly Route[] = [
  {
    at: /^wc\/v3\/products$/,
    methods: ['GET'],
    answer: ({ shop, request, options }) => listPosts(shop, filtersOf(request, options)),
  },
  { at: /^wc\/v3\/products\/batch$/, methods: changing, answer: ({ shop, request }) => writeBatch(shop, request) },
  {
    at: /^wc\/v3\/products\/\d+$/,
    methods: ['GET'],
    missing: noPost,
    answer: ({ shop, request }, [id]) => {
      const post = postAt(shop, id);
      return post === undefined ? invalidId(404) : { status: 200, body: only(request.query, productRow(shop, post)) };
    },
  },
  {
    at: /^wc\/v3\/products\/\d+$/,
    methods: changing,
    missing: (shop, [id]) => shop.find(id ?? '') === undefined,
    answer: ({ shop, request }, [id]) => write(shop, { product: shop.product(id ?? '') }, parseBody(request.body)),
  },
  {
    at: /^wc\/v3\/products\/\d+$/,
    methods: ['DELETE'],
    missing: noPost,
    answer: ({ shop, request }, [id]) => remove(shop, id ?? '', request.query.get('force') === 'true'),
  },
  {
    at: /^wc\/v3\/products\/\d+\/variations$/,
    methods: ['GET'],
    missing: (shop, [id]) => shop.find(id ?? '') === undefined,
    answer: ({ shop, request, options }, [id]) => listPosts(shop, filtersOf(request, options), id),
  },
  {
    at: /^wc\/v3\/products\/\d+\/variations\/batch$/,
    methods: changing,
    answer: ({ shop, request }, [productId]) => writeBatch(shop, { body: request.body, productId }),
  },
  {
    at: /^wc\/v3\/products\/\d+\/variations\/\d+$/,
    methods: ['GET', ...changing],
    answer: ({ shop, request }, [productId, id]) => {
      const post = variationPosts(shop, productId).find(({ variation }) => variation.id === id);
      if (post === undefined) return problem(404, 'woocommerce_rest_product_variation_invalid_id', 'Invalid ID.');
      if (request.method !== 'GET') return write(shop, post, parseBody(request.body));
      return { status: 200, body: only(request.query, variationRow(shop, post)) };
    },
  },
  {
    at: /^wc\/v3\/variations$/,
    methods: ['GET'],
    answer: ({ shop, request, options }) => listPosts(shop, filtersOf(request, options), 'all'),
  },
  {
    at: /^wc\/v3\/webhooks$/,
    methods: ['GET'],
    answer: ({ shop, request }) => listHooks(shop, request.query),
  },
  { at: /^wc\/v3\/webhooks$/, methods: ['POST'], answer: ({ shop, request }) => addHook(shop, request.body) },
  {
    at: /^wc\/v3\/webhooks\/\d+$/,
    methods: changing,
    missing: (shop, [id]) => hookAt(shop, id) === undefined,
    answer: ({ shop, request }, [id]) => changeHook(shop, id, request.body),
  },
  {
    at: /^wc\/v3\/webhooks\/\d+$/,
    methods: ['DELETE'],
    missing: (shop, [id]) => hookAt(shop, id) === undefined,
    answer: ({ shop, request }, [id]) => removeHook(shop, id, request.query.get('force') === 'true'),
  },
  {
    at: /^wc\/v3\/orders$/,
    methods: ['GET'],
    needs: 'read-orders',
    answer: ({ shop, request }) => listOrders(shop, request.query),
  },
  {
    at: /^wc\/v3\/system_status$/,
    methods: ['GET'],
    needs: 'read-settings',
    answer: ({ shop, options }) => ({
      status: 200,
      body: {
        environment: { home_url: shop.identity, site_url: shop.identity, version: options.version ?? '11.0.1' },
        settings: { currency: shop.currency, currency_position: 'right_space', number_of_decimals: 2 },
      },
    }),
  },
  {
    at: /^wc\/v3\/settings\/products\/woocommerce_manage_stock$/,
    methods: ['GET'],
    needs: 'read-settings',
    answer: ({ shop }) => ({
      status: 200,
      body: { id: 'woocommerce_manage_stock', type: 'checkbox', value: shop.stockManagement ? 'yes' : 'no' },
    }),
  },
];

function filtersOf(request: FakeRequest, options: WooCommerceOptions): URLSearchParams {
  const query = new URLSearchParams(request.query);
  if (options.ignoresModifiedAfter === true) query.delete('modified_after');
  if (options.findsBarcodes === false) query.delete('global_unique_id');
  return query;
}

/** To the trash, and only then away for good. The answer shows the product as it was. */
function remove(shop: FakeShop, id: string, force: boolean): FakeResponse {
  const post = postAt(shop, id);
  if (post === undefined) return invalidId(404);
  const body = productRow(shop, post);
  if (force) shop.deleteForever(id);
  else if (body.status === 'trash') {
    return problem(410, 'woocommerce_rest_already_trashed', 'The Product has already been deleted.');
  } else shop.trash(post.product.id);
  return { status: 200, body };
}
