import { expect, test, vi } from 'vitest';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { toShopId } from '../../src/domain/ids.ts';
import type { PushRow } from '../../src/domain/push-plan.ts';
import { explainLines } from '../../src/views/diagnosis/explain-lines.ts';
import { shopState, shopStateSign } from '../../src/views/diagnosis/shop-state-lines.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import { eventSentence } from '../../src/views/history/event-lines.ts';
import { pushLine } from '../../src/views/push/push-lines.ts';
import { changedMappings, initialWarehouseValues } from '../../src/views/warehouse/warehouse-form.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { forever, pushWhole, stockUp } from './test-environment.ts';
import { openPeak, ours, type PeakEnvironment, readShops, sync } from './warehouse-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const de = toShopId('de');
const places = [
  { locationCode: 'A-1', quantity: 6 },
  { locationCode: 'B-1', quantity: 4 },
];

/** A Shopify shop with two locations, a warehouse with goods in two places, all read. Stocked in both unless said. */
async function openTwo({ ordered = 0, stocked = true, map = true } = {}): Promise<PeakEnvironment> {
  const world = await openPeak(['de']);
  const fake = world.shop('de');
  fake.locations.push({ id: '2', name: 'Odense', active: true, ofAnotherApp: false });
  fake.locations[0]!.name = 'Aarhus';
  const [sock] = stockUp(world, ['de'], 'SOK-1');
  if (stocked) sock!.variants[0]!.elsewhere['2'] = 1;
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: places, ordered });
  await readShops(world);
  await sync(world);
  if (map) await mapBoth(world);
  return world;
}
async function mapBoth(world: PeakEnvironment): Promise<void> {
  await world.services.warehouse.mapShopLocations(de, [{ location: 'Aarhus', from: ['A-*'] }], forever);
  await world.services.warehouse.mapShopLocations(de, [{ location: 'odense', from: ['B-1'] }], forever);
  await readShops(world);
}
const variantOf = (world: PeakEnvironment) => world.shop('de').shelf[0]!.variants[0]!;
const said = (row: PushRow) => [row.shopLocation?.name, row.kind === 'send' ? row.willBe : row.why];
const planned = async ({ services }: PeakEnvironment) => (await services.push.plan({ shopIds: [de] })).rows.map(said);
const linkOf = async (world: PeakEnvironment) =>
  (await world.store.integrationsOf([(await ours(world, 'SOK-1'))!.id]))[0]!;

/** Plans and sends all, each guard answered with its number. */
const pushAll = async ({ services }: PeakEnvironment) =>
  pushWhole(services, await services.push.plan({ shopIds: [de] }));

test('H7: each location of a shop is told what lies at the locations of the warehouse that are mapped to it', async () => {
  const world = await openTwo();
  expect(await planned(world)).toEqual([
    ['Aarhus', 6],
    ['Odense', 4],
  ]);
  const result = await pushAll(world);
  expect(result.results).toMatchObject([
    { kind: 'sent', was: 3, wanted: 6, shopLocation: { id: '1', name: 'Aarhus' } },
    { kind: 'sent', was: 1, wanted: 4, shopLocation: { id: '2', name: 'Odense' } },
  ]);
  expect(variantOf(world)).toMatchObject({ quantity: 6, elsewhere: { '2': 4 } });
  // Kept by location, with the sum, and nothing is left to send; read again it is the same.
  expect((await linkOf(world)).pushed).toMatchObject({
    quantity: 10,
    locations: [
      { id: '1', quantity: 6 },
      { id: '2', quantity: 4 },
    ],
  });
  expect(await planned(world)).toEqual([]);
  await readShops(world);
  expect(await planned(world)).toEqual([]);
  expect((await world.services.integrations.list(de, { filter: 'stock-differs', offset: 0, limit: 9 })).total).toBe(0);
});

test('a move between two places of the warehouse changes both locations, though the sum stays', async () => {
  const world = await openTwo();
  await pushAll(world);
  const [good] = [...world.model.goods.values()];
  good!.lots[0]!.quantity = 5;
  good!.lots[1]!.quantity = 5;
  await sync(world);
  const page = await world.services.integrations.list(de, { filter: 'stock-differs', offset: 0, limit: 9 });
  expect(page.total).toBe(1);
  expect(page.rows[0]).toMatchObject({
    wanted: 10,
    shopHas: 10,
    stockDiffers: true,
    atLocations: [
      { name: 'Aarhus', wanted: 5, shopHas: 6 },
      { name: 'Odense', wanted: 5, shopHas: 4 },
    ],
  });
  expect(await planned(world)).toEqual([
    ['Aarhus', 5],
    ['Odense', 5],
  ]);
  const productId = (await ours(world, 'SOK-1'))!.id;
  const [compared] = await world.services.diagnosis.compareStock({ productId }, forever);
  expect(compared).toMatchObject({ wanted: 10, shopNow: 10, brokeAt: 'not-sent-since-change' });
});

