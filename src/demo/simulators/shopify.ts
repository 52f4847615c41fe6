import {
  type DocumentNode,
  executeSync,
  type FieldNode,
  GraphQLError,
  type GraphQLResolveInfo,
  getDirectiveValues,
  parse,
  validate,
} from 'graphql';
import type { FakeShop } from './fake-shop.ts';
import type { Dialect, FakeRequest, FakeResponse } from './server.ts';
import type { FakeCredential, FakePermission } from './shelf.ts';
import { answerFile, bulkOperation, type FakeFiles, type FileTrouble, runBulk } from './shopify/bulk.ts';
import { makeSchema } from './shopify/graphql-schema.ts';
import { type IdempotencyKeys, type SetInput, setQuantities } from './shopify/inventory.ts';
import { locationsPage, node, ordersPage, productsPage, variantsCount, variantsPage } from './shopify/lists.ts';
import { locationOf, shopNumber } from './shopify/nodes.ts';
import { costOf, type FakeBucket, refill, throttleStatus } from './shopify/query-cost.ts';
import { gid, needs, type RequestContext } from './shopify/request-context.ts';
import { makeRotatingTokens, type RotatingTokens } from './shopify/rotating-tokens.ts';

export type ShopifyOptions = {
  readonly bucket?: { readonly maximum: number; readonly restoreRate: number };
  /** Milliseconds, for the bucket; the machine's own clock when left out. */
  readonly now?: () => number;
  /** A query dearer than this is refused whatever the bucket holds. */
  readonly dearest?: number;
  /** Changes younger than this (milliseconds of the shop's clock) are not found by searches. */
  readonly indexLagMs?: number;
  /** The version that answers, when the one asked for is retired. */
  readonly answersVersion?: string;
  /** What goes wrong with files that are ordered. */
  readonly fileTrouble?: FileTrouble;
  /** Tells the figure after a change, which recordings of 2026-04 do not. */
  readonly tellsAfter?: boolean;
};

type State = {
  readonly bucket: FakeBucket;
  readonly keys: IdempotencyKeys;
  readonly files: FakeFiles;
  /** Tokens given to apps, and what they may do. */
  readonly tokens: Map<string, FakeCredential>;
  readonly rotating: RotatingTokens;
};

const scopeWords: Readonly<Record<FakePermission, string>> = {
  'read-products': 'read_products',
  'read-stock': 'read_inventory',
  'write-stock': 'write_inventory',
  'read-orders': 'read_orders',
  'read-all-orders': 'read_all_orders',
  'read-settings': 'read_locations',
};

const schema = makeSchema();
const wrongKey = '[API] Invalid API key or access token (unrecognized login or wrong password)';

/**
 * Shopify over a fake shop: it parses and runs the very documents it is sent, so it can recite nothing. A
 * credential's `secret` is the token; `key` and `secret` are also an app's id and secret.
 */
export function makeShopifyDialect(options: ShopifyOptions = {}): Dialect {
  const now = options.now ?? Date.now;
  const states = new WeakMap<FakeShop, State>();
  const stateOf = (shop: FakeShop): State => {
    const { maximum, restoreRate } = options.bucket ?? { maximum: 2000, restoreRate: 100 };
    const state = states.get(shop) ?? {
      bucket: { maximum, restoreRate, available: maximum, at: now() },
      keys: new Map(),
      files: new Map(),
      tokens: new Map(),
      rotating: makeRotatingTokens(),
    };
    states.set(shop, state);
    return state;
  };

  const answer = (request: FakeRequest, shop: FakeShop): FakeResponse => {
    const state = stateOf(shop);
    if (request.path === '/admin/oauth/access_token') return giveToken(request, shop, state);
    if (request.path === '/meta.json') return meta(shop);
    if (request.path.startsWith('/files/')) return answerFile(request, state.files, options.fileTrouble);
    const version = /^\/admin\/api\/(\d{4}-\d{2})\/graphql\.json$/.exec(request.path)?.[1];
    if (version === undefined || request.method !== 'POST') return { status: 404, body: { errors: 'Not Found' } };
    const token = request.headers['x-shopify-access-token'] ?? '';
    const credential =
      state.rotating.used(shop, token) ??
      state.tokens.get(token) ??
      shop.credentials.find(({ secret }) => secret === token);
    if (credential === undefined || credential.revoked) return { status: 401, body: { errors: wrongKey } };
    const scopes = new Set([...credential.permissions].map((permission) => scopeWords[permission]));
    const context: RequestContext = { shop, scopes, indexLagMs: options.indexLagMs ?? 0, searches: [] };
    return {
      status: 200,
      headers: { 'x-shopify-api-version': options.answersVersion ?? version },
      body: answerTo({ request, context, state, options, now: now() }),
    };
  };

  const slowDown = (shop: FakeShop): FakeResponse => {
    const { bucket } = stateOf(shop);
    const wait = Number(shop.temper.retryAfter ?? '1');
    const cost = (Number.isFinite(wait) ? wait : 1) * bucket.restoreRate;
    const full = { ...bucket, available: 0, maximum: Math.max(bucket.maximum, cost) };
    return { status: 200, body: throttled(cost, full) };
  };

  return { answer, slowDown };
}

