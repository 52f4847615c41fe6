import type { Actor } from '../actor.ts';
import type { Instant, ProductId, RunId } from '../ids.ts';
import type { Shop } from '../shop.ts';
import type { ChangeSet } from './change-set.ts';

/** Everything that a judgement about one shop's listings takes as given. */
export type ReconcileContext = {
  readonly shop: Shop;
  readonly at: Instant;
  readonly by: Actor;
  /** A fetch rebuilds what a person removed; a sync does not. */
  readonly asked: 'sync' | 'fetch';
  /** The shop is only asked how things are: a fetch that leaves what a person removed as it is. */
  readonly verifying?: boolean;
  /** The product that is fetched. Absent: whatever lies under the id that was asked for. */
  readonly wanted?: ProductId;
  /** The sync that the listings were seen in. */
  readonly runId: RunId;
  readonly newProductId: () => ProductId;
  /** Who decides which products there are; the shop, when left out. */
  readonly productMaster?: 'shop' | 'warehouse';
  /** What is known, and where it is written down. */
  readonly changeSet: ChangeSet;
};
