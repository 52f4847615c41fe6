import { expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import { pushDetail } from '../../src/views/push/push-columns.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { forever, stockUp } from './test-environment.ts';
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

const [dk, no] = [toShopId('dk'), toShopId('no')];
const two = [
  { locationCode: 'A-1', quantity: 6 },
  { locationCode: 'B-1', quantity: 4 },
];

/** One product in two shops, its goods in two places, all read. */
async function openTwoPlaces(ordered = 0): Promise<PeakEnvironment> {
  const world = await openPeak(['dk', 'no']);
  stockUp(world, ['dk', 'no'], 'SOK-1');
  await readShops(world);
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: two, ordered });
  await sync(world);
  return world;
}
const toldIn = async ({ services }: PeakEnvironment) =>
  Object.fromEntries(
    (await services.push.plan({})).rows.map((row) => [row.shopId, row.kind === 'send' ? row.willBe : row.why]),
  );

test('H7 D9: a shop that is mapped to locations is told the sum of them, any other all there is', async () => {
  const world = await openTwoPlaces();
  expect(await toldIn(world)).toEqual({ dk: 10, no: 10 });
  await world.services.warehouse.mapShop(dk, ['A-*']);
  expect(await toldIn(world)).toEqual({ dk: 6, no: 10 });
  await world.services.warehouse.mapShop(no, ['A-1', 'B-1']);
  expect(await toldIn(world)).toEqual({ dk: 6, no: 10 });
  await world.services.warehouse.mapShop(dk, []);
  expect(await toldIn(world)).toEqual({ dk: 10, no: 10 });
  const plan = await world.services.push.plan({ shopIds: [no] });
  expect(plan.rows).toMatchObject([{ source: 'peakwms', locations: ['A-1', 'B-1'], atLocations: 10, available: 10 }]);
  expect(plan.rows[0]?.figureAt).toBeDefined();
});

test('what customers ordered is promised from no location: no shop is told more than may be sold in all', async () => {
  const world = await openTwoPlaces(7);
  await world.services.warehouse.mapShop(dk, ['A-*']);
  expect(await toldIn(world)).toEqual({ dk: 3, no: 3 });
});

test('where nobody knows what lies at its locations a shop is told nothing, and the plan says why', async () => {
  const world = await openTwoPlaces();
  await world.services.warehouse.mapShop(dk, ['A-1']);
  const product = await ours(world, 'SOK-1');
  const drop = {
    stockLevels: (await world.store.stockLevelsOf([product!.id])).map((one) => `${one.productId}\u001f${one.location}`),
  };
  await world.store.change(async () => ({ put: {}, drop, events: [] }));
  expect(await toldIn(world)).toEqual({ dk: 'stock-by-location-unknown', no: 10 });
  expect(
    (await world.services.diagnosis.compareStock({ productId: product!.id, shopId: dk }, forever))[0],
  ).toMatchObject({
    brokeAt: 'changed-in-warehouse',
    warehouse: { kind: 'told', figure: 6 },
  });
});

test('goods that are moved leave nothing behind, and rows of one product and place are added up', async () => {
  const world = await openTwoPlaces();
  const [good] = [...world.model.goods.values()];
  good!.lots.push({ id: 900, locationCode: 'A-1', quantity: 1.5, blocked: false });
  good!.lots[1]!.quantity = 0.25;
  await sync(world);
  const levels = async () =>
    Object.fromEntries(
      (await world.store.stockLevelsOf([(await ours(world, 'SOK-1'))!.id])).map((one) => [one.location, one.onHand]),
    );
  expect(await levels()).toEqual({ 'A-1': 7.5, 'B-1': 0.25 });
  good!.lots.splice(0, 1);
  await sync(world);
  expect(await levels()).toEqual({ 'A-1': 1.5, 'B-1': 0.25 });
});

test('a row of stock that nobody can read leaves what was known of that product, and is named by its shop product', async () => {
  const world = await openTwoPlaces();
  const other = world.model.add({ sku: 'HAT-1', name: 'Hat', lots: two });
  stockUp(world, ['dk'], 'HAT-1');
  await readShops(world);
  await sync(world);
  const [good] = [...world.model.goods.values()];
  good!.lots[0]!.quantity = 2;
  other.lots[0]!.quantity = 2;
  world.peak.temper.brokenRows.add(String(good!.lots[1]!.id));
  const read = await sync(world);
  expect(read.broken).toMatchObject([{ shopProductId: good!.productId, where: 'quantity' }]);
  const at = async (sku: string) =>
    (await world.store.stockLevelsOf([(await ours(world, sku))!.id]))
      .map((one) => `${one.location} ${one.onHand}`)
      .sort();
  expect(await at('SOK-1')).toEqual(['A-1 6', 'B-1 4']);
  expect(await at('HAT-1')).toEqual(['A-1 2', 'B-1 4']);
});

test('a location that nothing lies at is refused, since a slip would tell the shop nought of everything', async () => {
  const world = await openTwoPlaces();
  await expect(world.services.warehouse.mapShop(dk, ['A-9'])).rejects.toMatchObject({ kind: 'bad-value' });
  await expect(world.services.warehouse.mapShop(dk, ['C*'])).rejects.toMatchObject({ kind: 'bad-value' });
  await expect(world.services.warehouse.mapShop(dk, ['A-'])).rejects.toMatchObject({ kind: 'bad-value' });
  await world.services.warehouse.mapShop(dk, ['B*']);
  expect(await world.services.warehouse.locations({ limit: 9 })).toEqual([
    { location: 'A-1', products: 1, shops: [] },
    { location: 'B-1', products: 1, shops: ['dk'] },
  ]);
});

