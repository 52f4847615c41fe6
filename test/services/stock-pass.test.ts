import { describe, expect, test, vi } from 'vitest';
import {
  forever,
  idIn,
  linkedIn,
  openTestEnvironment,
  stockUp,
  syncAll,
  type TestEnvironment,
  theCard,
} from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Platforms that can be read as stock alone, and whose simulators move no date when something is sold. */
const silent = ['prestashop', 'shopware', 'magento', 'medusa', 'vendure', 'bigcommerce', 'dandomain-webshop'];
const quarter = 16 * 60_000;

const passes = (environment: TestEnvironment, platform: string): number =>
  environment.shop(platform).memory.requests.length;
const changes = (environment: TestEnvironment) => environment.services.sync.run({}, forever);
const figureOf = async (environment: TestEnvironment, sku: string) =>
  (await theCard(environment, sku)).places[0]!.listing!;

async function opened(platform: string): Promise<TestEnvironment> {
  const environment = await openTestEnvironment([platform]);
  stockUp(environment, [platform], 'CUP');
  stockUp(environment, [platform], 'POT');
  await syncAll(environment);
  // The overlap of two readings of changes lies behind, so that what is shown again is shown for a reason.
  environment.clock.advance(2 * 3_600_000);
  await changes(environment);
  return environment;
}
/** Sold and sent off: on Magento the figure falls with the parcel, not with the order. */
const sellTwo = (environment: TestEnvironment, platform: string): void => {
  const shop = environment.shop(platform);
  const id = idIn(environment, platform, 'CUP');
  const before = shop.product(id).variants[0]!.quantity;
  shop.sell([{ productId: id, quantity: 2 }]);
  if (shop.product(id).variants[0]!.quantity === before) shop.setQuantity(id, before - 2);
};

describe.each(silent)('the cheap pass over stock of %s', (platform) => {
  test('a sale that moves no date is seen after a sync of changes', async () => {
    const environment = await opened(platform);
    const before = await figureOf(environment, 'CUP');
    environment.clock.advance(quarter);
    sellTwo(environment, platform);
    const [result] = await changes(environment);
    expect(result).toMatchObject({ run: { kind: 'changes', status: 'finished' } });
    const after = await figureOf(environment, 'CUP');
    expect([before.stock.quantity, after.stock.quantity]).toEqual([3, 1]);
    expect((await figureOf(environment, 'POT')).stock.quantity).toBe(3);
    expect(await linkedIn(environment, 'CUP')).toEqual([platform]);
  });
});

describe('the cheap pass over stock', () => {
  test.each(['prestashop', 'shopware'])('is not made more often than the setting says (%s)', async (platform) => {
    const environment = await opened(platform);
    environment.clock.advance(quarter);
    await changes(environment);
    const asked = passes(environment, platform);
    sellTwo(environment, platform);
    environment.clock.advance(60_000);
    await changes(environment);
    const short = passes(environment, platform) - asked;
    expect((await figureOf(environment, 'CUP')).stock.quantity).toBe(3);
    environment.clock.advance(quarter);
    await changes(environment);
    expect(passes(environment, platform) - asked - short).toBeGreaterThan(short);
    expect((await figureOf(environment, 'CUP')).stock.quantity).toBe(1);
  });

  test('a figure is told with the time that it was read, and the rest with its own', async () => {
    const environment = await opened('prestashop');
    environment.clock.advance(quarter);
    sellTwo(environment, 'prestashop');
    await changes(environment);
    const { seenAt, stockSeenAt } = await figureOf(environment, 'CUP');
    expect(stockSeenAt! > seenAt).toBe(true);
  });

  test('a row of a thing that nobody knows is asked for by its id, and a thing without its row loses no link', async () => {
    const environment = await opened('prestashop');
    const shop = environment.shop('prestashop');
    environment.clock.advance(quarter);
    shop.deleteForever(idIn(environment, 'prestashop', 'POT'));
    // Put up long ago by its dates, so that no list of changes shows it.
    const old = Date.parse(environment.clock.now()) - 90 * 86_400_000;
    shop.add({ sku: 'OLD', quantity: 9, createdAt: old, updatedAt: old });
    await changes(environment);
    expect(await linkedIn(environment, 'POT')).toEqual(['prestashop']);
    expect(await linkedIn(environment, 'OLD')).toEqual(['prestashop']);
    // What is known by now is not asked for again.
    const asked = passes(environment, 'prestashop');
    environment.clock.advance(quarter);
    await changes(environment);
    const again = environment.shop('prestashop').memory.requests.slice(asked);
    expect(again.filter(({ path, query }) => path.endsWith('/products') && query.display === 'full')).toHaveLength(1);
  });

  test.each(
    silent,
  )('a variant that is new, or has another item number, is found by the pass over %s', async (platform) => {
    const environment = await openTestEnvironment([platform]);
    const shop = environment.shop(platform);
    const shirt = shop.add({
      title: 'Shirt',
      variants: [
        { sku: 'S', quantity: 4 },
        { sku: 'M', quantity: 4 },
      ],
    });
    await syncAll(environment);
    environment.clock.advance(2 * 3_600_000);
    await changes(environment);
    environment.clock.advance(quarter);
    const [small] = shirt.variants;
    // As a combination is edited in PrestaShop: no date moves, not even its own.
    Object.assign(small!, { sku: 'S-NEW' });
    const { createdAt, updatedAt } = shirt;
    const large = shop.addVariant(shirt.id, { sku: 'L', quantity: 7 });
    Object.assign(large, { createdAt, updatedAt });
    Object.assign(shirt, { updatedAt });
    await changes(environment);
    expect(await linkedIn(environment, 'L')).toEqual([platform]);
    // The shop alone sells it, so its number is followed.
    expect(await linkedIn(environment, 'S-NEW')).toEqual([platform]);
    expect((await figureOf(environment, 'L')).stock.quantity).toBe(7);
  });

  test('many strange rows at once are asked for a part at a time', async () => {
    const environment = await opened('medusa');
    const shop = environment.shop('medusa');
    environment.clock.advance(quarter);
    const old = Date.parse(environment.clock.now()) - 90 * 86_400_000;
    for (let at = 0; at < 60; at += 1) shop.add({ sku: `OLD-${at}`, quantity: 1, createdAt: old, updatedAt: old });
    await changes(environment);
    const known = async () => (await environment.store.counts()).products;
    expect(await known()).toBe(52);
    environment.clock.advance(quarter);
    await changes(environment);
    expect(await known()).toBe(62);
  });

  test('another shop at the address is not read', async () => {
    const environment = await opened('shopware');
    environment.clock.advance(quarter);
    sellTwo(environment, 'shopware');
    Object.assign(environment.shop('shopware'), { identity: 'https://another.example' });
    const [result] = await changes(environment);
    expect(result!.trouble?.kind).toBe('another-shop');
    expect((await figureOf(environment, 'CUP')).stock.quantity).toBe(3);
  });
});
