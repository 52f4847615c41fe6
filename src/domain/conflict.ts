import type { Instant, ListingRef, ProductId, Sku } from './ids.ts';
import type { Listing } from './listing.ts';

/** What tells which product a listing means; `origin`: it came from here, or was linked here before. */
export type MatchedBy = 'hand' | 'sku' | 'gtin' | 'origin';

/** Why a listing got no integration. At most one a listing; always names both contenders. */
export type Conflict = { readonly ref: ListingRef; readonly since: Instant } /**
 * The id is held by another product (S10): `holder` has the integration, `claimant` wants it.
 * `copy` is the second thing that the shop showed under the same id, when there were two.
 */ & (
  | {
      readonly kind: 'shop-id-taken';
      readonly holder: ProductId;
      readonly claimant: ProductId;
      readonly copy?: Listing;
    }
  /** The listing we are linked to now carries a SKU that none of our products has. */
  | { readonly kind: 'sku-changed'; readonly holder: ProductId; readonly was?: Sku; readonly sku: Sku }
  /** Two active listings in one shop mean one product: `other` has the integration. `by`: what says so of this one. */
  | { readonly kind: 'product-taken'; readonly product: ProductId; readonly other: ListingRef; readonly by?: MatchedBy }
  /** More than one of our products could be meant. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly [ProductId, ProductId, ...ProductId[]] }
);
export type ConflictKind = Conflict['kind'];

/** The shop says that the two listings of a conflict are one thing: the one in this language, the other the original. */
export type Translation = { readonly language: string; readonly of: ListingRef };

/** Whether the shop calls the listing of a conflict a translation of the one that is linked. */
export function translationOf(conflict: Conflict, listing: Listing | undefined): Translation | undefined {
  if (conflict.kind !== 'product-taken' || listing?.translation === undefined) return undefined;
  const { language, others } = listing.translation;
  return others.includes(conflict.other.shopProductId) ? { language, of: conflict.other } : undefined;
}

/** What a person decided about a listing; remembered, so that the next sync does not ask again. */
export type Ruling = {
  readonly ref: ListingRef;
  readonly at: Instant;
  readonly by: string;
  readonly note?: string;
} /** Keep what stands; the conflict is settled until one of the contenders changes. */ & (
  | { readonly kind: 'keep'; readonly settled: ConflictKind; readonly between: readonly string[] }
  /** This listing is not that product, whatever SKU it carries. */
  | { readonly kind: 'not-the-same'; readonly productId: ProductId }
);

/** What a person can choose for a conflict. Every choice can be undone. */
export type ConflictChoice = 'keep' | 'move-the-link' | 'not-the-same' | 'accept-rename';
