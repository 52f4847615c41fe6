import type { FakeShop } from '../fake-shop.ts';
import type { FakeCredential, FakeOrder, FakePermission, FakeProduct, FakeVariant } from '../shelf.ts';
import type { Entity } from './criteria.ts';

const systemCurrency = 'b7d2554b0ce847cd82f3ac9bd1c0dfca';

/** What this Shopware is like; everything has a usual value. */
export type ShopwareOptions = {
  readonly version?: string;
  /** The most rows of a search; 500 unless the host allows less. */
  readonly maxLimit?: number;
  /** Says who it is by its shop id, as newer editions do; older ones tell only since when they stand. */
  readonly tellsShopId?: boolean;
  /** So many pieces of each product lie in open orders: before 6.6 `stock` still holds them. */
  readonly openOrders?: Readonly<Record<string, number>>;
  /** The header that asks for what variants inherit is lost on the way. */
  readonly dropsInheritance?: boolean;
  /** A plug-in keeps stock elsewhere: a write is taken, and the figure stays. */
  readonly stockElsewhere?: boolean;
  /** Products that sell no more than they have. */
  readonly closeout?: ReadonlySet<string>;
  /** Fields of rows that are other than the model would have them, by id. */
  readonly fields?: Readonly<Record<string, Entity>>;
};

/** A moment as the API writes it. */
const written = (at: number): string => new Date(at).toISOString().replace('Z', '+00:00');

/** Running numbers, given out once to each thing in the order in which it came. */
export type Numbers = { readonly of: (thing: object) => number };
export function makeNumbers(): Numbers {
  const given = new Map<object, number>();
  return {
    of: (thing) => {
      const number = given.get(thing) ?? given.size + 1;
      given.set(thing, number);
      return number;
    },
  };
}

/** An id of 32 hexadecimal digits, made from a word. */
export const madeId = (word: string): string =>
  [...word].reduce(
    (id, letter) => `${id.slice(2)}${letter.charCodeAt(0).toString(16).padStart(2, '0').slice(-2)}`,
    '0'.repeat(32),
  );

export const salesChannelId = madeId('storefront');

const isOn = (product: FakeProduct): boolean => product.status === 'active' || product.status === 'unlisted';

const visibilitiesOf = (product: FakeProduct): readonly Entity[] => [
  {
    id: madeId(`v${product.id}`),
    productId: product.id,
    salesChannelId,
    visibility: product.hidden || product.status === 'unlisted' ? 10 : 30,
  },
];

const coverOf = (product: FakeProduct): Entity | null =>
  product.image === undefined ? null : { id: madeId('cover'), media: { id: madeId('media'), url: product.image } };

const priceOf = (price: string | undefined): readonly Entity[] | null =>
  price === undefined
    ? null
    : [{ currencyId: systemCurrency, net: Number(price) * 0.8, gross: Number(price), linked: true }];

type Made = {
  readonly shop: FakeShop;
  readonly options: ShopwareOptions;
  readonly numbers: Numbers;
  /** Variants show what they take from their product. */
  readonly inherited: boolean;
};

function common(made: Made, thing: FakeProduct | FakeVariant, sku: string | undefined, quantity: number) {
  const { shop, options, numbers } = made;
  const open = options.openOrders?.[thing.id] ?? 0;
  const broken = shop.temper.brokenRows.has(thing.id);
  return {
    id: thing.id,
    versionId: '0fa91ce3e96a4bc2be4bd9ce752c3425',
    autoIncrement: numbers.of(thing),
    productNumber: broken ? { is: 'no text' } : (sku ?? ''),
    stock: quantity + open,
    availableStock: quantity,
    createdAt: written(thing.createdAt),
    // Nothing until the first edit.
    updatedAt: thing.updatedAt === thing.createdAt ? null : written(thing.updatedAt),
  };
}

const types: Readonly<Record<string, string>> = { bundle: 'grouped_bundle', download: 'digital' };

function productRow(made: Made, product: FakeProduct): Entity {
  const variable = product.kind === 'variable';
  const [single] = product.variants;
  const quantity = variable ? product.quantity : (single?.quantity ?? 0);
  const closeout = made.options.closeout?.has(product.id) ?? false;
  return {
    ...common(made, product, variable ? product.sku : single?.sku, quantity),
    parentId: null,
    childCount: variable ? product.variants.length : 0,
    active: isOn(product),
    isCloseout: closeout,
    available: !closeout || quantity > 0,
    ean: (variable ? undefined : single?.barcode) ?? null,
    name: product.title,
    description: product.description,
    translated: { name: product.title, description: product.description },
    price: priceOf(variable ? product.variants[0]?.price : single?.price),
    releaseDate: null,
    type: types[product.kind] ?? 'physical',
    states: [product.kind === 'download' ? 'is-download' : 'is-physical'],
    cover: coverOf(product),
    options: [],
    visibilities: visibilitiesOf(product),
    ...made.options.fields?.[product.id],
  };
}

