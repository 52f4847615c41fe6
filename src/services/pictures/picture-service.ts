import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { PictureKind, PictureTrouble } from '../../ports/picture-reader.ts';

/** A shop's picture of a product beside ours; `ours-not-fetched`: theirs was, and ours was not. */
export type PictureComparison =
  | { readonly kind: 'same-address' | 'same' | 'other' }
  | { readonly kind: 'not-fetched' | 'ours-not-fetched'; readonly why: PictureTrouble };

/** A picture to look at: untrusted bytes, of which only the kind is known. */
export type ShownPicture = { readonly format: PictureKind; readonly content: Uint8Array };

/** Whether the pictures that shops show are the one that we have, by what they are and not by where they lie. */
export type PictureService = {
  /** Fetches what is to be compared, in the background; each shop is told as it is known. Rejects only when aborted. */
  compare(
    productId: ProductId,
    asking: { readonly signal: AbortSignal; readonly onCompared: (shop: ShopId, found: PictureComparison) => void },
  ): Promise<void>;
  /** Fetches a shop's picture of a product to look at, or ours where no shop is named. Rejects only when aborted. */
  show(asked: {
    readonly productId: ProductId;
    readonly shopId?: ShopId;
    readonly signal: AbortSignal;
  }): Promise<ShownPicture | undefined>;
};
