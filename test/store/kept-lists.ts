import { expect } from 'vitest';
import { makeRandom } from '../../src/demo/seeded-random.ts';
import { type Changes, noChanges } from '../../src/domain/changes.ts';
import { toRunId, toShopId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/ports/store.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { apply } from '../../src/stores/tables/apply-changes.ts';
import { makeTables, tableNames } from '../../src/stores/tables/tables.ts';
import { asked, randomChanges, randomFigures, shopIds } from '../contract/random-changes.ts';
import { instant, makeShop } from '../support/builders.ts';

const shopAt = (id: string, skuPostfix?: string) =>
  makeShop({
    id: toShopId(id),
    ...(skuPostfix === undefined ? {} : { owner: { name: 'X', skuPostfix } }),
    ...(id === 'no' ? { locations: ['A'] } : {}),
  });

/** The same, a record at a time: what each moves is not moved by another's being there. */
const singly = ({ put, drop }: Changes): readonly Changes[] =>
  tableNames.flatMap((name) => [
    ...(drop[name] ?? []).map((key) => ({ ...noChanges, drop: { [name]: [key] } })),
    ...(put[name] ?? []).map((record) => ({ ...noChanges, put: { [name]: [record] } })),
  ]);

/** All that hangs on what was kept from before. */
async function listsOf(store: Store): Promise<unknown> {
  const lists = shopIds
    .map(toShopId)
    .map(async (shopId) => [
      await store.shopLines({ shopId, filter: 'all', at: asked, offset: 0, limit: 100 }),
      await store.shopLines({ shopId, filter: 'missing', at: asked, offset: 1, limit: 2 }),
      await store.openListings({ shopId, limit: 100 }),
      await store.unsentProducts({ shopId, limit: 100 }),
      await store.unseenVariants({ shopId, runId: toRunId('run-1'), limit: 100 }),
      await store.listingPage({ shopId, limit: 100 }),
    ]);
  const unsoldBefore = new Map([[toShopId('dk'), instant('2026-11-13T08:00:00.000Z')]]);
  return [
    await Promise.all(lists),
    await store.inactiveCandidates({ unsoldBefore, at: asked, limit: 100 }),
    (await store.inStock()).linked,
  ];
}

/** Writes at random, a record at a time: after each, the lists that were moved are those that are made of what stands. */
export async function checkKeptLists(seed: number, rounds: number): Promise<void> {
  const random = makeRandom(seed);
  const tables = makeTables();
  const moved = memoryStore();
  const write = async (changes: Changes): Promise<void> => {
    const isWritten = apply(tables, changes) === undefined;
    await moved.change(async () => changes).catch((error) => isWritten && Promise.reject(error));
  };
  const madeAnew = async () => {
    const put = Object.fromEntries(tableNames.map((name) => [name, [...tables[name].all()]]));
    const anew = memoryStore();
    await anew.change(async () => ({ ...noChanges, put }));
    return anew;
  };
  await write({ ...noChanges, put: { shops: shopIds.map((id) => shopAt(id)) } });
  for (let round = 1; round <= rounds; round += 1) {
    // A shop that changes hands moves all lists.
    const shops = [shopAt('dk', round % 4 < 2 ? '-dk' : undefined)];
    for (const change of [...singly(randomChanges(random)), { ...noChanges, put: { shops } }]) {
      await write(change);
      expect(await listsOf(moved), JSON.stringify(change)).toEqual(await listsOf(await madeAnew()));
    }
    await write(await randomFigures(random, moved));
  }
}
