import { type Instant, type ListingRef, parseSku, toShopProductId, toShopVariantId } from '../../domain/ids.ts';
import type { Activity, Listing, Sellable, ShopStock, Unbuyable } from '../../domain/listing.ts';
import type { Shop } from '../../domain/shop.ts';
import { imageAddress, money } from '../decode.ts';
import { barcodeIn } from '../driver-parts/barcodes.ts';
import { stockByLocation } from '../driver-parts/locations/stock-by-location.ts';
import { type Identifiers, ownIdentifiers } from '../driver-parts/own-identifiers.ts';
import { unreadPrice, withUnread } from '../driver-parts/price.ts';
import type { Family } from './catalog.ts';
import type { ShopFigures } from './locations.ts';
import type { LocationItem, Product, Variant } from './schema.ts';

/** Whose words are being mapped, when they were heard, and the figures of the chosen location, where one is. */
export type Context = {
  readonly shop: Shop;
  readonly storeHash: string;
  readonly seenAt: Instant;
  readonly figures?: ShopFigures;
};

export const refOf = (shop: Shop, productId: string, variantId?: string): ListingRef =>
  variantId === undefined
    ? { shopId: shop.id, shopProductId: toShopProductId(productId) }
    : { shopId: shop.id, shopProductId: toShopProductId(productId), shopVariantId: toShopVariantId(variantId) };

const sold = ['available', 'preorder'];

/** Shown to customers and for sale. A word that is not known is never for sale by guess. */
export const activityOf = (product: Pick<Product, 'is_visible' | 'availability'>): Activity =>
  product.is_visible && sold.includes(product.availability) ? 'active' : 'disabled';

/** Files have no stock, unless the shop counts them all the same. */
const isUncounted = ({ type, inventory_tracking: tracking = 'none' }: Product): boolean =>
  type === 'digital' && tracking === 'none';

export function sellableOf({ product, complex }: Family, variant?: Variant): Sellable {
  if (complex && variant === undefined) return 'parent';
  return isUncounted(product) ? 'not-stocked' : 'unit';
}

/**
 * What is counted, and where: not at all, on the product for all its variants, or on each variant. The catalog tells
 * the default location; where another one was chosen, its figures stand instead.
 */
export function stockOf(
  { product, variants, complex }: Family,
  variant: Variant | undefined,
  figures?: ShopFigures,
): ShopStock {
  const tracking = product.inventory_tracking ?? 'null';
  if (tracking === 'none') return { tracked: false };
  if (tracking !== 'product' && tracking !== 'variant') {
    return { tracked: true, unreadable: { field: 'inventory_tracking', value: tracking } };
  }
  const single = complex ? undefined : variants[0];
  const own = tracking === 'variant' ? (variant ?? single) : undefined;
  const key = own === undefined ? `p${product.id}` : `v${own.id}`;
  const heldByParent = tracking === 'product' && variant !== undefined ? true : undefined;
  if (figures?.byLocation !== undefined) {
    const { byLocation } = figures;
    const contentAt = (id: string) => contentOf(byLocation.get(id)?.get(key)?.total_inventory_onhand);
    return { tracked: true, ...stockByLocation([...byLocation.keys()], contentAt), heldByParent };
  }
  const figure =
    figures?.chosen === undefined ? (own ?? product).inventory_level : figures.chosen.get(key)?.total_inventory_onhand;
  if (figure?.unreadable !== undefined) {
    return { tracked: true, unreadable: { field: 'inventory_level', value: figure.unreadable } };
  }
  return {
    tracked: true,
    quantity: figure?.quantity,
    heldByParent,
  };
}

const contentOf = (figure: LocationItem['total_inventory_onhand']): Pick<ShopStock, 'quantity' | 'unreadable'> =>
  figure?.unreadable === undefined
    ? { quantity: figure?.quantity }
    : { unreadable: { field: 'total_inventory_onhand', value: figure.unreadable } };

const wordsOf = ({ is_visible, availability, type }: Product): string =>
  [is_visible ? 'visible' : 'not visible', availability, type === 'digital' ? type : undefined]
    .filter((word) => word !== undefined)
    .join(', ');

