import { expect, onTestFinished, test, vi } from 'vitest';
import { fakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../src/demo/simulators/server.ts';
import { makePeakWmsDialect } from '../../src/demo/simulators/warehouses/peakwms.ts';
import { peakModel } from '../../src/demo/simulators/warehouses/peakwms-model.ts';
import { sumOf } from '../../src/demo/simulators/warehouses/tryton-model.ts';
import { openTestEnvironment, stockUp } from '../services/test-environment.ts';
import { lots, openPeak, openTryton, ours, readShops, sync } from '../services/warehouse-environment.ts';
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
  world.peak.temper.brokenRows.add(String(good.id));
  await person.press('l');
  await person.sees('availableToSell: is "mange", not a number');
});

test('trouble is said on the screen, and the figures stay', async () => {
  const { world, person } = await atWarehouse();
  world.peak.temper.htmlPage = true;
  await person.press('S');
  await person.sees('The figures stay as they are');
  expect((await ours(world, 'SOK-1'))?.stock.onHand).toBe(14);
});

test('many that are not there any more are said, taken to be gone after a question, and taken back as one act', async () => {
  const { world, person } = await atWarehouse();
  world.peak.temper.emptyCatalog = true;
  await person.press('S');
  await person.sees('1 product is not shown any more. That is many');
  await person.press('a');
  await person.sees('Take 1 product to be gone from the warehouse?');
  // Enter under Cancel changes nothing.
  await person.press(keys.enter);
  expect((await ours(world, 'SOK-1'))?.warehouse?.goneAt).toBeUndefined();
  await person.press('a', 'O');
  await person.sees('1 product is not in the warehouse any more');
  expect((await ours(world, 'SOK-1'))?.warehouse?.goneAt).toBeDefined();
  await person.press('u');
  await person.sees('SOK-1 is gone from PeakWMS');
  await person.press('O');
  await person.sees('Undone');
  expect((await ours(world, 'SOK-1'))?.warehouse?.goneAt).toBeUndefined();
});

test('accepting is refused where there is nothing to accept, and another number is not accepted', async () => {
  const { world, person } = await atWarehouse();
  await person.press('a');
  await person.sees('a: carries out a push plan');
  world.peak.temper.emptyCatalog = true;
  await person.press('S');
  await person.sees('1 product is not shown any more. That is many');
  world.peak.temper.emptyCatalog = false;
  await person.press('a', 'O');
  await person.sees('2 read');
  expect((await ours(world, 'SOK-1'))?.warehouse?.goneAt).toBeUndefined();
});

test('the foot line says what the keys do here', async () => {
  const { person } = await atWarehouse();
  await person.sees(/S read stock/);
  await person.sees(/l preview/);
  await person.seesNoMore('ask shop');
});

/** Socks at two places of a Tryton, and a person at their card. */
async function atCard() {
  const world = await openTryton();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  const good = world.model.add({ code: 'SOK-1', name: 'Sokker' });
  world.model.move(good, 5, true, 'A-01');
  world.model.move(good, 4, true, 'B-02');
  await sync(world);
  const productId = (await ours(world, 'SOK-1'))!.id;
  const person = await open(world.services, { start: { screen: 'product', productId } });
  onTestFinished(() => person.close());
  return { world, good, person };
}

test('a count goes into a warehouse that takes counts: which place, how many, a question, and back by u', async () => {
  const { good, person } = await atCard();
  await person.press('c');
  await person.sees('Where was it counted?');
  await person.press(keys.down, keys.enter);
  await person.sees('Counted on the shelf');
  await person.press('\u0015', '1', keys.enter);
  await person.sees('Write the count into Tryton?');
  await person.sees('4 to 1 at B-02');
  expect(sumOf(good, false)).toBe(9);
  await person.press('O');
  await person.sees('Tryton has 6 on hand now');
  expect(sumOf(good, false)).toBe(6);
  await person.press('u');
  await person.sees('written back into Tryton');
  await person.press('O');
  await person.sees('Undone');
  expect(sumOf(good, false)).toBe(9);
});