test("guards are a location's own: nothing left at one asks, whatever the other has", async () => {
  const world = await openTwo();
  await pushAll(world);
  const [good] = [...world.model.goods.values()];
  good!.lots[1]!.quantity = 0;
  await sync(world);
  const plan = await world.services.push.plan({ shopIds: [de] });
  expect(plan.rows).toMatchObject([
    { kind: 'send', willBe: 0, guards: ['zero'], lastSent: 4, shopHad: 4, shopLocation: { name: 'Odense' } },
  ]);
});

test("customers' orders are promised from no place: all locations together are told no more than may be sold", async () => {
  const world = await openTwo({ ordered: 7 });
  // 10 lie there, 7 are ordered: what is too many is taken off where most lies.
  expect(await planned(world)).toEqual([
    ['Aarhus', 0],
    ['Odense', 3],
  ]);
});

test('an item that the shop does not stock at a location is told no figure for it: said, never stocked by us', async () => {
  const world = await openTwo({ stocked: false });
  expect(await planned(world)).toEqual([
    ['Aarhus', 6],
    ['Odense', 'not-stocked-at-location'],
  ]);
  await pushAll(world);
  expect(variantOf(world).elsewhere).toEqual({});
  const productId = (await ours(world, 'SOK-1'))!.id;
  const [why] = await world.services.diagnosis.explain(productId, de);
  expect(why).toMatchObject({
    verdict: 'integrated',
    notes: [{ kind: 'not-stocked-at-location', location: 'Odense', figure: 4 }],
  });
  // The sign of `why` is the card's.
  const card = (await world.services.lookup.product(productId))!;
  const place = card.places.find(({ shop }) => shop.id === de)!;
  const format = formatContext({ words: wordsOf('en'), now: world.services.now(), timeZone: 'Europe/Copenhagen' });
  const [heading] = explainLines(why!, { onHand: 10, expected: place.expected }, format);
  expect([heading?.pieces[0]?.text.trim(), shopStateSign(shopState(place, card.product))]).toEqual(['◐', '◐']);
  expect((await world.services.diagnosis.compareStock({ productId }, forever))[0]).toMatchObject({
    brokeAt: 'not-stocked-at-location',
    atLocations: [{ shopHas: 6 }, { shopHas: 0, notStocked: true }],
  });
  // Stocked there by the merchant and read again, it is told.
  variantOf(world).elsewhere['2'] = 0;
  world.shop('de').edit(world.shop('de').shelf[0]!.id, {});
  await readShops(world);
  expect(await planned(world)).toEqual([['Odense', 4]]);
});

test("stocked when it was read and not any more: the shop's own word counts, nothing is stocked anew", async () => {
  const world = await openTwo();
  const plan = await world.services.push.plan({ shopIds: [de] });
  delete variantOf(world).elsewhere['2'];
  const { results } = await world.services.push.apply({ planId: plan.id, yes: { firsts: 2 } }, forever);
  expect(results).toMatchObject([
    { kind: 'sent', wanted: 6 },
    { kind: 'refused', why: 'not-stocked-at-location', shopLocation: { name: 'Odense' } },
  ]);
  expect(variantOf(world).elsewhere).toEqual({});
});

test('one location that was closed refuses its own figure and no other; what it had is unknown, not nought', async () => {
  const world = await openTwo();
  await pushAll(world);
  world.shop('de').locations[1]!.active = false;
  const [good] = [...world.model.goods.values()];
  good!.lots[0]!.quantity = 7;
  good!.lots[1]!.quantity = 5;
  world.clock.advance(20 * 60_000);
  await readShops(world);
  await sync(world);
  const { results } = await pushAll(world);
  expect(results).toMatchObject([
    { kind: 'sent', wanted: 7, shopLocation: { name: 'Aarhus' } },
    { kind: 'refused', why: 'location-missing', shopLocation: { name: 'Odense' } },
  ]);
  expect(variantOf(world)).toMatchObject({ quantity: 7, elsewhere: { '2': 4 } });
  expect(await world.services.warehouse.shopLocations(de, forever)).toMatchObject([
    { name: 'Aarhus', from: ['A-*'], inShop: true },
    { name: 'Odense', from: ['B-1'], inShop: false },
  ]);
});

test('what one location refused is not forgotten since another took its figure', async () => {
  const world = await openTwo();
  world.shop('de').locations[0]!.active = false;
  const { results } = await pushAll(world);
  expect(results.map(({ kind }) => kind)).toEqual(['refused', 'sent']);
  const productId = (await ours(world, 'SOK-1'))!.id;
  expect((await world.services.diagnosis.explain(productId, de))[0]).toMatchObject({ stale: 'location-missing' });
  world.shop('de').locations[0]!.active = true;
  await pushAll(world);
  expect((await world.services.diagnosis.explain(productId, de))[0]).toMatchObject({ stale: undefined });
});

