import type { FakeShop } from '../fake-shop.ts';
import { pictureUrl } from '../pictures.ts';
import type { FakeLocation, FakeOrder, FakeProduct, FakeVariant } from '../shelf.ts';
import { type PageArguments, page } from './paging.ts';
import { gid, needs, numberIn, type RequestContext } from './request-context.ts';
import type { VariantRow } from './search.ts';

const date = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** A number for a shop whose identity is any text. */
export const shopNumber = ({ identity }: FakeShop): string =>
  String([...identity].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 90_000_000_000, 7) + 1);

/** What is on the shelf as Shopify sees it: what other platforms keep in a bin is simply gone. */
export const visibleProducts = ({ shelf, temper }: FakeShop): readonly FakeProduct[] =>
  temper.emptyCatalog ? [] : shelf.filter(({ status }) => status !== 'trashed');

export const variantRows = (shop: FakeShop): readonly VariantRow[] =>
  visibleProducts(shop).flatMap((product) => product.variants.map((variant) => ({ product, variant })));

export const locationOf = (location: FakeLocation) => ({
  __typename: 'Location',
  id: gid('Location', location.id),
  name: location.name,
  isActive: location.active,
  isFulfillmentService: location.ofAnotherApp,
});

/** The figure at one location; nothing where the item was never stocked, or the location was closed. */
export function quantityAt({ shop }: RequestContext, variant: FakeVariant, locationId: string): number | undefined {
  if (shop.locations.find(({ id }) => id === locationId)?.active === false) return undefined;
  return locationId === shop.locations[0]?.id ? variant.quantity : variant.elsewhere[locationId];
}

/** Sold where any open location has some. */
const isForSale = (context: RequestContext, variant: FakeVariant): boolean => {
  if (variant.stockStatus !== undefined) return variant.stockStatus !== 'outofstock';
  return (
    variant.tracked === false || context.shop.locations.some(({ id }) => (quantityAt(context, variant, id) ?? 0) > 0)
  );
};

const imageOf = ({ shop }: RequestContext, product: FakeProduct) =>
  product.image === undefined
    ? null
    : {
        __typename: 'MediaImage',
        id: gid('MediaImage', `7${product.id}`),
        preview: { image: { url: pictureUrl(shop, product.image) } },
      };

const mediaOf = ({ id, image }: FakeVariant) => {
  const nodes =
    image === undefined
      ? []
      : [{ __typename: 'MediaImage', id: gid('MediaImage', `8${id}`), preview: { image: { url: image } } }];
  return { nodes, edges: nodes.map((node) => ({ node })) };
};

const words: Readonly<Record<string, string>> = {
  active: 'ACTIVE',
  private: 'ACTIVE',
  draft: 'DRAFT',
  archived: 'ARCHIVED',
  unlisted: 'UNLISTED',
};

const plain = (html: string): string => html.replace(/<[^>]*>/g, '').replace(/&amp;/g, '&');

export function productOf(context: RequestContext, product: FakeProduct) {
  const hidden = product.hidden || product.status !== 'active';
  return {
    __typename: 'Product',
    id: gid('Product', product.id),
    title: product.title,
    status: words[product.status] ?? product.status,
    onlineStoreUrl: hidden ? null : `https://nordlys.example/products/${product.id}`,
    isGiftCard: product.kind === 'gift-card',
    hasOnlyDefaultVariant: product.kind !== 'variable',
    createdAt: date(product.createdAt),
    updatedAt: date(product.updatedAt),
    description: ({ truncateAt }: { truncateAt?: number }) => plain(product.description).slice(0, truncateAt),
    featuredMedia: imageOf(context, product),
    variants: (asked: PageArguments) => {
      const { rows, pageInfo } = page(context, product.variants, (variant) => variant, asked);
      return { nodes: rows.map((variant) => variantOf(context, { product, variant })), pageInfo };
    },
  };
}

export function variantOf(context: RequestContext, { product, variant }: VariantRow) {
  const options = variant.options.map(({ value }) => value).join(' / ');
  return {
    __typename: 'ProductVariant',
    id: gid('ProductVariant', variant.id),
    sku: variant.sku ?? null,
    barcode: variant.barcode ?? null,
    title: product.kind === 'variable' ? options || `Variant ${variant.id}` : 'Default Title',
    position: product.variants.indexOf(variant) + 1,
    price: variant.price ?? '0.00',
    requiresComponents: product.kind === 'bundle',
    availableForSale: isForSale(context, variant),
    createdAt: date(variant.createdAt),
    updatedAt: date(variant.updatedAt),
    media: mediaOf(variant),
    inventoryItem: itemOf(context, variant),
    product: () => productOf(context, product),
  };
}

export const itemOf = (context: RequestContext, variant: FakeVariant) => ({
  __typename: 'InventoryItem',
  id: gid('InventoryItem', variant.inventoryItemId),
  tracked: variant.tracked !== false,
  inventoryLevel: ({ locationId }: { locationId: string }) => {
    needs(context, 'inventoryLevel', 'read_inventory');
    const quantity = quantityAt(context, variant, numberIn('Location', locationId) ?? '');
    if (quantity === undefined) return null;
    return { quantities: ({ names }: { names: string[] }) => names.map((name) => ({ name, quantity })) };
  },
});

const paymentWords: Readonly<Record<string, string>> = {
  pending: 'PENDING',
  paid: 'PAID',
  // Paid by invoice: sent before the money came.
  shipped: 'PENDING',
  cancelled: 'VOIDED',
  refunded: 'REFUNDED',
};

export const orderOf = (context: RequestContext, order: FakeOrder) => ({
  __typename: 'Order',
  id: gid('Order', order.id),
  test: order.test,
  createdAt: date(order.createdAt),
  cancelledAt: order.status === 'cancelled' ? date(order.updatedAt) : null,
  displayFinancialStatus: paymentWords[order.status] ?? order.status.toUpperCase(),
  displayFulfillmentStatus: order.status === 'shipped' ? 'FULFILLED' : 'UNFULFILLED',
  lineItems: (asked: PageArguments) => {
    const lines = order.lines.map((line, index) => ({ ...line, id: String(index + 1) }));
    const { rows, pageInfo } = page(context, lines, (line) => line, asked);
    return { nodes: rows.map((line) => lineOf(context, order, line)), pageInfo };
  },
});

function lineOf(context: RequestContext, order: FakeOrder, line: FakeOrder['lines'][number] & { readonly id: string }) {
  const product = visibleProducts(context.shop).find(({ id }) => id === line.productId);
  const variant =
    line.variantId === undefined ? product?.variants[0] : product?.variants.find(({ id }) => id === line.variantId);
  return {
    __typename: 'LineItem',
    id: gid('LineItem', `${order.id}${line.id}`),
    sku: line.sku ?? null,
    quantity: line.quantity,
    currentQuantity:
      order.status === 'refunded' || order.status === 'cancelled' ? 0 : line.quantity - (line.calledBack ?? 0),
    product: product === undefined ? null : productOf(context, product),
    variant: product === undefined || variant === undefined ? null : variantOf(context, { product, variant }),
  };
}