test('a scan in the question of a count writes nothing', async () => {
  const { good, person } = await atCard();
  await person.press('c', keys.enter, '\u0015', '2', keys.enter);
  await person.sees('Write the count into Tryton?');
  await person.press('5701234567899\r');
  await person.seesNoMore('Write the count into Tryton?');
  expect(sumOf(good, false)).toBe(9);
});

test('a warehouse that takes no counts says so before anything is typed', async () => {
  const { world } = await atWarehouse();
  const productId = (await ours(world, 'SOK-1'))!.id;
  const person = await open(world.services, { start: { screen: 'product', productId } });
  onTestFinished(() => person.close());
  await person.press('c');
  await person.sees('Stock comes from PeakWMS: count it there.');
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
  await person.sees('1 read, 1 none of ours.');
});

test('the form says what is missing, and what is wrong with a key', async () => {
  const { services, person, address } = await atForm();
  await person.press(keys.right, keys.down, address, keys.down, keys.down, keys.down, keys.down, keys.enter);
  await person.sees('API key is missing.');
  // The cursor stands on the line that is.
  await person.press('no-such-key', keys.down, keys.down, keys.down, keys.enter);
  await person.sees(/key|Key/);
  await person.sees(/does not accept|not accepted|wrong key|refuse/);
  expect(person.screen()).not.toContain('no-such-key');
  expect(services.warehouse.show()?.settings).toBeUndefined();
  await person.press(keys.escape);
  await person.sees('What was typed is lost.');
  await person.press('O');
  await person.sees('Choose a warehouse: press E');
});

test('the line of a shop tells each location of its own a figure; one that it does not have is refused with those it has', async () => {
  const world = await openPeak(['de']);
  const fake = world.shop('de');
  fake.locations.push({ id: '2', name: 'Odense', active: true, ofAnotherApp: false });
  fake.locations[0]!.name = 'Aarhus';
  stockUp(world, ['de'], 'SOK-1');
  world.model.add({
    sku: 'SOK-1',
    name: 'Sokker',
    lots: [
      { locationCode: 'A-1', quantity: 6 },
      { locationCode: 'B-1', quantity: 4 },
    ],
  });
  await readShops(world);
  await sync(world);
  const person = await open(world.services, { start: { screen: 'warehouse' } });
  onTestFinished(() => person.close());
  const told = async () => (await world.store.shops())[0]!.shopLocations?.map(({ name, from }) => [name, from]);
  const line = /de sells from/i;
  const goToLine = async () => {
    await person.press('E');
    await person.sees('Where the goods lie');
    for (let step = 0; step < 12 && !/▌ .*sells from/.test(person.screen()); step += 1) await person.press(keys.down);
    await person.sees(line);
  };
  await goToLine();
  // What else was changed waits with it.
  await person.press(keys.up, keys.up, keys.up, keys.up);
  for (let step = 0; step < 12 && !/▌ .*sells from/.test(person.screen()); step += 1)
    await person.press(...(/▌ Products from/.test(person.screen()) ? [keys.right] : []), keys.down);
  await person.press('Aarhus = A-*; Kolding = B-1', keys.down, keys.right, keys.enter);
  await person.sees(/no location, or several, by the name Kolding\. It has: .*Aarhus.*Odense/);
  expect(await told()).toBeUndefined();
  expect(world.services.warehouse.show()?.settings?.master).toBe('shop');
  await person.press(keys.up, keys.up);
  await person.sees(/▌ .*sells from/);
  await person.press('\u0015', 'Aarhus = A-*; Odense = B-1', keys.down, keys.right, keys.enter);
  await person.sees('Saved.');
  expect(await told()).toEqual([
    ['Aarhus', ['A-*']],
    ['Odense', ['B-1']],
  ]);
  // It comes back as it was typed.
  await goToLine();
  await person.sees('Aarhus = A-*; Odense = B-1');
});