test('without its warehouse a shop sells all there is again, and nothing is kept of what lies where', async () => {
  const world = await openTwoPlaces();
  await world.services.warehouse.mapShop(dk, ['A-1']);
  await world.services.warehouse.remove();
  expect(await toldIn(world)).toEqual({ dk: 10, no: 10 });
  expect(await world.store.stockLocations({ limit: 9 })).toEqual([]);
});

test('Tryton: places within the storage are its locations', async () => {
  const world = await openTryton(['dk']);
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  const good = world.model.add({ code: 'SOK-1', name: 'Sokker' });
  world.model.move(good, 6, true, 'Reol A');
  world.model.move(good, 4, true, 'Reol B');
  await sync(world);
  await world.services.warehouse.mapShop(dk, ['Reol B']);
  expect((await world.services.push.plan({})).rows).toMatchObject([{ willBe: 4, available: 10 }]);
  world.model.move(good, -1, true, 'Reol B');
  world.model.move(good, 1, true, 'Reol A');
  expect((await syncChanges(world)).changedIds).toHaveLength(1);
  expect((await world.services.push.plan({})).rows).toMatchObject([{ willBe: 3, available: 10 }]);
});

test('a preview counts of a mapped shop what lies at its locations, and of another all there is', async () => {
  const world = await openPeak(['dk', 'no']);
  for (const id of ['dk', 'no']) stockUp(world, [id], 'A-1');
  await readShops(world);
  const good = world.model.add({
    sku: 'A-1',
    name: 'A',
    lots: [
      { locationCode: 'NORD', quantity: 4 },
      { locationCode: 'SYD', quantity: 6 },
    ],
  });
  await sync(world);
  await world.services.warehouse.mapShop(toShopId('no'), ['NORD']);
  world.model.count(good, 4);
  expect((await world.services.warehouse.preview(forever)).counts.byShop).toEqual([]);
  // The sum changes and not what lies in the north.
  good.lots[1]!.quantity = 1;
  const south = await world.services.warehouse.preview(forever);
  expect(south.counts).toMatchObject({ figures: 1, links: 1, byShop: [{ shopId: 'dk', figures: 1, zeroes: 0 }] });
  world.model.count(good, 0);
  const both = await world.services.warehouse.preview(forever);
  expect(both.counts.byShop.toSorted((a, b) => (a.shopId < b.shopId ? -1 : 1))).toEqual([
    { shopId: 'dk', figures: 1, zeroes: 0 },
    { shopId: 'no', figures: 1, zeroes: 1 },
  ]);
});

test('a planned row names its source as its vendor spells it', async () => {
  const world = await openPeak();
  stockUp(world, ['dk'], 'A-1');
  await readShops(world);
  world.model.add({ sku: 'A-1', name: 'A', lots: lots(9) });
  await sync(world);
  const [row] = (await world.services.push.plan({})).rows;
  const known = { sources: world.services.warehouse.drivers() };
  const format = formatContext({ words: wordsOf('da'), now: world.services.now(), timeZone: 'UTC' }, known);
  expect(JSON.stringify(pushDetail(row!, format, 60))).toContain('PeakWMS, ');
});

test('what a form saves is saved as a whole: a refused location leaves settings, key and every shop as they were', async () => {
  const world = await openTwoPlaces();
  const before = world.services.warehouse.show()?.settings;
  const setup = {
    settings: { kind: 'peakwms', address: world.peakAddress, master: 'warehouse' as const, options: {} },
    secrets: { key: 'another-key' },
    mappings: [
      { shopId: dk, locations: ['A-1'] },
      { shopId: no, locations: ['C-9'] },
    ],
  };
  await expect(world.services.warehouse.configure(setup, forever)).rejects.toMatchObject({
    kind: 'bad-value',
    about: { field: 'location', value: 'C-9' },
  });
  expect(world.services.warehouse.show()?.settings).toEqual(before);
  expect((await world.store.shops()).map(({ locations }) => locations)).toEqual([undefined, undefined]);
  expect(await world.services.warehouse.test(forever)).toMatchObject({ ok: true });

  const right = {
    ...setup,
    secrets: undefined,
    mappings: [...setup.mappings.slice(0, 1), { shopId: no, locations: ['B-1'] }],
  };
  await world.services.warehouse.configure(right, forever);
  expect(world.services.warehouse.show()?.settings?.master).toBe('warehouse');
  expect((await world.store.shops()).map(({ locations }) => locations)).toEqual([['A-1'], ['B-1']]);
});

test('where the key cannot be kept, what was saved with it is taken back', async () => {
  const world = await openTwoPlaces();
  await world.services.warehouse.mapShop(no, ['B-1']);
  const before = world.services.warehouse.show()?.settings;
  const { warehouses } = world.harness;
  const fullDisk = async () => Promise.reject(new Error('no space is left'));
  const services = world.as({ warehouses: warehouses && { ...warehouses, saveCredentials: fullDisk } });
  const setup = {
    settings: { kind: 'peakwms', address: world.peakAddress, master: 'warehouse' as const, options: {} },
    secrets: { key: 'another-key' },
    mappings: [
      { shopId: dk, locations: ['A-1'] },
      { shopId: no, locations: [] },
    ],
  };
  await expect(services.warehouse.configure(setup, forever)).rejects.toThrow('no space is left');
  expect(world.services.warehouse.show()?.settings).toEqual(before);
  expect((await world.store.shops()).map(({ locations }) => locations)).toEqual([undefined, ['B-1']]);
});
