import type { Actor } from '../domain/actor.ts';
import type { TableName } from '../domain/changes.ts';
import type { Conflict } from '../domain/conflict.ts';
import type { EventType, StoredEvent } from '../domain/event.ts';
import type { ActId, Instant, ListingRef, PlanId, ProductId, RunId, ShopId } from '../domain/ids.ts';
import type { Integration } from '../domain/integration.ts';
import type { Listing } from '../domain/listing.ts';

/** What a change touched. `all` where it was too much to name, or where only that something changed is known. */
export type StoreChange = {
  readonly tables: readonly (TableName | 'events')[] | 'all';
  readonly shops: readonly ShopId[] | 'all';
  readonly products: readonly ProductId[] | 'all';
};

/** The kinds of line in a shop's list that can be asked for. */
export type LineFilter = 'all' | 'linked' | 'missing' | 'conflict' | 'stock-differs';

/**
 * A line of a shop's list: a product that is linked there, or ought to be and is not (`missing`, or `conflict` where it
 * contends for a listing), or a listing whose conflict no such product tells of. Ordered by SKU, then name.
 */
export type ShopLine = {
  readonly productId?: ProductId;
  /** The listing that is linked or in conflict. */
  readonly ref?: ListingRef;
  readonly state: 'linked' | 'missing' | 'conflict';
  /** The shop counts it and has another figure than it ought to. */
  readonly stockDiffers: boolean;
};
export type LineCounts = { readonly [Filter in LineFilter]: number };
export type LineQuery = {
  readonly shopId: ShopId;
  readonly filter: LineFilter;
  /** Any part of SKU, EAN, name or the shop's ids, in any case. */
  readonly text?: string;
  /** Now: marks that have run out by then count no more. */
  readonly at: Instant;
  readonly offset: number;
  readonly limit: number;
};
export type LinePage = {
  readonly lines: readonly ShopLine[];
  /** How many lines fit; with `orMore`, at least so many: counting on would read the whole shop. */
  readonly total: number;
  readonly orMore?: true;
  readonly counts: LineCounts;
};

/** Since when what was last sold counts as unsold, shop by shop; a shop that is not named says nothing by silence. */
export type UnsoldBefore = ReadonlyMap<ShopId, Instant>;

/** One act in the history: what its events have in common, and the first and last of their numbers. */
export type Act = {
  readonly actId: ActId;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly at: Instant;
  readonly by: Actor;
  readonly events: number;
  readonly types: readonly EventType[];
};

/** Questions whose answers are bounded by what is asked for, so that their cost does not grow with the shop. */
export interface BoundedReader {
  /** A page of a shop's list, filtered, searched, sorted and counted. */
  shopLines(query: LineQuery): Promise<LinePage>;
  /** How many lines of each kind a shop's list has. */
  lineCounts(shopId: ShopId, at: Instant): Promise<LineCounts>;
  /** A shop's integrations in the order of their products' ids. */
  integrationPage(request: {
    readonly shopId: ShopId;
    readonly after?: ProductId;
    readonly limit: number;
  }): Promise<readonly Integration[]>;
  /** A shop's listings in a fixed order. */
  listingPage(request: {
    readonly shopId: ShopId;
    readonly after?: ListingRef;
    readonly limit: number;
  }): Promise<readonly Listing[]>;
  /**
   * Listings that are perhaps not settled, in a fixed order: in conflict, with something beside them, linked and not
   * for sale, for sale and not linked, or not for sale with an item number that no product of ours has.
   */
  openListings(request: {
    readonly shopId: ShopId;
    readonly after?: ListingRef;
    readonly limit: number;
  }): Promise<readonly Listing[]>;
  /** Listings that a reading has not shown, nor anything beside them, in a fixed order. */
  unseenListings(request: {
    readonly shopId: ShopId;
    readonly runId: RunId;
    readonly after?: ListingRef;
    readonly limit: number;
  }): Promise<readonly Listing[]>;
  /**
   * Listings that a reading has not shown, of products that it has, with variants or with none any more: variants that may be gone. In a fixed order; what
   * lies beside a listing counts for it, as in `unseenListings`.
   */
  unseenVariants(request: {
    readonly shopId: ShopId;
    readonly runId: RunId;
    readonly after?: ListingRef;
    readonly limit: number;
  }): Promise<readonly Listing[]>;
  /**
   * Products linked in a shop, but for those of which it is certain that the shop was told their figure, has it still,
   * and can be told another. In the order of their ids.
   */
  unsentProducts(request: {
    readonly shopId: ShopId;
    readonly after?: ProductId;
    readonly limit: number;
  }): Promise<readonly ProductId[]>;
  /** Plans, the newest first; made before a moment where one is named. */
  planIds(request: { readonly madeBefore?: Instant; readonly limit: number }): Promise<readonly PlanId[]>;
  /**
   * Products on the shelf that some shop perhaps does not sell: not linked where they ought to be, linked to what the
   * shop does not show as active, or unsold for long. In the order of their ids.
   */
  inactiveCandidates(request: {
    readonly after?: ProductId;
    readonly unsoldBefore: UnsoldBefore;
    readonly at: Instant;
    readonly limit: number;
  }): Promise<readonly ProductId[]>;
  /** Whether anything lies on the shelf, and how many integrations of each shop are of goods that do. */
  inStock(): Promise<{ readonly any: boolean; readonly linked: ReadonlyMap<ShopId, number> }>;
  /** Conflicts, the newest first. `after` is the last one of the page before. */
  conflictPage(request: {
    readonly shopId?: ShopId;
    readonly after?: Pick<Conflict, 'since' | 'ref'>;
    readonly limit: number;
  }): Promise<readonly Conflict[]>;
  /** Acts, by their last event, the newest first. `before` is a `lastSeq`, not included. */
  acts(query: { readonly by?: Actor; readonly before?: number; readonly limit: number }): Promise<readonly Act[]>;
  /** The events of an act, oldest first. `after` is a `seq`, not included. */
  eventsOf(request: {
    readonly actId: ActId;
    readonly after?: number;
    readonly limit: number;
  }): Promise<readonly StoredEvent[]>;
}
