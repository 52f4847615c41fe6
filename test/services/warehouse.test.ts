import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { toSku } from '../../src/domain/ids.ts';
import { available } from '../../src/domain/product.ts';
import { memoryWarehouses } from '../support/memory-warehouses.ts';
import { day, forever, openTestEnvironment, stockUp } from './test-environment.ts';
import { lots, openPeak as open, ours, readShops, sync } from './warehouse-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

test("the warehouse's own figure is the one that a shop is told", async () => {
  const world = await open();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(10), ordered: 3 });
  expect((await sync(world)).counts).toMatchObject({ read: 1, changed: 1, unmatched: 0 });
  const product = await ours(world, 'SOK-1');
  expect(product?.stock).toMatchObject({ onHand: 10, reserved: 3, available: 7, source: 'peakwms' });
  const plan = await world.services.push.plan({});
  expect(plan.rows).toMatchObject([{ kind: 'send', willBe: 7 }]);
});

test('a second reading of the same figures writes nothing', async () => {
  const world = await open();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(10) });
  await sync(world);
  const before = await world.services.history.list({ limit: 100 });
  expect((await sync(world)).counts).toMatchObject({ read: 1, changed: 0 });
  expect(await world.services.history.list({ limit: 100 })).toEqual(before);
});

test('an unreachable warehouse changes no figure, and what is too old is sent to nobody, who is told why', async () => {
  const world = await open();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(10) });
  await sync(world);
  world.peak.temper.down = true;
  world.clock.advance(2 * day);
  const read = await sync(world);
  expect(read.trouble?.kind).toBe('unreachable');
  expect(available((await ours(world, 'SOK-1'))!.stock)).toBe(10);
  expect((await world.services.push.plan({})).rows).toMatchObject([{ kind: 'skip', why: 'figure-too-old' }]);
  expect(world.services.warehouse.show()).toMatchObject({ tooOld: true, state: { failure: 'unreachable' } });
  world.peak.temper.down = false;
  await sync(world);
  expect((await world.services.push.plan({})).rows).toMatchObject([{ kind: 'send', willBe: 10 }]);
});

test('where the shop decides, a product of the warehouse alone is counted and not made', async () => {
  const world = await open();
  world.model.add({ sku: 'NY-1', name: 'Ny', lots: lots(1) });
  expect((await sync(world)).counts).toMatchObject({ created: 0, unmatched: 1 });
  expect(await ours(world, 'NY-1')).toBeUndefined();
});

test('where the warehouse decides, products come from it, and a listing that matches none stays a listing', async () => {
  const world = await open(['dk'], 'warehouse');
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(4) });
  expect((await sync(world)).counts).toMatchObject({ created: 1, unmatched: 0 });
  stockUp(world, ['dk'], 'SOK-1', 'Noget andet');
  stockUp(world, ['dk'], 'FREMMED');
  await readShops(world);
  expect(await ours(world, 'FREMMED')).toBeUndefined();
  const known = await ours(world, 'SOK-1');
  expect(known?.content.name).toBe('Sokker');
  expect(await world.store.integrationsOf([known!.id])).toHaveLength(1);
});

test('a product without an item number is known by the id of the shop that it came from', async () => {
  const world = await open();
  const [listed] = stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  world.model.add({ sku: null, name: 'Sokker', productId: String(listed!.id), lots: lots(6) });
  expect((await sync(world)).counts).toMatchObject({ changed: 1, unmatched: 0 });
  expect(available((await ours(world, 'SOK-1'))!.stock)).toBe(6);
});

test('an item number that differs outweighs an id that fits: it is shown, and nothing is changed', async () => {
  const world = await open();
  const [listed] = stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  world.model.add({ sku: 'HAT-9', name: 'Hat', productId: String(listed!.id), lots: lots(6) });
  const preview = await world.services.warehouse.preview(forever);
  expect(preview.rows).toMatchObject([{ kind: 'differs', by: 'host-id', ours: [{ sku: 'SOK-1' }] }]);
  expect((await sync(world)).counts).toMatchObject({ changed: 0, unmatched: 1 });
});

test('a preview says what would change and changes nothing', async () => {
  const world = await open(['dk', 'se']);
  stockUp(world, ['dk', 'se'], 'SOK-1');
  stockUp(world, ['dk'], 'KUN-SHOP');
  await readShops(world);
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(10) });
  world.model.add({ sku: 'NY-1', name: 'Ny', lots: lots(1) });
  const { rows, counts, notInWarehouse } = await world.services.warehouse.preview(forever);
  expect(rows).toMatchObject([
    { kind: 'matched', by: 'sku', was: 0, willBe: 10, shops: 2 },
    { kind: 'unknown', ours: [] },
  ]);
  expect(counts).toMatchObject({ matched: 1, unknown: 1, figures: 1, links: 2 });
  expect(notInWarehouse).toMatchObject([{ sku: 'KUN-SHOP' }]);
  expect(available((await ours(world, 'SOK-1'))!.stock)).toBe(0);
});

