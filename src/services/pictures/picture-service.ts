import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { PictureTrouble } from '../../ports/picture-reader.ts';

/** A shop's picture of a product beside ours; `ours-not-fetched`: theirs was, and ours was not. */
export type PictureComparison =
  | { readonly kind: 'same-address' | 'same' | 'other' }
  | { readonly kind: 'not-fetched' | 'ours-not-fetched'; readonly why: PictureTrouble };

/** Whether the pictures that shops show are the one that we have, by what they are and not by where they lie. */
export type PictureService = {
  /** Fetches what is to be compared, in the background; each shop is told as it is known. Rejects only when aborted. */
  compare(
    productId: ProductId,
    asking: { readonly signal: AbortSignal; readonly onCompared: (shop: ShopId, found: PictureComparison) => void },
  ): Promise<void>;
};
