import { expect, onTestFinished, test, vi } from 'vitest';
import { fakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import { makePeakWmsDialect } from '../../src/demo/simulators/warehouses/peakwms.ts';
import { peakModel } from '../../src/demo/simulators/warehouses/peakwms-model.ts';
import { openTestEnvironment, stockUp } from '../services/test-environment.ts';
import { lots, openPeak, ours, readShops, sync } from '../services/warehouse-environment.ts';
import { memoryWarehouses } from '../support/memory-warehouses.ts';
import { keys, open } from '../support/screen.tsx';

// It speaks HTTP with simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Looking = NonNullable<Parameters<typeof open>[1]>;

/** A shop with two products, a PeakWMS with one of them and another, and a person at the screen of the warehouse. */
async function atWarehouse(options: Looking = {}) {
  const world = await openPeak();
  for (const sku of ['SOK-1', 'HUE-2']) stockUp(world, ['dk'], sku);
  await readShops(world);
  const good = world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(14) });
  world.model.add({ sku: 'KUN-9', name: 'Kun på lageret', lots: lots(2) });
  await sync(world);
  const person = await open(world.services, { start: { screen: 'warehouse' }, ...options });
  onTestFinished(() => person.close());
  return { world, good, person };
}

test('the warehouse tells how it is and what lies where, and turns to what each side has alone', async () => {
  const { person } = await atWarehouse();
  await person.sees(/PeakWMS, read/);
  await person.sees(/A1\s/);
  await person.press(keys.tab);
  await person.sees('In the shop, not in the warehouse');
  await person.sees('HUE-2');
  await person.press(keys.tab);
  await person.sees('Everything in the warehouse is in some shop.');
});

test('it is tested, previewed and read from the screen; a preview changes nothing', async () => {
  const { world, good, person } = await atWarehouse();
  await person.press('T');
  await person.sees('PeakWMS');
  await person.sees('KUN-9');
  await person.press(keys.escape);
  world.model.count(good, 9);
  await person.press('l');
  await person.sees(/14 → 9/);
  expect((await ours(world, 'SOK-1'))?.stock.onHand).toBe(14);
  await person.press('S');
  await person.sees('2 read, 1 changed');
  expect((await ours(world, 'SOK-1'))?.stock.onHand).toBe(9);
});

test('trouble is said on the screen, and the figures stay', async () => {
  const { world, person } = await atWarehouse();
  world.peak.temper.htmlPage = true;
  await person.press('S');
  await person.sees('The figures stay as they are');
  expect((await ours(world, 'SOK-1'))?.stock.onHand).toBe(14);
});

test('what is not there any more is said on the screen', async () => {
  const { world, person } = await atWarehouse();
  world.peak.temper.emptyCatalog = true;
  await person.press('S');
  await person.sees('1 products are not shown any more');
});

test('going back to our own stock is asked about first', async () => {
  const { world, person } = await atWarehouse();
  await person.press('d');
  await person.sees('Back to our own stock?');
  await person.press(keys.escape);
  expect(world.services.warehouse.show()?.settings?.kind).toBe('peakwms');
});

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 60 },
];
test.each(sizes)('in Danish at $columns x $rows nothing runs over the edge', async (size) => {
  const { person } = await atWarehouse({ language: 'da', ...size });
  await person.sees(/PeakWMS, læst/);
  for (let side = 0; side < 4; side += 1) {
    const lines = person.screen().split('\n');
    expect(lines.length).toBeLessThanOrEqual(size.rows);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(size.columns);
    await person.press(keys.tab);
  }
});

/** Nothing is chosen yet; a PeakWMS is there to be. */
async function atForm(options: Looking = {}) {
  const environment = await openTestEnvironment(['dk']);
  const model = peakModel({ now: () => Date.parse(environment.clock.now()) });
  model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(14) });
  const served = await serve(fakeShop({ name: 'peakwms' }), makePeakWmsDialect(model));
  onTestFinished(() => served.close());
  const services = environment.as({ warehouses: memoryWarehouses(environment.clock) });
  const person = await open(services, { start: { screen: 'warehouse' }, ...options });
  onTestFinished(() => person.close());
  await person.press('E');
  return { services, person, model, address: `${served.url}/api/integration/v1` };
}

test('the form chooses a warehouse: what is typed is tested before anything is saved', async () => {
  const { services, person, model, address } = await atForm();
  await person.sees('Where the goods lie');
  await person.press(keys.right);
  await person.sees('PeakWMS');
  await person.press(keys.down, address, keys.down, model.key);
  expect(person.screen()).not.toContain(model.key);
  await person.press(keys.down, keys.down, keys.down, keys.enter);
  await person.sees('Sokker');
  expect(services.warehouse.show()?.settings).toBeUndefined();
  await person.press(keys.right, keys.enter);
  await person.sees('Saved. Nothing was read yet');
  expect(services.warehouse.show()?.settings).toMatchObject({ kind: 'peakwms', address });
  await person.press('S');
  await person.sees('1 read, 0 changed');
});

test('the form says what is missing, and what is wrong with a key', async () => {
  const { services, person, address } = await atForm();
  await person.press(
    keys.right,
    keys.down,
    address,
    keys.down,
    'no-such-key',
    keys.down,
    keys.down,
    keys.down,
    keys.enter,
  );
  await person.sees(/key|Key/);
  await person.sees(/does not accept|not accepted|wrong key|refuse/);
  expect(person.screen()).not.toContain('no-such-key');
  expect(services.warehouse.show()?.settings).toBeUndefined();
  await person.press(keys.escape);
  await person.sees('Choose a warehouse: press E');
});
