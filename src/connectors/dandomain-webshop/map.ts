import {
  type Instant,
  type ListingRef,
  parseGtin,
  parseSku,
  toShopProductId,
  toShopVariantId,
} from '../../domain/ids.ts';
import type { Activity, Listing, Sellable, ShopStock, Unbuyable } from '../../domain/listing.ts';
import type { Shop } from '../../domain/shop.ts';
import { imageAddress, money } from '../decode.ts';
import { type Identifiers, ownIdentifiers } from '../driver-parts/own-identifiers.ts';
import { unreadPrice, withUnread } from '../driver-parts/price.ts';
import type { WebshopOptions } from './options.ts';
import type { WebshopProduct, WebshopVariant } from './schema.ts';

/** Whose words are being mapped, and when they were heard. */
export type MapContext = { readonly shop: Shop; readonly options: WebshopOptions; readonly seenAt: Instant };

const goods: readonly string[] = ['normal', 'call-for-price', 'discontinued'];
const noGoods: readonly string[] = ['file-sale', 'gift-card-with-code', 'gift-card-without-code'];

/** Its stock is that of what lies in it. */
const isPacket = ({ PacketProducts = [] }: WebshopProduct): boolean => PacketProducts.length > 0;

/** A product with variants is sold through them; files, gift cards and packets have no stock of their own. */
export function sellableOf(product: WebshopProduct): Sellable {
  if (product.hasVariants) return 'parent';
  if (noGoods.includes(product.TypeLabel ?? '') || isPacket(product)) return 'not-stocked';
  return 'unit';
}

type ListingState = Pick<Listing, 'activity' | 'shopSays' | 'offBecause'>;

/** What the shop says of a product, whatever it says of its variants. */
export function stateOf(product: WebshopProduct, options: WebshopOptions): ListingState {
  const { Status, Online, TypeLabel = 'normal', LanguageAccess = [] } = product;
  const strange = !goods.includes(TypeLabel) && !noGoods.includes(TypeLabel);
  const elsewhere =
    options.language !== undefined && LanguageAccess.length > 0 && !LanguageAccess.includes(options.language);
  const shopSays = [
    `Status ${Status}`,
    ...(TypeLabel === 'normal' ? [] : [TypeLabel]),
    ...(isPacket(product) && !product.hasVariants ? ['packet'] : []),
    // What it means is told in two ways; it is shown and nothing hangs on it.
    ...(Online === false ? ['Online false'] : []),
    ...(elsewhere ? [`not in ${options.language}`] : []),
    ...(sellableOf(product) === 'unit' && hiddenWhenEmpty(product, product) ? [emptyWords(product)] : []),
  ].join(', ');
  if (TypeLabel === 'discontinued') return { activity: 'archived', shopSays };
  const empty = sellableOf(product) === 'unit' && hiddenWhenEmpty(product, product);
  return { activity: Status && !strange && !elsewhere && !empty ? 'active' : 'disabled', shopSays };
}

/** The shop takes it out of sight by itself at nought, unless it may be bought all the same. */
const hiddenWhenEmpty = (own: WebshopProduct | WebshopVariant, product: WebshopProduct): boolean =>
  own.DisableOnEmpty === true && isCounted(product) && isEmpty(own) && product.OutOfStockBuy !== '1';
/** A figure that nobody can read is not nought. */
const isEmpty = ({ Stock }: WebshopProduct | WebshopVariant): boolean =>
  Stock?.unreadable === undefined && (Stock?.value ?? 0) <= 0;
const emptyWords = ({ Stock }: WebshopProduct | WebshopVariant): string =>
  `DisableOnEmpty, Stock ${Stock?.value ?? 'none'}`;

const severity: Readonly<Record<Activity, number>> = { active: 0, draft: 1, disabled: 2, archived: 3 };

/** A variant is for sale only when its product is, too. */
export function variantState(variant: WebshopVariant, product: WebshopProduct, options: WebshopOptions): ListingState {
  const parent = stateOf(product, options);
  const empty = hiddenWhenEmpty(variant, product);
  const activity: Activity = variant.Status && !empty ? 'active' : 'disabled';
  const own = [`Status ${variant.Status}`, ...(empty ? [emptyWords(variant)] : [])].join(', ');
  return {
    activity: severity[parent.activity] > severity[activity] ? parent.activity : activity,
    shopSays:
      parent.shopSays === 'Status true' || parent.shopSays === own ? own : `${own}; product: ${parent.shopSays}`,
    offBecause: activity === 'active' && parent.activity !== 'active' ? 'product-off' : undefined,
  };
}

/** `0`: the shop does not count; `1` it does; blank is as the whole shop is set, which it does not tell: then the figure counts. */
const isCounted = (product: WebshopProduct): boolean => product.AutoStock !== '0';

/** The figure that a push writes: of the chosen location, or the product's own. */
export function stockOf(
  own: WebshopProduct | WebshopVariant,
  product: WebshopProduct,
  options: WebshopOptions,
): ShopStock {
  if (!isCounted(product)) return { tracked: false };
  const there =
    options.stockLocation === undefined
      ? own
      : own.StockLocations?.find(({ StockLocationId }) => StockLocationId === options.stockLocation);
  const { value: quantity, unreadable } = there?.Stock ?? {};
  return unreadable === undefined
    ? { tracked: true, quantity }
    : { tracked: true, unreadable: { field: 'Stock', value: unreadable } };
}

