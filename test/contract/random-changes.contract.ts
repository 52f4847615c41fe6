import { describe, expect, onTestFinished, test } from 'vitest';
import { makeRandom } from '../../src/demo/seeded-random.ts';
import { type Changes, noChanges } from '../../src/domain/changes.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { StoreError } from '../../src/ports/store-error.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { makeShop } from '../support/builders.ts';
import { answersOf, randomChanges, randomFigures } from './random-changes.ts';
import type { StoreUnderTest } from './store.contract.ts';

const put = (records: Changes['put']) => async (): Promise<Changes> => ({ ...noChanges, put: records });

/** What is written at random, from each of these seeds, is answered as the store in memory answers it. */
export function describeRandomChanges(
  name: string,
  make: () => Promise<StoreUnderTest>,
  seeds: readonly number[],
): void {
  describe(`${name} under changes at random`, () => {
    test.each(seeds)('whatever is written, it answers as the store in memory does (%i)', async (seed) => {
      const { open, remove } = await make();
      onTestFinished(remove);
      const store = await open();
      onTestFinished(() => store.close());
      const random = makeRandom(seed);
      const reference = memoryStore();
      const shops = ['dk', 'no', 'se'].map((id) => makeShop({ id: toShopId(id) }));
      for (const one of [store, reference]) await one.change(put({ shops }));
      for (let round = 1; round <= 100; round += 1) {
        const changes = randomChanges(random);
        const ends = await Promise.all(
          [store, reference].map((one) => one.change(async () => changes).then(() => 'written', lawOf)),
        );
        expect(ends[0], `round ${round}`).toBe(ends[1]);
        const figures = await randomFigures(random, reference);
        for (const one of [store, reference]) await one.change(async () => figures);
        if (round % 25 === 0) expect(await answersOf(store), `round ${round}`).toEqual(await answersOf(reference));
      }
    });
  });
}

const lawOf = (error: unknown): string => {
  if (error instanceof StoreError && error.kind === 'law-broken') return 'law';
  throw error;
};
