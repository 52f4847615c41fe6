import { expect, test, vi } from 'vitest';
import { sumOf } from '../../src/demo/simulators/warehouses/tryton-model.ts';
import { noChanges } from '../../src/domain/changes.ts';
import { toProductId, toShopId, toSku } from '../../src/domain/ids.ts';
import { stockUp } from '../services/test-environment.ts';
import { lots, openPeak, openTryton, ours, readShops, sync } from '../services/warehouse-environment.ts';
import { makeContent, makeListing, makeProduct } from '../support/builders.ts';
import { converseWith } from '../support/conversation.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import type { TestHarness } from '../support/test-harness.ts';

// The machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const linksOf = async ({ services }: TestHarness, sku: string): Promise<readonly string[]> => {
  const [product] = await services.lookup.identify(sku);
  const card = await services.lookup.product(product!.id);
  return card!.places.filter((place) => place.integration !== undefined).map((place) => place.shop.id);
};

test('a scan says the card, and why the missing link is missing', async () => {
  const said = await converseWith((await nordlys()).services, ['SK6001-42', '0']);
  expect(said).toContain('2 of 3 shops');
  expect(said).toMatch(/Nordlys NO, .*not active in the shop/);
  expect(said).toContain('the shop says "draft"');
});

test('a scanned code is no number of a choice, whatever it comes to as a number', async () => {
  const said = await converseWith((await nordlys()).services, ['0005', '0x5', '5e0', 'SK6001+42', '01', '1', '0']);
  for (const code of ['0005', '0x5', '5e0'])
    expect(said).toContain(`No product has item number, EAN, id or name "${code}"`);
  expect(said).toMatch(/2 of 3 shops/);
});

test('B15: what may have been meant is a choice', async () => {
  const said = await converseWith((await nordlys()).services, ['SK6001+42', '1', '0']);
  expect(said).toContain('No product has item number, EAN, id or name "SK6001+42"');
  expect(said).toContain('Did you mean one of these?');
  expect(said).toContain('2 of 3 shops');
});

test('a product that is on sale again is fetched, and its link is there', async () => {
  const harness = await nordlys();
  const catalogue = harness.catalogue('no');
  catalogue.listings = catalogue.listings.map((listing) => ({ ...listing, activity: 'active', shopSays: 'publish' }));
  const said = await converseWith(harness.services, ['why SK6001-42', '1', '0']);
  expect(said).toMatch(/Nordlys NO: .*linked/);
  expect(await linksOf(harness, 'SK6001-42')).toEqual(['dk', 'no', 'se']);
});

test('a conflict is settled by number, and only after the shop was typed', async () => {
  const harness = await nordlys();
  const catalogue = harness.catalogue('dk');
  const [first] = catalogue.listings;
  catalogue.listings = [...catalogue.listings, makeListing({ ref: first!.ref, sku: toSku('COPY-42') })];
  await harness.services.sync.run({ shopIds: [toShopId('dk')], full: true }, new AbortController().signal);
  expect(await harness.services.conflicts.list()).toHaveLength(1);
  const refused = await converseWith(harness.services, ['conflicts', '1', '1', 'no']);
  expect(refused).toContain('Nothing was done.');
  expect(await harness.services.conflicts.list()).toHaveLength(1);
  const said = await converseWith(harness.services, ['4', '1', '1', 'dk']);
  expect(said).toContain('Settled: ');
  expect(await harness.services.conflicts.list()).toHaveLength(0);
});

test('a push sends what was answered with its number, and nothing else', async () => {
  const harness = await nordlys();
  const [boots] = await harness.services.lookup.identify('SK6001-43');
  if (boots === undefined) throw new Error('the boots are there');
  await harness.services.stock.set(boots.id, 14);
  const held = await converseWith(harness.services, ['push --product SK6001-43 --shop dk', '', '1']);
  expect(held).toContain('0 sent, 1 held back.');
  const refused = await converseWith(harness.services, ['push --product SK6001-43 --shop dk', '7']);
  expect(refused).toContain('Nothing was done.');
  const sent = await converseWith(harness.services, ['push --product SK6001-43 --shop dk', '1', '1']);
  expect(sent).toContain('1 sent.');
  expect(harness.catalogue('dk').listings.find((listing) => listing.sku === 'SK6001-43')?.stock.quantity).toBe(12);
});

test('who holds an id, what was done and what is none of the choices are answered', async () => {
  const harness = await nordlys();
  const said = await converseWith(harness.services, [
    'find --shop-id nowhere',
    'SK6001',
    '9',
    '0',
    'store',
    '8',
    '0',
    '9',
  ]);
  expect(said).toContain('No shop has product id nowhere');
  expect(said).toContain('"9" is none of the choices.');
  expect(said).toContain('no place in the plain mode');
});

test('a link is deleted only after the shop was typed, and undone again', async () => {
  const harness = await nordlys();
  await converseWith(harness.services, ['SK6001-43', '7', '1', '', '0']);
  expect(await linksOf(harness, 'SK6001-43')).toHaveLength(3);
  await converseWith(harness.services, ['SK6001-43', '7', '1', 'dk', '0']);
  expect(await linksOf(harness, 'SK6001-43')).toHaveLength(2);
  await converseWith(harness.services, ['undo', '1']);
  expect(await linksOf(harness, 'SK6001-43')).toHaveLength(3);
});

test('trouble is told in words, and the conversation goes on', async () => {
  const harness = await nordlys();
  harness.catalogue('dk').trouble = 'unauthorized';
  const said = await converseWith(harness.services, ['sync dk', 'sync xx', 'SK6001-42', '0']);
  expect(said).toContain('answered, but refused the key');
  expect(said).toContain('There is no shop "xx"');
  expect(said).toContain('2 of 3 shops');
});

