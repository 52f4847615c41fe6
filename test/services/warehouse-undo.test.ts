import { expect, test, vi } from 'vitest';
import { sumOf } from '../../src/demo/simulators/warehouses/tryton-model.ts';
import { goneFromWarehouse } from '../../src/domain/product.ts';
import { forever, stockUp } from './test-environment.ts';
import { lots, openPeak, openTryton, ours, readShops, sync } from './warehouse-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Five socks in the storage of a Tryton and four on a shelf of it. */
async function socks() {
  const world = await openTryton();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  const good = world.model.add({ code: 'SOK-1', name: 'Sokker' });
  world.model.move(good, 5, true);
  world.model.move(good, 4, true, 'A-01');
  await sync(world);
  return { world, good, productId: (await ours(world, 'SOK-1'))!.id };
}

test('a count in Tryton is taken back there: what lay at that place before lies there again', async () => {
  const { world, good, productId } = await socks();
  const { services } = world;
  await services.warehouse.count({ productId, onHand: 1, location: 'A-01' }, forever);
  expect(sumOf(good, false)).toBe(6);
  world.clock.advance(1_000);
  expect((await services.history.acts(5))[0]).toMatchObject({ own: true, events: [{ type: 'stock-changed' }] });
  await services.history.undo();
  expect(sumOf(good, false)).toBe(9);
  expect(sumOf(good, false, world.model.places.get('A-01'))).toBe(4);
  expect((await ours(world, 'SOK-1'))!.stock.onHand).toBe(9);
  expect(await services.history.acts(5)).toEqual([]);
});

test('it is left alone where the warehouse has counted again since, and where the warehouse does not answer', async () => {
  const { world, good, productId } = await socks();
  const { services } = world;
  await services.warehouse.count({ productId, onHand: 1, location: 'A-01' }, forever);
  world.erp.temper.down = true;
  await expect(services.history.undo()).rejects.toMatchObject({ name: 'ShopError' });
  world.erp.temper.down = false;
  expect(await services.history.acts(5)).toHaveLength(1);
  world.model.move(good, 7, true);
  world.clock.advance(1_000);
  await sync(world);
  const [act] = await services.history.acts(5);
  await expect(services.history.undo(act!.events[0].seq)).rejects.toMatchObject({
    kind: 'cannot-undo',
    about: { why: 'changed-since' },
  });
  expect(sumOf(good, false)).toBe(13);
});

test('our own count is taken back, once, and not where a figure came since', async () => {
  const world = await openTryton();
  for (const sku of ['SOK-1', 'HUE-2']) stockUp(world, ['dk'], sku);
  await readShops(world);
  const { services } = world;
  const [sok, hue] = [(await ours(world, 'SOK-1'))!, (await ours(world, 'HUE-2'))!];
  await services.warehouse.remove();
  await services.stock.set(sok.id, 12);
  await services.stock.set(hue.id, 3);
  world.clock.advance(1_000);
  await services.history.undo();
  expect((await ours(world, 'HUE-2'))!.stock.onHand).toBe(hue.stock.onHand);
  await services.stock.import([{ sku: 'SOK-1', onHand: 20 }], { create: false, dryRun: false });
  await expect(services.history.undo()).rejects.toMatchObject({ kind: 'cannot-undo', about: { why: 'changed-since' } });
  expect((await ours(world, 'SOK-1'))!.stock.onHand).toBe(20);
});

test('an undo is found behind a reading that changed very many figures', async () => {
  const world = await openPeak();
  const skus = Array.from({ length: 700 }, (_, place) => `V-${place}`);
  for (const sku of skus) stockUp(world, ['dk'], sku);
  await readShops(world);
  const [first] = [(await ours(world, 'V-0'))!];
  await world.services.marks.add({ productId: first.id, kind: 'note', text: 'ring til Aarhus' });
  for (const sku of skus) world.model.add({ sku, name: sku, lots: lots(4) });
  expect((await sync(world)).counts.changed).toBe(700);
  expect((await world.services.history.undo()).type).toBe('marked');
});

test('goods that a person took to be gone are one act, one line and one undo; what came back meanwhile stays', async () => {
  const world = await openPeak();
  const { services, store } = world;
  for (const sku of ['A-1', 'B-1', 'C-1']) stockUp(world, ['dk'], sku);
  await readShops(world);
  for (const sku of ['A-1', 'B-1', 'C-1']) world.model.add({ sku, name: sku, lots: lots(14) });
  await sync(world);
  world.peak.temper.emptyCatalog = true;
  await services.warehouse.sync({ acceptGone: 3 }, forever);
  const [act, ...others] = await services.history.acts(5);
  expect(others).toEqual([]);
  expect(act!.events.map(({ type }) => type)).toEqual(Array(3).fill('gone-from-warehouse'));
  await services.history.undo(act!.events[0].seq);
  for (const sku of ['A-1', 'B-1', 'C-1']) expect(goneFromWarehouse((await ours(world, sku))!)).toBeUndefined();
  await services.warehouse.sync({ acceptGone: 3 }, forever);
  world.peak.temper.emptyCatalog = false;
  await sync(world);
  const back = await store.history({ types: ['back-in-warehouse'], limit: 10 });
  expect(back).toHaveLength(6);
  expect(new Set(back.slice(0, 3).map(({ actId }) => actId)).size).toBe(1);
});
