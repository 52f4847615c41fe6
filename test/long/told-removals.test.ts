import { describe, expect, it, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import type { FetchResult } from '../../src/services/fetch/fetch-service.ts';
import {
  allPlatforms,
  forever,
  openTestEnvironment,
  syncAll,
  type TestEnvironment,
} from '../services/test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const goods = 60;
const freely = 20;

async function stocked(platform: string): Promise<TestEnvironment> {
  const environment = await openTestEnvironment([platform]);
  for (let at = 0; at < goods; at += 1) environment.shop(platform).add({ sku: `A-${at}`, quantity: 1 });
  await syncAll(environment);
  return environment;
}

const linkCount = async ({ store }: TestEnvironment, platform: string): Promise<number> =>
  (await store.integrationsOn(toShopId(platform))).length;

/** The shop tells of all that is linked there, as it would by its webhooks. */
async function tellOfAll({ store, services }: TestEnvironment, platform: string): Promise<readonly FetchResult[]> {
  const links = await store.integrationsOn(toShopId(platform));
  const signalled = links.map(({ ref }) => ({ shopId: ref.shopId, shopProductId: ref.shopProductId }));
  return services.fetch.run({ asked: [], signalled }, forever);
}

const stateOf = async ({ store }: TestEnvironment) => (await store.shopStates())[0];

describe('A shop that tells of more goods gone than may go unasked', () => {
  it.each(
    allPlatforms,
  )('%s: loses no more links by it than a sync would take, and says what it holds', async (platform) => {
    const environment = await stocked(platform);
    const shop = environment.shop(platform);
    // One stays, so that its lists are not empty: the shop is believed about each.
    shop.shelf.splice(1);
    const results = await tellOfAll(environment, platform);
    expect(await linkCount(environment, platform)).toBeGreaterThanOrEqual(goods - freely);
    const held = results.filter(({ outcome }) => outcome === 'refused');
    expect(held.length).toBeGreaterThanOrEqual(goods - 1 - freely);
    expect(held[0]?.trouble?.detail.said).toContain('the next full sync asks first');
    expect((await stateOf(environment))?.heldSignals?.products.length).toBeGreaterThan(0);
    // The next one is a full sync, and asks about all that would go.
    const [read] = await environment.services.sync.run({}, forever);
    expect(read).toMatchObject({ run: { kind: 'full', outcome: 'stopped-by-guard' } });
    expect(await linkCount(environment, platform)).toBeGreaterThanOrEqual(goods - freely);
    expect((await stateOf(environment))?.heldSignals).toBeUndefined();
  });

  it.each(allPlatforms)('%s: is believed about none while its lists are empty', async (platform) => {
    const environment = await stocked(platform);
    environment.shop(platform).shelf.splice(0);
    await tellOfAll(environment, platform);
    expect(await linkCount(environment, platform)).toBe(goods);
  });

  it('is whole again after an ordinary sync, once the goods are back', async () => {
    const environment = await stocked('shopify');
    const shop = environment.shop('shopify');
    const all = shop.shelf.splice(1);
    await tellOfAll(environment, 'shopify');
    shop.shelf.push(...all);
    await environment.services.sync.run({}, forever);
    expect(await linkCount(environment, 'shopify')).toBe(goods);
    expect((await stateOf(environment))?.heldSignals).toBeUndefined();
  });

  it('counts what went before, however few at a time it tells', async () => {
    const environment = await stocked('woocommerce');
    const shop = environment.shop('woocommerce');
    const ids = shop.shelf.slice(0, 40).map(({ id }) => id);
    shop.shelf.splice(0, 40);
    const links = await environment.store.integrationsOn(toShopId('woocommerce'));
    for (const id of ids) {
      const shopProductId = links.find(({ ref }) => ref.shopProductId === id)?.ref.shopProductId;
      const signalled = [{ shopId: toShopId('woocommerce'), shopProductId: shopProductId ?? id }];
      await environment.services.fetch.run({ asked: [], signalled }, forever);
    }
    expect(await linkCount(environment, 'woocommerce')).toBe(goods - freely);
  });
});