test('a sync that reads no shop says so, and why', async () => {
  const harness = await nordlys();
  for (const { shop } of await harness.services.shops.list())
    await harness.services.shops.change(shop.id, { paused: true });
  const said = await converseWith(harness.services, ['sync', 'sync dk', '0']);
  expect(said).toContain('No shop was read.');
  expect(said.match(/dk is paused, so it is not asked/g)).toHaveLength(2);
});

test('goods that the warehouse shows no more are taken to be gone by their number alone, and taken back as one act', async () => {
  const world = await openPeak();
  for (const sku of ['SOK-1', 'HUE-2']) stockUp(world, ['dk'], sku);
  await readShops(world);
  for (const sku of ['SOK-1', 'HUE-2']) world.model.add({ sku, name: sku, lots: lots(14) });
  await sync(world);
  const goneAt = async () =>
    [await ours(world, 'SOK-1'), await ours(world, 'HUE-2')].map((one) => one?.warehouse?.goneAt !== undefined);
  world.peak.temper.emptyCatalog = true;
  const read = await converseWith(world.services, ['warehouse', '1']);
  expect(read).toContain('8  Warehouse');
  expect(read).toContain('2 products are not shown any more. That is many, so none is taken to be gone.');
  const refused = await converseWith(world.services, ['warehouse', '4', '', 'warehouse', '4', '3']);
  expect(refused).toContain('Take 2 products to be gone from the warehouse?');
  expect(refused.match(/Nothing was done\./g)).toHaveLength(2);
  expect(await goneAt()).toEqual([false, false]);
  const said = await converseWith(world.services, ['warehouse', '4', '2']);
  expect(said).toContain('2 products are not in the warehouse any more');
  expect(await goneAt()).toEqual([true, true]);
  const back = await converseWith(world.services, ['undo', '1']);
  expect(back).toContain('Undone: ');
  expect(await goneAt()).toEqual([false, false]);
});

test('a warehouse is previewed and tested, and its trouble is told with why', async () => {
  const world = await openPeak();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(14) });
  const said = await converseWith(world.services, ['warehouse', '2', 'warehouse', '3']);
  expect(said).toMatch(/SOK-1, .*14/);
  expect(said).toContain('Sokker');
  expect((await ours(world, 'SOK-1'))?.stock.onHand).not.toBe(14);
  world.peak.temper.htmlPage = true;
  const trouble = await converseWith(world.services, ['warehouse', '1']);
  expect(trouble).toContain('cannot be understood');
  expect(trouble).toContain('The figures stay as they are');
});

test('a count goes into a warehouse that takes counts, at one place and after its number again, and back by undo', async () => {
  const world = await openTryton();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  const good = world.model.add({ code: 'SOK-1', name: 'Sokker' });
  world.model.move(good, 5, true, 'A-01');
  world.model.move(good, 4, true, 'B-02');
  await sync(world);
  const refused = await converseWith(world.services, ['SOK-1', '5', '2', '1', '', '5', '2', '5701234567899', '0']);
  expect(refused).toContain('4 to 1 at B-02');
  expect(refused).toContain('Nothing was done.');
  expect(refused).toContain('5701234567899');
  expect(sumOf(good, false)).toBe(9);
  const said = await converseWith(world.services, ['SOK-1', '5', '2', '1', '1', '0']);
  expect(said).toContain('Tryton has 6 on hand now.');
  expect(sumOf(good, false)).toBe(6);
  const back = await converseWith(world.services, ['undo', '1', '', 'undo', '1', '4']);
  expect(back).toContain('written back into Tryton');
  expect(back).toContain('Undone: ');
  expect(sumOf(good, false)).toBe(9);
});

test('a warehouse that takes no counts says so; a code that was scanned into a count is none', async () => {
  const world = await openPeak();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(14) });
  await sync(world);
  expect(await converseWith(world.services, ['SOK-1', '5', '0'])).toContain('Stock comes from PeakWMS');
  await world.services.warehouse.remove();
  const scanned = await converseWith(world.services, ['SOK-1', '5', '5701234567899', '0']);
  expect(scanned).toContain('code');
  expect((await ours(world, 'SOK-1'))?.stock.onHand).toBe(14);
});

test('a count that is an item number as well is asked about', async () => {
  const { services, store } = await nordlys();
  const named = { sku: toSku('0471'), gtin: undefined, content: makeContent({ name: 'Uldsok' }) };
  await store.change(async () => ({
    ...noChanges,
    put: { products: [makeProduct({ ...named, id: toProductId('p471') })] },
  }));
  const onHand = async () => (await services.lookup.identify('SK6001-42'))[0]?.stock.onHand;
  const asked = await converseWith(services, ['SK6001-42', '5', '0471', '', '0']);
  expect(asked).toContain('0471 is an item number too (Uldsok). Was that counted?');
  expect(asked).toContain('Nothing was done.');
  expect(await onHand()).toBe(12);
  expect(await converseWith(services, ['SK6001-42', '5', '0471', '0471', '0'])).toContain('On hand is now 471.');
  expect(await onHand()).toBe(471);
});

test('an act of many rows is one line of what can be undone', async () => {
  const harness = await nordlys();
  const products = (
    await Promise.all(['SK6001-42', 'SK6001-43'].map((sku) => harness.services.lookup.identify(sku)))
  ).flat();
  await harness.services.marks.addAll(products.map(({ id }) => ({ productId: id, kind: 'note', text: 'look' })));
  const said = await converseWith(harness.services, ['undo', '1']);
  expect(said).toMatch(/1 {2}2 .*\n2 {2}|1 {2}2 .*\n0 {2}/);
  expect(said).toContain('Undone: 2 ');
});