function unbuyableOf(own: WebshopProduct | WebshopVariant, product: WebshopProduct): readonly Unbuyable[] | undefined {
  const stock = own.Stock?.value;
  const empty = isCounted(product) && product.OutOfStockBuy === '0' && stock !== undefined && stock <= 0;
  const call = product.CallForPrice === true || product.TypeLabel === 'call-for-price';
  const found: readonly Unbuyable[] = [
    ...(empty ? [{ why: 'out-of-stock' as const, shopSays: `OutOfStockBuy 0, Stock ${stock}` }] : []),
    ...(call ? [{ why: 'no-price' as const, shopSays: 'call-for-price' }] : []),
  ];
  return found.length === 0 ? undefined : found;
}

export const productRef = (shop: Shop, id: string): ListingRef => ({
  shopId: shop.id,
  shopProductId: toShopProductId(id),
});
export const variantRef = (shop: Shop, id: string, variantId: string): ListingRef => ({
  ...productRef(shop, id),
  shopVariantId: toShopVariantId(variantId),
});

/** A product and all its variants as listings, the product first. */
export function listingsOf(product: WebshopProduct, context: MapContext): readonly Listing[] {
  return [productListing(product, context), ...product.variants.map((one) => variantListing(one, product, context))];
}

function productListing(product: WebshopProduct, context: MapContext): Listing {
  const { shop, options } = context;
  const sellable = sellableOf(product);
  const state = stateOf(product, options);
  return {
    ref: productRef(shop, product.Id),
    ...state,
    sellable,
    ...common(product, product, context),
    content: {
      name: product.Title ?? product.ItemNumber ?? `#${product.Id}`,
      description: product.Description,
      imageUrl: pictureOf(product, shop),
      price: money(product.Price, shop.currency),
    },
    stock: sellable === 'unit' ? stockOf(product, product, options) : { tracked: false },
    unbuyable: sellable === 'unit' && state.activity === 'active' ? unbuyableOf(product, product) : undefined,
  };
}

function variantListing(variant: WebshopVariant, product: WebshopProduct, context: MapContext): Listing {
  const { shop, options } = context;
  const state = variantState(variant, product, options);
  const name = product.Title ?? product.ItemNumber ?? `#${product.Id}`;
  // "Black//Long": the choices, joined by the shop.
  const choice = variant.Title?.split('//')
    .filter((part) => part !== '')
    .join(', ');
  return {
    ref: variantRef(shop, product.Id, variant.Id),
    ...state,
    sellable: 'unit',
    ...common(variant, product, context),
    content: {
      name: choice === undefined || choice === '' ? name : `${name} - ${choice}`,
      description: variant.Description,
      imageUrl: pictureOf(product, shop),
      price: money(variant.Price ?? product.Price, shop.currency),
    },
    stock: stockOf(variant, product, options),
    unbuyable: state.activity === 'active' ? unbuyableOf(variant, product) : undefined,
  };
}

function identifiersOf({ ItemNumber, Ean }: WebshopProduct | WebshopVariant): Identifiers {
  const gtin = Ean === undefined ? undefined : parseGtin(Ean);
  return { sku: parseSku(ItemNumber ?? ''), ...(gtin === undefined ? { barcode: Ean } : { gtin }) };
}

function common(own: WebshopProduct | WebshopVariant, product: WebshopProduct, { shop, seenAt }: MapContext) {
  return {
    ...withUnread(unreadPrice(own.Price ?? product.Price, shop.currency, 'Price')),
    ...(own === product ? identifiersOf(own) : ownIdentifiers(identifiersOf(own), identifiersOf(product))),
    hidesAtZero: own.DisableOnEmpty === true && product.OutOfStockBuy !== '1' ? true : undefined,
    listedAt: product.DateCreated,
    changedAt: product.DateUpdated,
    adminUrl: adminUrl(shop),
    seenAt,
  };
}

/** The vendor's own name for the shop, where its address tells: `tenant.webshop.dandomain.dk`, `tenant.mywebshop.io`. */
const tenantOf = ({ url }: Shop): string | undefined =>
  /^https?:\/\/([a-z0-9-]+)\.(?:webshop\.dandomain\.dk|mywebshop\.io)(?:[:/]|$)/.exec(url)?.[1];

const adminUrl = (shop: Shop): string | undefined => {
  const tenant = tenantOf(shop);
  return tenant === undefined ? undefined : `https://${tenant}.webshop.dandomain.dk/admin/`;
};

function pictureOf(product: WebshopProduct, shop: Shop): string | undefined {
  const file = product.Pictures?.find(({ FileName }) => FileName !== undefined)?.FileName;
  const tenant = tenantOf(shop);
  if (file === undefined || tenant === undefined) return undefined;
  return imageAddress(encodeURIComponent(file), `https://${tenant}.sfstatic.io/upload_dir/pics`);
}
