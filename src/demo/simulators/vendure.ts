import { executeSync, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import type { FakeShop } from './fake-shop.ts';
import type { Dialect, FakeRequest, FakeResponse } from './server.ts';
import type { FakeCredential, FakePermission } from './shelf.ts';
import { type Asked, type ListOptions, listRows } from './vendure/lists.ts';
import { changedAt, orderRow, productRow, soldThings, variantRow } from './vendure/rows.ts';
import { makeVendureSchema } from './vendure/schema.ts';
import { type StockInput, updateVariants } from './vendure/writes.ts';

export type VendureOptions = {
  /** The custom field of variants that holds the barcode. */
  readonly barcodeField?: string;
  /** The shop's own `adminListQueryLimit`. */
  readonly listLimit?: number;
  /** Whether `tokenMethod` holds 'api-key'. */
  readonly takesApiKeys?: boolean;
  /** A session is forgotten after so many questions. */
  readonly sessionLasts?: number;
  /** Leaves `updatedAt` out of a filter, as a shop's own plug-in might. */
  readonly ignoresDates?: boolean;
};

const always = { 'access-control-expose-headers': 'vendure-auth-token', 'content-language': 'en' };
const html = { 'content-type': 'text/html; charset=utf-8' };

/** Vendure over a fake shop, as it was measured on 3.7.3: it parses and runs the very documents it is sent. */
export function makeVendureDialect(options: VendureOptions = {}): Dialect {
  const field = options.barcodeField ?? 'ean';
  const schema = makeVendureSchema(field);
  const sessions: Sessions = new Map();
  return {
    answer: (request, shop) => {
      if (request.path === '/health') return { status: 200, body: { status: 'ok' } };
      if (request.path !== '/admin-api') return { status: 404, headers: html, body: '<html>Cannot GET</html>' };
      if (request.method !== 'POST')
        return badRequest('GraphQL operations must contain a non-empty `query`.', 'BAD_REQUEST');
      const who = credentialOf(request, shop, { sessions, options });
      return { ...run({ request, shop, schema, who, sessions, options, field }) };
    },
    // Vendure has no limits of its own: what stands before it has, and speaks HTML.
    slowDown: ({ temper }) => ({
      status: 429,
      headers: { ...html, ...(temper.retryAfter === undefined ? {} : { 'retry-after': temper.retryAfter }) },
      body: '<html><h1>Too Many Requests</h1></html>',
    }),
  };
}

const badRequest = (message: string, code: string): FakeResponse => ({
  status: 400,
  headers: always,
  body: { errors: [{ message, extensions: { http: { status: 400, headers: {} }, code } }] },
});

type Sessions = Map<string, { readonly user: FakeCredential; asked: number }>;
type Known = { readonly sessions: Sessions; readonly options: VendureOptions };

/** An API key has a header of its own; as Bearer it is nobody's. A session's token is Bearer. */
function credentialOf(request: FakeRequest, shop: FakeShop, { sessions, options }: Known): FakeCredential | undefined {
  const key = options.takesApiKeys === false ? undefined : request.headers['vendure-api-key'];
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const found =
    key === undefined
      ? userOf(sessions, token ?? '', options.sessionLasts)
      : shop.credentials.find((one) => `${one.key}:${one.secret}` === key);
  return found?.revoked === true ? undefined : found;
}

function userOf(sessions: Sessions, token: string, lasts = Number.POSITIVE_INFINITY): FakeCredential | undefined {
  const session = sessions.get(token);
  if (session === undefined || session.asked >= lasts) return undefined;
  session.asked += 1;
  return session.user;
}

type Call = {
  readonly request: FakeRequest;
  readonly shop: FakeShop;
  readonly schema: GraphQLSchema;
  readonly who: FakeCredential | undefined;
  readonly sessions: Sessions;
  readonly options: VendureOptions;
  readonly field: string;
};

function run(call: Call): FakeResponse {
  const { request, shop, schema } = call;
  const { query, variables = {} } = JSON.parse(request.body);
  try {
    const document = parse(query);
    const [invalid] = validate(schema, document);
    if (invalid !== undefined) return badRequest(invalid.message, 'GRAPHQL_VALIDATION_FAILED');
    const headers: Record<string, string> = { ...always };
    const rootValue = rootOf(call, (token) => {
      headers['vendure-auth-token'] = token;
    });
    const { data, errors } = executeSync({ schema, document, variableValues: variables, rootValue, typeResolver });
    // Variables that do not fit never reach a resolver: "Int cannot represent non-integer value".
    if (data === undefined) return badRequest(errors?.[0]?.message ?? '', 'BAD_USER_INPUT');
    const formatted = errors?.map(({ message, path, extensions }) => ({ message, path, extensions }));
    return {
      status: 200,
      headers,
      body: { ...(formatted ? { errors: formatted } : {}), data: spoil(data, shop.temper.brokenRows) },
    };
  } catch (error) {
    if (error instanceof GraphQLError) return badRequest(error.message, 'GRAPHQL_PARSE_FAILED');
    throw error;
  }
}

const typeResolver = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'errorCode' in value ? 'InvalidCredentialsError' : 'CurrentUser';

/** Rows that nobody can read: every field but the id is something that none can be. */
function spoil(value: unknown, broken: ReadonlySet<string>): unknown {
  if (broken.size === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => spoil(one, broken));
  const isBroken = 'id' in value && broken.has(String(value.id));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const isKept = name === 'id' || (typeof one === 'object' && one !== null);
      return [name, isBroken && !isKept ? { unreadable: true } : spoil(one, broken)];
    }),
  );
}

