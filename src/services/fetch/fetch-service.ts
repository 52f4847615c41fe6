import type { FetchOutcome } from '../../domain/event.ts';
import type { Instant, ListingRef, ProductId, ShopId } from '../../domain/ids.ts';
import type { Activity } from '../../domain/listing.ts';
import type { ShopFailure } from '../dependencies/shop-failure.ts';

/** One thing that asking a shop changed here. */
export type FetchChange = {
  readonly kind: 'linked' | 'unlinked' | 'created' | 'renamed' | 'conflict';
  readonly productId?: ProductId;
  readonly ref: ListingRef;
};

/** What one fetch found, before and after, and what it ruled out. */
export type FetchResult = {
  readonly shopId: ShopId;
  readonly productId?: ProductId;
  readonly asked: string;
  /** `shop-paused`: the shop was not asked, and nothing was written. */
  readonly outcome: FetchOutcome | 'unreachable' | 'cancelled' | 'shop-paused';
  readonly trouble?: ShopFailure;
  readonly before?: {
    readonly linked: boolean;
    readonly activity?: Activity;
    readonly quantity?: number;
    readonly at?: Instant;
  };
  readonly after?: {
    readonly linked: boolean;
    readonly activity?: Activity;
    readonly quantity?: number;
    readonly at: Instant;
  };
  readonly ruledOut: readonly string[];
  /** Identifiers by which this platform cannot be asked, where nothing was found by the others. */
  readonly notAskedBy?: readonly 'gtin'[];
  /** What asking changed here: of this product, and of others that the shop showed with it. */
  readonly changes?: readonly FetchChange[];
  readonly tookMs: number;
};

export type FetchRequest = {
  /** Any identifier, or a product id. */
  readonly asked: readonly string[];
  readonly shopIds?: readonly ShopId[];
  /** These and no others, in place of what is asked by name. */
  readonly places?: readonly { readonly productId: ProductId; readonly shopId: ShopId }[];
  /**
   * What shops told of by themselves, in place of what is asked by name. It is asked for by id, and read as a sync
   * would: a link that a person took away stays away.
   */
  readonly signalled?: readonly { readonly shopId: ShopId; readonly shopProductId?: string; readonly sku?: string }[];
  readonly onResult?: (result: FetchResult, done: number, total: number) => void;
};

/** Asks shops for single products and links what may be linked ("Hent produkt"). */
export type FetchService = {
  run(request: FetchRequest, signal: AbortSignal): Promise<readonly FetchResult[]>;
};
