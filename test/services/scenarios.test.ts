import { describe, expect, test } from 'vitest';
import { later, toShopId } from '../../src/domain/ids.ts';
import {
  day,
  findingOf,
  fiveShops,
  forever,
  idIn,
  linkedIn,
  openStreet,
  pushEverything,
  quantityIn,
  type Street,
  stockUp,
  syncAll,
  theCard,
  theProduct,
  topOf,
  whyIn,
} from './street.ts';

/** What a user of the help page is promised, from beginning to end: five shops, two platforms, real HTTP. */
describe.each([
  ['WooCommerce', 'no'],
  ['Shopify', 'de'],
])('five shops, of which one is trouble, on %s', (_, trouble) => {
  const others = fiveShops.filter((id) => id !== trouble);
  const theShop = toShopId(trouble);

  async function fiveLines(onHand = 8): Promise<Street> {
    const street = await openStreet();
    stockUp(street, fiveShops, 'A-1');
    await syncAll(street);
    await street.services.setStock((await theProduct(street, 'A-1')).id, onHand);
    return street;
  }
  const shown = (street: Street): readonly number[] => fiveShops.map((id) => quantityIn(street, id, 'A-1'));

  test('scenario 1: five shops give five lines', async () => {
    const street = await fiveLines();
    expect(await linkedIn(street, 'A-1')).toEqual(fiveShops);
  });

  test('scenario 2: delete one, four remain and stock still flows to the four', async () => {
    const street = await fiveLines();
    await street.services.remove((await theProduct(street, 'A-1')).id, theShop, 'by mistake');
    expect(await linkedIn(street, 'A-1')).toEqual(others);
    await pushEverything(street);
    expect(shown(street)).toEqual(fiveShops.map((id) => (id === trouble ? 3 : 8)));
  });

  test('scenario 3: fetch restores the fifth', async () => {
    const street = await fiveLines();
    await street.services.remove((await theProduct(street, 'A-1')).id, theShop, 'by mistake');
    await street.services.fetch({ asked: ['A-1'], shopIds: [theShop] }, forever);
    expect(await linkedIn(street, 'A-1')).toEqual(fiveShops);
  });

  test('scenario 4: set inactive in one shop, only its line goes, and the reason says so', async () => {
    const street = await fiveLines();
    street.shop(trouble).setStatus(idIn(street, trouble, 'A-1'), 'draft');
    await syncAll(street);
    expect(await linkedIn(street, 'A-1')).toEqual(others);
    expect(topOf(await whyIn(street, 'A-1', trouble))).toBe('inactive-in-shop: confirmed');
  });

  test('scenario 5: active again and fetched, the line is back and the figure of now is pushed', async () => {
    const street = await fiveLines();
    street.shop(trouble).setStatus(idIn(street, trouble, 'A-1'), 'draft');
    await syncAll(street);
    await street.services.setStock((await theProduct(street, 'A-1')).id, 5);
    street.shop(trouble).setStatus(idIn(street, trouble, 'A-1'), 'active');
    const [fetched] = await street.services.fetch({ asked: ['A-1'], shopIds: [theShop] }, forever);
    expect(fetched!.outcome).toBe('linked');
    expect(await linkedIn(street, 'A-1')).toEqual(fiveShops);
    await pushEverything(street);
    expect(shown(street)).toEqual([5, 5, 5, 5, 5]);
  });

  test('scenario 6: a copy with the same id gives no line and names the holder', async () => {
    const street = await fiveLines();
    street.shop(trouble).showTwice(idIn(street, trouble, 'A-1'), { sku: 'A-1-COPY', title: 'Copy', quantity: 1 });
    await syncAll(street);
    expect(await linkedIn(street, 'A-1-COPY')).toEqual([]);
    const taken = findingOf(await whyIn(street, 'A-1-COPY', trouble), 'shop-id-taken');
    const { id } = await theProduct(street, 'A-1');
    expect(taken.certainty).toBe('confirmed');
    expect(taken.evidence).toContainEqual(expect.objectContaining({ kind: 'id-held-by', holder: id }));
  });

  test('scenario 7: made in the warehouse only, it is not expected, and that is no error', async () => {
    const street = await fiveLines();
    await street.services.importStock([{ sku: 'W-1', onHand: 4 }], { create: true, dryRun: false });
    const card = await theCard(street, 'W-1');
    expect(card.expected).toBe(0);
    expect(new Set(card.places.map(({ diagnosis }) => topOf(diagnosis)))).toEqual(
      new Set(['only-in-warehouse: confirmed']),
    );
  });

  test('scenario 8: archived with orders on it, it is kept and still found', async () => {
    const street = await fiveLines();
    const { id } = await theProduct(street, 'A-1');
    await street.services.setStock(id, 8, 2);
    for (const shopId of fiveShops) street.shop(shopId).setStatus(idIn(street, shopId, 'A-1'), 'archived');
    const readings = await syncAll(street, 'trouble');
    expect(readings.every(({ run }) => run?.status === 'finished')).toBe(true);
    expect(await linkedIn(street, 'A-1')).toEqual([]);
    const { hits } = await street.services.lookUp('A-1');
    expect(hits[0]!.product).toMatchObject({ id, stock: { onHand: 8, reserved: 2 } });
  });

  test('scenario 9: the list of goods that may not be for sale has a slow seller with its reason, and can be ticked', async () => {
    const street = await openStreet([trouble]);
    street.shop(trouble).add({ sku: 'A-1', quantity: 3, createdAt: Date.parse(street.clock.now()) - 400 * day });
    await syncAll(street);
    const { id } = await theProduct(street, 'A-1');
    await street.services.setStock(id, 4);
    await street.store.change(async (now) => ({
      put: {
        shopStates: (await now.shopStates()).map((state) => ({
          ...state,
          sales: { from: later(street.clock.now(), -365 * day), to: street.clock.now() },
        })),
      },
      drop: {},
      events: [],
    }));
    const [row] = (await street.services.inactiveWithStock({})).rows;
    expect(row).toMatchObject({ rung: 'probably-slow-seller', shopId: trouble });
    expect(row!.signals.map(({ kind }) => kind)).toContain('no-sale-since');
    await street.services.mark({ productId: id, shopId: theShop, kind: 'ticked' });
    expect((await street.services.inactiveWithStock({})).rows).toEqual([]);
  });

  test('scenario 10: a search by shop product id finds the holder in one step', async () => {
    const street = await fiveLines();
    const [holding] = await street.services.whoHolds(idIn(street, trouble, 'A-1'));
    expect(holding!.holder!.sku).toBe('A-1');
  });
});