const priceOf = (product: Product, variant: Variant | undefined): string | undefined =>
  variant?.calculated_price ?? variant?.price ?? product.calculated_price ?? product.price;

function unbuyableOf(family: Family, variant: Variant | undefined, stock: ShopStock): readonly Unbuyable[] {
  const { product } = family;
  const chosen = variant ?? (family.complex ? undefined : family.variants[0]);
  return [
    ...(stock.tracked && stock.quantity !== undefined && stock.quantity <= 0
      ? [{ why: 'out-of-stock' as const, shopSays: `inventory_level: ${stock.quantity}` }]
      : []),
    ...(chosen?.purchasing_disabled === true
      ? [
          {
            why: 'not-purchasable' as const,
            shopSays: chosen.purchasing_disabled_message ?? 'purchasing_disabled: true',
          },
        ]
      : []),
    ...(priceOf(product, chosen) === undefined || product.is_price_hidden === true
      ? [
          {
            why: 'no-price' as const,
            shopSays: product.is_price_hidden === true ? 'is_price_hidden: true' : 'price: null',
          },
        ]
      : []),
  ];
}

const identifiersOf = ({ sku, upc, gtin }: Pick<Variant, 'sku' | 'upc' | 'gtin'>): Identifiers => ({
  sku: parseSku(sku ?? ''),
  ...barcodeIn(upc, gtin),
});

/** The product itself: what is sold where it has no variants, and what they hang on where it has. */
function productListing(family: Family, context: Context): Listing {
  const { product, variants, complex } = family;
  const single = complex ? undefined : variants[0];
  return listing(family, undefined, context, {
    sku: parseSku((complex ? undefined : single?.sku) ?? product.sku ?? ''),
    // A product's own stand for its only variant.
    ...barcodeIn(product.upc ?? single?.upc, product.gtin ?? single?.gtin),
    name: product.name ?? `#${product.id}`,
    image: undefined,
  });
}

/** One variant of a product. */
function variantListing(family: Family, variant: Variant, context: Context): Listing {
  const choice = variant.option_values?.join(', ') || `#${variant.id}`;
  return listing(family, variant, context, {
    ...ownIdentifiers(identifiersOf(variant), identifiersOf(family.product)),
    name: `${family.product.name ?? `#${family.product.id}`} - ${choice}`,
    image: variant.image_url,
  });
}

type Own = Identifiers & {
  readonly name: string;
  readonly image: string | undefined;
};

function listing(family: Family, variant: Variant | undefined, context: Context, own: Own): Listing {
  const { shop, storeHash, seenAt, figures } = context;
  const { product } = family;
  const stock = stockOf(family, variant, figures);
  const activity = activityOf(product);
  const parent = sellableOf(family, variant) === 'parent';
  const unbuyable = activity === 'active' && !parent ? unbuyableOf(family, variant, stock) : [];
  const closed = unbuyable.find(({ why }) => why === 'not-purchasable');
  const image = own.image ?? product.primary_image?.url_standard ?? product.primary_image?.url_zoom;
  return {
    ref: refOf(shop, product.id, variant?.id),
    activity,
    shopSays: closed === undefined ? wordsOf(product) : `${wordsOf(product)}, purchasing disabled`,
    sellable: sellableOf(family, variant),
    offShow: closed === undefined ? undefined : true,
    sku: own.sku,
    gtin: own.gtin,
    barcode: own.barcode,
    content: {
      name: own.name,
      description: product.description,
      imageUrl: imageAddress(image, shop.url),
      price: money(priceOf(product, variant), shop.currency),
    },
    stock,
    ...withUnread(unreadPrice(priceOf(product, variant), shop.currency)),
    unbuyable: unbuyable.length === 0 ? undefined : unbuyable,
    listedAt: product.date_created,
    changedAt: product.date_modified,
    adminUrl: `https://store-${storeHash}.mybigcommerce.com/manage/products/edit/${product.id}`,
    seenAt,
  };
}

/** A product as all the listings it is. */
export const listingsOf = (family: Family, context: Context): readonly Listing[] => [
  productListing(family, context),
  ...(family.complex ? family.variants.map((variant) => variantListing(family, variant, context)) : []),
];
