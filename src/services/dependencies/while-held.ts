import type { Lease, Store } from '../../ports/store.ts';
import { StoreError } from '../../ports/store-error.ts';

type Held = {
  readonly store: Store;
  readonly lost: AbortSignal;
  /** Asked before anything is done elsewhere that a lease is for; aborts `lost` where it is not had any more. */
  readonly isHeld: () => Promise<boolean>;
};

/**
 * A store that is written to for as long as a lease is had, and the moment at which it was lost. Whoever was stopped or
 * asleep past the end of a lease goes on before any timer tells it so: that is looked at within each change, after the
 * turn to write was had. Rejects with `locked`.
 */
export function whileHeld(store: Store, lease: Lease): Held {
  const controller = new AbortController();
  const lost = AbortSignal.any([lease.lost, controller.signal]);
  const taken = (): StoreError => new StoreError('locked', 'lease', 'another process took the lease meanwhile');
  const isHeld = async (): Promise<boolean> => {
    if (!lost.aborted && (await lease.isHeld())) return true;
    controller.abort(taken());
    return false;
  };
  const change: Store['change'] = (decide) =>
    store.change(async (now) => {
      if (await isHeld()) return decide(now);
      throw taken();
    });
  return { store: { ...store, change }, lost, isHeld };
}
