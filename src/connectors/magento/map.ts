import { type Instant, type ListingRef, parseGtin, parseSku, toShopProductId } from '../../domain/ids.ts';
import type { Activity, Listing, OffReason, Sellable, ShopStock, Unbuyable, UnreadPart } from '../../domain/listing.ts';
import type { Shop } from '../../domain/shop.ts';
import { imageAddress, money, multilineText, ownEntries } from '../decode.ts';
import { unreadPrice, withUnread } from '../driver-parts/price.ts';
import type { MagentoProduct, MagentoStore } from './schema.ts';
import type { MagentoOptions } from './session/api.ts';

/** Whose words are being mapped, when they were heard, and what stands beside them. */
export type MapContext = {
  readonly shop: Shop;
  readonly options: MagentoOptions;
  readonly store: MagentoStore | undefined;
  readonly seenAt: Instant;
};

/** A variant is a product of its own: its own id is all that names it. */
export const refOf = (shop: Shop, productId: string): ListingRef => ({
  shopId: shop.id,
  shopProductId: toShopProductId(productId),
});

/** Enabled or not: there is nothing between, and any other word is not for sale. */
export const activityOf = (product: Pick<MagentoProduct, 'status'>): Activity =>
  product.status === '1' ? 'active' : 'disabled';

const statusWords = ownEntries<string>({ '1': 'Enabled', '2': 'Disabled' });
const hiddenWord = 'Not Visible Individually';
const isHidden = (product: MagentoProduct): boolean => product.visibility === '1';

/** As the admin says it. */
export const wordsOf = (product: Pick<MagentoProduct, 'status'>): string =>
  statusWords.get(product.status) ?? `status ${product.status}`;

const sellables = ownEntries<Sellable>({
  simple: 'unit',
  virtual: 'unit',
  downloadable: 'unit',
  configurable: 'parent',
  grouped: 'not-stocked',
  bundle: 'not-stocked',
  giftcard: 'not-stocked',
});

/** A type that an extension brought has no stock of its own, as far as anybody knows. */
export function sellableOf(product: Pick<MagentoProduct, 'type_id'> & Partial<MagentoProduct>): Sellable {
  // What names variants is sold through them, also where it does not say what it is.
  const isBare = product.type_id === undefined;
  if (isBare && (product.extension_attributes?.configurable_product_links ?? []).length > 0) return 'parent';
  return sellables.get(product.type_id ?? 'simple') ?? 'not-stocked';
}

/** Why it is not sold in the store that is read, though it is enabled: it belongs to other websites, or to none. */
function elsewhere(
  product: MagentoProduct,
  store: MagentoStore | undefined,
  options: MagentoOptions,
): string | undefined {
  const ids = product.extension_attributes?.website_ids ?? undefined;
  if (ids === undefined) return undefined;
  if (ids.length === 0) return 'in no website';
  const wanted = options.store === undefined ? undefined : store?.website_id;
  return wanted === undefined || ids.includes(wanted) ? undefined : `not in website ${wanted}`;
}

/** What its parents do to a child: it is for sale where one of them is. */
export type ParentState = { readonly active: boolean; readonly says: string };

/** Whether customers find it, and the words for why they do not. */
export function stateOf(product: MagentoProduct, ownParents: readonly ParentState[], context: MapContext) {
  const away = elsewhere(product, context.store, context.options);
  const isChild = isHidden(product) && ownParents.length > 0;
  const dead = isChild && !ownParents.some((parent) => parent.active) ? ownParents[0]?.says : undefined;
  const alone = isHidden(product) && !isChild;
  const own = activityOf(product);
  const activity: Activity = away !== undefined || dead !== undefined ? 'disabled' : own;
  const kind = sellableOf(product) === 'not-stocked' && product.type_id;
  const words = [
    wordsOf(product),
    kind,
    away,
    dead === undefined ? undefined : `product: ${dead}`,
    alone && hiddenWord,
  ];
  const unbuyable: readonly Unbuyable[] = alone ? [{ why: 'hidden', shopSays: hiddenWord }] : [];
  const offBecause: OffReason | undefined =
    own !== 'active' || activity === 'active' ? undefined : away === undefined ? 'product-off' : 'not-in-website';
  return {
    activity,
    offBecause,
    shopSays: words.filter((word) => typeof word === 'string').join(', '),
    offShow: activity === 'active' && alone ? (true as const) : undefined,
    unbuyable: activity === 'active' && unbuyable.length > 0 ? unbuyable : undefined,
  };
}

