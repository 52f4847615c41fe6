import {
  type ClassicRow,
  type ClassicSiteRow,
  idOf,
  numberOf,
  orderRow,
  orderStates,
  productRow,
  tableOf,
  updatedOf,
  wallTime,
} from './dandomain-classic/rows.ts';
import type { FakeShop } from './fake-shop.ts';
import type { Dialect, FakeRequest, FakeResponse } from './server.ts';
import type { FakeCredential, FakePermission } from './shelf.ts';

export type ClassicDialectOptions = {
  readonly sites?: readonly ClassicSiteRow[];
  /** The shop sends no more rows a page than this, whatever is asked for. */
  readonly largestPage?: number;
  /** A product that is not there is answered with 200 and `null` instead of 404. */
  readonly missingIsNull?: boolean;
  /** IIS was set to take every character in a path. */
  readonly takesAnyPath?: boolean;
  /** Takes every figure with `true` and keeps the old one. */
  readonly forgetsWrites?: boolean;
  /** What the firm behind the shop is called; `undefined`: the key may not see it. */
  readonly company?: string;
};

const usualSites: readonly ClassicSiteRow[] = [
  { id: 26, name: 'Dansk', currencyCode: 'DKK' },
  { id: 27, name: 'English', currencyCode: 'EUR' },
];

const html = { 'content-type': 'text/html; charset=utf-8' };

/** DanDomain Classic over a fake shop: WCF services behind IIS, the key in the path. */
export function makeClassicDialect(options: ClassicDialectOptions = {}): Dialect {
  return {
    answer: (request, shop) => answer({ request, shop, options }),
    slowDown: ({ temper }) => ({
      status: 429,
      headers: { ...html, ...(temper.retryAfter === undefined ? {} : { 'retry-after': temper.retryAfter }) },
      body: '<html><h1>Too Many Requests</h1></html>',
    }),
  };
}

type Asked = { readonly request: FakeRequest; readonly shop: FakeShop; readonly options: ClassicDialectOptions };
type Call = Asked & {
  readonly parts: readonly string[];
  readonly who: FakeCredential;
  readonly sites: readonly ClassicSiteRow[];
};

