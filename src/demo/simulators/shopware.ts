import type { FakeShop } from './fake-shop.ts';
import type { Dialect, FakeRequest, FakeResponse } from './server.ts';
import type { FakeCredential } from './shelf.ts';
import { type AskedCriteria, BadCriteria, type Entity, entitiesIn, failure, find, shown } from './shopware/criteria.ts';
import {
  currencyRows,
  integrationRows,
  lineItemRows,
  madeId,
  makeNumbers,
  type Numbers,
  privilegesOf,
  productRows,
  type ShopwareOptions,
  salesChannelRows,
} from './shopware/rows.ts';
import { sync } from './shopware/writes.ts';

export type { ShopwareOptions } from './shopware/rows.ts';

type Token = { readonly who: FakeCredential; readonly until: number };
type State = {
  readonly tokens: Map<string, Token>;
  readonly asked: number[];
  readonly numbers: Numbers;
  readonly hooks: Entity[];
};

/** Ids as Shopware's: 32 hexadecimal digits, later ones higher. */
export const shopwareId = (count: number): string => `0197${count.toString(16).padStart(28, '0')}`;

/** Shopware 6 over a fake shop, as its source and its schema (6.7.10.1) have it. */
export function makeShopwareDialect(options: ShopwareOptions = {}): Dialect {
  const state: State = { tokens: new Map(), asked: [], numbers: makeNumbers(), hooks: [] };
  return {
    answer: (request, shop) => {
      // In the order in which they came, whoever asks first.
      for (const product of shop.shelf) {
        for (const thing of [product, ...(product.kind === 'variable' ? product.variants : [])])
          state.numbers.of(thing);
      }
      const path = /\/api\/(.*)$/.exec(request.path)?.[1]?.replace(/\/$/, '');
      if (path === undefined) return { status: 404, headers: html, body: '<html><h1>Page not found</h1></html>' };
      if (path === 'oauth/token') return giveToken({ request, shop, state });
      try {
        return answerApi({ request, shop, options, state, path });
      } catch (error) {
        if (error instanceof BadCriteria) return error.answer;
        throw error;
      }
    },
    // Only the token endpoint is limited by Shopware itself, and it tells the seconds in the error.
    slowDown: (shop) => tooMany(Number(shop.temper.retryAfter ?? '7')),
  };
}

const html = { 'content-type': 'text/html; charset=utf-8' };
const tooMany = (seconds: number): FakeResponse =>
  failure(429, 'FRAMEWORK__RATE_LIMIT_EXCEEDED', `Too many requests, try again in ${seconds} seconds.`, {
    meta: { parameters: { seconds } },
  });
const noToken = failure(401, '9', 'Missing "Authorization" header');

/** So many tokens in so many seconds: the only limit that Shopware itself has. */
const tokenLimits = [
  { count: 20, seconds: 60 },
  { count: 15, seconds: 30 },
  { count: 10, seconds: 10 },
] as const;

function giveToken({ request, shop, state }: { request: FakeRequest; shop: FakeShop; state: State }): FakeResponse {
  const now = shop.now();
  const over = tokenLimits.find(
    ({ count, seconds }) => state.asked.filter((at) => at > now - seconds * 1000).length >= count,
  );
  if (over !== undefined) return tooMany(over.seconds);
  state.asked.push(now);
  const sent = JSON.parse(request.body || '{}');
  if (sent.grant_type !== 'client_credentials')
    return failure(400, '2', 'The authorization grant type is not supported.');
  const who = shop.credentials.find(
    ({ key, secret, revoked }) => key === sent.client_id && secret === sent.client_secret && !revoked,
  );
  if (who === undefined) return failure(401, '9', 'Client authentication failed');
  const token = `swt-${state.tokens.size + 1}-${madeId(who.key)}`;
  state.tokens.set(token, { who, until: now + 600_000 });
  return { status: 200, body: { token_type: 'Bearer', expires_in: 600, access_token: token } };
}

type Call = {
  readonly request: FakeRequest;
  readonly shop: FakeShop;
  readonly options: ShopwareOptions;
  readonly state: State;
  readonly path: string;
};

const missing = (privilegeNames: readonly string[]): FakeResponse =>
  failure(
    403,
    'FRAMEWORK__MISSING_PRIVILEGE_ERROR',
    JSON.stringify({ message: 'Missing privilege', missingPrivileges: privilegeNames }),
  );

