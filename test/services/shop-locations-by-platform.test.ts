import { describe, expect, test, vi } from 'vitest';
import { platformRegistry } from '../../src/connectors/registry.ts';
import type { FakeShop } from '../../src/demo/simulators/fake-shop.ts';
import type { FakeVariant } from '../../src/demo/simulators/shelf.ts';
import { toShopId } from '../../src/domain/ids.ts';
import type { PushRow } from '../../src/domain/push-plan.ts';
import { forever, pushWhole, stockUp } from './test-environment.ts';
import { openPeak, ours, type PeakEnvironment, readShops, sync } from './warehouse-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Case = {
  readonly platform: string;
  readonly ids: readonly [string, string];
  /** How a merchant closes a location: switched off, or taken away. */
  readonly close: (shop: FakeShop) => void;
  /** The platform keeps a row for every thing at every location. */
  readonly stocksAll?: true;
  /** A row that was once there stays. */
  readonly keepsRows?: true;
};
const switchOff = (shop: FakeShop) => {
  shop.locations[1]!.active = false;
};
const takeAway = (shop: FakeShop) => {
  shop.locations.splice(1, 1);
};
const cases: readonly Case[] = [
  { platform: 'medusa', ids: ['1', '2'], close: takeAway },
  { platform: 'vendure', ids: ['1', '2'], close: takeAway },
  { platform: 'magento', ids: ['default', 'source-2'], close: switchOff, keepsRows: true },
  { platform: 'bigcommerce', ids: ['1', '2'], close: switchOff, stocksAll: true },
];

/** Two locations in the shop, goods at two places of the warehouse, each location mapped to one; all read. */
async function openTwo(platform: string, stocked = true): Promise<PeakEnvironment> {
  const world = await openPeak([platform]);
  const fake = world.shop(platform);
  fake.locations[0]!.name = 'Aarhus';
  fake.locations.push({ id: '2', name: 'Odense', active: true, ofAnotherApp: false });
  const [sock] = stockUp(world, [platform], 'SOK-1');
  if (stocked) sock!.variants[0]!.elsewhere['2'] = 1;
  const lots = [
    { locationCode: 'A-1', quantity: 6 },
    { locationCode: 'B-1', quantity: 4 },
  ];
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots });
  await readShops(world);
  await sync(world);
  const wanted = [
    { location: 'aarhus', from: ['A-*'] },
    { location: 'Odense', from: ['B-1'] },
  ];
  await world.services.warehouse.mapShopLocations(toShopId(platform), wanted, forever);
  await readShops(world);
  return world;
}

const variantIn = (world: PeakEnvironment, platform: string): FakeVariant =>
  world.shop(platform).shelf[0]!.variants[0]!;
const planOf = ({ services }: PeakEnvironment, platform: string) =>
  services.push.plan({ shopIds: [toShopId(platform)] });
const said = (row: PushRow) => [row.shopLocation?.name, row.kind === 'send' ? row.willBe : row.why];
/** What the shop said of the stock of our thing. */
const stockOf = async (world: PeakEnvironment) => {
  const [link] = await world.store.integrationsOf([(await ours(world, 'SOK-1'))!.id]);
  const [listing] = await world.store.listingsAt([link!.ref]);
  return listing?.stock;
};

const pushAll = async (world: PeakEnvironment, platform: string) =>
  pushWhole(world.services, await planOf(world, platform));

test('every platform that says so is tried here, or as Shopify by itself', () => {
  const able = platformRegistry.all().filter(({ capabilities }) => capabilities.severalLocations === true);
  expect(able.map(({ id }) => String(id)).sort()).toEqual([...cases.map(({ platform }) => platform), 'shopify'].sort());
});

