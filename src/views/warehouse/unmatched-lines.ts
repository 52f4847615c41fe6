import type { UnmatchedRow } from '../../services/warehouse/warehouse-service.ts';
import { formatRef } from '../format/refs.ts';
import type { Words } from '../words/words.ts';

/** What one side has and the other has not, made ready to draw. */
export const unmatchedLine = (
  { ref, productId }: UnmatchedRow,
  words: Words,
): { readonly ref: string; readonly what: string } => ({
  ref: ref === undefined ? '' : formatRef(ref),
  what: productId === undefined ? words.warehouse.listingOnly : words.warehouse.ourProduct,
});
