import { describe, expect, test, vi } from 'vitest';
import { later, toShopId } from '../../src/domain/ids.ts';
import {
  day,
  findingOf,
  fiveShops,
  forever,
  idIn,
  linkedIn,
  openTestEnvironment,
  pushEverything,
  quantityIn,
  stockUp,
  syncAll,
  type TestEnvironment,
  theCard,
  theProduct,
  topOf,
  whyIn,
} from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** What a user of the help page is promised, from beginning to end: five shops, two platforms, real HTTP. */
describe.each([
  ['WooCommerce', 'no'],
  ['Shopify', 'de'],
])('five shops, of which one is trouble, on %s', (_, trouble) => {
  const others = fiveShops.filter((id) => id !== trouble);
  const theShop = toShopId(trouble);

  async function fiveLines(onHand = 8): Promise<TestEnvironment> {
    const environment = await openTestEnvironment();
    stockUp(environment, fiveShops, 'A-1');
    await syncAll(environment);
    await environment.services.stock.set((await theProduct(environment, 'A-1')).id, onHand);
    return environment;
  }
  const shown = (environment: TestEnvironment): readonly number[] =>
    fiveShops.map((id) => quantityIn(environment, id, 'A-1'));

  test('scenario 1: five shops give five lines', async () => {
    const environment = await fiveLines();
    expect(await linkedIn(environment, 'A-1')).toEqual(fiveShops);
  });

  test('scenario 2: delete one, four remain and stock still flows to the four', async () => {
    const environment = await fiveLines();
    await environment.services.integrations.remove((await theProduct(environment, 'A-1')).id, theShop, 'by mistake');
    expect(await linkedIn(environment, 'A-1')).toEqual(others);
    await pushEverything(environment);
    expect(shown(environment)).toEqual(fiveShops.map((id) => (id === trouble ? 3 : 8)));
  });

  test('scenario 3: fetch restores the fifth', async () => {
    const environment = await fiveLines();
    await environment.services.integrations.remove((await theProduct(environment, 'A-1')).id, theShop, 'by mistake');
    await environment.services.fetch.run({ asked: ['A-1'], shopIds: [theShop] }, forever);
    expect(await linkedIn(environment, 'A-1')).toEqual(fiveShops);
  });

  test('scenario 4: set inactive in one shop, only its line goes, and the reason says so', async () => {
    const environment = await fiveLines();
    environment.shop(trouble).setStatus(idIn(environment, trouble, 'A-1'), 'draft');
    await syncAll(environment);
    expect(await linkedIn(environment, 'A-1')).toEqual(others);
    expect(topOf(await whyIn(environment, 'A-1', trouble))).toBe('inactive-in-shop: confirmed');
  });

  test('scenario 5: active again and fetched, the line is back and the figure of now is pushed', async () => {
    const environment = await fiveLines();
    environment.shop(trouble).setStatus(idIn(environment, trouble, 'A-1'), 'draft');
    await syncAll(environment);
    await environment.services.stock.set((await theProduct(environment, 'A-1')).id, 5);
    environment.shop(trouble).setStatus(idIn(environment, trouble, 'A-1'), 'active');
    const [fetched] = await environment.services.fetch.run({ asked: ['A-1'], shopIds: [theShop] }, forever);
    expect(fetched!.outcome).toBe('linked');
    expect(await linkedIn(environment, 'A-1')).toEqual(fiveShops);
    await pushEverything(environment);
    expect(shown(environment)).toEqual([5, 5, 5, 5, 5]);
  });

  test('scenario 6: a copy with the same id gives no line and names the holder', async () => {
    const environment = await fiveLines();
    environment
      .shop(trouble)
      .showTwice(idIn(environment, trouble, 'A-1'), { sku: 'A-1-COPY', title: 'Copy', quantity: 1 });
    await syncAll(environment);
    expect(await linkedIn(environment, 'A-1-COPY')).toEqual([]);
    const taken = findingOf(await whyIn(environment, 'A-1-COPY', trouble), 'shop-id-taken');
    const { id } = await theProduct(environment, 'A-1');
    expect(taken.certainty).toBe('confirmed');
    expect(taken.evidence).toContainEqual(expect.objectContaining({ kind: 'id-held-by', holder: id }));
  });

  test('scenario 7: made in the warehouse only, it is not expected, and that is no error', async () => {
    const environment = await fiveLines();
    await environment.services.stock.import([{ sku: 'W-1', onHand: 4 }], { create: true, dryRun: false });
    const card = await theCard(environment, 'W-1');
    expect(card.expected).toBe(0);
    expect(new Set(card.places.map(({ diagnosis }) => topOf(diagnosis)))).toEqual(
      new Set(['only-in-warehouse: confirmed']),
    );
  });

  test('scenario 8: archived with orders on it, it is kept and still found', async () => {
    const environment = await fiveLines();
    const { id } = await theProduct(environment, 'A-1');
    await environment.services.stock.set(id, 8, 2);
    for (const shopId of fiveShops) environment.shop(shopId).setStatus(idIn(environment, shopId, 'A-1'), 'archived');
    const readings = await syncAll(environment, 'trouble');
    expect(readings.every(({ run }) => run?.status === 'finished')).toBe(true);
    expect(await linkedIn(environment, 'A-1')).toEqual([]);
    const { hits } = await environment.services.lookup.search('A-1');
    expect(hits[0]!.product).toMatchObject({ id, stock: { onHand: 8, reserved: 2 } });
  });

  test('scenario 9: the list of goods that may not be for sale has a slow seller with its reason, and can be ticked', async () => {
    const environment = await openTestEnvironment([trouble]);
    environment
      .shop(trouble)
      .add({ sku: 'A-1', quantity: 3, createdAt: Date.parse(environment.clock.now()) - 400 * day });
    await syncAll(environment);
    const { id } = await theProduct(environment, 'A-1');
    await environment.services.stock.set(id, 4);
    await environment.store.change(async (now) => ({
      put: {
        shopStates: (await now.shopStates()).map((state) => ({
          ...state,
          sales: { from: later(environment.clock.now(), -365 * day), to: environment.clock.now() },
        })),
      },
      drop: {},
      events: [],
    }));
    const [row] = (await environment.services.inactive.list({})).rows;
    expect(row).toMatchObject({ rung: 'probably-slow-seller', shopId: trouble });
    expect(row!.signals.map(({ kind }) => kind)).toContain('no-sale-since');
    await environment.services.marks.add({ productId: id, shopId: theShop, kind: 'ticked' });
    expect((await environment.services.inactive.list({})).rows).toEqual([]);
  });

  test('scenario 10: a search by shop product id finds the holder in one step', async () => {
    const environment = await fiveLines();
    const [holding] = await environment.services.lookup.holders(idIn(environment, trouble, 'A-1'));
    expect(holding!.holder!.sku).toBe('A-1');
  });
});
