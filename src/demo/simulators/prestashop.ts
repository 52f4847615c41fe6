import type { FakeShop } from './fake-shop.ts';
import { listRows, refusal } from './prestashop/lists.ts';
import { orderFields, orderLineRows, orderRow, orderStateRows } from './prestashop/orders.ts';
import {
  combinationRow,
  combinationsIn,
  optionValueRows,
  productRow,
  type Row,
  stockId,
  stockRow,
  stockThings,
} from './prestashop/rows.ts';
import { damageOf, writeStock } from './prestashop/writes.ts';
import type { Dialect, FakeRequest, FakeResponse } from './server.ts';
import type { FakeCredential, FakePermission } from './shelf.ts';

export type PrestaShopOptions = {
  readonly version?: string;
  /** Texts come as rows a language, or as plain text where there is one. */
  readonly languages?: number;
  /** Shops before 8 know no PATCH, and keys made there lack it ever after. */
  readonly knowsPatch?: boolean;
  readonly disabled?: boolean;
  /** A module that leaves "or" filters out shows nothing for them. */
  readonly ignoresOr?: boolean;
  /** Leaves the filter by date out. */
  readonly ignoresDate?: boolean;
  /** What a sale of a pack takes from: the pack, what is in it, both; a module may have taken the setting away. */
  readonly packStock?: '0' | '1' | '2' | 'unset';
};

/** The only length that a key has: a shop's secret is cut to it. */
export const keyOf = (credential: Pick<FakeCredential, 'secret'>): string => credential.secret.slice(0, 32);

/** PrestaShop's webservice over a fake shop, as it was measured on 9.1.4. */
export function makePrestaShopDialect(options: PrestaShopOptions = {}): Dialect {
  return {
    answer: (request, shop) => {
      const path = /\/api\/(.*)$/.exec(request.path)?.[1];
      if (path === undefined) return { status: 404, headers: html, body: '<html><h1>Not Found</h1></html>' };
      const answer = answerApi(shop, { request, options, path: path.replace(/\/$/, '') });
      return { ...answer, headers: { ...headersOf(options, answer), ...answer.headers } };
    },
    // PrestaShop has no limits of its own: hosts and firewalls have, and speak HTML.
    slowDown: (shop) => ({
      status: 429,
      headers: { ...html, ...(shop.temper.retryAfter === undefined ? {} : { 'retry-after': shop.temper.retryAfter }) },
      body: '<html><h1>Too Many Requests</h1></html>',
    }),
  };
}

const html = { 'content-type': 'text/html; charset=utf-8' };
const headersOf = (options: PrestaShopOptions, answer: FakeResponse): Readonly<Record<string, string>> => ({
  'set-cookie': 'PrestaShop-abc=1; path=/; HttpOnly',
  'execution-time': '0.012',
  ...(answer.status === 401
    ? { 'www-authenticate': 'Basic realm="Welcome to PrestaShop Webservice, please enter the authentication key"' }
    : { 'psws-version': options.version ?? '9.1.4' }),
});

export const prestaShopDialect: Dialect = makePrestaShopDialect();

type Call = { readonly request: FakeRequest; readonly options: PrestaShopOptions; readonly path: string };

type Resource = { readonly needs: FakePermission; readonly rows: (shop: FakeShop, call: Call) => readonly Row[] };

const languagesOf = ({ options }: Call) => ({ languages: options.languages ?? 2 });

const resources: Readonly<Record<string, Resource>> = {
  products: {
    needs: 'read-products',
    rows: (shop, call) => shop.shelf.map((product) => productRow(shop, product, languagesOf(call))),
  },
  combinations: {
    needs: 'read-products',
    rows: (shop) => combinationsIn(shop).map(({ product, variant }) => combinationRow(shop, product, variant)),
  },
  product_option_values: { needs: 'read-products', rows: (shop, call) => optionValueRows(shop, languagesOf(call)) },
  stock_availables: {
    needs: 'read-stock',
    rows: (shop) => {
      const { lost, sums } = damageOf(shop);
      return stockThings(shop)
        .filter((thing) => !lost.has(stockId(shop, thing.thing)))
        .map((thing) => {
          const row = stockRow(shop, thing, 1);
          const lie = thing.variant === undefined ? sums.get(thing.product) : undefined;
          return lie === undefined ? row : { ...row, quantity: String(lie) };
        });
    },
  },
  configurations: { needs: 'read-settings', rows: (shop, call) => configurationRows(shop, call) },
  currencies: { needs: 'read-settings', rows: (shop) => [{ id: 1, iso_code: shop.currency, active: '1' }] },
  orders: { needs: 'read-orders', rows: (shop) => shop.orders.map((order) => orderRow(shop, order)) },
  order_details: { needs: 'read-orders', rows: (shop) => orderLineRows(shop) },
  order_states: { needs: 'read-all-orders', rows: () => orderStateRows },
};

