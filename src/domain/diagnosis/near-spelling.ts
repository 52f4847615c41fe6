import type { Instant, ListingRef } from '../ids.ts';
import { looseSku, shownGtin } from '../ids.ts';
import type { Listing } from '../listing.ts';
import type { Product } from '../product.ts';
import { type Shop, shopSku } from '../shop.ts';

/** A listing whose SKU or EAN is nearly ours: blanks, case, hyphens, leading zeros or the owner's postfix differ. */
export type NearSpelling = {
  readonly field: 'sku' | 'gtin';
  readonly ours: string;
  readonly theirs: string;
  readonly ref: ListingRef;
  readonly at: Instant;
  /** Both have an EAN, and they differ: probably another thing. */
  readonly otherGtin: boolean;
};

/** What this shop would have to write, and the spellings worth searching for. */
export function spellingsOf(product: Product, shop: Shop): readonly string[] {
  if (product.sku === undefined) return [];
  const plain = shopSku(shop, product.sku);
  return plain === undefined || plain === product.sku ? [product.sku] : [plain, product.sku];
}

/** Listings of the shop that are spelled nearly like the product; exact ones are not near. */
export function nearSpellings(product: Product, shop: Shop, listings: readonly Listing[]): readonly NearSpelling[] {
  const spellings = spellingsOf(product, shop);
  const right = spellings[0];
  const loose = new Set(spellings.map(looseSku));
  return listings.flatMap((listing): readonly NearSpelling[] => {
    if (listing.ref.shopId !== shop.id || listing.goneAt !== undefined) return [];
    const place = { ref: listing.ref, at: listing.seenAt };
    if (right !== undefined && listing.sku !== undefined && listing.sku !== right && loose.has(looseSku(listing.sku))) {
      const otherGtin = listing.gtin !== undefined && product.gtin !== undefined && listing.gtin !== product.gtin;
      return [{ ...place, field: 'sku', ours: right, theirs: listing.sku, otherGtin }];
    }
    const near = nearBarcode(product, listing);
    return near === undefined ? [] : [{ ...place, field: 'gtin', ...near, otherGtin: false }];
  });
}

/** A barcode that is no GTIN as it stands, and holds the digits of ours. */
function nearBarcode(
  product: Product,
  listing: Listing,
): { readonly ours: string; readonly theirs: string } | undefined {
  if (product.gtin === undefined || listing.gtin !== undefined || listing.barcode === undefined) return undefined;
  const ours = shownGtin(product.gtin);
  const digits = listing.barcode.replace(/\D/g, '').replace(/^0+/, '');
  return digits !== '' && digits === ours.replace(/^0+/, '') ? { ours, theirs: listing.barcode } : undefined;
}
