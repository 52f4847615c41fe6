import { parseSku, type Sku } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';

/** What identifies a thing besides its id. */
export type Identifiers = Pick<Listing, 'sku' | 'gtin' | 'barcode'>;

/** As two people would type one number: letters that no eye tells apart, blanks and case aside. */
const folded = (text: string | undefined): string | undefined =>
  text
    ?.normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toLowerCase();

const differs = (own: string | undefined, ofProduct: string | undefined): boolean => folded(own) !== folded(ofProduct);

/** The item number that a variant has of its own, of texts as the shop wrote them. */
export function ownSku(variant: string | undefined, product: string | undefined): Sku | undefined {
  const sku = parseSku(variant ?? '');
  return differs(sku, product) ? sku : undefined;
}

/**
 * What a variant has of its own. Shops show a product's number for variants that have none, and people copy it to each
 * of them: what is the same as the product's tells no variant from another.
 */
export const ownIdentifiers = (variant: Identifiers, product: Identifiers): Identifiers => ({
  sku: differs(variant.sku, product.sku) ? variant.sku : undefined,
  gtin: differs(variant.gtin, product.gtin) ? variant.gtin : undefined,
  barcode: differs(variant.barcode, product.barcode) ? variant.barcode : undefined,
});
