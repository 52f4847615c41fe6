import {
  orderFields,
  orderStates,
  productFields,
  variantFields,
  variantsOf,
  wallTime,
  type Xml,
  xmlOf,
} from './dandomain-webshop/rows.ts';
import type { FakeShop } from './fake-shop.ts';
import type { Dialect, FakeRequest, FakeResponse } from './server.ts';
import type { FakeCredential, FakePermission, FakeProduct, FakeVariant } from './shelf.ts';

export type WebshopDialectOptions = {
  /** Fields that this shop does not know: choosing one faults, and the choice before stays. */
  readonly unknownFields?: readonly string[];
  /** A product that is not there is an empty answer instead of a fault. */
  readonly missingIsEmpty?: boolean;
  /** A wrong login answers `false` instead of a fault. */
  readonly refusesWithFalse?: boolean;
  /** Takes every figure without a word and keeps the old one. */
  readonly forgetsWrites?: boolean;
  /** After so many calls a session is forgotten without a word: it answers, and with ids only. */
  readonly forgetsFieldsAfter?: number;
  /** After so many calls a session is over: every other call is a fault until the next login. */
  readonly endsAfter?: number;
};

type Session = {
  readonly who: FakeCredential;
  fields: readonly string[];
  variantFields: readonly string[];
  orderFields: readonly string[];
  exact: boolean;
  calls: number;
};

const target = 'https://api.hostedshop.io/service.php';
const xml = { 'content-type': 'text/xml; charset=utf-8' };

/** A DanDomain Webshop over a fake shop: SOAP, a session in a cookie, and fields that each session chooses. */
export function makeWebshopDialect(options: WebshopDialectOptions = {}): Dialect {
  const sessions = new Map<string, Session>();
  const dates = makeDates();
  let next = 1;
  const login = (who: FakeCredential): string => {
    const id = `s${next++}`;
    sessions.set(id, { who, fields: ['Id'], variantFields: ['Id'], orderFields: ['Id'], exact: false, calls: 0 });
    return id;
  };
  return {
    answer: (request, shop) => answer({ request, shop, options, sessions, login, dateOf: dates(shop) }),
    slowDown: ({ temper }) => ({
      status: 429,
      headers: {
        'content-type': 'text/html',
        ...(temper.retryAfter === undefined ? {} : { 'retry-after': temper.retryAfter }),
      },
      body: '<html><h1>Too Many Requests</h1></html>',
    }),
  };
}

/** A write of stock, and an edit of a variant, leave a product's date as it was: what else was changed moves it. */
function makeDates() {
  const known = new Map<string, { readonly content: string; readonly at: number }>();
  return (shop: FakeShop) => {
    for (const product of shop.shelf) {
      const { updatedAt: _at, quantity: _figure, variants, ...rest } = product;
      const own = product.kind === 'variable' ? variants.map(({ id }) => id) : variants.map(withoutStock);
      const content = JSON.stringify([rest, own]);
      const before = known.get(product.id);
      if (before?.content !== content) known.set(product.id, { content, at: product.updatedAt });
    }
    return (product: FakeProduct): number => known.get(product.id)?.at ?? product.updatedAt;
  };
}
const withoutStock = ({ quantity: _figure, elsewhere: _there, updatedAt: _at, ...rest }: FakeVariant) => rest;

type Asked = {
  readonly request: FakeRequest;
  readonly shop: FakeShop;
  readonly options: WebshopDialectOptions;
  readonly sessions: Map<string, Session>;
  readonly login: (who: FakeCredential) => string;
  readonly dateOf: (product: FakeProduct) => number;
};
type Call = Asked & { readonly session: Session; readonly given: (name: string) => string };

