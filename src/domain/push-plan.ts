import type { Instant, ListingRef, PlanId, ProductId, ShopId } from './ids.ts';
import type { ShopLocation } from './shop.ts';

/** Why a shop was not told, or did not take, a quantity. */
export type PushRefusal =
  /** No integration, no traffic (S3, S4, I3). */
  | 'no-integration'
  | 'shop-paused'
  | 'not-tracked-in-shop'
  | 'stock-held-by-parent'
  | 'not-a-unit'
  | 'not-found-in-shop'
  /** What stands in the shop's stock field is no whole number: it is not written over unseen. */
  | 'figure-unreadable'
  | 'inactive-in-shop'
  | 'variant-moved'
  | 'no-permission'
  | 'quantity-not-taken'
  /** Two products are to set one figure of the shop, to different numbers: neither is sent. */
  | 'figure-contested'
  | 'location-missing'
  /** The shop keeps none of it at that location. Stocking it there is the merchant's to do: only figures are written. */
  | 'not-stocked-at-location'
  | 'sold-in-between'
  | 'outcome-unknown'
  /** The warehouse has not confirmed its figure for so long that nobody knows whether it still holds. */
  | 'figure-too-old'
  /** The warehouse has the product no more: what lies there is unknown. */
  | 'gone-from-warehouse'
  /** The warehouse shows two products that may be it: which figure is meant, nobody can tell. */
  | 'shared-in-warehouse'
  /** The shop sells what lies at some locations, and the warehouse has not told what lies where. */
  | 'stock-by-location-unknown'
  /** The shop did not answer, or not us: nothing was sent. */
  | 'shop-unreachable'
  | 'refused-by-shop';

/** What makes a row stop and ask. */
export type PushGuard =
  | 'zero'
  | 'jump'
  | 'first-push'
  | 'negative'
  | 'zero-hides'
  /** The shop has another figure than the one it was last sent: sold or counted there meanwhile. */
  | 'changed-in-shop'
  /** The first figure over a link that nothing but an EAN made. */
  | 'by-gtin';

/** Names a row of a plan, and its result. */
export const pushRowKey = ({
  productId,
  shopId,
  shopLocation,
}: Pick<PushRow, 'productId' | 'shopId' | 'shopLocation'>) =>
  shopLocation === undefined ? `${productId} ${shopId}` : `${productId} ${shopId} ${shopLocation.id}`;

/** One product in one shop, or at one location of it, with the whole sum: on hand - reserved = available; was, will be, why or why not. */
export type PushRow = {
  readonly productId: ProductId;
  readonly shopId: ShopId;
  readonly ref?: ListingRef;
  /** The location of the shop that the figure is for, where it is told at several: a row each. */
  readonly shopLocation?: Pick<ShopLocation, 'id' | 'name'>;
  readonly name: string;
  readonly sku?: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
  /** The warehouse that said so, by the id of its driver, and when the figure was last known to be right. */
  readonly source?: string;
  readonly figureAt?: Instant;
  /** The locations that the shop is mapped to, and what may be sold of what lies there. */
  readonly locations?: readonly string[];
  readonly atLocations?: number;
  /** What we last had confirmed. */
  readonly lastSent?: number;
  /** What the shop said it had, and when it said so. */
  readonly shopHad?: number;
  readonly shopHadAt?: Instant;
  /** What goes out: available, or nought where a negative figure is held. */
  readonly willBe: number;
  /** Set when `willBe` is nought because a negative figure was held. */
  readonly held?: number;
  readonly guards: readonly PushGuard[];
  /** What the link rests on, where that is not the item number; and what the shop calls the thing. */
  readonly linkedBy?: 'gtin' | 'other';
  readonly shopSku?: string;
  /** The shop's figure cannot be read, so apply refuses the row unless it can be by then. */
  readonly unreadable?: { readonly field: string; readonly value: string };
} & ({ readonly kind: 'send' } | { readonly kind: 'skip'; readonly why: 'unchanged' | PushRefusal });

/** A preview that can be applied as it stands, and no other. Expires. */
export type PushPlan = {
  readonly id: PlanId;
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
  readonly by: string;
  readonly shopIds: readonly ShopId[];
  readonly rows: readonly PushRow[];
  /** Rows of a plan over whole shops that have nothing to say are counted, not kept. */
  readonly unchanged?: number;
  readonly appliedAt?: Instant;
  /** When all its rows had their turn; absent while it goes out, and for ever where it was broken off. */
  readonly endedAt?: Instant;
};

/**
 * A row's result after apply. `re-read`: its base changed since the preview, so it was looked at again and not sent;
 * `row` is what would be sent now. `written`: it was sent, and the shop showed another figure when it was read back. `now` is
 * left out where the shop shows none. `already-there`: the shop had the figure, and nothing was written.
 */
export type PushRowResult = {
  readonly productId: ProductId;
  readonly shopId: ShopId;
  readonly shopLocation?: PushRow['shopLocation'];
  readonly wanted: number;
} & (
  | { readonly kind: 'sent'; readonly was?: number }
  | { readonly kind: 'already-there' }
  | { readonly kind: 're-read'; readonly now?: number; readonly written?: true; readonly row?: PushRow }
  | { readonly kind: 'held-by-guard'; readonly guard: PushGuard }
  /** The shop took it, and a newer figure was confirmed meanwhile; or the link went (`unlinked`). */
  | { readonly kind: 'superseded'; readonly unlinked?: true }
  | { readonly kind: 'refused'; readonly why: PushRefusal; readonly said?: string }
);
