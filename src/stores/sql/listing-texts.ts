import { type Gtin, shownGtin } from '../../domain/ids.ts';
import { refOfKey } from '../lines/shown-line.ts';
import { edge } from '../search/corpus.ts';
import { foldText } from '../search/fold.ts';
import { plain } from './columns.ts';

/** What a listing is found by, as its columns hold it. */
export type ListingTexts = {
  readonly key: string;
  readonly sku: string | null;
  readonly gtin: string | null;
  readonly barcode: string | null;
  readonly name: string;
  readonly parent: number;
};

/** The parts of a listing that are searched, in the order of `partsOfListing`, each with what it is called in an answer. */
export const listingParts = ({ key, sku, gtin, barcode, name, parent }: ListingTexts) => {
  const { shopProductId, shopVariantId } = refOfKey(key);
  return [
    { matched: 'shop-product-id', text: shopProductId },
    ...(shopVariantId === undefined ? [] : [{ matched: 'shop-variant-id', text: shopVariantId } as const]),
    ...(sku === null ? [] : [{ matched: 'sku', text: sku } as const]),
    ...(gtin === null ? [] : [{ matched: 'gtin', text: shownGtin(gtin as Gtin) } as const]),
    ...(barcode === null ? [] : [{ matched: 'barcode', text: barcode } as const]),
    // A parent's name is in its variants'.
    ...(parent === 1 ? [] : [{ matched: 'name', text: name } as const]),
  ] as const;
};

/**
 * The text that a listing is looked for in: without what its product's text holds, by which the product itself is
 * found. A million listings that are called as their products are would else be gone through for every word.
 */
export function ownText(listing: ListingTexts, ofProduct: string | undefined): string {
  const held = new Set(ofProduct?.split(edge));
  const own = listingParts(listing).flatMap(({ text }) => {
    const folded = plain(foldText(text));
    return held.has(folded) ? [] : [folded];
  });
  return own.length === 0 ? '' : edge + own.join(edge) + edge;
}