/** A variant holds nothing of what it takes from its product, unless it is asked for with it. */
function variantRow(made: Made, product: FakeProduct, variant: FakeVariant): Entity {
  const parent = productRow(made, product);
  const taken = (name: string): unknown => (made.inherited ? parent[name] : null);
  const closeout = made.options.closeout?.has(product.id) ?? false;
  return {
    ...common(made, variant, variant.sku, variant.quantity),
    parentId: product.id,
    childCount: 0,
    active: variant.enabled ? taken('active') : false,
    isCloseout: taken('isCloseout'),
    available: !closeout || variant.quantity > 0,
    ean: variant.barcode ?? taken('ean'),
    name: taken('name'),
    description: taken('description'),
    translated: made.inherited ? parent.translated : { name: null, description: null },
    price: priceOf(variant.price) ?? taken('price'),
    releaseDate: taken('releaseDate'),
    type: 'physical',
    states: ['is-physical'],
    cover: taken('cover'),
    options: variant.options.map(({ value }) => ({ id: madeId(value), name: value, translated: { name: value } })),
    visibilities: made.inherited ? parent.visibilities : [],
    ...made.options.fields?.[variant.id],
  };
}

/** All products and variants as rows of one table. */
export const productRows = (made: Made): readonly Entity[] =>
  made.shop.shelf.flatMap((product) => [
    productRow(made, product),
    ...(product.kind === 'variable' ? product.variants.map((variant) => variantRow(made, product, variant)) : []),
  ]);

const states: Readonly<Record<FakeOrder['status'], string>> = {
  pending: 'open',
  paid: 'in_progress',
  shipped: 'completed',
  cancelled: 'cancelled',
  refunded: 'completed',
};
/** What became of the payment; another word is a state of the payment, of an order that nobody has touched. */
const payments: Readonly<Record<string, string>> = {
  pending: 'open',
  shipped: 'open',
};
const stateOf = (technicalName: string) => ({ id: madeId('state'), technicalName });

/** Lines of all orders. Shopware knows no rehearsals: whoever makes one cancels it. */
export const lineItemRows = (made: Made): readonly Entity[] => {
  const products = new Map(productRows(made).map((row) => [String(row.id), row]));
  return made.shop.orders.flatMap((order) =>
    order.lines.map((line, at) => {
      const productId = line.variantId ?? line.productId;
      return {
        id: madeId(`${order.id}-${at}`),
        orderId: order.id,
        productId: products.has(productId) ? productId : null,
        type: 'product',
        quantity: line.quantity,
        label: line.sku ?? '',
        payload: { productNumber: line.sku ?? '' },
        product: products.get(productId) ?? null,
        order: {
          id: order.id,
          orderDateTime: written(order.createdAt),
          stateMachineState: stateOf(order.test ? 'cancelled' : (states[order.status] ?? 'open')),
          // The first try to pay failed, as so often.
          transactions: [payments[order.status] ?? order.status, 'failed'].map((name, at) => ({
            id: madeId(`payment-${order.id}-${at}`),
            createdAt: written(order.createdAt + (1 - at) * 60_000),
            stateMachineState: stateOf(name),
          })),
          deliveries: [
            {
              id: madeId(`delivery-${order.id}`),
              stateMachineState: stateOf(order.status === 'shipped' ? 'shipped' : 'open'),
            },
          ],
        },
      };
    }),
  );
};

const privileges: Readonly<Record<FakePermission, readonly string[]>> = {
  'read-products': [
    'product',
    'product_media',
    'media',
    'property_group_option',
    'product_visibility',
    'sales_channel',
    'currency',
  ].map((entity) => `${entity}:read`),
  'read-stock': [],
  'write-stock': ['product:update', 'webhook:read', 'webhook:create', 'webhook:delete'],
  'read-orders': ['order', 'order_line_item', 'order_transaction', 'order_delivery', 'state_machine_state'].map(
    (entity) => `${entity}:read`,
  ),
  'read-all-orders': [],
  'read-settings': ['integration:read', 'acl_role:read'],
};
export const privilegesOf = (who: FakeCredential): ReadonlySet<string> =>
  new Set([...who.permissions].flatMap((permission) => privileges[permission]));

export const integrationRows = (shop: FakeShop): readonly Entity[] =>
  shop.credentials.map((who) => ({
    id: madeId(who.key),
    label: 'Bindeled',
    accessKey: who.key,
    admin: false,
    aclRoles: [{ id: madeId('role'), name: 'Bindeled', privileges: [...privilegesOf(who)] }],
  }));
export const salesChannelRows = (shop: FakeShop): readonly Entity[] => [
  { id: salesChannelId, name: shop.name, translated: { name: shop.name }, createdAt: written(0) },
];
export const currencyRows = (shop: FakeShop): readonly Entity[] => [
  { id: systemCurrency, isoCode: shop.currency, factor: 1 },
];