/** The fields at the top, each worked out from the shelf. */
function rootOf(call: Call, giveToken: (token: string) => void) {
  const { shop, who, options, field, sessions } = call;
  const needs = (permission?: FakePermission): void => {
    if (who !== undefined && (permission === undefined || who.permissions.has(permission))) return;
    const message = 'You are not currently authorized to perform this action';
    throw new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } });
  };
  const listed = <Row>(asked: Asked<Row>, list: ListOptions | undefined) =>
    listRows(shop, asked, { ...list, limit: options.listLimit ?? 1000, ignoresDates: options.ignoresDates });
  return {
    activeChannel: () => {
      needs();
      return {
        id: '1',
        code: '__default_channel__',
        token: tokenOf(shop),
        defaultCurrencyCode: shop.currency,
        trackInventory: true,
        outOfStockThreshold: 0,
        seller: { id: '1', name: shop.name },
      };
    },
    globalSettings: () => {
      needs();
      return { id: '1', trackInventory: shop.stockManagement, outOfStockThreshold: 0 };
    },
    product: ({ id }: { id?: string }) => {
      needs('read-products');
      const product = shop.find(id ?? '');
      return product === undefined ? null : productRow(product);
    },
    products: ({ options: list }: { options?: ListOptions }) => {
      needs('read-products');
      return listed({ rows: shop.shelf, id: ({ id }) => id, at: changedAt, show: productRow }, list);
    },
    productVariants: ({ options: list }: { options?: ListOptions }) => {
      needs('read-products');
      return listed(
        {
          rows: soldThings(shop),
          id: ({ variant }) => variant.id,
          at: ({ variant }) => changedAt(variant),
          texts: ({ product, variant }) => ({
            productId: product.id,
            sku: variant.sku ?? '',
            [field]: variant.barcode,
          }),
          show: (sold) => variantRow(shop, sold, field),
        },
        list,
      );
    },
    stockLocations: ({ options: list }: { options?: ListOptions }) => {
      needs('read-stock');
      return listed(
        { rows: shop.locations, id: ({ id }) => id, at: () => 0, show: ({ id, name }) => ({ id, name }) },
        list,
      );
    },
    orders: ({ options: list }: { options?: ListOptions }) => {
      needs('read-orders');
      const placed = shop.orders.filter(({ test }) => !test || list?.filter?.orderPlacedAt === undefined);
      return listed(
        {
          rows: placed,
          id: ({ id }) => id,
          at: ({ createdAt }) => createdAt,
          show: (order) => orderRow(shop, order, field),
        },
        list,
      );
    },
    updateProductVariants: ({ input }: { input: readonly StockInput[] }) => {
      needs('write-stock');
      return updateVariants(shop, input).map((sold) => variantRow(shop, sold, field));
    },
    login: ({ username, password }: { username: string; password: string }) => {
      const user = shop.credentials.find((one) => one.key === username && one.secret === password && !one.revoked);
      if (user === undefined) {
        return { errorCode: 'INVALID_CREDENTIALS_ERROR', message: 'The provided credentials are invalid' };
      }
      const token = `session${String(sessions.size + 1).padStart(57, '0')}`;
      sessions.set(token, { user, asked: 0 });
      giveToken(token);
      return { id: '2', identifier: username };
    },
  };
}

/** The channel's token, made once with the shop. */
const tokenOf = ({ identity }: FakeShop): string => `ch${identity.replace(/\W/g, '').toLowerCase()}`;