/** The codes that shops give their barcode attribute, where nobody said which. */
export const barcodeCodes = ['ean', 'gtin', 'ean13', 'barcode', 'upc'];

const codesOf = ({ barcode }: MagentoOptions): readonly string[] => (barcode === undefined ? barcodeCodes : [barcode]);

/** The text of one of the shop's own attributes; none where what stands there is no text. */
function textOf({ custom_attributes }: MagentoProduct, code: string): string | undefined {
  const value = custom_attributes?.get(code);
  return typeof value === 'string' ? value.trim() : undefined;
}

function barcodeOf(product: MagentoProduct, options: MagentoOptions): Pick<Listing, 'gtin' | 'barcode'> {
  const written = codesOf(options)
    .map((code) => textOf(product, code))
    .find((text) => text);
  if (written === undefined) return {};
  const gtin = parseGtin(written);
  return gtin === undefined ? { barcode: lineOf(written) } : { gtin };
}

/** A barcode that stands there and is no text, where none of the others is a barcode. */
function unreadBarcode(product: MagentoProduct, options: MagentoOptions): readonly UnreadPart[] {
  if (codesOf(options).some((code) => textOf(product, code))) return [];
  return codesOf(options).flatMap((code): readonly UnreadPart[] => {
    const value = product.custom_attributes?.get(code);
    return typeof value === 'object' ? [{ part: 'barcode', field: code, value: value.unreadable }] : [];
  });
}

const lineOf = (text: string): string | undefined => multilineText.parse(text)?.replace(/\s+/g, ' ');

function imageOf(product: MagentoProduct, { shop, store }: MapContext): string | undefined {
  const file = product.media_gallery_entries;
  if (file === undefined) return undefined;
  if (/^https?:/i.test(file)) return imageAddress(file, shop.url);
  const base = store?.secure_base_media_url ?? store?.base_media_url ?? `${shop.url}/media/`;
  return imageAddress(`${base.replace(/\/+$/, '')}/catalog/product/${file.replace(/^\/+/, '')}`, shop.url);
}

export type StockOfProduct = { readonly stock: ShopStock; readonly ownParents: readonly ParentState[] };

/** A product as a listing, with what is said of it elsewhere: its stock, and the products that carry it. */
export function toListing(product: MagentoProduct, known: StockOfProduct, context: MapContext): Listing {
  const { shop, options } = context;
  const sellable = sellableOf(product);
  return {
    ref: refOf(shop, product.id),
    ...stateOf(product, known.ownParents, context),
    sellable,
    sku: parseSku(product.sku ?? ''),
    ...barcodeOf(product, options),
    content: {
      name: product.name ?? product.sku ?? `#${product.id}`,
      description: multilineText.parse(textOf(product, 'description') ?? textOf(product, 'short_description')),
      imageUrl: imageOf(product, context),
      price: money(product.price, shop.currency),
    },
    stock: sellable === 'unit' ? known.stock : { tracked: false },
    ...withUnread([...unreadPrice(product.price, shop.currency), ...unreadBarcode(product, options)]),
    listedAt: product.created_at,
    changedAt: product.updated_at,
    adminUrl: `${shop.url}/${options.admin ?? 'admin'}/catalog/product/edit/id/${product.id}/`,
    seenAt: context.seenAt,
  };
}