const configurationRows = (shop: FakeShop, { options: { packStock = '1' } }: Call): readonly Row[] =>
  Object.entries({
    PS_SHOP_NAME: shop.name,
    PS_SHOP_DOMAIN: new URL(shop.identity).host,
    PS_SHOP_DOMAIN_SSL: new URL(shop.identity).host,
    PS_TIMEZONE: shop.timeZone,
    PS_CURRENCY_DEFAULT: '1',
    PS_LANG_DEFAULT: '1',
    PS_VERSION_DB: '9.1.4',
    PS_STOCK_MANAGEMENT: shop.stockManagement ? '1' : '0',
    PS_ORDER_OUT_OF_STOCK: '0',
    ...(packStock === 'unset' ? {} : { PS_PACK_STOCK_TYPE: packStock }),
  }).map(([name, value], at) => ({ id: at + 1, name, value, id_shop: '', id_shop_group: '' }));

/** What each resource shows of a row, also where no row is there to show it. */
const fields: Readonly<Record<string, readonly string[]>> = {
  products: [
    ...['id', 'id_default_image', 'id_default_combination', 'quantity', 'type', 'product_type', 'reference', 'ean13'],
    ...[
      'pack_stock_type',
      'upc',
      'isbn',
      'active',
      'state',
      'available_for_order',
      'visibility',
      'price',
      'date_add',
      'date_upd',
    ],
    ...['name', 'description', 'description_short', 'associations'],
  ],
  combinations: ['id', 'id_product', 'reference', 'ean13', 'upc', 'isbn', 'quantity', 'price', 'associations'],
  product_option_values: ['id', 'name'],
  stock_availables: [
    ...['id', 'id_product', 'id_product_attribute', 'id_shop', 'id_shop_group', 'quantity', 'depends_on_stock'],
    ...['out_of_stock', 'location'],
  ],
  configurations: ['id', 'name', 'value', 'id_shop', 'id_shop_group'],
  currencies: ['id', 'iso_code', 'active'],
  ...orderFields,
};

function answerApi(shop: FakeShop, call: Call): FakeResponse {
  const { request, options, path } = call;
  if (options.disabled === true) {
    return refusal(503, [
      22,
      'The PrestaShop webservice is disabled. Please activate it in the PrestaShop Back Office',
    ]);
  }
  const who = credentialOf(shop, request);
  if ('status' in who) return who;
  // The start page breaks in the writer of JSON, as measured.
  if (path === '') return { status: 500, body: '' };
  const [name = '', id] = path.split('/');
  const resource = Object.hasOwn(resources, name) ? resources[name] : undefined;
  if (resource === undefined)
    return refusal(400, [27, `Resource of type "${name}" does not exists. Did you mean: ""?`]);
  const { method } = request;
  const needs = method === 'GET' ? resource.needs : 'write-stock';
  if (!who.permissions.has(resource.needs)) {
    return refusal(401, [26, `Resource of type "${name}" is not allowed with this authentication key`]);
  }
  const knowsMethod = method !== 'PATCH' || options.knowsPatch !== false;
  if (!who.permissions.has(needs) || !knowsMethod) {
    return refusal(405, [25, `Method ${method} is not allowed for the resource ${name} with this authentication key`]);
  }
  if (method !== 'GET') {
    const writes = name === 'stock_availables' && (method === 'PATCH' || method === 'PUT');
    return writes ? writeStock(shop, method, request.body) : refusal(405, [101, `Method ${method} is not allowed`]);
  }
  const rows = resource.rows(shop, call);
  if (id !== undefined) {
    const row = rows.find((one) => String(one.id) === id);
    return row === undefined ? { status: 404, body: '' } : { status: 200, body: { [name.replace(/s$/, '')]: row } };
  }
  const query = queryOf(request, options);
  const or = options.ignoresOr === true && name === 'combinations' && /\|/.test(query.get('filter[id_product]') ?? '');
  return listRows(shop, query, { resource: name, rows: or ? [] : rows, fields: fields[name] ?? [] });
}

function queryOf(request: FakeRequest, options: PrestaShopOptions): URLSearchParams {
  const query = new URLSearchParams(request.query);
  if (options.ignoresDate === true) query.delete('filter[date_upd]');
  return query;
}

/** Whose key it is: none that came, one that cannot be, or one that nobody has. */
function credentialOf(shop: FakeShop, request: FakeRequest): FakeCredential | FakeResponse {
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const user = Buffer.from(basic, 'base64').toString('utf8').split(':')[0] ?? '';
  const key = request.query.get('ws_key') ?? user;
  if (key === '') return { status: 401, headers: html, body: '401 Unauthorized' };
  if (key.length !== 32) return refusal(401, [18, 'Invalid authentication key format']);
  const known = shop.credentials.find((credential) => keyOf(credential) === key && !credential.revoked);
  return (
    known ?? refusal(401, [20, 'Authentication key is not active'], [21, 'No permission for this authentication key'])
  );
}