describe.each(cases)('a shop with several locations on $platform', ({ platform, ids, close, stocksAll, keepsRows }) => {
  test('H7: each location is told a figure of its own, read back and compared by itself', async () => {
    const world = await openTwo(platform);
    expect(await stockOf(world)).toMatchObject({
      quantity: 4,
      locations: [
        { id: ids[0], quantity: 3 },
        { id: ids[1], quantity: 1 },
      ],
    });
    const { results } = await pushAll(world, platform);
    expect(results).toMatchObject([
      { kind: 'sent', was: 3, wanted: 6, shopLocation: { id: ids[0], name: 'Aarhus' } },
      { kind: 'sent', was: 1, wanted: 4, shopLocation: { id: ids[1], name: 'Odense' } },
    ]);
    expect(variantIn(world, platform)).toMatchObject({ quantity: 6, elsewhere: { '2': 4 } });
    expect((await planOf(world, platform)).rows).toEqual([]);
    await readShops(world);
    expect((await planOf(world, platform)).rows).toEqual([]);
    // Moved in the warehouse: the sum stays, and both differ.
    const [good] = [...world.model.goods.values()];
    good!.lots[0]!.quantity = 5;
    good!.lots[1]!.quantity = 5;
    await sync(world);
    expect((await planOf(world, platform)).rows.map(said)).toEqual([
      ['Aarhus', 5],
      ['Odense', 5],
    ]);
    const productId = (await ours(world, 'SOK-1'))!.id;
    const [compared] = await world.services.diagnosis.compareStock({ productId }, forever);
    expect(compared).toMatchObject({ wanted: 10, shopNow: 10, atLocations: [{ shopHas: 6 }, { shopHas: 4 }] });
  });

  test('a sale at one location in between holds its figure back, and no other', async () => {
    const world = await openTwo(platform);
    await pushAll(world, platform);
    const [good] = [...world.model.goods.values()];
    good!.lots[0]!.quantity = 8;
    good!.lots[1]!.quantity = 9;
    await sync(world);
    const plan = await planOf(world, platform);
    variantIn(world, platform).elsewhere['2'] = 3;
    const { results } = await world.services.push.apply({ planId: plan.id }, forever);
    expect(results).toMatchObject([
      { kind: 'sent', wanted: 8 },
      { kind: 're-read', now: 3, row: { shopLocation: { name: 'Odense' } } },
    ]);
    expect(variantIn(world, platform)).toMatchObject({ quantity: 8, elsewhere: { '2': 3 } });
  });

  test.skipIf(stocksAll)('where a thing was never put it is told nothing, and never put there by us', async () => {
    const world = await openTwo(platform, false);
    expect((await planOf(world, platform)).rows.map(said)).toEqual([
      ['Aarhus', 6],
      ['Odense', 'not-stocked-at-location'],
    ]);
    variantIn(world, platform).elsewhere['2'] = 0;
    world.shop(platform).edit(world.shop(platform).shelf[0]!.id, {});
    await readShops(world);
    const plan = await planOf(world, platform);
    expect(plan.rows.map(said)).toEqual([
      ['Aarhus', 6],
      ['Odense', 4],
    ]);
    // Taken out again before it is sent: the shop's own word counts.
    delete variantIn(world, platform).elsewhere['2'];
    if (keepsRows) return;
    const { results } = await world.services.push.apply({ planId: plan.id, yes: { firsts: 2 } }, forever);
    expect(results).toMatchObject([
      { kind: 'sent', wanted: 6 },
      { kind: 'refused', why: 'not-stocked-at-location', shopLocation: { name: 'Odense' } },
    ]);
    expect(variantIn(world, platform).elsewhere).toEqual({});
  });

  test('a location that was closed refuses its own figure alone; what it had is unknown, not nought', async () => {
    const world = await openTwo(platform);
    await pushAll(world, platform);
    close(world.shop(platform));
    const [good] = [...world.model.goods.values()];
    good!.lots[0]!.quantity = 7;
    good!.lots[1]!.quantity = 5;
    // The list of locations is remembered for ten minutes.
    world.clock.advance(20 * 60_000);
    await readShops(world);
    await sync(world);
    expect((await stockOf(world))?.locations).toEqual([{ id: ids[0], quantity: 6 }]);
    const { results } = await pushAll(world, platform);
    expect(results).toMatchObject([
      { kind: 'sent', wanted: 7, shopLocation: { name: 'Aarhus' } },
      { kind: 'refused', why: 'location-missing', shopLocation: { name: 'Odense' } },
    ]);
    expect(variantIn(world, platform)).toMatchObject({ quantity: 7, elsewhere: { '2': 4 } });
  });
});
