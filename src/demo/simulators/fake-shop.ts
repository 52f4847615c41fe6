import type {
  FakeCredential,
  FakeLocation,
  FakeOrder,
  FakePermission,
  FakeProduct,
  FakeStatus,
  FakeVariant,
  NewProduct,
  NewVariant,
} from './shelf.ts';
import { calm, type FakeMemory, type Temper } from './temper.ts';

/** What is peculiar to one shop; everything has a usual value. */
export type FakeShopOptions = {
  readonly name?: string;
  /** What the shop says it is: its own address where the platform answers with that. */
  readonly identity?: string;
  readonly currency?: string;
  readonly timeZone?: string;
  readonly credentials?: readonly FakeCredential[];
  readonly locations?: readonly FakeLocation[];
  /** What a copy's item number becomes: WooCommerce adds "-1", Shopify keeps it. */
  readonly copying?: 'suffixes-sku' | 'keeps-sku';
  /** The whole shop counts stock at all. */
  readonly stockManagement?: boolean;
  /** Where its clock starts (milliseconds since 1970) and how far each verb moves it. */
  readonly startsAt?: number;
  readonly stepMs?: number;
  /**
   * What moves no date: writes of stock, sales and cancellations (`stock`), and edits of a variant, which then leave
   * its product's date alone (`variants`).
   */
  readonly still?: readonly ('stock' | 'variants')[];
  /** The first id given out. */
  readonly firstId?: number;
  /** How the platform writes an id with this number; the number itself when left out. */
  readonly idOf?: (count: number, kind?: 'product' | 'variant' | 'order') => string;
  /** An order moves the stock and the date of what was sold; on some platforms the stock alone. */
  readonly ordersMoveDates?: boolean;
  /** Orders are held beside the figures and leave them as they are. */
  readonly ordersLeaveStock?: boolean;
};

/** What is made of other things is not counted by itself, unless somebody says so. */
const stockless: readonly string[] = ['grouped', 'external', 'bundle', 'composite', 'gift-card', 'download'];

export const everyPermission: readonly FakePermission[] = [
  'read-products',
  'read-stock',
  'write-stock',
  'read-orders',
  'read-all-orders',
  'read-settings',
];

/** The key that a fresh shop lets in; `secret` alone is the token where there is no user name. */
export const rightKey = {
  key: 'ck_right0000000000000000000000000000key',
  secret: 'cs_right00000000000000000000000secret',
};

/** A credential with some permissions only. */
export const credential = (
  key: string,
  secret: string,
  permissions: readonly FakePermission[] = everyPermission,
): FakeCredential => ({ key, secret, permissions: new Set(permissions), revoked: false });

/**
 * A webshop without a platform: a catalogue, faults and a memory of what it was asked. The verbs are what its
 * owner does in the admin; dialects read `catalogue` and `orders` and write through `writeQuantity` alone.
 * Everything is deterministic: ids count up, the clock moves with each verb.
 */
export type FakeShop = ReturnType<typeof fakeShop>;

