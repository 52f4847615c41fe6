import { expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { allPlatforms, forever, idIn, openTestEnvironment, syncAll, theProduct } from './test-environment.ts';

// It reads ten shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

test('one product that nobody can read leaves the rest of a compared shop as it is, on every platform', async () => {
  const world = await openTestEnvironment(allPlatforms);
  for (const shopId of allPlatforms) for (const sku of ['WHOLE', 'ODD']) world.shop(shopId).add({ sku, quantity: 3 });
  await syncAll(world);
  const odd = (await theProduct(world, 'ODD')).id;
  for (const sku of ['WHOLE', 'ODD']) await world.services.stock.set((await theProduct(world, sku)).id, 3);
  const told: Record<string, unknown> = {};
  for (const shopId of allPlatforms) {
    const shop = world.shop(shopId);
    const id = idIn(world, shopId, 'ODD');
    shop.temper.brokenRows = new Set([id, ...shop.product(id).variants.map((variant) => variant.id)]);
    const rows = await world.services.diagnosis.compareStock({ shopId: toShopId(shopId) }, forever);
    const ofOdd = rows.find(({ productId }) => productId === odd);
    expect(ofOdd?.unreadable?.said, shopId).toMatch(/not (?:text|an id)|text/);
    // Asked for by itself nobody can read it either: the shop answered, and it is not the shop that is in trouble.
    const [alone] = await world.services.diagnosis.compareStock({ productId: odd, shopId: toShopId(shopId) }, forever);
    told[shopId] = [rows.map(({ brokeAt }) => brokeAt).toSorted(), alone?.brokeAt, alone?.trouble?.detail.reason];
  }
  expect(told).toEqual(
    Object.fromEntries(
      allPlatforms.map((id) => [id, [['nowhere', 'unreadable-in-shop'], 'unreadable-in-shop', 'unreadable-row']]),
    ),
  );
});
