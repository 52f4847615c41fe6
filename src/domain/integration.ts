import type { Actor } from './actor.ts';
import type { Instant, ListingRef, ProductId } from './ids.ts';
import type { PushRefusal } from './push-plan.ts';

/** How a link came to be. `hand`: a person said so; it outweighs SKU and GTIN from then on. */
export type LinkedBy = 'sync' | 'fetch' | 'hand' | 'undo';

/** The last quantity that a shop confirmed at one of its locations. */
export type ConfirmedAtLocation = { readonly id: string; readonly quantity: number; readonly at: Instant };

/** A figure that was to be told, and was not. */
export type OpenRefusal = {
  readonly why: PushRefusal;
  readonly at: Instant;
  readonly said?: string;
  /** The shop's own location, where it is told at several. */
  readonly location?: string;
};

/**
 * The link between one product and one listing: the road on which updates come in and stock goes out.
 * Two laws: a product has at most one per shop, and a listing belongs to at most one product.
 */
export type Integration = {
  readonly productId: ProductId;
  readonly ref: ListingRef;
  readonly createdAt: Instant;
  readonly by: Actor;
  readonly how: LinkedBy;
  /** The last quantity the shop confirmed. Absent until the first push is confirmed. */
  readonly pushed?: {
    readonly quantity: number;
    readonly at: Instant;
    /** Where the shop is told at several locations of its own: each of them; `quantity` is their sum. */
    readonly locations?: readonly ConfirmedAtLocation[];
  };
  /** What the shop refused and has not taken since, the newest first: one a location where it is told at several. */
  readonly refused?: readonly OpenRefusal[];
  /** When an update last came in over this link. */
  readonly updatedAt?: Instant;
};

/** `moved`: a person, or another thing under the same id, took the link over. */
export type RemovalReason =
  | 'inactive-in-shop'
  | 'gone-from-shop'
  /** What was sold by itself is sold through variants now. */
  | 'became-parent'
  | 'removed-by-user'
  | 'moved'
  | 'shop-removed';

/** What is left of a removed link: who or what, when, why, and the link as it was, so that undo brings it back. One a product and shop. */
export type Tombstone = {
  readonly integration: Integration;
  readonly at: Instant;
  readonly by: Actor;
  readonly because: RemovalReason;
  readonly note?: string;
};