test('the form of the warehouse says and takes a figure for each location in one line', async () => {
  const world = await openTwo({ map: false });
  const shops = await world.store.shops();
  const typed = (text: string, of = shops) => changedMappings({ 'shop:de': text }, of);
  expect(typed('')).toEqual([]);
  expect(typed('A-*, B-1')).toMatchObject([{ locations: ['A-*', 'B-1'] }]);
  expect(typed('Aarhus = A-*; Odense = B-1, B-2')).toMatchObject([
    {
      shopLocations: [
        { location: 'Aarhus', from: ['A-*'] },
        { location: 'Odense', from: ['B-1', 'B-2'] },
      ],
    },
  ]);
  await mapBoth(world);
  const mapped = await world.store.shops();
  const line = initialWarehouseValues(undefined, mapped)['shop:de'];
  expect(line).toBe('Aarhus = A-*; Odense = B-1');
  expect(typed(line!, mapped)).toEqual([]);
  // What was taken out of the line is told nothing any more; an empty line is all there is.
  expect(typed('Odense = B-1', mapped)).toMatchObject([
    { shopLocations: [{ location: '1', from: [] }, { location: 'Odense' }] },
  ]);
  expect(typed('', mapped)).toMatchObject([{ locations: [] }]);
});

test('sold at one location in between: only its figure is read again', async () => {
  const world = await openTwo();
  await pushAll(world);
  const [good] = [...world.model.goods.values()];
  good!.lots[0]!.quantity = 8;
  good!.lots[1]!.quantity = 9;
  await sync(world);
  const plan = await world.services.push.plan({ shopIds: [de] });
  variantOf(world).elsewhere['2'] = 3;
  const { results } = await world.services.push.apply({ planId: plan.id }, forever);
  expect(results).toMatchObject([
    { kind: 'sent', wanted: 8 },
    {
      kind: 're-read',
      now: 3,
      row: { shopLocation: { name: 'Odense' }, shopHad: 3, guards: ['changed-in-shop'] },
    },
  ]);
  expect((await world.services.push.results(plan.id)).map(({ kind }) => kind)).toEqual(['sent', 'refused']);
});

test('a plan of one figure is not sent to a shop that is told by location since', async () => {
  const world = await openTwo({ map: false });
  world.shop('de').locations[1]!.active = false;
  await readShops(world);
  const plan = await world.services.push.plan({ shopIds: [de] });
  expect(plan.rows).toMatchObject([{ kind: 'send', willBe: 10 }]);
  world.shop('de').locations[1]!.active = true;
  await mapBoth(world);
  const { results } = await world.services.push.apply({ planId: plan.id, yes: { firsts: 1 } }, forever);
  expect(results).toMatchObject([{ kind: 're-read' }]);
  expect(variantOf(world)).toMatchObject({ quantity: 3, elsewhere: { '2': 1 } });
});

test('what is mapped is checked: the shop has the location, goods lie there, and none is told of twice', async () => {
  const world = await openTwo();
  const map = (location: string, from: readonly string[]) =>
    world.services.warehouse.mapShopLocations(de, [{ location, from }], forever);
  await expect(map('Vejle', ['A-1'])).rejects.toMatchObject({
    kind: 'unknown-shop-location',
    about: { known: 'Aarhus (1), Odense (2)' },
  });
  await expect(map('Odense', ['Q-9'])).rejects.toMatchObject({ kind: 'bad-value' });
  await expect(map('Odense', ['A-1'])).rejects.toMatchObject({ kind: 'location-told-twice' });
  await expect(world.services.warehouse.mapShop(de, ['A-1'])).rejects.toMatchObject({ kind: 'told-by-location' });
  expect((await world.services.warehouse.locations({ limit: 9 })).map(({ shops }) => shops)).toEqual([['de'], ['de']]);
  // One is taken out again, then all: one figure as before.
  expect((await map('Odense', [])).shopLocations).toEqual([{ id: '1', name: 'Aarhus', from: ['A-*'] }]);
  const shop = await world.services.warehouse.mapShop(de, []);
  expect([shop.shopLocations, shop.locations]).toEqual([undefined, undefined]);
});

test('a shop that is told one figure has no locations to map, and says so', async () => {
  const world = await openPeak(['dk']);
  await expect(world.services.warehouse.shopLocations(toShopId('dk'), forever)).rejects.toMatchObject({
    kind: 'one-shop-location',
  });
  const able = platformRegistry.all().filter(({ capabilities }) => capabilities.severalLocations === true);
  expect(able.map(({ id }) => String(id)).sort()).toEqual(['bigcommerce', 'magento', 'medusa', 'shopify', 'vendure']);
});

test('plan and history name the location, in both languages', async () => {
  const world = await openTwo();
  const words = wordsOf('da');
  const shops = await world.store.shops();
  const format = formatContext({ words, now: world.clock.now(), timeZone: 'UTC' }, { shops });
  const { rows } = await world.services.push.plan({ shopIds: [de] });
  expect(pushLine(rows[1]!, format)).toMatchObject({
    shop: 'Nordlys DE, Odense',
    sum: '10 - 0 = 10, 4 på B-1',
    was: expect.stringContaining('1'),
  });
  await pushAll(world);
  const events = await world.store.history({ types: ['stock-pushed'], limit: 9 });
  expect(events.map((event) => eventSentence(event, format))[0]).toMatch(/, Odense: sendt 4 \(var 1\)$/);
});
