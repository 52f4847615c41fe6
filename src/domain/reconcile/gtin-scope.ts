import type { Gtin, ShopId } from '../ids.ts';
import type { Listing } from '../listing.ts';

/**
 * GTINs that shops and scales give out themselves (GS1: restricted circulation): 20-29, 02 and 04 as GTIN-13 and in a case, and
 * GTIN-8 that begin with 0 or 2. The same number is another thing in the next shop.
 */
const isInternal = (gtin: Gtin): boolean => /^\d(2\d|02|04)/.test(gtin) || /^000000[02]/.test(gtin);

/**
 * What people type where a number is demanded, or copy from where numbers are explained: one to three digits over and
 * over, digits in their order, a prefix and noughts, the textbook's numbers and GS1's own prefix for examples (952).
 */
function isPlaceholder(gtin: Gtin): boolean {
  const digits = gtin.slice(0, 13).replace(/^0+/, '');
  return (
    digits.length < 5 ||
    /^(\d)\1+$/.test(digits) ||
    /^(\d{2,3})\1{3,}\d{0,2}$/.test(digits) ||
    /^(401234567890|501234567890|590123412345|952\d+)$/.test(digits) ||
    /^\d{1,3}0{6,}$/.test(digits) ||
    '1234567890123'.startsWith(digits) ||
    '9876543210987'.startsWith(digits)
  );
}

/** Whether a GTIN names one and the same thing wherever it stands. */
export const isWorldwide = (gtin: Gtin): boolean => !isInternal(gtin) && !isPlaceholder(gtin);

/** Whether a GTIN stands on several item numbers of one shop: a single and its six-pack, or a placeholder. */
export function isSharedInShop(listings: readonly Listing[]): boolean {
  const numbers = new Map<ShopId, string>();
  for (const { ref, sku, goneAt } of listings) {
    if (sku === undefined || goneAt !== undefined) continue;
    const known = numbers.get(ref.shopId);
    if (known !== undefined && known !== sku) return true;
    numbers.set(ref.shopId, sku);
  }
  return false;
}

/**
 * Whether a GTIN may tell that a listing in a shop is a product of ours. `alike`: every listing that carries it;
 * `isFromHere`: the product came from that shop. One that is shared joins nothing; an internal one joins nothing across
 * shops.
 */
export const mayJoinByGtin = (
  gtin: Gtin,
  { isFromHere, alike }: { readonly isFromHere: boolean; readonly alike: readonly Listing[] },
): boolean => (isWorldwide(gtin) || isFromHere) && !isSharedInShop(alike);
