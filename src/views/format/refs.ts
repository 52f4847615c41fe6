import { type ListingRef, type ShopId, toShopProductId, toShopVariantId } from '../../domain/ids.ts';
import type { ShopLocation } from '../../domain/shop.ts';

/** A listing as people say it within a shop: product id, and variant id after a slash. */
export const formatRef = (ref: ListingRef): string =>
  ref.shopVariantId === undefined ? ref.shopProductId : `${ref.shopProductId}/${ref.shopVariantId}`;

/** A shop as a short code: in capitals, so that "no" is no word and "SE" stands out of a sentence. */
export const shopCode = (id: ShopId | undefined): string => (id ?? '').toUpperCase();

/** A listing with its shop: "NO 10234/7". */
export const fullRef = (ref: ListingRef): string => `${shopCode(ref.shopId)} ${formatRef(ref)}`;

/** A listing out of "10234" or "10234/7"; `undefined` when nothing stands before the slash or after it. */
export function parseRef(shopId: ShopId, text: string): ListingRef | undefined {
  const trimmed = text.trim();
  // An id may itself hold slashes (gid://shopify/Product/1): only the last one can part a variant from it.
  const slash = trimmed.startsWith('gid://') ? -1 : trimmed.lastIndexOf('/');
  if (slash === -1) return trimmed === '' ? undefined : { shopId, shopProductId: toShopProductId(trimmed) };
  const product = trimmed.slice(0, slash).trim();
  const variant = trimmed.slice(slash + 1).trim();
  if (product === '' || variant === '') return undefined;
  return { shopId, shopProductId: toShopProductId(product), shopVariantId: toShopVariantId(variant) };
}

/** A shop, or a product there, and the location of the shop where it is about one of several: "Nordlys DE, Aarhus". */
export const atLocation = (
  what: string,
  { shopLocation }: { readonly shopLocation?: Pick<ShopLocation, 'id' | 'name'> },
  between = ', ',
): string => (shopLocation === undefined ? what : `${what}${between}${shopLocation.name ?? shopLocation.id}`);
