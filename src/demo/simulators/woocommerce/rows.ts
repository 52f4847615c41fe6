import type { FakeShop } from '../fake-shop.ts';
import { pictureUrl } from '../pictures.ts';
import type { FakeOrder, FakeProduct, FakeVariant } from '../shelf.ts';

/** A product, or a variation of one, as a post of WordPress: both live in one number space. */
export type Post = { readonly product: FakeProduct; readonly variation?: FakeVariant };

const offsets = new Map<string, number>();

/** Milliseconds that the site's zone is ahead of UTC at a moment. Zones change on the hour, so it is asked once an hour. */
export function offsetAt(timeZone: string, at: number): number {
  const hour = `${timeZone} ${Math.floor(at / 3_600_000)}`;
  const offset = offsets.get(hour) ?? askOffset(timeZone, at);
  offsets.set(hour, offset);
  return offset;
}

// Making a format costs ten times what asking it does.
const formats = new Map<string, Intl.DateTimeFormat>();

function askOffset(timeZone: string, at: number): number {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, format);
  const parts = format.formatToParts(at);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === '-' ? -size : size;
}

/** A number on the wire, however large. */
export const wireId = (id: string): number | bigint => (Number.isSafeInteger(Number(id)) ? Number(id) : BigInt(id));

/** A moment as WordPress writes it: no zone, whole seconds. */
export const wordPressDate = (at: number): string => new Date(at).toISOString().slice(0, 19);
export const localDate = (shop: FakeShop, at: number): string => wordPressDate(at + offsetAt(shop.timeZone, at));

const words: Readonly<Record<string, string>> = {
  active: 'publish',
  unlisted: 'publish',
  draft: 'draft',
  private: 'private',
  // There is no archive: trash is the nearest.
  archived: 'trash',
  trashed: 'trash',
};
export const productStatus = (product: FakeProduct): string => words[product.status] ?? product.status;

/** Products trashed take their variations along; a variation switched off is "private". */
export function statusOf({ product, variation }: Post): string {
  if (variation === undefined) return productStatus(product);
  if (productStatus(product) === 'trash') return 'trash';
  return variation.enabled ? 'publish' : 'private';
}

export const idOf = ({ product, variation }: Post): string => variation?.id ?? product.id;
export const modifiedOf = ({ product, variation }: Post): number => (variation ?? product).updatedAt;
export const createdOf = ({ product, variation }: Post): number => (variation ?? product).createdAt;

/** The part that carries price and stock: the variation, or a simple product's own. */
const carrier = ({ product, variation }: Post): FakeVariant | undefined =>
  variation ?? (product.kind === 'variable' ? undefined : product.variants[0]);

/** What the database holds: searches look at this. */
export const skuOf = (post: Post): string => {
  const sku = post.variation === undefined && post.product.kind === 'variable' ? post.product.sku : carrier(post)?.sku;
  return sku ?? '';
};

export const barcodeOf = (post: Post): string =>
  (carrier(post) === undefined ? post.product.barcode : carrier(post)?.barcode) ?? '';

/** What is shown: a variation without a number or barcode of its own shows its product's (`get_sku()` in view). */
const shownSku = (post: Post): string => skuOf(post) || (post.variation === undefined ? '' : (post.product.sku ?? ''));
const shownBarcode = (post: Post): string =>
  barcodeOf(post) || (post.variation === undefined ? '' : (post.product.barcode ?? ''));

/** Whether and by whom it is counted: never when the whole shop does not count. */
export function managing(shop: FakeShop, post: Post): boolean | 'parent' {
  if (!shop.stockManagement) return false;
  const { product } = post;
  const own = carrier(post);
  if (own === undefined) return product.tracked;
  if (own.tracked === 'parent') return product.tracked ? 'parent' : false;
  return own.tracked;
}

export function quantityOf(shop: FakeShop, post: Post): number | null {
  const by = managing(shop, post);
  if (by === false) return null;
  const own = carrier(post);
  return by === 'parent' || own === undefined ? post.product.quantity : own.quantity;
}

function stockFields(shop: FakeShop, post: Post) {
  const quantity = quantityOf(shop, post);
  return {
    manage_stock: managing(shop, post),
    stock_quantity: quantity,
    stock_status: carrier(post)?.stockStatus ?? (quantity === null || quantity > 0 ? 'instock' : 'outofstock'),
    backorders: 'no',
    backorders_allowed: false,
    backordered: false,
  };
}

function dateFields(shop: FakeShop, post: Post) {
  return {
    date_created: localDate(shop, createdOf(post)),
    date_created_gmt: wordPressDate(createdOf(post)),
    date_modified: localDate(shop, modifiedOf(post)),
    date_modified_gmt: wordPressDate(modifiedOf(post)),
  };
}

const picture = (shop: FakeShop, source: string | undefined) =>
  source === undefined ? null : { id: 900_000, src: pictureUrl(shop, source), alt: '' };

function priceFields(post: Post) {
  const price = carrier(post)?.price ?? post.product.variants[0]?.price ?? '';
  return { price, regular_price: carrier(post) === undefined ? '' : price, sale_price: '', on_sale: false };
}

