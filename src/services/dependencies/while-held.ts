import type { Lease, Store } from '../../ports/store.ts';
import { StoreError } from '../../ports/store-error.ts';

/**
 * A store that is written to for as long as a lease is had, and the moment at which it was lost. Whoever was stopped or
 * asleep past the end of a lease goes on before any timer tells it so: that is looked at within each change, after the
 * turn to write was had. Rejects with `locked`.
 */
export function whileHeld(store: Store, lease: Lease): { readonly store: Store; readonly lost: AbortSignal } {
  const controller = new AbortController();
  const lost = AbortSignal.any([lease.lost, controller.signal]);
  const change: Store['change'] = (decide) =>
    store.change(async (now) => {
      if (!lost.aborted && (await lease.isHeld())) return decide(now);
      const error = new StoreError('locked', 'lease', 'another process took the lease meanwhile');
      controller.abort(error);
      throw error;
    });
  return { store: { ...store, change }, lost };
}
