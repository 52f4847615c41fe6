import { expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import { warehouseSays } from '../../src/views/warehouse/figure-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { forever, stockUp } from './test-environment.ts';
import { lots, openPeak, ours, readShops, sync } from './warehouse-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const dk = toShopId('dk');
const limit = 50;

test('compare holds the warehouse, ours, the last sent and the shop side by side, and says where they part', async () => {
  const world = await openPeak();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  const good = world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(10) });
  await sync(world);
  const plan = await world.services.push.plan({});
  await world.services.push.apply({ planId: plan.id, yes: { firsts: 1 } }, forever);
  const product = await ours(world, 'SOK-1');
  const compared = async () => (await world.services.diagnosis.compareStock({ productId: product!.id }, forever))[0];
  expect(await compared()).toMatchObject({
    warehouse: { kind: 'told', figure: 10, source: 'peakwms' },
    ...{ wanted: 10, lastSent: 10, shopNow: 10, brokeAt: 'nowhere' },
  });
  world.model.count(good, 14);
  expect(await compared()).toMatchObject({
    warehouse: { kind: 'told', figure: 14 },
    ...{ wanted: 10, lastSent: 10, shopNow: 10, brokeAt: 'changed-in-warehouse' },
  });
  world.model.remove(good);
  expect(await compared()).toMatchObject({ warehouse: { kind: 'not-there' }, brokeAt: 'nowhere' });
  world.peak.temper.down = true;
  expect(await compared()).toMatchObject({ warehouse: { kind: 'unreachable' }, shopNow: 10, brokeAt: 'nowhere' });
});

test('a whole shop is compared by one reading of the warehouse', async () => {
  const world = await openPeak();
  const count = 60;
  for (let place = 0; place < count; place += 1) {
    stockUp(world, ['dk'], `SOK-${place}`);
    world.model.add({ sku: `SOK-${place}`, name: 'Sokker', lots: lots(place) });
  }
  await readShops(world);
  await sync(world);
  const before = world.peak.memory.requests.length;
  const rows = await world.services.diagnosis.compareStock({ shopId: dk }, forever);
  expect(rows).toHaveLength(count);
  expect(rows.every(({ warehouse }) => warehouse?.kind === 'told')).toBe(true);
  expect(world.peak.memory.requests.length - before).toBe(2);
});

test('what a shop sells and the warehouse does not have is a list of its own, and never a new product', async () => {
  const world = await openPeak(['dk'], 'warehouse');
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(4) });
  await sync(world);
  stockUp(world, ['dk'], 'SOK-1');
  const [alien] = stockUp(world, ['dk'], 'FREMMED');
  await readShops(world);
  const list = await world.services.warehouse.notInWarehouse({ limit });
  expect(list).toMatchObject({ more: false, rows: [{ shopId: 'dk', sku: 'FREMMED' }] });
  expect(list.rows[0]).toMatchObject({ ref: { shopProductId: String(alien!.id) } });
  expect(list.rows[0]?.productId).toBeUndefined();
  expect(await ours(world, 'FREMMED')).toBeUndefined();
});

test('a linked product that the warehouse never showed stands in the list as ours', async () => {
  const world = await openPeak();
  stockUp(world, ['dk'], 'SOK-1');
  stockUp(world, ['dk'], 'KUN-SHOP');
  await readShops(world);
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(4) });
  await sync(world);
  const { rows } = await world.services.warehouse.notInWarehouse({ shopId: dk, limit });
  expect(rows.map(({ sku, productId }) => [sku, productId])).toEqual([
    ['KUN-SHOP', (await ours(world, 'KUN-SHOP'))!.id],
  ]);
});

test('a listing whose product lies in the warehouse lacks its link, and is not said to be missing there', async () => {
  const world = await openPeak();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(4) });
  await sync(world);
  await world.services.integrations.remove((await ours(world, 'SOK-1'))!.id, dk, 'ryddet op');
  expect((await world.services.warehouse.notInWarehouse({ limit })).rows).toEqual([]);
  expect((await world.services.warehouse.inNoShop({ limit })).rows).toMatchObject([{ sku: 'SOK-1', figure: 4 }]);
});

test('what the warehouse has and no shop sells is a list of its own, as long as it was asked for', async () => {
  const world = await openPeak(['dk'], 'warehouse');
  for (const sku of ['A', 'B', 'C']) world.model.add({ sku, name: sku, lots: lots(2) });
  await sync(world);
  stockUp(world, ['dk'], 'B');
  await readShops(world);
  const all = await world.services.warehouse.inNoShop({ limit });
  expect(all.rows.map(({ sku }) => sku).toSorted()).toEqual(['A', 'C']);
  expect(await world.services.warehouse.inNoShop({ limit: 1 })).toMatchObject({ rows: [{}], more: true });
});

test('the goods owner keeps the postfix: PeakWMS has it in the item number, the shop does not', async () => {
  const world = await openPeak();
  await world.services.shops.change(dk, { owner: 'Ejer', skuPostfix: '-EJ' });
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  world.model.add({ sku: 'SOK-1-EJ', name: 'Sokker', lots: lots(4) });
  expect((await sync(world)).counts).toMatchObject({ changed: 1, unmatched: 0 });
  expect((await ours(world, 'SOK-1-EJ'))?.stock).toMatchObject({ onHand: 4 });
  expect((await world.services.warehouse.notInWarehouse({ limit })).rows).toEqual([]);
});

test('the warehouse’s word is told with its source, its age and the shop product that it knows', async () => {
  const world = await openPeak();
  const [listed] = stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  world.model.add({ sku: 'SOK-1', name: 'Sokker', productId: String(listed!.id), lots: lots(14) });
  await sync(world);
  world.clock.advance(2 * 60_000);
  const card = await world.services.lookup.product((await ours(world, 'SOK-1'))!.id);
  const said = (language: 'da' | 'en') =>
    warehouseSays(card!, formatContext({ words: wordsOf(language), now: world.clock.now(), timeZone: 'UTC' })).join();
  const name = card!.places[0]!.shop.name;
  expect(said('en')).toMatch(
    new RegExp(`^PeakWMS says 14 to sell \\(2 min\\), knows it as shop product ${listed!.id} \\(${name}\\)$`),
  );
  expect(said('da')).toContain('PeakWMS siger 14 disponible (2 min)');
  expect(card!.parts).toMatchObject([{ location: 'A1', onHand: 14 }]);
});

test('a preview tells shop by shop what would change before anything is sent', async () => {
  const world = await openPeak(['dk', 'no']);
  stockUp(world, ['dk', 'no'], 'SOK-1');
  stockUp(world, ['dk'], 'HAT-1');
  await readShops(world);
  await world.services.warehouse.remove();
  await world.services.stock.set((await ours(world, 'HAT-1'))!.id, 3);
  await world.services.warehouse.add({ kind: 'peakwms', address: world.peakAddress });
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(10) });
  world.model.add({ sku: 'HAT-1', name: 'Hat', lots: lots(0) });
  const { counts } = await world.services.warehouse.preview(forever);
  expect(counts.byShop.toSorted((a, b) => (a.shopId < b.shopId ? -1 : 1))).toEqual([
    { shopId: 'dk', figures: 2, zeroes: 1 },
    { shopId: 'no', figures: 1, zeroes: 0 },
  ]);
  expect((await ours(world, 'HAT-1'))?.stock.onHand).toBe(3);
});