export function fakeShop(options: FakeShopOptions = {}) {
  let nextId = options.firstId ?? 101;
  let time = options.startsAt ?? Date.UTC(2026, 9, 1, 8, 0, 0);
  const step = options.stepMs ?? 1000;
  const shelf: FakeProduct[] = [];
  const orders: FakeOrder[] = [];
  const temper: Temper = calm();
  const memory: FakeMemory = { requests: [], throttled: 0, maxAtOnce: 0 };

  const idOf = options.idOf ?? ((count) => String(count));
  const newId = (kind: 'product' | 'variant' | 'order'): string => idOf(nextId++, kind);
  const tick = (): number => {
    time += step;
    return time + temper.clockSkewMs;
  };

  const productAt = (id: string): FakeProduct => {
    const product = shelf.find((candidate) => candidate.id === id);
    if (product === undefined) throw new Error(`The fake shop has no product ${id}.`);
    return product;
  };
  /** The variant with this id, or a simple product's only one under the product's id. */
  const placeOf = (id: string): { product: FakeProduct; variant: FakeVariant } => {
    for (const product of shelf) {
      const variant = product.variants.find((candidate) => candidate.id === id);
      if (variant !== undefined) return { product, variant };
    }
    const product = productAt(id);
    const [variant] = product.variants;
    if (variant === undefined) throw new Error(`Product ${id} of the fake shop has no variant.`);
    return { product, variant };
  };
  const touch = (product: FakeProduct, variant?: FakeVariant): void => {
    const at = tick();
    product.updatedAt = at;
    if (variant !== undefined) variant.updatedAt = at;
  };
  const touchStock = (product: FakeProduct, variant?: FakeVariant): void => {
    if (options.still?.includes('stock')) tick();
    else if (variant === undefined) touch(product);
    else touchVariant(product, variant);
  };
  const touchVariant = (product: FakeProduct, variant: FakeVariant, productMoves = true): void => {
    const before = product.updatedAt;
    touch(product, variant);
    const single = product.kind !== 'variable';
    if (!productMoves || (options.still?.includes('variants') && !single)) product.updatedAt = before;
  };

  const newVariant = (given: NewVariant, at: number): FakeVariant => {
    const id = given.id ?? newId('variant');
    return {
      price: '100.00',
      quantity: 0,
      elsewhere: {},
      tracked: true,
      enabled: true,
      options: [],
      createdAt: at,
      updatedAt: at,
      ...given,
      id,
      inventoryItemId: `9${id}`,
    };
  };
  const newProduct = (given: NewProduct): FakeProduct => {
    const at = tick();
    const { barcode, otherBarcode, price, variants, tracked, ...rest } = given;
    const id = given.id ?? newId('product');
    const single: NewVariant = {
      sku: given.sku,
      barcode,
      otherBarcode,
      price: 'price' in given ? price : '100.00',
      quantity: given.quantity ?? 0,
      tracked: tracked ?? !stockless.includes(given.kind ?? 'simple'),
    };
    return {
      title: `Thing ${id}`,
      status: 'active',
      hidden: false,
      description: '',
      meta: {},
      ...rest,
      id,
      kind: given.kind ?? (variants === undefined ? 'simple' : 'variable'),
      tracked: variants === undefined ? true : (tracked ?? false),
      quantity: variants === undefined ? 0 : (given.quantity ?? 0),
      sku: variants === undefined ? undefined : given.sku,
      barcode: variants === undefined ? undefined : barcode,
      variants: (variants ?? [single]).map((variant) => newVariant(variant, given.createdAt ?? at)),
      createdAt: given.createdAt ?? at,
      updatedAt: given.updatedAt ?? at,
    };
  };

  const moveStock = (order: FakeOrder, sign: 1 | -1): void => {
    for (const line of options.ordersLeaveStock === true ? [] : order.lines) {
      const product = shelf.find((candidate) => candidate.id === line.productId);
      const variant = product?.variants.find((one) => one.id === line.variantId) ?? product?.variants[0];
      if (product === undefined || variant === undefined) continue;
      if (variant.tracked === true) variant.quantity += sign * line.quantity;
      else if (variant.tracked === 'parent') product.quantity += sign * line.quantity;
      if (options.ordersMoveDates !== false) touchStock(product, variant);
    }
  };

  return {
    name: options.name ?? 'Fake shop',
    identity: options.identity ?? 'https://fake-shop.example',
    currency: options.currency ?? 'DKK',
    timeZone: options.timeZone ?? 'Europe/Copenhagen',
    credentials: [...(options.credentials ?? [credential(rightKey.key, rightKey.secret)])],
    locations: [...(options.locations ?? [{ id: '1', name: 'Lager', active: true, ofAnotherApp: false }])],
    stockManagement: options.stockManagement ?? true,
    shelf,
    orders,
    temper,
    memory,

    /** The shop's own clock, skewed as its temper says. */
    now: (): number => time + temper.clockSkewMs,
    passTime: (milliseconds: number): void => {
      time += milliseconds;
    },

    product: productAt,
    /** A product and one variant of it, by the variant's id or a simple product's own. */
    place: placeOf,
    find: (id: string): FakeProduct | undefined => shelf.find((product) => product.id === id),

    add: (given: NewProduct = {}): FakeProduct => {
      const product = newProduct(given);
      shelf.push(product);
      return product;
    },
    addVariant: (productId: string, given: NewVariant = {}): FakeVariant => {
      const product = productAt(productId);
      const variant = newVariant(given, tick());
      product.variants.push(variant);
      touch(product);
      return variant;
    },
    /** Changes anything that has no verb of its own: title, image, description, meta, hidden. */
    edit: (id: string, change: Partial<Omit<FakeProduct, 'id'>>): void => {
      const product = productAt(id);
      Object.assign(product, change);
      touch(product);
    },
    /** Changes a variant; `productMoves: false` is the platform's gap where the product's date stays. */
    editVariant: (id: string, change: Partial<Omit<FakeVariant, 'id'>>, productMoves = true): void => {
      const { product, variant } = placeOf(id);
      Object.assign(variant, change);
      touchVariant(product, variant, productMoves);
    },
    setStatus: (id: string, status: FakeStatus): void => {
      const product = productAt(id);
      product.status = status;
      touch(product);
    },
    trash: (id: string): void => {
      const product = productAt(id);
      product.statusBeforeTrash = product.status;
      product.status = 'trashed';
      touch(product);
    },
    restore: (id: string): void => {
      const product = productAt(id);
      product.status = product.statusBeforeTrash ?? 'draft';
      touch(product);
    },
    /** Takes a product, or one variant of a variable one, out of the shop for good. */
    deleteForever: (id: string): void => {
      const at = shelf.findIndex((product) => product.id === id);
      if (at >= 0) {
        shelf.splice(at, 1);
        tick();
        return;
      }
      const { product } = placeOf(id);
      product.variants = product.variants.filter((variant) => variant.id !== id);
      touch(product);
    },
    /** Copies a product as the platform's own button does: a draft with new ids, the same stock and barcode. */
    copy: (id: string): FakeProduct => {
      const source = productAt(id);
      const at = tick();
      const sku = (text: string | undefined): string | undefined =>
        text === undefined || options.copying === 'keeps-sku' ? text : `${text}-1`;
      const copy: FakeProduct = {
        ...source,
        id: newId('product'),
        title: `${source.title} (Copy)`,
        status: 'draft',
        sku: sku(source.sku),
        meta: { ...source.meta },
        variants: source.variants.map((variant) =>
          newVariant({ ...variant, id: newId('variant'), sku: sku(variant.sku), createdAt: at, updatedAt: at }, at),
        ),
        createdAt: at,
        updatedAt: at,
      };
      shelf.push(copy);
      return copy;
    },
    /** Puts another row under an id that is already there: a copy, import or merge that kept the original's id. */
    showTwice: (id: string, difference: NewProduct): FakeProduct => {
      const source = productAt(id);
      const twin = newProduct({ ...difference, id, variants: difference.variants });
      const [first] = twin.variants;
      const [ofSource] = source.variants;
      // A simple product's twin also keeps the only variant's id, as everything under it was copied.
      if (twin.kind === 'simple' && first !== undefined && ofSource !== undefined) {
        twin.variants = [{ ...first, id: ofSource.id, inventoryItemId: ofSource.inventoryItemId }];
      }
      shelf.push(twin);
      return twin;
    },
    renameSku: (id: string, sku: string | undefined): void => {
      const { product, variant } = placeOf(id);
      variant.sku = sku;
      touchVariant(product, variant);
    },
    /** The shop's owner counts; `writeQuantity` is what a program's write does. */
    setQuantity: (id: string, quantity: number, locationId?: string): void => {
      const { product, variant } = placeOf(id);
      if (locationId === undefined || locationId === '1') variant.quantity = quantity;
      else variant.elsewhere[locationId] = quantity;
      touchStock(product, variant);
    },
    /** Writes as the platform's API does: the dates move although the figure may be the same. */
    writeQuantity: (product: FakeProduct, variant: FakeVariant | undefined, quantity: number): void => {
      if (variant === undefined) product.quantity = quantity;
      else variant.quantity = quantity;
      touchStock(product, variant);
    },
    sell: (lines: FakeOrder['lines'], order: Partial<Omit<FakeOrder, 'lines'>> = {}): FakeOrder => {
      const at = tick();
      const sold: FakeOrder = {
        id: newId('order'),
        status: 'paid',
        test: false,
        createdAt: at,
        updatedAt: at,
        ...order,
        lines: lines.map((line) => ({ ...line, sku: line.sku ?? skuOf(shelf, line) })),
      };
      orders.push(sold);
      moveStock(sold, -1);
      return sold;
    },
    cancel: (orderId: string): void => {
      const order = orders.find((candidate) => candidate.id === orderId);
      if (order === undefined) throw new Error(`The fake shop has no order ${orderId}.`);
      order.status = 'cancelled';
      order.updatedAt = tick();
      moveStock(order, 1);
    },
    /** The only variant goes and new ones come, with ids of their own. */
    makeVariable: (id: string, variants: readonly NewVariant[]): void => {
      const product = productAt(id);
      const [single] = product.variants;
      product.kind = 'variable';
      product.sku = single?.sku;
      product.tracked = false;
      product.variants = variants.map((variant) => newVariant(variant, tick()));
      touch(product);
    },
    /** All variants are deleted at once, as measured on WooCommerce. */
    makeSimple: (id: string, single: NewVariant = {}): void => {
      const product = productAt(id);
      product.kind = 'simple';
      product.variants = [newVariant({ sku: product.sku, ...single }, tick())];
      product.sku = undefined;
      touch(product);
    },
    moveVariant: (variantId: string, toProductId: string): void => {
      const { product, variant } = placeOf(variantId);
      product.variants = product.variants.filter((candidate) => candidate.id !== variantId);
      productAt(toProductId).variants.push(variant);
      touch(product, variant);
      touch(productAt(toProductId));
    },
  };
}

const skuOf = (shelf: readonly FakeProduct[], line: FakeOrder['lines'][number]): string | undefined => {
  const product = shelf.find((candidate) => candidate.id === line.productId);
  return (product?.variants.find((variant) => variant.id === line.variantId) ?? product?.variants[0])?.sku;
};
