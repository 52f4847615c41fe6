import type { ListingRef } from '../../../domain/ids.ts';
import type { BrokenRow } from '../../../ports/shop-connector.ts';

type Unread = { readonly why: 'figure-unreadable'; readonly said: string };

/**
 * Why nothing is written to a target that was not found: the shop shows it, and nobody can read its row. One that does not
 * say whose it is may be any that was not found. It keeps no other target back.
 */
export function unreadTarget(
  broken: readonly BrokenRow[],
  { shopProductId, shopVariantId }: ListingRef,
): Unread | undefined {
  const row = broken.find((one) => {
    if (one.shopVariantId !== undefined) return one.shopVariantId === shopVariantId;
    return one.shopProductId === undefined || [shopProductId, shopVariantId].some((id) => id === one.shopProductId);
  });
  return row === undefined ? undefined : { why: 'figure-unreadable', said: `${row.where} ${row.said}` };
}
