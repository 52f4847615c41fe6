import type { FakeShop } from '../fake-shop.ts';
import type { FakeOrder, FakeProduct, FakeVariant } from '../shelf.ts';

/** A variant and the product it is sold under: Vendure sells variants alone. */
export type Sold = { readonly product: FakeProduct; readonly variant: FakeVariant };

export const soldThings = (shop: FakeShop): readonly Sold[] =>
  shop.shelf.flatMap((product) => product.variants.map((variant) => ({ product, variant })));

/** Orders that are not sent yet hold their goods: they lie on hand and are not for sale. */
export function allocatedOf(shop: FakeShop, { product, variant }: Sold): number {
  const holding = shop.orders.filter(({ status }) => status === 'pending' || status === 'paid');
  return holding
    .flatMap(({ lines }) => lines)
    .filter((line) => line.productId === product.id && (line.variantId ?? product.variants[0]?.id) === variant.id)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

const iso = (at: number): string => new Date(at).toISOString();

/** SQLite keeps the moment of creation in whole seconds, and that of a change in milliseconds (measured). */
export const changedAt = ({ createdAt, updatedAt }: { createdAt: number; updatedAt: number }): number =>
  updatedAt === createdAt ? Math.floor(updatedAt / 1000) * 1000 : updatedAt;

const datesOf = (thing: { createdAt: number; updatedAt: number }) => ({
  createdAt: iso(Math.floor(thing.createdAt / 1000) * 1000),
  updatedAt: iso(changedAt(thing)),
});

const assetOf = ({ image }: FakeProduct) => (image === undefined ? null : { id: '1', preview: image });

/** There is no archive and no draft: what is not for sale is not enabled. */
const isEnabled = ({ status }: FakeProduct): boolean => status === 'active' || status === 'unlisted';

export const productRow = (product: FakeProduct) => ({
  id: product.id,
  ...datesOf(product),
  name: product.title,
  description: product.description,
  enabled: isEnabled(product),
  featuredAsset: assetOf(product),
  optionGroups: product.kind === 'variable' ? [{ id: `9${product.id}` }] : [],
});

const trackingOf = (tracked: FakeVariant['tracked']): string =>
  tracked === 'parent' ? 'INHERIT' : tracked ? 'TRUE' : 'FALSE';

function levelsOf(shop: FakeShop, sold: Sold) {
  return shop.locations.flatMap(({ id }, at) => {
    const allocated = at === 0 ? allocatedOf(shop, sold) : 0;
    const available = at === 0 ? sold.variant.quantity : sold.variant.elsewhere[id];
    // A variant has a level where it was put, and none elsewhere.
    if (available === undefined) return [];
    return [{ id, stockLocationId: id, stockOnHand: available + allocated, stockAllocated: allocated }];
  });
}

const minorOf = (price: string | undefined): number => Math.round(Number(price ?? '0') * 100);

export const variantRow = (shop: FakeShop, sold: Sold, barcodeField: string) => {
  const { product, variant } = sold;
  const choices = variant.options.map(({ value }) => value).join(' ');
  return {
    id: variant.id,
    productId: product.id,
    ...datesOf(variant),
    enabled: variant.enabled,
    // A SKU may be empty and is never missing.
    sku: variant.sku ?? '',
    name: choices === '' ? product.title : `${product.title} ${choices}`,
    trackInventory: trackingOf(variant.tracked),
    outOfStockThreshold: 0,
    useGlobalOutOfStockThreshold: true,
    price: Math.round(minorOf(variant.price) * 0.8),
    priceWithTax: minorOf(variant.price),
    currencyCode: shop.currency,
    featuredAsset: null,
    product: productRow(product),
    stockLevels: levelsOf(shop, sold),
    customFields: { [barcodeField]: variant.barcode ?? null },
  };
};

const orderStates: Readonly<Record<string, string>> = {
  pending: 'PaymentAuthorized',
  paid: 'PaymentSettled',
  shipped: 'Shipped',
  cancelled: 'Cancelled',
  refunded: 'Cancelled',
};

/** A state of the shop's own stays what the shop calls it. */
const stateOf = ({ status }: FakeOrder): string => orderStates[status] ?? status;

/** A rehearsal stays in the basket: it was never placed. A cancelled order's lines have no pieces left (measured). */
export const orderRow = (shop: FakeShop, order: FakeOrder, barcodeField: string) => ({
  id: order.id,
  state: order.test ? 'ArrangingPayment' : stateOf(order),
  orderPlacedAt: order.test ? null : iso(order.createdAt),
  lines: order.lines.flatMap((line, at) => {
    const product = shop.find(line.productId);
    const variant = product?.variants.find(({ id }) => id === line.variantId) ?? product?.variants[0];
    if (product === undefined || variant === undefined) return [];
    const quantity = stateOf(order) === 'Cancelled' ? 0 : line.quantity - (line.calledBack ?? 0);
    return [{ id: `${order.id}${at}`, quantity, productVariant: variantRow(shop, { product, variant }, barcodeField) }];
  }),
});
