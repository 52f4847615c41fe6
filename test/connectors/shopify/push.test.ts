import { describe, expect, it, vi } from 'vitest';
import type { FakeShop } from '../../../src/demo/simulators/fake-shop.ts';
import type { FakeProduct } from '../../../src/demo/simulators/shelf.ts';
import { type ListingRef, toShopProductId, toShopVariantId } from '../../../src/domain/ids.ts';
import type { PushOutcome, Quantity, ShopConnector } from '../../../src/ports/shop-connector.ts';
import { refTo } from '../../support/builders.ts';
import { askedNames, forever, open } from './open-shopify.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const refOf = (product: FakeProduct): ListingRef => refTo('dk', product.id, product.variants[0]!.id);
const asked = (product: FakeProduct, quantity: number, more: Partial<Quantity> = {}): Quantity => ({
  ref: refOf(product),
  quantity,
  key: `key-${product.id}-${quantity}`,
  ...more,
});
const push = (connector: ShopConnector, ...quantities: Quantity[]): Promise<readonly PushOutcome[]> =>
  connector.push(quantities, forever);
const stockOf = (shop: FakeShop): readonly number[] => shop.shelf.map(({ variants }) => variants[0]!.quantity);
const whyOf = (outcomes: readonly PushOutcome[]): readonly string[] =>
  outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.why : outcome.kind));

