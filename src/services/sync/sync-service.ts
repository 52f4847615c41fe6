import type { Instant, ShopId } from '../../domain/ids.ts';
import type { Run, RunCounts } from '../../domain/shop.ts';
import type { Holder } from '../../ports/store.ts';
import type { ShopFailure } from '../dependencies/shop-failure.ts';

export type SyncProgress = {
  readonly shopId: ShopId;
  readonly phase: 'waiting' | 'reading' | 'sales' | 'settling' | 'confirming-absence' | 'stock' | 'done';
  readonly counts: RunCounts;
  readonly total?: number;
  /** Listings a second, over the whole run. */
  readonly rate?: number;
  readonly secondsLeft?: number;
  /** Waiting until then because the shop asked us to. */
  readonly waitingUntil?: Instant;
};

export type SyncResult = {
  readonly shopId: ShopId;
  readonly run?: Run;
  readonly trouble?: ShopFailure;
  /** Somebody else is at it. */
  readonly busy?: Holder;
  /** Links that would vanish; answered with `acceptRemovals` of exactly this number. */
  readonly wouldRemove?: number;
  readonly cancelled: boolean;
  /** A paused shop is not read; nothing was done. */
  readonly paused?: boolean;
};

export type SyncRequest = {
  /** All shops that are not paused, when left out. */
  readonly shopIds?: readonly ShopId[];
  readonly full?: boolean;
  readonly acceptRemovals?: number;
  /** About how many listings a shop has by now: one that shows far more than it had is believed up to three times this. */
  readonly expected?: number;
  readonly onProgress?: (progress: SyncProgress) => void;
};

/** Reads whole shops, or what changed in them, and brings links in line. */
export type SyncService = {
  run(request: SyncRequest, signal: AbortSignal): Promise<readonly SyncResult[]>;
};
