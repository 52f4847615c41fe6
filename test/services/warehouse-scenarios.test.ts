import { expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import {
  findingOf,
  fiveShops,
  forever,
  idIn,
  linkedIn,
  pushEverything,
  quantityIn,
  stockUp,
  syncAll,
  theCard,
  theProduct,
  topOf,
  whyIn,
} from './test-environment.ts';
import { lots, openPeak, type PeakEnvironment, sync } from './warehouse-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const trouble = 'de';
const theShop = toShopId(trouble);
const others = fiveShops.filter((id) => id !== trouble);

/** Five shops that sell one thing, of which PeakWMS has eight to sell and knows as the product of the first shop. */
async function fiveLines() {
  const world = await openPeak(fiveShops);
  stockUp(world, fiveShops, 'A-1');
  await syncAll(world);
  const good = world.model.add({
    sku: 'A-1',
    name: 'A',
    productId: idIn(world, 'dk', 'A-1'),
    lots: lots(10),
    ordered: 2,
  });
  await sync(world);
  return { world, good };
}
const shown = (world: PeakEnvironment): readonly number[] => fiveShops.map((id) => quantityIn(world, id, 'A-1'));

test('with PeakWMS: five lines; without one of them its figure flows to the four, and a fetch restores the fifth', async () => {
  const { world } = await fiveLines();
  expect(await linkedIn(world, 'A-1')).toEqual(fiveShops);
  await world.services.integrations.remove((await theProduct(world, 'A-1')).id, theShop, 'by mistake');
  expect(await linkedIn(world, 'A-1')).toEqual(others);
  await pushEverything(world);
  expect(shown(world)).toEqual(fiveShops.map((id) => (id === trouble ? 3 : 8)));
  await world.services.fetch.run({ asked: ['A-1'], shopIds: [theShop] }, forever);
  expect(await linkedIn(world, 'A-1')).toEqual(fiveShops);
});

test('with PeakWMS: inactive in one shop, only its line goes; active and fetched, the figure of now is told there', async () => {
  const { world, good } = await fiveLines();
  world.shop(trouble).setStatus(idIn(world, trouble, 'A-1'), 'draft');
  await syncAll(world);
  expect(await linkedIn(world, 'A-1')).toEqual(others);
  expect(topOf(await whyIn(world, 'A-1', trouble))).toBe('inactive-in-shop: confirmed');
  world.model.count(good, 7);
  await sync(world);
  world.shop(trouble).setStatus(idIn(world, trouble, 'A-1'), 'active');
  await world.services.fetch.run({ asked: ['A-1'], shopIds: [theShop] }, forever);
  await pushEverything(world);
  expect(shown(world)).toEqual([5, 5, 5, 5, 5]);
});

test('with PeakWMS: a copy with the same id gets no line and its holder is named; made there alone, it is not expected', async () => {
  const { world } = await fiveLines();
  world.shop(trouble).showTwice(idIn(world, trouble, 'A-1'), { sku: 'A-1-COPY', title: 'Copy', quantity: 1 });
  await syncAll(world);
  expect(await linkedIn(world, 'A-1-COPY')).toEqual([]);
  const taken = findingOf(await whyIn(world, 'A-1-COPY', trouble), 'shop-id-taken');
  const { id } = await theProduct(world, 'A-1');
  expect(taken.evidence).toContainEqual(expect.objectContaining({ kind: 'id-held-by', holder: id }));
  world.services.warehouse.change({ master: 'warehouse' });
  world.model.add({ sku: 'W-1', name: 'Kun på lageret', lots: lots(4) });
  await sync(world);
  const card = await theCard(world, 'W-1');
  expect(card.expected).toBe(0);
  expect(new Set(card.places.map(({ diagnosis }) => topOf(diagnosis)))).toEqual(
    new Set(['only-in-warehouse: confirmed']),
  );
});

test('with PeakWMS: archived in every shop it stays with its stock, and its shop product id finds the holder', async () => {
  const { world } = await fiveLines();
  for (const id of fiveShops) world.shop(id).setStatus(idIn(world, id, 'A-1'), 'draft');
  await syncAll(world);
  const card = await theCard(world, 'A-1');
  expect(card.linked).toBe(0);
  expect(card.product.stock).toMatchObject({ onHand: 10, reserved: 2, available: 8, source: 'peakwms' });
  expect(await world.services.lookup.holders(idIn(world, 'dk', 'A-1'), toShopId('dk'))).toHaveLength(1);
});