// IIS refuses these in a path, however they are written; a dot or a blank at the end is lost on the way.
const refusedByIis = /[/\\%&:*?<>#+"|]|[. ]$/;

function answer(asked: Asked): FakeResponse {
  const { request, shop } = asked;
  const [, service = '', rest = ''] = /\/admin\/WEBAPI\/Endpoints\/v1_0\/(\w+)\/(.*)$/i.exec(request.path) ?? [];
  const [key = '', ...parts] = rest.split('/').map(decodeURIComponent);
  if (service === '')
    return { status: 404, headers: html, body: '<html><h1>404 - File or directory not found.</h1></html>' };
  if (key === 'help')
    return {
      status: 200,
      headers: html,
      body: `<html><title>Operations at http://localhost/${service}</title></html>`,
    };
  if (asked.options.takesAnyPath !== true && parts.some((part) => refusedByIis.test(part))) {
    return {
      status: 400,
      headers: html,
      body: '<html>A potentially dangerous Request.Path value was detected from the client.</html>',
    };
  }
  const who = shop.credentials.find((one) => one.secret.toLowerCase() === key.toLowerCase() && !one.revoked);
  if (who === undefined) return requestError(401, `The key ${key} is not valid.`);
  const call: Call = { ...asked, parts, who, sites: asked.options.sites ?? usualSites };
  const answering = services[service];
  return answering === undefined ? endpointNotFound : answering(call);
}

/** WCF's page for what went wrong, with the address that was asked for in it: key and all. */
const requestError = (status: number, message: string): FakeResponse => ({
  status,
  headers: html,
  body: `<html><title>Request Error</title><p>The server encountered an error processing the request. The exception message is '${message}'. See server logs for more details.</p></html>`,
});
const endpointNotFound: FakeResponse = {
  status: 404,
  headers: html,
  body: '<html><title>Service</title><p>Endpoint not found.</p></html>',
};
const json = (body: unknown): FakeResponse => ({ status: 200, body: JSON.stringify(body) });

const may = ({ who }: Call, permission: FakePermission, service: string): FakeResponse | undefined =>
  who.permissions.has(permission) ? undefined : { status: 403, body: JSON.stringify(`Access to ${service} denied.`) };

const services: Readonly<Record<string, (call: Call) => FakeResponse>> = {
  SettingService: (call) => {
    const { parts, sites, shop, options } = call;
    if (parts[0] === 'Sites') return json(sites.map((site) => ({ countryId: 2397, ...site })));
    if (parts[0] !== 'CompanyInfo') return endpointNotFound;
    return json({ name: 'company' in options ? options.company : shop.name, city: 'Aarhus C', country: 'Danmark' });
  },
  OrderService: (call) => {
    const refused = may(call, 'read-orders', 'OrderService');
    if (refused !== undefined) return refused;
    if (call.parts[0] === 'OrderStates') return json(orderStates);
    const { shop, sites } = call;
    const orders = shop.orders.filter(({ updatedAt }) => inInterval(call, updatedAt));
    if (call.parts[0] === 'CountByModifiedInterval') return json(orders.length);
    if (call.parts[0] !== 'GetByModifiedInterval') return endpointNotFound;
    return json(pageOf(call, orders).map((order) => orderRow(shop, order, sites[0]?.id ?? 26)));
  },
  ProductDataService: (call) => {
    if (call.request.method === 'PUT') return may(call, 'write-stock', 'ProductDataService') ?? write(call);
    return may(call, 'read-products', 'ProductDataService') ?? readProducts(call);
  },
};

function readProducts(call: Call): FakeResponse {
  const { shop, parts, sites } = call;
  const [what = '', first = '', second = ''] = parts;
  const table = shop.temper.emptyCatalog ? [] : tableOf(shop);
  const shown = (rows: readonly ClassicRow[]) => json(rows.map((row) => productRow(shop, row, sites)));
  if (what === 'ProductCount') return shop.temper.noTotals ? endpointNotFound : json(table.length);
  if (what === 'ProductPage') return shown(slice(call, table, { page: Number(first), size: Number(second) }));
  if (what === 'ByBarcode') return shown(table.filter((row) => productRow(shop, row, sites).barCodeNumber === first));
  const changed = table.filter((row) => inInterval(call, updatedOf(row)));
  if (what === 'CountByModifiedInterval') return shop.temper.noTotals ? endpointNotFound : json(changed.length);
  if (what === 'GetByModifiedInterval') return shown(pageOf(call, changed));
  const found = numbered(shop, what);
  if (found !== undefined) return json(productRow(shop, found, sites));
  return call.options.missingIsNull === true ? json(null) : { status: 404, body: JSON.stringify('Product not found.') };
}

/** SQL Server's usual order of letters does not tell case apart. */
const numbered = (shop: FakeShop, number: string): ClassicRow | undefined =>
  tableOf(shop).find((row) => numberOf(row).toLowerCase() === number.toLowerCase());

function inInterval({ shop, request }: Call, at: number): boolean {
  const local = wallTime(shop, at);
  return local >= (request.query.get('start') ?? '') && local <= (request.query.get('end') ?? '9999');
}

const pageOf = <Row>(call: Call, rows: readonly Row[]): readonly Row[] =>
  slice(call, rows, {
    page: Number(call.request.query.get('pageIndex')),
    size: Number(call.request.query.get('pageSize')),
  });

type Wanted = { readonly page: number; readonly size: number };

function slice<Row>({ shop, options }: Call, rows: readonly Row[], { page, size }: Wanted): readonly Row[] {
  const { temper } = shop;
  const cap = options.largestPage ?? (temper.shortPages ? 60 : Number.POSITIVE_INFINITY);
  const held = Math.min(size, cap);
  const from = ((temper.forgetPage ? 1 : page) - 1) * held;
  return rows.slice(from, from + held);
}

/** `SetStockCount/{number}/{n}` answers `true`, also where it did nothing: a master has no figure. */
function write({ shop, parts, options }: Call): FakeResponse {
  const [what, number = '', figure = ''] = parts;
  if (what !== 'SetStockCount' || !/^-?\d+$/.test(figure)) return endpointNotFound;
  const row = numbered(shop, number);
  if (row === undefined) return requestError(404, `Product ${number} was not found.`);
  if (shop.temper.failItems.has(idOf(row))) return requestError(400, `Stock of ${number} is locked.`);
  const variant = row.variant ?? (row.product.kind === 'variable' ? undefined : row.product.variants[0]);
  if (variant !== undefined && options.forgetsWrites !== true) shop.writeQuantity(row.product, variant, Number(figure));
  return json(true);
}
