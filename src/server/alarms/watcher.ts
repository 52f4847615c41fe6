import type { Instant, ShopId } from '../../domain/ids.ts';

/** Looks for what needs a person and tells it once. */
export type Watcher = {
  /** A shop's webhook was heard. */
  heard(shopId: ShopId, at: Instant): void;
  /** Looks now, if it is time to, and tells what is new and what is solved. */
  look(signal: AbortSignal): Promise<void>;
};