const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="${target}"><SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>\n`;
const fault = (code: string, words: string): FakeResponse => ({
  status: 500,
  headers: xml,
  body: envelope(
    `<SOAP-ENV:Fault><faultcode>${code}</faultcode><faultstring>${xmlOf(words)}</faultstring></SOAP-ENV:Fault>`,
  ),
});

function answer(asked: Asked): FakeResponse {
  const { request, shop, options } = asked;
  // The page for customers: pictures come from the vendor's own server.
  if (request.path === '/') {
    const page =
      '<!DOCTYPE html><link href="https://shop1234.sfstatic.io/upload_dir/templates/style.css" rel="stylesheet">';
    return { status: 200, headers: { 'content-type': 'text/html' }, body: page };
  }
  if (!request.path.endsWith('/service.php')) {
    return { status: 404, headers: { 'content-type': 'text/html' }, body: '<html><h1>Not Found</h1></html>' };
  }
  const operation = new RegExp(`^"?${target}#(\\w+)"?$`).exec(request.headers.soapaction ?? '')?.[1] ?? '';
  const given = argumentsIn(request.body, operation);
  const done = (result: Xml, headers: Readonly<Record<string, string>> = {}): FakeResponse => ({
    status: 200,
    headers: { ...xml, ...headers },
    body: envelope(`<ns1:${operation}Response>${xmlOf({ [`${operation}Result`]: result })}</ns1:${operation}Response>`),
  });
  if (operation === 'Solution_Connect') {
    const who = shop.credentials.find(
      ({ key, secret, revoked }) => key === given('Username') && secret === given('Password') && !revoked,
    );
    if (who !== undefined) return done(true, { 'set-cookie': `PHPSESSID=${asked.login(who)}; path=/; HttpOnly` });
    return options.refusesWithFalse === true ? done(false) : fault('AUTH', 'Wrong username or password');
  }
  const id = /PHPSESSID=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
  const session = asked.sessions.get(id);
  const over =
    session?.who.revoked === true || (session?.calls ?? 0) >= (options.endsAfter ?? Number.POSITIVE_INFINITY);
  if (session === undefined || over) return fault('AUTH', 'Not connected');
  session.calls += 1;
  const answering = operations[operation];
  if (answering === undefined)
    return fault('SOAP-ENV:Server', `Function ("${operation}") is not a valid method for this service`);
  const missing = answering.takes.filter((name) => !hasArgument(request.body, name));
  if (missing.length > 0) {
    const passed = answering.takes.length - missing.length;
    return fault(
      'SOAP-ENV:Server',
      `Too few arguments to function WebService::${operation}(), ${passed} passed in /code/service.php on line 108 and exactly ${answering.takes.length} expected`,
    );
  }
  if (!session.who.permissions.has(answering.needs)) return fault('AUTH', `Access to ${operation} denied`);
  const result = answering.answer({ ...asked, session, given });
  return isFault(result) ? result : done(result);
}

const isFault = (result: Xml | FakeResponse): result is FakeResponse =>
  typeof result === 'object' && result !== null && 'status' in result && 'body' in result;

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

/** What stands in an argument. Everything that this operation does not know is dropped without a word. */
const argumentsIn =
  (body: string, operation: string) =>
  (name: string): string => {
    const inside =
      new RegExp(`<(?:\\w+:)?${operation}(?:\\s[^>]*)?>([\\s\\S]*)</(?:\\w+:)?${operation}>`).exec(body)?.[1] ?? '';
    return unescaped(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`).exec(inside)?.[1] ?? '');
  };
const hasArgument = (body: string, name: string): boolean => new RegExp(`<${name}[\\s/>]`).test(body);

type Operation = {
  readonly takes: readonly string[];
  readonly needs: FakePermission;
  readonly answer: (call: Call) => Xml | FakeResponse;
};

const choosing = (which: 'fields' | 'variantFields' | 'orderFields', needs: FakePermission): Operation => ({
  takes: ['Fields'],
  needs,
  answer: ({ session, given, options }) => {
    const names = given('Fields').split(',');
    const unknown = names.find((name) => (options.unknownFields ?? []).includes(name));
    if (unknown !== undefined) return fault('PARAM', `SoapFault PARAM: Field ${unknown} does not exist`);
    session[which] = names;
    return true;
  },
});

/** A product with the fields that the session chose; one that lost its choice shows ids only. */
function productXml(call: Call, product: FakeProduct): Xml {
  const { session, shop, options } = call;
  const lost = session.calls > (options.forgetsFieldsAfter ?? Number.POSITIVE_INFINITY);
  const all = productFields(shop, product, call.dateOf(product));
  const names = lost ? ['Id'] : session.fields;
  return Object.fromEntries(
    names.flatMap((name) => {
      const field = all[name];
      return field === undefined ? [] : [[name, field((variant) => variantXml(call, product, variant))]];
    }),
  );
}

function variantXml({ session, shop }: Call, product: FakeProduct, variant: FakeVariant): Xml {
  const all = variantFields(shop, product, variant);
  return Object.fromEntries(session.variantFields.map((name) => [name, all[name]]));
}

