import type { Instant } from '../../domain/ids.ts';
import { type ListingRef, parseSku, toShopProductId, toShopVariantId } from '../../domain/ids.ts';
import type { Listing, ShopStock, Unbuyable } from '../../domain/listing.ts';
import type { Shop } from '../../domain/shop.ts';
import { imageAddress } from '../decode.ts';
import { barcodeIn } from '../driver-parts/barcodes.ts';
import { availableOf } from '../driver-parts/figures.ts';
import { stockByLocation } from '../driver-parts/locations/stock-by-location.ts';
import type { VendureOptions } from './options.ts';
import type { VendureChannel, VendureProduct, VendureStock, VendureVariant } from './wire.ts';

/** Whose words are being mapped, and when they were heard. */
export type Context = {
  readonly shop: Shop;
  readonly options: VendureOptions;
  readonly channel: VendureChannel;
  readonly seenAt: Instant;
  /** The locations that are told a figure each, where the shop is told at several. */
  readonly told?: readonly string[];
};

/** A variant keeps its id when its product gets choices, or it another number: it stays the same thing, and its link with it. */
export const variantRef = (shop: Shop, productId: string, variantId: string): ListingRef => ({
  shopId: shop.id,
  shopProductId: toShopProductId(productId),
  shopVariantId: toShopVariantId(variantId),
});

/** Whether it is counted; a variant that inherits does as its channel says. */
export const isTracked = (variant: VendureStock, channel: VendureChannel): boolean =>
  variant.trackInventory === 'INHERIT' ? channel.trackInventory !== false : variant.trackInventory !== 'FALSE';

/** The levels at the chosen location; at all of them where none is chosen. */
const levelsOf = ({ stockLevels }: VendureStock, location: string | undefined) =>
  stockLevels
    .filter((level) => location === undefined || level.stockLocationId === location)
    .map(({ stockOnHand, stockAllocated }) => ({ onHand: stockOnHand, held: stockAllocated }));

/** A variant has no level at a location that it was never put to. */
const contentAt = (levels: ReturnType<typeof levelsOf>) =>
  levels.length === 0 ? undefined : availableOf(levels, 'stockOnHand');

/**
 * What is for sale: on hand less what orders hold. Vendure takes a sale off `stockOnHand` only when the order is sent;
 * until then it stands in `stockAllocated`.
 */
export function stockOf(
  variant: VendureStock,
  { channel, options, told }: Pick<Context, 'channel' | 'options' | 'told'>,
): ShopStock {
  if (!isTracked(variant, channel)) return { tracked: false };
  if (told !== undefined) {
    return { tracked: true, ...stockByLocation(told, (id) => contentAt(levelsOf(variant, id))) };
  }
  return { tracked: true, ...availableOf(levelsOf(variant, options.location), 'stockOnHand') };
}

/** Counted, and no more left than the shop keeps back. Vendure sells from all locations together. */
function unbuyableOf(variant: VendureVariant, channel: VendureChannel): readonly Unbuyable[] | undefined {
  const { quantity } = availableOf(levelsOf(variant, undefined), 'stockOnHand');
  const kept =
    variant.useGlobalOutOfStockThreshold === false ? variant.outOfStockThreshold : channel.outOfStockThreshold;
  if (!isTracked(variant, channel) || quantity === undefined || quantity > (kept ?? 0)) return undefined;
  return [{ why: 'out-of-stock', shopSays: 'OUT_OF_STOCK' }];
}

const wordOf = (enabled: boolean | undefined): string => (enabled === true ? 'enabled' : 'disabled');

function wordsOf(variant: VendureVariant): string {
  const own = wordOf(variant.enabled);
  return variant.product.enabled === true ? own : `${own}; product: ${wordOf(variant.product.enabled)}`;
}

const adminUrl = (shop: Shop, productId: string): string =>
  `${shop.url}/dashboard/products/${encodeURIComponent(productId)}`;

/** A variant: the only thing that Vendure sells. For sale only when it and its product are both enabled. */
export function variantListing(variant: VendureVariant, context: Context): Listing {
  const { shop, seenAt, channel } = context;
  const { product, currencyCode, priceWithTax } = variant;
  return {
    ref: variantRef(shop, variant.productId, variant.id),
    activity: variant.enabled === true && product.enabled === true ? 'active' : 'disabled',
    shopSays: wordsOf(variant),
    offBecause: variant.enabled && !product.enabled ? 'product-off' : undefined,
    sellable: 'unit',
    sku: parseSku(variant.sku ?? ''),
    ...barcodeIn(variant.customFields?.barcode),
    content: {
      name: variant.name ?? product.name ?? `#${variant.id}`,
      description: product.description,
      imageUrl: imageAddress(variant.featuredAsset?.preview ?? product.featuredAsset?.preview, shop.url),
      // Prices are whole minor units already.
      price:
        priceWithTax === undefined || currencyCode === undefined || !/^[A-Z]{3}$/.test(currencyCode)
          ? undefined
          : { minor: priceWithTax, currency: currencyCode },
    },
    stock: stockOf(variant, context),
    unbuyable: unbuyableOf(variant, channel),
    listedAt: variant.createdAt,
    changedAt: variant.updatedAt,
    adminUrl: adminUrl(shop, variant.productId),
    seenAt,
  };
}

/** Whether a product is sold through variants of its own choice; one without options is its only variant. */
export const isParent = ({ optionGroups = [] }: VendureProduct): boolean => optionGroups.length > 0;

export function parentListing(product: VendureProduct, { shop, seenAt }: Context): Listing {
  return {
    ref: { shopId: shop.id, shopProductId: toShopProductId(product.id) },
    activity: product.enabled === true ? 'active' : 'disabled',
    shopSays: wordOf(product.enabled),
    sellable: 'parent',
    content: {
      name: product.name ?? `#${product.id}`,
      description: product.description,
      imageUrl: imageAddress(product.featuredAsset?.preview, shop.url),
    },
    stock: { tracked: false },
    listedAt: product.createdAt,
    changedAt: product.updatedAt,
    adminUrl: adminUrl(shop, product.id),
    seenAt,
  };
}
