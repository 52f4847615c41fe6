import { expect, test, vi } from 'vitest';
import { goneFromWarehouse } from '../../src/domain/product.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import { figureOrigin, warehouseSays } from '../../src/views/warehouse/figure-lines.ts';
import { warehouseHealth } from '../../src/views/warehouse/warehouse-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { day, forever, stockUp, theCard } from './test-environment.ts';
import {
  lots,
  openPeak,
  openTryton,
  ours,
  type PeakEnvironment,
  readShops,
  sync,
  syncChanges,
} from './warehouse-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const words = wordsOf('en');

/** Two products in a shop and in PeakWMS, read and known there. */
async function twoThere() {
  const world = await openPeak();
  for (const sku of ['A-1', 'B-1']) stockUp(world, ['dk'], sku);
  await readShops(world);
  const goods = ['A-1', 'B-1'].map((sku) => world.model.add({ sku, name: sku, lots: lots(14) }));
  await sync(world);
  return { world, gone: goods[0]! };
}
const planOf = async (world: Pick<PeakEnvironment, 'services'>) =>
  (await world.services.push.plan({})).rows.map((row) => [row.sku, row.kind === 'send' ? row.willBe : row.why]);

test('a product that PeakWMS has no more: its figure is unknown, never nought, sent nowhere, and said', async () => {
  const { world, gone } = await twoThere();
  world.model.remove(gone);
  const read = await sync(world);
  expect(read.trouble).toBeUndefined();
  expect(read).toMatchObject({ kind: 'full', gone: 1 });
  expect(goneFromWarehouse((await ours(world, 'A-1'))!)).toBeDefined();
  expect((await ours(world, 'A-1'))!.stock.onHand).toBe(14);
  expect(await planOf(world)).toEqual([
    ['A-1', 'gone-from-warehouse'],
    ['B-1', 14],
  ]);
  const card = await theCard(world, 'A-1');
  const format = { words, now: world.services.now() };
  expect(figureOrigin(card, format)).toMatch(/not there any more .*unknown/);
  expect(warehouseSays(card, formatContext({ ...format, timeZone: 'UTC' }))[0]).toMatch(/has it no more.*14/);
  const alone = await world.services.warehouse.notInWarehouse({ limit: 10 });
  expect(alone.rows.map(({ sku }) => sku)).toEqual(['A-1']);
  // Said once: what is gone already is not lost again.
  expect(await sync(world)).toMatchObject({ gone: 0 });
});

test('it comes back when it is there again, with the figure of then', async () => {
  const { world, gone } = await twoThere();
  world.model.remove(gone);
  await sync(world);
  world.model.add({ sku: 'A-1', name: 'A-1', productId: gone.productId, lots: lots(6) });
  await sync(world);
  expect(goneFromWarehouse((await ours(world, 'A-1'))!)).toBeUndefined();
  expect(await planOf(world)).toContainEqual(['A-1', 6]);
});

test('changes show what changed and not what is there: nothing is gone by them', async () => {
  const { world, gone } = await twoThere();
  world.model.remove(gone);
  expect((await syncChanges(world)).kind).toBe('changes');
  expect(goneFromWarehouse((await ours(world, 'A-1'))!)).toBeUndefined();
});

test('a row that cannot be read is unknown, and not gone', async () => {
  const { world, gone } = await twoThere();
  world.peak.temper.brokenRows.add(String(gone.id));
  expect(await sync(world)).toMatchObject({ gone: 0, counts: { unreadable: 1 } });
  expect(goneFromWarehouse((await ours(world, 'A-1'))!)).toBeUndefined();
});

test('a product that the list passes over and that is there when asked for is not gone', async () => {
  const { world, gone } = await twoThere();
  world.model.faults.leavesOut.add(gone.id);
  expect(await sync(world)).toMatchObject({ gone: 0 });
  expect(goneFromWarehouse((await ours(world, 'A-1'))!)).toBeUndefined();
});

test('a reading that does not reach its end says of nothing that it is gone', async () => {
  const { world, gone } = await twoThere();
  world.model.remove(gone);
  world.peak.temper.beforeAnswer = ({ path }) => {
    world.peak.temper.htmlPage = path.includes('/stock/');
  };
  expect((await sync(world)).trouble).toBeDefined();
  expect(goneFromWarehouse((await ours(world, 'A-1'))!)).toBeUndefined();
});

test('an empty list, as with the key of another account, loses nothing until a person accepts just that number', async () => {
  const { world } = await twoThere();
  world.peak.temper.emptyCatalog = true;
  expect(await sync(world)).toMatchObject({ gone: 0, wouldGo: 2 });
  expect(goneFromWarehouse((await ours(world, 'A-1'))!)).toBeUndefined();
  const health = warehouseHealth(world.services.warehouse.show()!, { words, now: world.services.now() });
  expect(health).toMatchObject({ is: 'look', said: expect.stringContaining('2 products are not shown any more') });
  const wrong = await world.services.warehouse.sync({ acceptGone: 3 }, forever);
  expect(wrong).toMatchObject({ gone: 0, wouldGo: 2 });
  const accepted = await world.services.warehouse.sync({ acceptGone: 2 }, forever);
  expect(accepted).toMatchObject({ gone: 2, wouldGo: undefined });
  expect(await planOf(world)).toEqual([
    ['A-1', 'gone-from-warehouse'],
    ['B-1', 'gone-from-warehouse'],
  ]);
  world.peak.temper.emptyCatalog = false;
  await sync(world);
  expect(await planOf(world)).toEqual([
    ['A-1', 14],
    ['B-1', 14],
  ]);
});

test('Tryton: what was deleted is gone; what was taken out of use and lies there is not', async () => {
  const world = await openTryton();
  for (const sku of ['A-1', 'B-1']) stockUp(world, ['dk'], sku);
  await readShops(world);
  const [deleted, unused] = ['A-1', 'B-1'].map((sku) => world.model.add({ code: sku, name: sku }));
  for (const good of [deleted!, unused!]) world.model.move(good, 5, true);
  await sync(world);
  world.model.goods.delete(deleted!.id);
  unused!.active = false;
  expect(await sync(world)).toMatchObject({ gone: 1 });
  expect(await planOf(world)).toEqual([
    ['A-1', 'gone-from-warehouse'],
    ['B-1', 5],
  ]);
});

test('a figure that cannot be read, or is told as null, is confirmed by no reading: it grows too old', async () => {
  for (const begin of [
    ({ world, gone }: Awaited<ReturnType<typeof twoThere>>) => void world.peak.temper.brokenRows.add(String(gone.id)),
    ({ world, gone }: Awaited<ReturnType<typeof twoThere>>) => void world.model.faults.tellsNoFigure.add(gone.id),
  ]) {
    const both = await twoThere();
    const { world } = both;
    begin(both);
    await sync(world);
    expect(await planOf(world)).toContainEqual(['A-1', 14]);
    world.clock.advance(2 * day);
    await sync(world);
    expect(await planOf(world)).toEqual([
      ['A-1', 'figure-too-old'],
      ['B-1', 14],
    ]);
    world.peak.temper.brokenRows.clear();
    world.model.faults.tellsNoFigure.clear();
    await sync(world);
    expect(await planOf(world)).toContainEqual(['A-1', 14]);
  }
});