const shelfOf = ({ shop }: Call): readonly FakeProduct[] => (shop.temper.emptyCatalog ? [] : shop.shelf);

/** Item numbers are found whatever their case, until a session asks for more care. */
const sameNumber = ({ session }: Call, first: string | undefined, second: string): boolean =>
  first !== undefined && (session.exact ? first === second : first.toLowerCase() === second.toLowerCase());

const numberOf = (product: FakeProduct): string | undefined =>
  product.kind === 'variable' ? product.sku : product.variants[0]?.sku;

const found = (call: Call, product: FakeProduct | undefined): Xml | FakeResponse => {
  if (product !== undefined) return productXml(call, product);
  return call.options.missingIsEmpty === true ? undefined : fault('PRODUCT', 'The product does not exist');
};

const operations: Readonly<Record<string, Operation>> = {
  Solution_GetWebinfo: {
    takes: [],
    needs: 'read-products',
    answer: ({ shop }) => ({ Title: shop.name, LanguageISO: 'DK', Company: 'Firma', SolutionId: shop.identity }),
  },
  Solution_GetLanguages: {
    takes: [],
    needs: 'read-products',
    answer: () => [{ Id: '1', LanguageISO: 'DK', Title: 'Dansk', Primary: true, Status: true, SiteId: '1' }],
  },
  Solution_SetLanguage: {
    takes: ['LanguageISO'],
    needs: 'read-products',
    answer: ({ given }) => (given('LanguageISO') === 'XX' ? fault('NOSUCHISO', 'No such language') : true),
  },
  Solution_SetCaseSensitiveItemNumber: {
    takes: ['Enabled'],
    needs: 'read-products',
    answer: ({ session, given }) => {
      session.exact = given('Enabled') === 'true';
      return true;
    },
  },
  Currency_GetAll: {
    takes: [],
    needs: 'read-products',
    answer: ({ shop }) => [
      { Id: '2', Iso: 'EUR', Currency: 746 },
      { Id: '1', Iso: shop.currency, Currency: 100 },
    ],
  },
  Product_SetFields: choosing('fields', 'read-products'),
  Product_SetVariantFields: choosing('variantFields', 'read-products'),
  Product_GetAllWithLimit: {
    takes: ['Start', 'Length'],
    needs: 'read-products',
    answer: (call) => {
      const { temper } = call.shop;
      const start = temper.forgetPage ? 0 : Number(call.given('Start'));
      const asked = Number(call.given('Length'));
      const length = temper.shortPages ? Math.ceil(asked * 0.3) : asked;
      return shelfOf(call)
        .slice(start, start + length)
        .map((product) => productXml(call, product));
    },
  },
  Product_GetById: {
    takes: ['ProductId'],
    needs: 'read-products',
    answer: (call) => found(call, call.shop.find(call.given('ProductId'))),
  },
  Product_GetByIds: {
    takes: ['ProductIds'],
    needs: 'read-products',
    answer: (call) => {
      const ids = [...call.given('ProductIds').matchAll(/<item>(\d+)<\/item>/g)].map(([, id]) => id);
      return call.shop.shelf.filter(({ id }) => ids.includes(id)).map((product) => productXml(call, product));
    },
  },
  Product_GetByItemNumber: {
    takes: ['ItemNumber'],
    needs: 'read-products',
    answer: (call) =>
      shelfOf(call)
        .filter((product) => sameNumber(call, numberOf(product), call.given('ItemNumber')))
        .map((product) => productXml(call, product)),
  },
  Product_GetVariantsByItemNumber: {
    takes: ['ItemNumber'],
    needs: 'read-products',
    answer: (call) =>
      shelfOf(call).flatMap((product) =>
        variantsOf(product)
          .filter(({ sku }) => sameNumber(call, sku, call.given('ItemNumber')))
          .map((variant) => variantXml(call, product, variant)),
      ),
  },
  Product_GetVariantById: {
    takes: ['VariantId'],
    needs: 'read-products',
    answer: (call) => {
      const product = call.shop.shelf.find((one) => variantsOf(one).some(({ id }) => id === call.given('VariantId')));
      const variant = product?.variants.find(({ id }) => id === call.given('VariantId'));
      if (product === undefined || variant === undefined) return found(call, undefined);
      return variantXml(call, product, variant);
    },
  },
  Product_GetByUpdatedDate: {
    takes: ['Start', 'End'],
    needs: 'read-products',
    answer: (call) =>
      shelfOf(call)
        .filter((product) => between(call, call.dateOf(product)))
        .map((product) => productXml(call, product)),
  },
  Product_Update: {
    takes: ['ProductData'],
    needs: 'write-stock',
    answer: (call) => {
      // By item number it is every product that has it.
      const id = inData(call, 'ProductData', 'Id');
      const number = inData(call, 'ProductData', 'ItemNumber');
      const targets = call.shop.shelf.filter((product) =>
        id === '' ? number !== '' && sameNumber(call, numberOf(product), number) : product.id === id,
      );
      if (targets.length === 0) return fault('PRODUCT', 'The product does not exist');
      for (const product of targets) {
        const refused = setStock(call, product, {
          variant: product.kind === 'variable' ? undefined : product.variants[0],
          figure: inData(call, 'ProductData', 'Stock'),
        });
        if (refused !== undefined) return refused;
      }
      return targets.map((product) => product.id);
    },
  },
  Product_UpdateVariant: {
    takes: ['VariantData'],
    needs: 'write-stock',
    answer: (call) => {
      const place = variantAt(call, inData(call, 'VariantData', 'Id'));
      if (place === undefined) return fault('PRODUCT', 'The variant does not exist');
      return (
        setStock(call, place.product, { variant: place.variant, figure: inData(call, 'VariantData', 'Stock') }) ?? [
          place.variant.id,
        ]
      );
    },
  },
  Product_UpdateStockForStockLocation: {
    takes: ['ProductId', 'StockLocationId', 'Stock'],
    needs: 'write-stock',
    answer: (call) => setThere(call, call.shop.find(call.given('ProductId'))?.variants[0]),
  },
  Product_UpdateVariantStockForStockLocation: {
    takes: ['VariantId', 'StockLocationId', 'Stock'],
    needs: 'write-stock',
    answer: (call) => setThere(call, variantAt(call, call.given('VariantId'))?.variant),
  },
  Order_SetFields: choosing('orderFields', 'read-orders'),
  Order_SetOrderLineFields: choosing('orderFields', 'read-orders'),
  OrderStatusCode_GetAll: { takes: [], needs: 'read-orders', answer: () => orderStates },
  Order_GetByDateWithPagination: {
    takes: ['Start', 'End', 'Status', 'Page', 'PageSize'],
    needs: 'read-orders',
    answer: (call) => {
      const page = Number(call.given('Page'));
      const size = Number(call.given('PageSize'));
      if (page < 1) return fault('PARAM', 'SoapFault PARAM: Page must be greater than 0');
      const orders = call.shop.orders.filter(({ createdAt }) => between(call, createdAt));
      return orders.slice((page - 1) * size, page * size).map((order) => orderFields(call.shop, order));
    },
  },
};

