import type { ListingRef, ProductId } from '../ids.ts';
import type { RecordReader } from './change-set.ts';

/** Whether a person took away the link that a product had to a listing, and nobody has brought it back. */
export const isRemovedByPerson = (
  id: ProductId,
  ref: ListingRef,
  known: Pick<RecordReader, 'tombstonesAt' | 'isAbout'>,
): boolean =>
  known
    .tombstonesAt(ref)
    .some(
      ({ integration, because, at }) =>
        because === 'removed-by-user' && integration.productId === id && known.isAbout(ref.shopId, at),
    );
