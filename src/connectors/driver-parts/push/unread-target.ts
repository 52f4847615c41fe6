import type { ListingRef } from '../../../domain/ids.ts';
import type { BrokenRow } from '../../../ports/shop-connector.ts';

type Named = Pick<ListingRef, 'shopProductId' | 'shopVariantId'>;
type Unread = { readonly why: 'figure-unreadable'; readonly said: string };

/**
 * Why nothing is written to a target that was not found: the shop shows it, and nobody can read its row. One that does not
 * say whose it is may be any that was not found. It keeps no other target back.
 */
export function unreadTarget(
  broken: readonly BrokenRow[],
  { shopProductId, shopVariantId }: Named,
): Unread | undefined {
  const row = broken.find((one) => {
    if (one.shopVariantId !== undefined) return one.shopVariantId === shopVariantId;
    return one.shopProductId === undefined || [shopProductId, shopVariantId].some((id) => id === one.shopProductId);
  });
  return row === undefined ? undefined : { why: 'figure-unreadable', said: `${row.where} ${row.said}` };
}

/** The same, where it is gone if it is not that. */
export const missingTarget = (
  broken: readonly BrokenRow[],
  ref: Named,
): Unread | { readonly why: 'not-found-in-shop'; readonly said?: undefined } =>
  unreadTarget(broken, ref) ?? { why: 'not-found-in-shop' };
