import type { ListingRef } from '../../domain/ids.ts';

/** Stands between the parts of a key, as in `domain/changes.ts`, where the keys are made. */
export const separator = '\u001f';

/** A listing's key within its shop. */
export const keyInShop = (ref: ListingRef): string =>
  ref.shopVariantId === undefined ? ref.shopProductId : ref.shopProductId + separator + ref.shopVariantId;
