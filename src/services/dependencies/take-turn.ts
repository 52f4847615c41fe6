import { ShopError } from '../../ports/shop-error.ts';
import type { Holder, Leases, Store } from '../../ports/store.ts';
import { StoreError } from '../../ports/store-error.ts';
import { whileHeld } from './while-held.ts';

/** So often a lease that was lost is taken once more: each time takes most of a lease's length, and gets further. */
const turnsAtMost = 5;

/** What one has who has a lease: the store, written to for as long as it is had; and whether it still is. */
export type Turn = ReturnType<typeof whileHeld>;
export type TurnAsked = {
  readonly leases: Leases;
  readonly store: Store;
  readonly name: string;
  readonly doing: string;
  readonly signal: AbortSignal;
};
/** `by` holds the lease; `value` is what had been done by then, where it was lost in the middle. */
export type TurnTaken<Value> =
  | { readonly value: Value; readonly by?: undefined }
  | { readonly value?: Value; readonly by: Holder };

/**
 * Does some work under a lease. Where it is lost in the middle and nobody else has it (the store was away for longer
 * than a lease lasts, this process was stopped), it is taken once more and the work goes on from what was written.
 */
export async function takeTurn<Value>(
  { leases, store, name, doing, signal }: TurnAsked,
  work: (turn: Turn) => Promise<Value>,
): Promise<TurnTaken<Value>> {
  for (let turns = 1; ; turns += 1) {
    const lease = await leases.take(name, doing);
    if (!lease.held) return { by: lease.by };
    const turn = whileHeld(store, lease);
    const { lost } = turn;
    let value: Value | undefined;
    let isTold = false;
    try {
      value = await work(turn);
      if (!lost.aborted || signal.aborted) return { value };
    } catch (error) {
      isTold = true;
      if (!lost.aborted || signal.aborted || !isOfLoss(error)) throw error;
    } finally {
      // What was lost is nobody's to give back, and whoever has it now keeps it; and what went wrong in the work says more.
      await lease.release().catch((error: unknown) => {
        if (!lost.aborted && !isTold) throw error;
      });
    }
    const by = await leases.holder(name);
    if (by !== undefined) return { value, by };
    if (turns >= turnsAtMost) throw lost.reason;
  }
}

/** What whoever loses a lease runs into: a write that is refused, a shop that is not waited for any more. */
const isOfLoss = (error: unknown): boolean => error instanceof StoreError || error instanceof ShopError;
