import { expect, test, vi } from 'vitest';
import { openTestEnvironment, stockUp, syncAll, type TestEnvironment } from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const spotsOf = async ({ services }: TestEnvironment) => (await services.shops.list())[0]!.can?.blindSpots;
const unknownRoute = { status: 404, body: { message: 'Request does not match any route.' } };

test('a Magento without sources is not said to keep its orders back, once it was read; one with sources is', async () => {
  const without = await openTestEnvironment(['magento'], {}, undefined, (dialect) => ({
    ...dialect,
    answer: (request, shop) => (/\/inventory\//.test(request.path) ? unknownRoute : dialect.answer(request, shop)),
  }));
  stockUp(without, ['magento'], 'SOK-1');
  expect(await spotsOf(without)).toContain('shop-reserves-itself');
  await syncAll(without);
  expect(await spotsOf(without)).not.toContain('shop-reserves-itself');
  // Kept: another program that has asked nothing yet says the same.
  expect((await without.store.shopStates())[0]).toMatchObject({ notBlind: ['shop-reserves-itself'] });

  const withSources = await openTestEnvironment(['magento']);
  stockUp(withSources, ['magento'], 'SOK-1');
  await syncAll(withSources);
  expect(await spotsOf(withSources)).toContain('shop-reserves-itself');
});

test('a Shopify shop whose key reads all orders is not said to show sixty days of them', async () => {
  const world = await openTestEnvironment(['de']);
  stockUp(world, ['de'], 'SOK-1');
  await world.services.shops.change((await world.store.shops())[0]!.id, { options: { orders: 'all' } });
  await syncAll(world);
  expect(await spotsOf(world)).not.toContain('sales-only-60-days');
});