const between = ({ shop, given }: Call, at: number): boolean => {
  const local = wallTime(shop, at);
  return local >= given('Start') && local <= given('End');
};

const inData = ({ given }: Call, data: string, name: string): string =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(given(data))?.[1] ?? '';

function variantAt({ shop }: Call, id: string) {
  for (const product of shop.shelf) {
    const variant = variantsOf(product).find((one) => one.id === id);
    if (variant !== undefined) return { product, variant };
  }
  return undefined;
}

type Change = { readonly variant: FakeVariant | undefined; readonly figure: string };

/** Writes what it takes for a number; a product with variants has no figure, and nobody is told. */
function setStock(
  { shop, options }: Call,
  product: FakeProduct,
  { variant, figure }: Change,
): FakeResponse | undefined {
  if (shop.temper.failItems.has(product.id) || shop.temper.failItems.has(variant?.id ?? '')) {
    return fault('PARAM', 'SoapFault PARAM: The product is locked');
  }
  if (figure === '' || variant === undefined || options.forgetsWrites === true) return undefined;
  shop.writeQuantity(product, variant, Number(figure));
  return undefined;
}

function setThere({ shop, given }: Call, variant: FakeVariant | undefined): Xml | FakeResponse {
  const location = given('StockLocationId');
  if (variant === undefined) return fault('PRODUCT', 'The product does not exist');
  if (!shop.locations.some(({ id }) => id === location)) return fault('MODULE', 'No such stock location');
  if (location === '1') variant.quantity = Number(given('Stock'));
  else variant.elsewhere[location] = Number(given('Stock'));
  return true;
}