/** What the storefront says to everybody, on each of its own domains. */
const meta = (shop: FakeShop): FakeResponse => ({
  status: 200,
  headers: { 'x-shopify-stage': 'production' },
  body: { name: shop.name, myshopify_domain: `${handleOf(shop)}.myshopify.com`, currency: shop.currency },
});
const handleOf = (shop: FakeShop): string => shop.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');

/** Usual options: a bucket that no test empties by accident. */
export const shopifyDialect: Dialect = makeShopifyDialect({ bucket: { maximum: 20_000, restoreRate: 1000 } });

function giveToken(request: FakeRequest, shop: FakeShop, { tokens, rotating }: State): FakeResponse {
  const { client_id: id, client_secret: secret, grant_type: grant, refresh_token: refresh } = JSON.parse(request.body);
  const app = shop.credentials.find((one) => one.key === id && one.secret === secret && !one.revoked);
  if (app !== undefined && grant === 'refresh_token') return rotating.refresh(shop, app, String(refresh));
  if (app === undefined || grant !== 'client_credentials') {
    return { status: 400, body: { error: 'application_cannot_be_found', error_description: 'Unknown app.' } };
  }
  const token = `shpat_made${String(tokens.size + 1).padStart(28, '0')}`;
  tokens.set(token, app);
  return { status: 200, body: { access_token: token, scope: '', expires_in: 86_399 } };
}

const throttled = (cost: number, bucket: FakeBucket) => ({
  errors: [
    {
      message: 'Throttled',
      extensions: { code: 'THROTTLED', documentation: 'https://shopify.dev/api/usage/rate-limits' },
    },
  ],
  extensions: { cost: { requestedQueryCost: cost, actualQueryCost: null, throttleStatus: throttleStatus(bucket) } },
});

type Exchange = {
  readonly request: FakeRequest;
  readonly context: RequestContext;
  readonly state: State;
  readonly options: ShopifyOptions;
  readonly now: number;
};

function answerTo(exchange: Exchange): unknown {
  const { request, context, state, options, now } = exchange;
  const { query, variables = {}, operationName } = JSON.parse(request.body);
  const document = parsed(query);
  if (document instanceof GraphQLError) return errorAnswer(document, 'PARSE_ERROR');
  const [invalid] = validate(schema, document);
  if (invalid !== undefined) return errorAnswer(invalid, 'undefinedField');
  const cost = costOf(document, variables);
  refill(state.bucket, now);
  if (cost > (options.dearest ?? 1000)) {
    return {
      errors: [
        {
          message: `Query cost is ${cost}, which exceeds the single query max cost limit (${options.dearest ?? 1000}).`,
          extensions: { code: 'MAX_COST_EXCEEDED', cost, maxCost: options.dearest ?? 1000 },
        },
      ],
      extensions: {
        cost: { requestedQueryCost: cost, actualQueryCost: null, throttleStatus: throttleStatus(state.bucket) },
      },
    };
  }
  if (cost > state.bucket.available) return throttled(cost, state.bucket);
  state.bucket.available -= cost;
  const result = executeSync({
    schema,
    document,
    operationName,
    variableValues: variables,
    rootValue: rootOf(exchange),
  });
  const { errors, data } = result;
  // A question that could not be put has no data at all; one that failed on the way has.
  if (data === undefined) return errorAnswer(errors?.[0], 'INVALID_VARIABLE');
  return {
    errors: errors === undefined ? undefined : errors.map(formatted),
    data: spoilRows(data, context.shop.temper.brokenRows),
    extensions: {
      cost: { requestedQueryCost: cost, actualQueryCost: cost, throttleStatus: throttleStatus(state.bucket) },
      ...(context.searches.length === 0 ? {} : { search: context.searches }),
    },
  };
}

