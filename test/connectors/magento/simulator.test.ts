import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fakeShop, rightKey } from '../../../src/demo/simulators/fake-shop.ts';
import { makeMagentoDialect } from '../../../src/demo/simulators/magento.ts';
import { serve } from '../../../src/demo/simulators/server.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

async function open() {
  const shop = fakeShop({ still: ['stock', 'variants'], ordersLeaveStock: true });
  const served = await serve(shop, makeMagentoDialect({ bearer: true }));
  onTestFinished(() => served.close());
  const ask = async (path: string, body?: unknown, token = rightKey.secret) => {
    const reply = await fetch(`${served.url}/rest/all/V1/${path}`, {
      ...(body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: reply.status, body: JSON.parse(await reply.text()) };
  };
  const list = async (path: string, criteria: string) => (await ask(`${path}?${criteria}`)).body.items;
  const rows = async (): Promise<readonly (readonly unknown[])[]> =>
    (await list('inventory/source-items', 'searchCriteria[pageSize]=0')).map(
      ({ sku, quantity, status }: { sku: string; quantity: number; status: number }) => [sku, quantity, status],
    );
  return { shop, ask, list, rows };
}
const filter = (field: string, condition: string, value: string): string =>
  `searchCriteria[filter_groups][0][filters][0][field]=${field}&searchCriteria[filter_groups][0][filters][0][condition_type]=${condition}&searchCriteria[filter_groups][0][filters][0][value]=${encodeURIComponent(value)}`;
const item = (sku: string, quantity: unknown, over: object = {}) => ({
  sourceItems: [{ sku, source_code: 'default', quantity, status: 1, ...over }],
});

/** As measured on 2.4.7: each of these was seen on a real server. */
describe('The Magento simulator', () => {
  it('takes figures for numbers that no product has, and of products that are gone, and keeps their rows', async () => {
    const { shop, ask, rows } = await open();
    const cup = shop.add({ sku: 'CUP', quantity: 3 });
    expect(await ask('inventory/source-items', item('NOBODY', 5))).toEqual({ status: 200, body: [] });
    expect(await rows()).toContainEqual(['NOBODY', 5, 1]);
    shop.deleteForever(cup.id);
    expect(await ask('inventory/source-items', item('CUP', 8))).toEqual({ status: 200, body: [] });
    expect(await rows()).toContainEqual(['CUP', 8, 1]);
  });

  it.each([-4, 2.5])('takes the figure %d without a word', async (figure) => {
    const { shop, ask, rows } = await open();
    shop.add({ sku: 'CUP', quantity: 3 });
    expect((await ask('inventory/source-items', item('cup', figure))).status).toBe(200);
    expect(await rows()).toEqual([['CUP', figure, 1]]);
  });

  it('takes figures for parents and for what is not counted', async () => {
    const { shop, ask, rows } = await open();
    shop.add({ sku: 'SHIRT', variants: [{ sku: 'S' }] });
    shop.add({ sku: 'FREE', tracked: false, quantity: 1 });
    expect((await ask('inventory/source-items', item('SHIRT', 5))).status).toBe(200);
    expect((await ask('inventory/source-items', item('FREE', 5))).status).toBe(200);
    expect(await rows()).toEqual(
      expect.arrayContaining([
        ['SHIRT', 5, 1],
        ['FREE', 5, 1],
      ]),
    );
  });

  it.each([
    [item('CUP', 5, { source_code: 'gone' })],
    [item('CUP', '5')],
    [item('CUP', 5, { status: undefined })],
    ['{broken'],
  ])('refuses %j and leaves the whole batch unwritten', async (body) => {
    const { shop, ask, rows } = await open();
    shop.add({ sku: 'CUP', quantity: 3 });
    shop.add({ sku: 'POT', quantity: 3 });
    const good = item('POT', 9).sourceItems;
    const sent = typeof body === 'string' ? body : { sourceItems: [...good, ...body.sourceItems] };
    expect((await ask('inventory/source-items', sent)).status).toBe(400);
    expect(await rows()).toEqual([
      ['CUP', 3, 1],
      ['POT', 3, 1],
    ]);
  });

  it('answers all products to a date that is none, and none to a condition that nobody knows', async () => {
    const { shop, list } = await open();
    shop.add({ sku: 'CUP' });
    expect(await list('products', filter('updated_at', 'gteq', 'yesterday'))).toHaveLength(1);
    expect(await list('products', filter('updated_at', 'gteq', '2030-01-01 00:00:00'))).toEqual([]);
    expect(await list('products', filter('updated_at', 'gteq', '2026-10-01T08:00:01Z'))).toHaveLength(1);
    expect(await list('products', filter('sku', 'resembles', 'CUP'))).toEqual([]);
    expect(await list('products', filter('sku', 'eq', ' cup '))).toHaveLength(1);
    expect(await list('products', `${filter('sku', 'eq', 'X')}&fields=items[id],total_count`)).toBeNull();
  });

  it('refuses a search without criteria, and one for a field that is none', async () => {
    const { ask } = await open();
    expect((await ask('products')).status).toBe(400);
    expect((await ask(`products?${filter('nonsense', 'eq', '1')}`)).status).toBe(400);
    expect((await ask('nonsense')).status).toBe(404);
  });

  it('tells a key that nobody has and a right that is missing in the same words', async () => {
    const { shop, ask } = await open();
    const path = 'orders/items?searchCriteria[pageSize]=1';
    const strange = await ask(path, undefined, 'strange');
    shop.credentials[0]!.permissions.delete('read-orders');
    expect(await ask(path)).toEqual(strange);
    expect(strange).toMatchObject({ status: 401, body: { parameters: { resources: 'Magento_Sales::actions_view' } } });
  });

  it('leaves the figure of a source alone when something is ordered or called back', async () => {
    const { shop, rows } = await open();
    const cup = shop.add({ sku: 'CUP', quantity: 3 });
    const order = shop.sell([{ productId: cup.id, quantity: 2 }]);
    expect(await rows()).toEqual([['CUP', 3, 1]]);
    shop.cancel(order.id);
    expect(await rows()).toEqual([['CUP', 3, 1]]);
  });

  it('moves no date with stock, an order or a child', async () => {
    const { shop, ask, list } = await open();
    const cup = shop.add({ sku: 'CUP', quantity: 3 });
    const shirt = shop.add({ sku: 'SHIRT', variants: [{ sku: 'S', quantity: 3 }] });
    const dates = async () =>
      (await list('products', 'searchCriteria[pageSize]=0')).map(
        ({ updated_at }: { updated_at: string }) => updated_at,
      );
    const before = await dates();
    await ask('inventory/source-items', item('CUP', 9));
    shop.cancel(shop.sell([{ productId: cup.id, quantity: 1 }]).id);
    expect(await dates()).toEqual(before);
    shop.editVariant(shirt.variants[0]!.id, { price: '7.00' });
    expect((await dates()).map((date: string, at: number) => date === before[at])).toEqual([true, true, false]);
  });

  it('without sources knows none of their routes, lists stock items page by page and the last page again, and takes any id of one', async () => {
    const shop = fakeShop({ still: ['stock', 'variants'] });
    const served = await serve(shop, makeMagentoDialect({ bearer: true, sourceless: true }));
    onTestFinished(() => served.close());
    const cups = [3, 4, 5].map((quantity) => shop.add({ sku: `CUP ${quantity}`, quantity }));
    const ask = async (path: string, body?: object) => {
      const reply = await fetch(`${served.url}/rest/all/V1/${path}`, {
        ...(body === undefined ? {} : { method: 'PUT', body: JSON.stringify(body) }),
        headers: { authorization: `Bearer ${rightKey.secret}` },
      });
      return { status: reply.status, body: JSON.parse(await reply.text()) };
    };
    const page = async (number: number) =>
      (await ask(`stockItems/lowStock/?scopeId=0&qty=4&pageSize=1&currentPage=${number}`)).body.items.map(
        ({ product_id: id, qty }: { product_id: number; qty: number }) => [id, qty],
      );
    expect(await ask('inventory/source-items?searchCriteria[pageSize]=1')).toMatchObject({
      status: 404,
      body: { message: 'Request does not match any route.' },
    });
    expect([await page(1), await page(2), await page(9)]).toEqual([
      [[Number(cups[1]?.id), 4]],
      [[Number(cups[0]?.id), 3]],
      [[Number(cups[0]?.id), 3]],
    ]);
    const stockItem = { qty: 9, is_in_stock: true };
    expect((await ask('products/cup%203/stockItems/1', { stockItem })).status).toBe(200);
    expect((await ask('products/NONE/stockItems/1', { stockItem })).status).toBe(404);
    expect(cups[0]?.variants[0]?.quantity).toBe(9);
  });
});