describe('A push to Shopify', () => {
  it.each([false, true])('sets figures and reads them back (shop tells the figure after: %s)', async (tellsAfter) => {
    const { shop, connector } = await open({}, { tellsAfter });
    const [cup, plate] = [shop.add({ quantity: 3 }), shop.add({ quantity: 8 })];
    const outcomes = await push(connector, asked(cup, 5), asked(plate, -2, { expected: 8 }));
    expect(outcomes).toEqual([
      { ref: refOf(cup), kind: 'set', quantity: 5, was: 3 },
      { ref: refOf(plate), kind: 'set', quantity: -2, was: 8 },
    ]);
    expect(stockOf(shop)).toEqual([5, -2]);
  });

  it('sends nothing where the shop has the figure already', async () => {
    const { shop, connector } = await open();
    const cup = shop.add({ quantity: 5 });
    expect(await push(connector, asked(cup, 5, { expected: 2 }))).toEqual([
      { ref: refOf(cup), kind: 'set', quantity: 5, was: 5 },
    ]);
    expect(askedNames(shop)).not.toContain('SetQuantities');
  });

  it('gives every reason before it writes, and lets the others through', async () => {
    const { shop, connector } = await open();
    const good = shop.add({ quantity: 1 });
    const untracked = shop.add({ tracked: false });
    const draft = shop.add({ status: 'draft' });
    const strange = shop.add({ status: 'PREPARING' });
    const gift = shop.add({ kind: 'gift-card' });
    const bundle = shop.add({ kind: 'bundle' });
    const shirt = shop.add({ variants: [{ id: '7001' }] });
    const outcomes = await push(
      connector,
      asked(untracked, 2),
      asked(draft, 2),
      asked(strange, 2),
      asked(gift, 2),
      asked(bundle, 2),
      { ref: refTo('dk', shirt.id), quantity: 2, key: 'parent' },
      { ref: refTo('dk', shirt.id, '999999'), quantity: 2, key: 'gone' },
      { ref: refTo('dk', good.id, '7001'), quantity: 2, key: 'moved' },
      asked(shirt, 2.5),
      asked(good, 9),
    );
    expect(whyOf(outcomes)).toEqual([
      'not-tracked-in-shop',
      'inactive-in-shop',
      'inactive-in-shop',
      'not-a-unit',
      'not-a-unit',
      'not-a-unit',
      'not-found-in-shop',
      'variant-moved',
      'quantity-not-taken',
      'set',
    ]);
    expect(good.variants[0]!.quantity).toBe(9);
  });

  it('writes to what is sold by its address only', async () => {
    const { shop, connector } = await open();
    const cup = shop.add({ status: 'unlisted', quantity: 1 });
    expect(whyOf(await push(connector, asked(cup, 4)))).toEqual(['set']);
  });

  it('is stale when the shop has another figure than expected', async () => {
    const { shop, connector } = await open();
    const cup = shop.add({ quantity: 3 });
    expect(await push(connector, asked(cup, 9, { expected: 4 }))).toEqual([
      { ref: refOf(cup), kind: 'stale', shopHas: 3 },
    ]);
    expect(stockOf(shop)).toEqual([3]);
    expect(askedNames(shop)).not.toContain('SetQuantities');
  });

  it('is stale, and takes nobody with it, when something is sold between the look and the write', async () => {
    const { shop, connector } = await open();
    const [cup, plate] = [shop.add({ quantity: 3 }), shop.add({ quantity: 8 })];
    let sold = false;
    shop.temper.beforeAnswer = ({ body }) => {
      if (sold || !body.includes('SetQuantities')) return;
      sold = true;
      shop.sell([{ productId: cup.id, quantity: 1 }]);
    };
    expect(await push(connector, asked(cup, 9), asked(plate, 9))).toEqual([
      { ref: refOf(cup), kind: 'stale', shopHas: 2 },
      { ref: refOf(plate), kind: 'set', quantity: 9, was: 8 },
    ]);
    expect(stockOf(shop)).toEqual([2, 9]);
  });

  it('drops the lines that the shop points at and sends the rest under a new key', async () => {
    const { shop, connector } = await open();
    const products = Array.from({ length: 6 }, () => shop.add({ quantity: 1 }));
    shop.temper.failItems = new Set([products[1]!.id, products[4]!.id]);
    const outcomes = await push(connector, ...products.map((product) => asked(product, 7)));
    expect(whyOf(outcomes)).toEqual(['set', 'not-a-unit', 'set', 'set', 'not-a-unit', 'set']);
    expect(stockOf(shop)).toEqual([7, 1, 7, 7, 1, 7]);
    const keys = shop.memory.requests.flatMap(({ body }) => /"key":"([^"]+)"/.exec(body)?.[1] ?? []);
    expect(new Set(keys).size).toBe(2);
    expect(keys[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('lets nobody fight over one figure', async () => {
    const { shop, connector } = await open();
    const cup = shop.add({ quantity: 1 });
    expect(whyOf(await push(connector, asked(cup, 4), asked(cup, 6)))).toEqual(['refused-by-shop', 'refused-by-shop']);
    expect(stockOf(shop)).toEqual([1]);
    expect(askedNames(shop)).not.toContain('SetQuantities');
  });

  it('answers in the order asked, also over several calls', async () => {
    const { shop, connector } = await open();
    const products = Array.from({ length: 230 }, () => shop.add({ quantity: 1 }));
    const wanted = products.map((product, index) => asked(product, index));
    const outcomes = await push(connector, ...wanted);
    expect(outcomes.map(({ ref }) => ref.shopProductId)).toEqual(products.map(({ id }) => id));
    expect(stockOf(shop)).toEqual(products.map((_, index) => index));
  });

  it('knows its own work again when the answer was lost', async () => {
    const { shop, connector } = await open();
    const cup = shop.add({ quantity: 3 });
    shop.temper.only = ({ body }) => body.includes('SetQuantities');
    shop.temper.loseAnswers = 1;
    await expect(push(connector, asked(cup, 5, { expected: 3 }))).rejects.toMatchObject({ kind: 'unreachable' });
    expect(await push(connector, asked(cup, 5, { expected: 3 }))).toEqual([
      { ref: refOf(cup), kind: 'set', quantity: 5, was: 5 },
    ]);
  });

  it('names the permission that is missing', async () => {
    const { shop, connector } = await open();
    const cup = shop.add();
    shop.credentials[0]!.permissions.delete('write-stock');
    await expect(push(connector, asked(cup, 5))).rejects.toMatchObject({
      kind: 'forbidden',
      detail: { permission: 'write_inventory' },
    });
  });
});

describe('The location of a push', () => {
  const two = [
    { id: '1', name: 'Butik', active: true, ofAnotherApp: false },
    { id: '2', name: 'Lager', active: true, ofAnotherApp: false },
  ];

  it('is never guessed', async () => {
    const { shop, connector } = await open({ locations: two });
    const cup = shop.add({ quantity: 3 });
    expect(whyOf(await push(connector, asked(cup, 5)))).toEqual(['location-missing']);
    expect(stockOf(shop)).toEqual([3]);
  });

  it('is the chosen one, also where the item was never stocked', async () => {
    const { shop, again } = await open({ locations: two });
    const cup = shop.add({ quantity: 3 });
    const outcomes = await push(again({ options: { location: 'gid://shopify/Location/2' } }), asked(cup, 5));
    expect(outcomes).toEqual([{ ref: refOf(cup), kind: 'set', quantity: 5 }]);
    expect(cup.variants[0]).toMatchObject({ quantity: 3, elsewhere: { 2: 5 } });
  });

  it.each([
    ['closed', { active: false }],
    ['another app has it', { ofAnotherApp: true }],
  ])('stops the push when it is %s', async (_, change) => {
    const { shop, again } = await open({ locations: two });
    const cup = shop.add({ quantity: 3 });
    shop.locations[1] = { ...two[1]!, ...change };
    expect(whyOf(await push(again({ options: { location: '2' } }), asked(cup, 5)))).toEqual(['location-missing']);
  });

  it('stops the push when it is gone, or was never one', async () => {
    const { shop, again } = await open({ locations: two });
    const cup = shop.add({ quantity: 3 });
    for (const location of ['77', 'Lager']) {
      expect(whyOf(await push(again({ options: { location } }), asked(cup, 5)))).toEqual(['location-missing']);
    }
  });
});

describe('A variant that moved', () => {
  it('is refused at its old product', async () => {
    const { shop, connector } = await open();
    const [from, to] = [shop.add({ variants: [{ id: '61' }, { id: '62' }] }), shop.add({ variants: [{ id: '63' }] })];
    shop.moveVariant('61', to.id);
    const ref = {
      ...refTo('dk', from.id),
      shopProductId: toShopProductId(from.id),
      shopVariantId: toShopVariantId('61'),
    };
    expect(whyOf(await push(connector, { ref, quantity: 3, key: 'k' }))).toEqual(['variant-moved']);
  });
});