function parsed(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

const formatted = (error: GraphQLError) => ({
  message: error.message,
  locations: error.locations,
  path: error.path,
  extensions: error.extensions,
});

const errorAnswer = (error: GraphQLError | undefined, code: string) => ({
  errors: [{ message: error?.message ?? '', locations: error?.locations ?? [], extensions: { code } }],
});

/** Products and variants that nobody can read: their title is something that no title can be. */
function spoilRows(value: unknown, broken: ReadonlySet<string>): unknown {
  if (broken.size === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => spoilRows(one, broken));
  const spoilt = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, spoilRows(one, broken)]));
  const isBroken = 'id' in value && broken.has(String(value.id).split('/').at(-1) ?? '');
  return isBroken && 'title' in spoilt ? { ...spoilt, title: { unreadable: true } } : spoilt;
}

/** The fields at the top, each worked out from the shelf. */
function rootOf(exchange: Exchange): object {
  const { context, state, options, request } = exchange;
  const { shop, scopes } = context;
  const order = () => ({
    context,
    schema,
    files: state.files,
    trouble: options.fileTrouble,
    root: rootOf({ ...exchange, context: { ...context, whole: true } }),
  });
  return {
    shop: () => ({
      __typename: 'Shop',
      id: gid('Shop', shopNumber(shop)),
      name: shop.name,
      myshopifyDomain: 'nordlys.myshopify.com',
      currencyCode: shop.currency,
      ianaTimezone: shop.timeZone,
    }),
    currentAppInstallation: () => ({ accessScopes: [...scopes].map((handle) => ({ handle })) }),
    location: ({ id }: { id: string }) => {
      needs(context, 'location', 'read_locations', 'read_inventory');
      const location = shop.locations.find((one) => gid('Location', one.id) === id);
      return location === undefined ? null : locationOf(location);
    },
    locations: (asked: Parameters<typeof locationsPage>[1]) => locationsPage(context, asked),
    node: ({ id }: { id: string }) => node(context, id),
    nodes: ({ ids }: { ids: string[] }) => ids.map((id) => node(context, id)),
    product: ({ id }: { id: string }) => {
      needs(context, 'product', 'read_products');
      return node(context, id);
    },
    products: (asked: object) => productsPage(context, asked),
    productVariants: (asked: object) => variantsPage(context, asked),
    productVariantsCount: (asked: object) => variantsCount(context, asked),
    orders: (asked: object) => ordersPage(context, asked),
    bulkOperationRunQuery: ({ query }: { query: string }) => runBulk(order(), query),
    bulkOperation: ({ id }: { id: string }) => bulkOperation(order(), id, request.headers.host ?? ''),
    inventorySetQuantities: ({ input }: { input: SetInput }, _: unknown, info: GraphQLResolveInfo) =>
      setQuantities({ context, input, key: keyOf(info), keys: state.keys, tellsAfter: options.tellsAfter ?? false }),
  };
}

function keyOf(info: GraphQLResolveInfo): string | undefined {
  const directive = info.schema.getDirective('idempotent');
  const [field] = info.fieldNodes as readonly FieldNode[];
  if (directive === undefined || directive === null || field === undefined) return undefined;
  const key = getDirectiveValues(directive, field, info.variableValues)?.key;
  return typeof key === 'string' ? key : undefined;
}