/** Plug-ins bring types of their own: a subscription's variations are `subscription_variation`s. */
const typeOf = ({ product: { kind, pluginKind }, variation }: Post): string => {
  if (variation === undefined) return pluginKind ?? kind;
  return pluginKind === 'variable-subscription' ? 'subscription_variation' : 'variation';
};

/** A product as it is listed. A variation asked for among products is shown the same way, with its type. */
export function productRow(shop: FakeShop, post: Post): Record<string, unknown> {
  const { product, variation } = post;
  const image = picture(shop, product.image);
  return {
    id: wireId(idOf(post)),
    name: variation === undefined ? product.title : `${product.title} - ${optionsOf(variation)}`,
    slug: `thing-${idOf(post)}${statusOf(post) === 'trash' ? '__trashed' : ''}`,
    permalink: `${shop.identity}/product/thing-${product.id}/`,
    ...dateFields(shop, post),
    type: typeOf(post),
    status: statusOf(post),
    featured: false,
    catalog_visibility: product.hidden || product.status === 'unlisted' ? 'hidden' : (product.visibility ?? 'visible'),
    description: product.description,
    short_description: '',
    sku: shownSku(post),
    global_unique_id: shownBarcode(post),
    ...priceFields(post),
    purchasable:
      (product.purchasable ?? priceFields(post).price !== '') &&
      product.kind !== 'grouped' &&
      product.kind !== 'external',
    total_sales: 0,
    virtual: false,
    ...stockFields(shop, post),
    parent_id: variation === undefined ? 0 : wireId(product.id),
    images: image === null ? [] : [image],
    attributes: variation === undefined ? [] : attributesOf(variation),
    variations:
      product.kind === 'variable' && variation === undefined ? product.variants.map(({ id }) => wireId(id)) : [],
    meta_data: Object.entries(product.meta).map(([key, value], at) => ({ id: at + 1, key, value })),
    ...languageFields(post),
    _links: links(shop, `products/${idOf(post)}`),
    ...spoilt(shop, post),
  };
}

/** As both plug-ins write it: ids as texts by one and as numbers by the other, an empty list where there are none. */
const languageFields = ({ product: { language, translations } }: Post): Readonly<Record<string, unknown>> =>
  language === undefined ? {} : { lang: language, translations: translations ?? [] };

/** Fields that nobody can read, or that a plug-in filled. */
const spoilt = ({ temper }: FakeShop, post: Post): Readonly<Record<string, unknown>> => ({
  ...(temper.brokenRows.has(idOf(post)) ? { sku: { raw: 'a plug-in' }, stock_quantity: 'a few' } : {}),
  ...temper.shownInstead.get(idOf(post)),
});

const optionsOf = (variation: FakeVariant): string => variation.options.map((option) => option.value).join(', ');
const attributesOf = (variation: FakeVariant) =>
  variation.options.map((option, at) => ({ id: at + 1, name: option.name, slug: option.name, option: option.value }));

/** Links name the site's own address, whatever address was called. */
const links = (shop: FakeShop, path: string) => ({ self: [{ href: `${shop.identity}/wp-json/wc/v3/${path}` }] });

/** A variation as its own lists show it. */
export function variationRow(
  shop: FakeShop,
  post: Post & { readonly variation: FakeVariant },
): Record<string, unknown> {
  const { product, variation } = post;
  return {
    id: wireId(variation.id),
    type: typeOf(post),
    parent_id: wireId(product.id),
    name: optionsOf(variation),
    ...dateFields(shop, post),
    description: '',
    permalink: `${shop.identity}/product/thing-${product.id}/`,
    sku: shownSku(post),
    global_unique_id: shownBarcode(post),
    ...priceFields(post),
    status: statusOf(post),
    purchasable: product.purchasable ?? priceFields(post).price !== '',
    virtual: false,
    ...stockFields(shop, post),
    image: picture(shop, product.image),
    attributes: attributesOf(variation),
    menu_order: 0,
    meta_data: [],
    _links: links(shop, `products/${product.id}/variations/${variation.id}`),
    ...spoilt(shop, post),
  };
}

const orderWords: Readonly<Record<string, string>> = {
  pending: 'pending',
  paid: 'processing',
  shipped: 'completed',
  cancelled: 'cancelled',
  refunded: 'refunded',
};
// WooCommerce knows no rehearsals; one that nobody paid stays pending.
export const orderStatus = (order: FakeOrder): string =>
  order.test ? 'pending' : (orderWords[order.status] ?? order.status);

export const orderRow = (shop: FakeShop, order: FakeOrder): Record<string, unknown> => ({
  id: wireId(order.id),
  status: orderStatus(order),
  currency: shop.currency,
  date_created: localDate(shop, order.createdAt),
  date_created_gmt: wordPressDate(order.createdAt),
  line_items: order.lines.map((line, at) => ({
    id: at + 1,
    product_id: wireId(line.productId),
    variation_id: line.variantId === undefined ? 0 : wireId(line.variantId),
    quantity: line.quantity,
    sku: line.sku ?? '',
    price: 10.799999999999999,
  })),
});
