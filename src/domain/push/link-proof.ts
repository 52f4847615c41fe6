import { refKey } from '../changes.ts';
import type { Integration } from '../integration.ts';
import type { Listing } from '../listing.ts';
import type { Product } from '../product.ts';
import { ourSku, type Shop } from '../shop.ts';

/**
 * What a link rests on today: a person's word, the same item number, nothing but the same EAN, or none of these;
 * `other-gtin`: of what only an EAN can have joined, the EANs are two by now.
 */
export type LinkProof = 'hand' | 'sku' | 'gtin' | 'other-gtin' | 'other';

/** What speaks for a link, judged anew: item numbers and EANs change on both sides. Absent: the listing was never seen. */
export function linkProof(place: {
  readonly product: Product;
  readonly shop: Shop;
  readonly integration?: Integration;
  readonly listing?: Listing;
}): LinkProof | undefined {
  const { product, shop, integration, listing } = place;
  if (integration === undefined || listing === undefined || refKey(integration.ref) !== refKey(listing.ref))
    return undefined;
  if (product.sku !== undefined && listing.sku !== undefined && ourSku(shop, listing.sku) === product.sku) return 'sku';
  if (integration.how === 'hand') return 'hand';
  if (listing.gtin !== undefined && product.gtin === listing.gtin) return 'gtin';
  const isFromHere = product.contentFrom !== undefined && refKey(product.contentFrom) === refKey(listing.ref);
  return listing.sku === undefined && listing.gtin !== undefined && !isFromHere ? 'other-gtin' : 'other';
}
