import type { Shop } from '../../domain/shop.ts';
import type { Store } from '../../ports/store.ts';

/** The shops as the store has them, asked for anew only after one was changed, here or elsewhere. */
export type KnownShops = { list(): Promise<readonly Shop[]>; close(): void };

/** A shop waits for the answer to each delivery: that must not stand in line behind what is being written. */
export function knownShops(store: Pick<Store, 'shops' | 'watch'>): KnownShops {
  let known: Promise<readonly Shop[]> | undefined;
  const unwatch = store.watch(({ tables }) => {
    if (tables === 'all' || tables.includes('shops')) known = undefined;
  });
  return {
    list: () => {
      if (known === undefined) {
        const asked = store.shops();
        known = asked;
        // What could not be read is asked for again with the next delivery.
        asked.catch(() => {
          if (known === asked) known = undefined;
        });
      }
      return known;
    },
    close: unwatch,
  };
}
