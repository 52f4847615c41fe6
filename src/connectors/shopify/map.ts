import type { ListingRef } from '../../domain/ids.ts';
import { type Instant, parseGtin, parseSku, type ShopId, toShopProductId, toShopVariantId } from '../../domain/ids.ts';
import type { Activity, Listing, Sellable, Unbuyable } from '../../domain/listing.ts';
import type { Content } from '../../domain/product.ts';
import { imageAddress, money } from '../decode.ts';
import { stockByLocation } from '../driver-parts/locations/stock-by-location.ts';
import { unreadPrice, withUnread } from '../driver-parts/price.ts';
import type { WireProduct, WireVariant } from './schema.ts';

/** What a listing needs that does not stand in its own row. */
export type MapContext = {
  readonly shopId: ShopId;
  /** Where the shop's admin lies. */
  readonly url: string;
  readonly currency: string;
  readonly seenAt: Instant;
  /** The locations whose figures were asked for, the first as `inventoryLevel`, where the shop is told at several. */
  readonly locations?: readonly string[];
};

/**
 * Stock lies on variants in Shopify, also where a product has but one: its "Default Title". So a sellable thing
 * is always named by product and variant.
 */
export const refOf = (shopId: ShopId, productId: string, variantId?: string): ListingRef => ({
  shopId,
  shopProductId: toShopProductId(productId),
  shopVariantId: variantId === undefined ? undefined : toShopVariantId(variantId),
});

/** Shopify's words and ours. A word that is not here becomes `disabled`; the set has grown before (2025-10). */
const activities: Readonly<Record<string, Activity>> = {
  ACTIVE: 'active',
  /** Sold to whoever has the address, though in no list. */
  UNLISTED: 'active',
  DRAFT: 'draft',
  ARCHIVED: 'archived',
};

export const activityOf = (status: string): Activity =>
  (Object.hasOwn(activities, status) ? activities[status] : undefined) ?? 'disabled';

/** A product can be active and yet be in no sales channel that customers see. */
const wordsOf = (product: WireProduct): string =>
  activityOf(product.status) === 'active' && product.onlineStoreUrl === undefined
    ? `${product.status}, not in online store`
    : product.status;

/** Active, and yet sold in no list: by its address alone, or in no online store. */
const offShow = ({ status, onlineStoreUrl }: WireProduct): Pick<Listing, 'offShow'> =>
  activityOf(status) === 'active' && (status === 'UNLISTED' || onlineStoreUrl === undefined) ? { offShow: true } : {};

/** A bundle takes its stock from its components; a gift card has one where it is a card of plastic, which the shop counts. */
export function stocklessAs(
  { isGiftCard }: Pick<WireProduct, 'isGiftCard'>,
  { requiresComponents, inventoryItem: { tracked } }: StockedVariant,
): string | undefined {
  if (requiresComponents) return 'bundle';
  return isGiftCard && !tracked ? 'gift card' : undefined;
}
type StockedVariant = Pick<WireVariant, 'requiresComponents'> & {
  readonly inventoryItem: Pick<WireVariant['inventoryItem'], 'tracked'>;
};
const sellableOf = (product: WireProduct, variant: WireVariant): Sellable =>
  stocklessAs(product, variant) === undefined ? 'unit' : 'not-stocked';

function stockOf({ inventoryItem, availableForSale }: WireVariant, { locations: asked }: MapContext): Listing['stock'] {
  const { value: quantity, unreadable } = inventoryItem.inventoryLevel ?? {};
  if (asked !== undefined) {
    return {
      tracked: inventoryItem.tracked,
      ...stockByLocation(asked, (id) => atLocation(inventoryItem, id, asked)),
      ...(availableForSale === false ? { outOfStock: true } : {}),
    };
  }
  return {
    tracked: inventoryItem.tracked,
    quantity,
    ...(availableForSale === false ? { outOfStock: true } : {}),
    ...(unreadable === undefined ? {} : { unreadable: { field: 'available', value: unreadable } }),
  };
}

/** What lies at one of the locations that were asked for: no figure where the item is not stocked there. */
function atLocation(
  { inventoryLevel, elsewhere }: WireVariant['inventoryItem'],
  id: string,
  [first]: readonly string[],
): Pick<Listing['stock'], 'quantity' | 'unreadable'> {
  const { value: quantity, unreadable: value } = (id === first ? inventoryLevel : elsewhere[id]) ?? {};
  return value === undefined ? { quantity } : { unreadable: { field: 'available', value } };
}

/** Why customers cannot buy what is active, in Shopify's own words. */
function unbuyable(product: WireProduct, { availableForSale }: WireVariant): Pick<Listing, 'unbuyable'> {
  if (activityOf(product.status) !== 'active') return {};
  const found: readonly Unbuyable[] = [
    ...(availableForSale === false ? [{ why: 'out-of-stock', shopSays: 'not available for sale' } as const] : []),
    ...(offShow(product).offShow === true ? [{ why: 'hidden', shopSays: wordsOf(product) } as const] : []),
  ];
  return found.length === 0 ? {} : { unbuyable: found };
}

export function toVariantListing(product: WireProduct, variant: WireVariant, mapContext: MapContext): Listing {
  const { barcode = '' } = variant;
  const gtin = parseGtin(barcode);
  const sku = parseSku(variant.sku ?? '');
  return {
    ref: refOf(mapContext.shopId, product.id, variant.id),
    activity: activityOf(product.status),
    shopSays: [wordsOf(product), stocklessAs(product, variant)].filter((word) => word !== undefined).join(', '),
    sellable: sellableOf(product, variant),
    ...offShow(product),
    sku,
    gtin,
    ...(gtin === undefined && barcode !== '' ? { barcode } : {}),
    content: contentOf(product, variant, mapContext),
    stock: stockOf(variant, mapContext),
    ...withUnread(unreadPrice(variant.price, mapContext.currency)),
    ...unbuyable(product, variant),
    listedAt: variant.createdAt,
    ...changed(latest(product.updatedAt, variant.updatedAt)),
    adminUrl: adminUrl(product, mapContext, product.hasOnlyDefaultVariant ? undefined : variant.id),
    seenAt: mapContext.seenAt,
  };
}

/** The product itself, where customers must choose a variant of it: it is sold only through those. */
export const toParentListing = (product: WireProduct, mapContext: MapContext): Listing => ({
  ref: refOf(mapContext.shopId, product.id),
  activity: activityOf(product.status),
  shopSays: wordsOf(product),
  sellable: 'parent',
  content: contentOf(product, undefined, mapContext),
  stock: { tracked: false },
  listedAt: product.createdAt,
  ...changed(product.updatedAt),
  adminUrl: adminUrl(product, mapContext),
  seenAt: mapContext.seenAt,
});

function contentOf(product: WireProduct, variant: WireVariant | undefined, mapContext: MapContext): Content {
  const title = product.title ?? '';
  const ofVariant = variant === undefined || product.hasOnlyDefaultVariant ? undefined : variant.title;
  const image = imageAddress(variant?.media.nodes[0] ?? product.featuredMedia, mapContext.url);
  const price = money(variant?.price, mapContext.currency);
  return {
    name: ofVariant === undefined ? title : `${title} - ${ofVariant}`,
    description: product.description,
    imageUrl: image,
    price,
  };
}

const adminUrl = (product: WireProduct, { url }: MapContext, variantId?: string): string =>
  `${url}/admin/products/${product.id}${variantId === undefined ? '' : `/variants/${variantId}`}`;

const changed = (at: Instant | undefined): Pick<Listing, 'changedAt'> => (at === undefined ? {} : { changedAt: at });

const latest = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;