test('two rows of the warehouse are never one product', async () => {
  const world = await open();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(10) });
  world.model.add({ sku: 'SOK-1', name: 'Sokker igen', lots: lots(99) });
  for (let times = 0; times < 2; times += 1) expect((await sync(world)).counts.unmatched).toBe(1);
  expect(available((await ours(world, 'SOK-1'))!.stock)).toBe(10);
});

test('figures are not typed here while the warehouse says them', async () => {
  const world = await open();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  const product = await ours(world, 'SOK-1');
  await expect(world.services.stock.set(product!.id, 4)).rejects.toMatchObject({ kind: 'stock-from-warehouse' });
  await world.services.warehouse.remove();
  expect((await world.services.stock.set(product!.id, 4)).stock.onHand).toBe(4);
});

test('nothing is chosen, read or changed while the program is only to look', async () => {
  const world = await open();
  const looking = world.as({ readOnly: true });
  await expect(looking.warehouse.change({ master: 'warehouse' })).rejects.toMatchObject({ kind: 'read-only' });
  await expect(looking.warehouse.sync({}, forever)).rejects.toMatchObject({ kind: 'read-only' });
});

test('an old file never overrules a newer one', async () => {
  const environment = await openTestEnvironment(['dk']);
  const { clock, store } = environment;
  const folder = await mkdtemp(join(tmpdir(), 'bindeled-old-file-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { warehouse } = environment.as({ warehouses: memoryWarehouses(clock) });
  await warehouse.add({ kind: 'files', address: folder, master: 'warehouse' });
  const drop = async (name: string, onHand: number, minutesAgo: number): Promise<void> => {
    await writeFile(join(folder, name), `sku;antal\nSOK-1;${onHand}\n`);
    const at = new Date(Date.parse(clock.now()) - minutesAgo * 60_000);
    await utimes(join(folder, name), at, at);
  };
  const onHand = async () => (await store.productsBy({ skus: [toSku('SOK-1')] }))[0]?.stock.onHand;
  await drop('ny.csv', 5, 10);
  expect((await warehouse.sync({}, forever)).counts).toMatchObject({ created: 1 });
  await drop('gammel.csv', 99, 60);
  expect((await warehouse.sync({}, forever)).counts).toMatchObject({ read: 1, changed: 0 });
  expect(await onHand()).toBe(5);
  await drop('nyest.csv', 7, 5);
  await warehouse.sync({}, forever);
  expect(await onHand()).toBe(7);
  expect(await readdir(folder)).toEqual(['taken']);
});

test.each([
  'shop',
  'warehouse',
] as const)('a file that nearly names a product names it where it is not taken, and makes none (%s decides)', async (master) => {
  const environment = await openTestEnvironment(['dk']);
  const { store, clock } = environment;
  const folder = await mkdtemp(join(tmpdir(), 'bindeled-near-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { warehouse } = environment.as({ warehouses: memoryWarehouses(clock) });
  const lines = ['00123', '5701234567899', '1234567890123456', 'AB-1'].map((sku) => ({ sku, onHand: 1 }));
  await environment.services.stock.import(lines, { create: true, dryRun: false });
  await warehouse.add({ kind: 'files', address: folder, master });
  const drop = async (name: string, skus: readonly string[]): Promise<void> => {
    await writeFile(join(folder, name), `sku;antal\n${skus.map((sku) => `${sku};9\n`).join('')}`);
    const at = new Date(Date.parse(clock.now()) - 60_000);
    await utimes(join(folder, name), at, at);
  };
  await drop('lager.csv', ["'00123", '123', '5701234567899.0', '1234567890123450', 'AB-1', 'AB1', 'NY-1']);
  const told = (await warehouse.preview(forever)).broken;
  const read = await warehouse.sync({}, forever);
  expect(read.broken).toEqual(told);
  expect(told.map(({ where, said }) => `${where}: ${said}`)).toEqual([
    "lager.csv, line 2, sku: near-product: '00123, perhaps 00123",
    'lager.csv, line 3, sku: near-product: 123, perhaps 00123',
    'lager.csv, line 4, sku: near-product: 5701234567899.0, perhaps 5701234567899',
    'lager.csv, line 5, sku: spreadsheet-number: 1234567890123450, perhaps 1234567890123456',
  ]);
  // The file names AB-1 as well: AB1 is another one.
  const created = master === 'warehouse' ? ['AB1', 'NY-1'] : [];
  expect(read.counts).toMatchObject({ read: 7, changed: 1, created: created.length, unmatched: 6 - created.length });
  const made = ["'00123", '123', '5701234567899.0', '1234567890123450', 'AB1', 'NY-1'].map(toSku);
  expect((await store.productsBy({ skus: made })).map(({ sku }) => sku).sort()).toEqual(created);
});
