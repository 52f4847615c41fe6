import { makeLimiter } from '../connectors/limiter.ts';
import { makeCaller } from '../connectors/retry.ts';
import type { Clock } from '../ports/clock.ts';
import type { Warehouse } from '../ports/warehouse.ts';

/**
 * A warehouse that waits out temporary trouble as connectors do: a page is asked for again after "slow down" or a
 * silence, a wrong key never. A count is tried once: whether it arrived is the caller's to find out.
 */
export function withWarehouseRetry(warehouse: Warehouse, clock: Clock, chance?: () => number): Warehouse {
  const call = makeCaller({ shopId: 'warehouse', clock, limiter: makeLimiter(clock), chance });
  const { productsOf } = warehouse;
  return {
    ...warehouse,
    ...(productsOf && {
      productsOf: (keys, signal) => call('background', signal, () => productsOf(keys, signal)),
    }),
    test: (signal) => call('testing', signal, () => warehouse.test(signal)),
    products: (request, signal) => call('background', signal, () => warehouse.products(request, signal)),
    stock: (request, signal) => call('background', signal, () => warehouse.stock(request, signal)),
    stockAt: (keys, signal) => call('background', signal, () => warehouse.stockAt(keys, signal)),
    stockOf: (keys, signal) => call('interactive', signal, () => warehouse.stockOf(keys, signal)),
  };
}
