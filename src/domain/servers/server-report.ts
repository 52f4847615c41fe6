import type { Instant, ShopId } from '../ids.ts';

/** What a server does for a shop, or for the warehouse. */
export type ServerTask = 'full' | 'changes' | 'push' | 'webhook' | 'warehouse';

/** One thing that is under way; without a shop it is the warehouse's. */
export type ServerWork = { readonly shopId?: ShopId; readonly what: ServerTask; readonly since: Instant };
/** One thing that comes next. */
export type PlannedWork = { readonly shopId?: ShopId; readonly what: ServerTask; readonly at: Instant };

/** What one server says of itself, every few seconds. */
export type ServerReport = {
  /** The machine and the process. */
  readonly id: string;
  readonly machine: string;
  readonly pid: number;
  readonly startedAt: Instant;
  /** Where it answers over HTTP; absent while it does not. */
  readonly address?: string;
  readonly doing: readonly ServerWork[];
  /** The soonest first, one a shop. */
  readonly next: readonly PlannedWork[];
  readonly paused: readonly ShopId[];
  /** Products that shops told of and that are still to be asked for. */
  readonly webhookProductsWaiting: number;
};

/** Milliseconds without a word after which a server counts as gone. */
export const serverGoneMs = 60_000;
