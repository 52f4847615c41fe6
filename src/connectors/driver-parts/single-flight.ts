import { ShopError } from '../../ports/shop-error.ts';

/**
 * Asks once, however many want the answer at the same time. Whoever began may be cancelled, and the asking with it:
 * those who wait and are not cancelled ask again.
 */
export function singleFlight<Value>(
  ask: (signal: AbortSignal) => Promise<Value>,
): (signal: AbortSignal) => Promise<Value> {
  let underWay: Promise<Value> | undefined;
  const current = async (signal: AbortSignal): Promise<Value> => {
    underWay ??= ask(signal).finally(() => {
      underWay = undefined;
    });
    try {
      return await underWay;
    } catch (error) {
      if (error instanceof ShopError && error.kind === 'cancelled' && !signal.aborted) return current(signal);
      throw error;
    }
  };
  return current;
}
