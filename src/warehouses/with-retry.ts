import { makeLimiter } from '../connectors/limiter.ts';
import { makeBudget, spentWords, usualBudgets } from '../connectors/reading/budget.ts';
import { makeCaller, type RetryOptions } from '../connectors/retry.ts';
import { type Instant, later } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import { ShopError } from '../ports/shop-error.ts';
import type { Warehouse } from '../ports/warehouse.ts';
import { boundedPages } from './bounded-pages.ts';

export type WarehouseRetry = Pick<RetryOptions, 'redact' | 'withoutSecrets' | 'budgets'> & {
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly chance?: () => number;
  /** Told until when the warehouse is waited for, and `undefined` when the waiting is over. */
  readonly onWaiting?: (until: Instant | undefined) => void;
  /** How many products are known here: a reading may be some times as long. */
  readonly known?: () => Promise<number>;
};

/** So long one page is waited for while the warehouse asks us to slow down. */
const maxWaitMs = 20 * 60_000;

/**
 * A warehouse that waits out temporary trouble as connectors do: a page is asked for again after "slow down" or a
 * silence, a wrong key never. A count is tried once: whether it arrived is the caller's to find out.
 */
export function withWarehouseRetry(
  warehouse: Warehouse,
  { known = async () => 0, ...options }: WarehouseRetry,
): Warehouse {
  const { clock, onWaiting } = options;
  const call = makeCaller({ ...options, shopId: 'warehouse', limiter: makeLimiter(clock) });

  /** A page of a long reading: begun anew it would cost the warehouse all the pages before, so that it is waited for longer. */
  const page = async <Value>(signal: AbortSignal, work: (inner: AbortSignal) => Promise<Value>): Promise<Value> => {
    const until = later(clock.now(), maxWaitMs);
    for (;;) {
      try {
        return await call('background', signal, work);
      } catch (error) {
        if (!(error instanceof ShopError) || error.kind !== 'rate-limited') throw error;
        const waitMs = Math.max(1, error.detail.retryAfter ?? 60) * 1_000;
        const next = later(clock.now(), waitMs);
        if (next > until) throw error;
        onWaiting?.(next);
        await clock.wait(waitMs, signal).finally(() => onWaiting?.(undefined));
      }
    }
  };
  /** A count that a person waits for: several questions, none of them put twice. */
  const onceWithin = async <Value>(
    signal: AbortSignal,
    work: (inner: AbortSignal) => Promise<Value>,
  ): Promise<Value> => {
    const budget = makeBudget(options.budgets?.testing ?? usualBudgets.testing, signal);
    try {
      return await budget.spend(work);
    } catch (error) {
      if (!budget.isSpent() || signal.aborted) throw error;
      throw new ShopError(
        'unreachable',
        { shop: 'warehouse', doing: 'counting', said: spentWords(budget), saidBy: 'us' },
        error,
      );
    }
  };
  const { productsOf, setOnHand } = warehouse;
  // Files lie one after the other, each with the same products as the one before, and end by themselves.
  const bounded: typeof boundedPages = warehouse.can.complete ? boundedPages : (ask) => ask;
  return {
    ...warehouse,
    ...(productsOf && {
      productsOf: (keys, signal) => call('background', signal, (inner) => productsOf(keys, inner)),
    }),
    ...(setOnHand && { setOnHand: (count, signal) => onceWithin(signal, (inner) => setOnHand(count, inner)) }),
    test: (signal) => call('testing', signal, (inner) => warehouse.test(inner)),
    products: bounded((request, signal) => page(signal, (inner) => warehouse.products(request, inner)), {
      known,
      doing: 'reading products',
    }),
    stock: bounded((request, signal) => page(signal, (inner) => warehouse.stock(request, inner)), {
      known,
      doing: 'reading stock',
    }),
    stockAt: (keys, signal, urgency = 'background') => call(urgency, signal, (inner) => warehouse.stockAt(keys, inner)),
    stockOf: (keys, signal) => call('interactive', signal, (inner) => warehouse.stockOf(keys, inner)),
  };
}