function answerApi(call: Call): FakeResponse {
  const { request, shop, state, path, options } = call;
  const token = state.tokens.get(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '');
  if (token === undefined) return noToken;
  if (token.until <= shop.now() || token.who.revoked) return failure(401, '9', 'Access token could not be verified');
  const held = privilegesOf(token.who);
  const needs = (...names: readonly string[]): FakeResponse | undefined => {
    const lacking = names.filter((name) => !held.has(name));
    return lacking.length === 0 ? undefined : missing(lacking);
  };
  if (path === '_info/version') return { status: 200, body: { version: options.version ?? '6.7.10.1' } };
  if (path === '_info/config') return { status: 200, body: configOf(call) };
  if (path === '_action/sync' && request.method === 'POST') return needs('product:update') ?? sync(call);
  const [kind, name = ''] = path.split('/');
  if (kind === 'search' && request.method === 'POST') return search(call, name, needs);
  if (kind === 'product' && request.method === 'GET') {
    const row = rowsOf(call, 'product')?.find((one) => one.id === name);
    return (
      needs('product:read') ?? (row === undefined ? notFound('product', name) : { status: 200, body: { data: row } })
    );
  }
  if (kind === 'webhook') return needs('webhook:create', 'webhook:delete') ?? hook(call, name);
  return failure(404, '0', `No route found for "${request.method} ${request.path}"`);
}

const notFound = (entity: string, id: string): FakeResponse =>
  failure(
    404,
    'FRAMEWORK__RESOURCE_NOT_FOUND',
    `The ${entity} resource with the following primary key was not found: id(${id})`,
  );

const configOf = ({ shop, options }: Call): Entity => ({
  version: options.version ?? '6.7.10.1',
  ...(options.tellsShopId === false ? {} : { shopId: madeId(shop.identity).slice(0, 16) }),
  versionRevision: '98fcdbeab238fbef',
  settings: { enableUrlFeature: true, firstMigrationDate: `2025-01-01T12:00:00.${shop.identity.length}Z` },
});

function rowsOf({ shop, options, state, request }: Call, entity: string): readonly Entity[] | undefined {
  const inherited = request.headers['sw-inheritance'] !== undefined && options.dropsInheritance !== true;
  const made = { shop, options, numbers: state.numbers, inherited };
  if (entity === 'product') return shop.temper.emptyCatalog && request.method === 'POST' ? [] : productRows(made);
  if (entity === 'order_line_item') return lineItemRows(made);
  if (entity === 'integration') return integrationRows(shop);
  if (entity === 'sales_channel') return salesChannelRows(shop);
  if (entity === 'currency') return currencyRows(shop);
  return entity === 'webhook' ? state.hooks : undefined;
}

type Needs = (...names: readonly string[]) => FakeResponse | undefined;

function search(call: Call, name: string, needs: Needs): FakeResponse {
  const { request, shop } = call;
  const entity = name.replaceAll('-', '_');
  const rows = rowsOf(call, entity);
  if (rows === undefined) return failure(404, '0', `No route found for "POST ${request.path}"`);
  const asked: AskedCriteria = JSON.parse(request.body || '{}');
  const lacking = needs(...entitiesIn(entity, asked).map((one) => `${one}:read`));
  if (lacking !== undefined) return lacking;
  const { temper } = shop;
  // A cache that looks at the address alone shows everybody the first page.
  const criteria = temper.forgetPage
    ? { ...asked, page: 1, filter: asked.filter?.filter(({ type }) => type !== 'range') }
    : asked;
  const { limit = 100, page = 1 } = criteria;
  // Ids are given all at once, whatever the limit.
  const whole = criteria.ids === undefined ? limit : criteria.ids.length;
  const size = temper.shortPages && criteria.ids === undefined ? Math.max(1, Math.ceil(limit * 0.6)) : whole;
  const found = find(rows, criteria, call.options.maxLimit);
  const data = found.slice((page - 1) * size, page * size).map((row) => shown(entity, row, criteria));
  const total = criteria['total-count-mode'] === 1 ? found.length : data.length;
  if (request.headers.accept !== 'application/json') return { status: 200, body: jsonApi(entity, data) };
  return { status: 200, body: { ...(temper.noTotals ? {} : { total }), aggregations: [], data } };
}

/** What comes without the right `Accept` header. */
const jsonApi = (type: string, rows: readonly Entity[]): Entity => ({
  data: rows.map(({ id, ...attributes }) => ({ id, type, attributes })),
  included: [],
  meta: {},
});

function hook({ request, state }: Call, id: string): FakeResponse {
  if (request.method === 'POST') {
    const sent = JSON.parse(request.body);
    const blank = ['name', 'eventName', 'url'].find((field) => typeof sent[field] !== 'string');
    if (blank !== undefined)
      return failure(400, 'c1051bb4-1103-4974-8973-15e4f7f5b0b6', 'This value should not be blank.', {
        source: { pointer: `/0/${blank}` },
      });
    state.hooks.push({
      active: true,
      errorCount: 0,
      ...sent,
      id: madeId(`hook ${state.hooks.length} ${sent.eventName}`),
    });
    return { status: 204, body: '' };
  }
  const at = state.hooks.findIndex((one) => one.id === id);
  if (request.method !== 'DELETE' || at < 0) return notFound('webhook', id);
  state.hooks.splice(at, 1);
  return { status: 204, body: '' };
}
