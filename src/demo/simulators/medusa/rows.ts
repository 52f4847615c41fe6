import type { FakeShop } from '../fake-shop.ts';
import type { FakeOrder, FakeProduct, FakeVariant } from '../shelf.ts';

/** A variant and the product it is sold under: Medusa sells variants alone. */
export type Sold = { readonly product: FakeProduct; readonly variant: FakeVariant };

const prefixes = { product: 'prod', variant: 'variant', order: 'order' } as const;

/** An id as Medusa makes it: what it is, and a ULID, whose order is that of creation. */
export const medusaId = (count: number, kind: keyof typeof prefixes = 'product'): string =>
  `${prefixes[kind]}_01M8HA${String(count).padStart(20, '0')}`;

/** What is deleted is in no list: Medusa keeps it to itself. */
export const shownProducts = (shop: FakeShop): readonly FakeProduct[] =>
  shop.shelf.filter(({ status }) => status !== 'trashed');
export const soldThings = (shop: FakeShop): readonly Sold[] =>
  shownProducts(shop).flatMap((product) => product.variants.map((variant) => ({ product, variant })));

/** Orders that are not sent yet reserve their goods: they are stocked and not for sale. */
export function reservedOf(shop: FakeShop, { product, variant }: Sold): number {
  const holding = shop.orders.filter(({ status }) => status === 'pending' || status === 'paid');
  return holding
    .flatMap(({ lines }) => lines)
    .filter((line) => line.productId === product.id && (line.variantId ?? product.variants[0]?.id) === variant.id)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

const iso = (at: number): string => new Date(at).toISOString();
const datesOf = ({ createdAt, updatedAt }: { createdAt: number; updatedAt: number }) => ({
  created_at: iso(createdAt),
  updated_at: iso(updatedAt),
});

const statuses = new Map([
  ['active', 'published'],
  ['unlisted', 'published'],
  ['private', 'proposed'],
  // There is no archive: turned down is the nearest.
  ['archived', 'rejected'],
]);

/** What no sales channel has is published and seen by nobody. */
const channelsOf = ({ status, hidden }: FakeProduct) =>
  status === 'unlisted' || hidden ? [] : [{ id: 'sc_01M8HA', name: 'Web' }];

export const itemOf = ({ inventoryItemId }: FakeVariant): string => `iitem_${inventoryItemId}`;
/** The other half of a bundle. */
const componentOf = (variant: FakeVariant): string => `${itemOf(variant)}_part`;

function levelsOf(shop: FakeShop, sold: Sold) {
  return shop.locations.flatMap(({ id }, at) => {
    const own = sold.variant.notPlaced ? undefined : sold.variant.quantity;
    const here = at === 0 ? own : sold.variant.elsewhere[id];
    const reserved = at === 0 ? reservedOf(shop, sold) : 0;
    // An item is stocked where it was put, and has no level elsewhere.
    if (here === undefined) return [];
    return [{ id: `ilev_${id}`, location_id: id, stocked_quantity: here + reserved, reserved_quantity: reserved }];
  });
}

/** What is not counted has no inventory item at all (measured), so that there is nothing to write to. */
export function itemsOf(shop: FakeShop, sold: Sold) {
  // A kit is put together from several items, whatever is counted of it.
  const isKit = sold.product.kind === 'bundle';
  if ((sold.variant.tracked === false && !isKit) || !shop.stockManagement) return [];
  const item = (id: string) => ({
    inventory_item_id: id,
    required_quantity: 1,
    variant_id: sold.variant.id,
    inventory: { id, location_levels: levelsOf(shop, sold) },
  });
  const own = item(itemOf(sold.variant));
  return isKit ? [own, item(componentOf(sold.variant))] : [own];
}

const titleFor = (shop: FakeShop, id: string, title: string): unknown =>
  shop.temper.brokenRows.has(id) ? { unreadable: true } : title;

export function variantRow(shop: FakeShop, sold: Sold) {
  const { product, variant } = sold;
  return {
    id: variant.id,
    title: titleFor(shop, variant.id, variant.options.map(({ value }) => value).join(' / ') || 'Default variant'),
    sku: shop.temper.brokenRows.has(variant.id) ? { unreadable: true } : (variant.sku ?? null),
    barcode: variant.otherBarcode ?? null,
    ean: variant.barcode ?? null,
    upc: null,
    manage_inventory: (variant.tracked !== false || product.kind === 'bundle') && shop.stockManagement,
    allow_backorder: false,
    ...datesOf(variant),
    product_id: product.id,
    prices:
      variant.price === undefined
        ? []
        : [
            {
              id: 'price_1',
              amount: Number(variant.price),
              currency_code: shop.currency.toLowerCase(),
              min_quantity: null,
              rules: {},
            },
          ],
    inventory_items: itemsOf(shop, sold),
  };
}

const bareProduct = (shop: FakeShop, product: FakeProduct) => ({
  id: product.id,
  title: titleFor(shop, product.id, product.title),
  status: statuses.get(product.status) ?? product.status,
  description: product.description,
  thumbnail: product.image ?? null,
  is_giftcard: product.kind === 'gift-card',
  ...datesOf(product),
  sales_channels: channelsOf(product),
});

export const productRow = (shop: FakeShop, product: FakeProduct) => ({
  ...bareProduct(shop, product),
  variants: product.variants.map((variant) => variantRow(shop, { product, variant })),
});

export const variantWithProduct = (shop: FakeShop, sold: Sold) => ({
  ...variantRow(shop, sold),
  product: bareProduct(shop, sold.product),
});

/** What the lists of products and of variants are filtered and sorted by. */
export const productHead = ({ id, status, createdAt, updatedAt }: FakeProduct) => ({
  id,
  status: statuses.get(status) ?? status,
  ...datesOf({ createdAt, updatedAt }),
});
export const variantHead = ({ variant }: Sold) => ({
  id: variant.id,
  sku: variant.sku ?? null,
  ean: variant.barcode ?? null,
  barcode: variant.otherBarcode ?? null,
  ...datesOf(variant),
});

/** What became of the payment; another word is the shop's own for it. */
const payments: Readonly<Record<string, string>> = {
  pending: 'authorized',
  paid: 'captured',
  shipped: 'awaiting',
  cancelled: 'canceled',
};

export const orderRow = (order: FakeOrder) => ({
  id: order.id,
  status: order.test ? 'draft' : order.status === 'cancelled' ? 'canceled' : 'pending',
  payment_status: payments[order.status] ?? order.status,
  fulfillment_status: order.status === 'shipped' ? 'partially_shipped' : 'not_fulfilled',
  is_draft_order: order.test,
  created_at: iso(order.createdAt),
  updated_at: iso(order.updatedAt),
  canceled_at: order.status === 'cancelled' ? iso(order.updatedAt) : null,
  items: order.lines.map((line, at) => ({ ...line, id: `ordli_${at}` })),
});

/** An order's lines name variants, also where a test names the product alone. */
export const withVariants = (shop: FakeShop, row: ReturnType<typeof orderRow>) => ({
  ...row,
  items: row.items.map(({ id, productId, variantId, sku, quantity }) => ({
    id,
    product_id: productId,
    variant_id: variantId ?? shop.find(productId)?.variants[0]?.id ?? null,
    variant_sku: sku ?? null,
    quantity,
  })),
});
