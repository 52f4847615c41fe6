import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type FakeShop, fakeShop, rightKey } from '../../../src/demo/simulators/fake-shop.ts';
import { keyOf, makePrestaShopDialect, type PrestaShopOptions } from '../../../src/demo/simulators/prestashop.ts';
import { serve } from '../../../src/demo/simulators/server.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Asked = { readonly method?: string; readonly body?: string; readonly key?: string };

async function open(options: PrestaShopOptions = {}) {
  const shop = fakeShop({ still: ['stock', 'variants'] });
  const served = await serve(shop, makePrestaShopDialect(options));
  onTestFinished(() => served.close());
  const ask = async (path: string, { method = 'GET', body, key = keyOf(rightKey) }: Asked = {}) => {
    const authorization = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
    const reply = await fetch(`${served.url}/api/${path}`, { method, body, headers: { authorization } });
    const text = await reply.text();
    return { status: reply.status, text, headers: reply.headers };
  };
  return { shop, ask };
}
const codes = (text: string): readonly number[] => JSON.parse(text).errors.map(({ code }: { code: number }) => code);
const stock = (...rows: readonly string[]): string =>
  `<?xml version="1.0"?><prestashop>${rows.map((row) => `<stock_available>${row}</stock_available>`).join('')}</prestashop>`;
const figures = (shop: FakeShop): readonly number[] =>
  shop.shelf.flatMap(({ variants }) => variants.map(({ quantity }) => quantity));

/** As measured on 9.1.4: each of these was seen on a real server. */
describe('The PrestaShop simulator', () => {
  it.each([
    ['products?limit=-1', 200, '[]'],
    ['products?limit=abc', 200, '[]'],
    ['products?filter[date_upd]=>[2020-01-01T00:00:00Z]&date=1', 200, '[]'],
    ['products/999', 404, ''],
    ['products/abc', 404, ''],
    ['', 500, ''],
  ])('answers %s with %i and %j', async (path, status, text) => {
    const { shop, ask } = await open();
    shop.add({ sku: 'CUP' });
    expect(await ask(path)).toMatchObject({ status, text });
  });

  it.each([
    ['products?filter[nonsense]=[1]', 500, 32],
    ['products?filter[date_upd]=>[2020-01-01 00:00:00]', 500, 32],
    ['products?sort=[nonsense_ASC]', 500, 38],
    ['products?display=[nonsense]', 500, 35],
    ['nonsense', 400, 27],
  ])('answers our own mistake %s with %i and its number', async (path, status, code) => {
    const { ask } = await open();
    const { status: answered, text } = await ask(path);
    expect([answered, codes(text)]).toEqual([status, [code]]);
  });

  it('tells a key of the wrong length, one that nobody has, and none at all apart', async () => {
    const { ask } = await open();
    expect(codes((await ask('products', { key: 'short' })).text)).toEqual([18]);
    expect(codes((await ask('products', { key: 'x'.repeat(32) })).text)).toEqual([20, 21]);
    expect(await ask('products', { key: '' })).toMatchObject({ status: 401, text: '401 Unauthorized' });
  });

  it('reads a comma between numbers as a range and a bar as "or"', async () => {
    const { shop, ask } = await open();
    for (let at = 0; at < 3; at += 1) shop.add();
    expect(JSON.parse((await ask('products?filter[id]=[101,105]')).text).products).toHaveLength(3);
    expect(JSON.parse((await ask('products?filter[id]=[101|105|999]')).text).products).toHaveLength(2);
  });

  it('lets the id in the body beat the one in the path', async () => {
    const { shop, ask } = await open();
    shop.add({ quantity: 1 });
    shop.add({ quantity: 2 });
    await ask('stock_availables?display=full');
    await ask('stock_availables/2', { method: 'PATCH', body: stock('<id>1</id><quantity>9</quantity>') });
    expect(figures(shop)).toEqual([9, 2]);
  });

  it('writes the half of a batch that comes before the bad row, and shows the last row alone', async () => {
    const { shop, ask } = await open();
    shop.add({ quantity: 1 });
    shop.add({ quantity: 2 });
    await ask('stock_availables?display=full');
    const good = '<id>1</id><quantity>5</quantity>';
    const half = await ask('stock_availables', {
      method: 'PATCH',
      body: stock(good, '<id>999</id><quantity>5</quantity>'),
    });
    expect([half.status, codes(half.text), figures(shop)]).toEqual([404, [92], [5, 2]]);
    const both = await ask('stock_availables', {
      method: 'PATCH',
      body: stock(good, '<id>2</id><quantity>6</quantity>'),
    });
    expect(JSON.parse(both.text).stock_available).toMatchObject({ id: 2, quantity: '6' });
  });

  it('hides the row from its shop after a PUT without id_shop, and refuses one with less', async () => {
    const { shop, ask } = await open();
    shop.add({ quantity: 1 });
    await ask('stock_availables?display=full');
    const bare = await ask('stock_availables/1', { method: 'PUT', body: stock('<id>1</id><quantity>5</quantity>') });
    expect([bare.status, codes(bare.text)]).toEqual([400, [41]]);
    const body = stock(
      '<id>1</id><id_product>101</id_product><id_product_attribute>0</id_product_attribute><quantity>5</quantity><depends_on_stock>0</depends_on_stock><out_of_stock>2</out_of_stock>',
    );
    expect((await ask('stock_availables/1', { method: 'PUT', body })).status).toBe(200);
    expect((await ask('stock_availables?display=full')).text).toBe('[]');
  });

  it('leaves the row of a deleted product behind, and takes that of a deleted combination away', async () => {
    const { shop, ask } = await open();
    const cup = shop.add({ quantity: 1 });
    const shirt = shop.add({ variants: [{ quantity: 2 }, { quantity: 3 }] });
    const things = async () => {
      const { text } = await ask('stock_availables?display=full');
      return JSON.parse(text).stock_availables.map(
        (row: { id_product: string; id_product_attribute: string }) => `${row.id_product} ${row.id_product_attribute}`,
      );
    };
    const [first, second] = shirt.variants.map(({ id }) => `${shirt.id} ${id}`);
    expect(await things()).toEqual([`${cup.id} 0`, `${shirt.id} 0`, first, second]);
    shop.deleteForever(cup.id);
    shop.deleteForever(shirt.variants[0]!.id);
    expect(await things()).toEqual([`${cup.id} 0`, `${shirt.id} 0`, second]);
  });

  it.each([
    '2.5',
    '007',
    'abc',
    '',
    '2147483648',
  ])('refuses the figure %j, and takes a negative one', async (figure) => {
    const { shop, ask } = await open();
    shop.add({ quantity: 1 });
    await ask('stock_availables?display=full');
    const write = (quantity: string) =>
      ask('stock_availables/1', { method: 'PATCH', body: stock(`<id>1</id><quantity>${quantity}</quantity>`) });
    expect(codes((await write(figure)).text)).toEqual([85]);
    expect((await write('-3')).status).toBe(200);
    expect(figures(shop)).toEqual([-3]);
  });

  it.each([
    ['{"quantity":5}', 3],
    ['<prestashop><stock', 3],
    ['', 127],
  ])('answers the body %j with 500 and error %i', async (body, code) => {
    const { ask } = await open();
    const { status, text } = await ask('stock_availables/1', { method: 'PATCH', body });
    expect([status, codes(text)]).toEqual([500, [code]]);
  });

  it('keeps a figure written to the row of a product with combinations until the next one of those', async () => {
    const { shop, ask } = await open();
    shop.add({ variants: [{ quantity: 2 }, { quantity: 3 }] });
    const read = async () => {
      const { text } = await ask('stock_availables?display=full');
      return JSON.parse(text).stock_availables.map(({ quantity }: { quantity: string }) => quantity);
    };
    expect(await read()).toEqual(['5', '2', '3']);
    await ask('stock_availables/1', { method: 'PATCH', body: stock('<id>1</id><quantity>500</quantity>') });
    expect(await read()).toEqual(['500', '2', '3']);
    await ask('stock_availables/2', { method: 'PATCH', body: stock('<id>2</id><quantity>7</quantity>') });
    expect(await read()).toEqual(['10', '7', '3']);
  });

  it('says its version to whom it knows, and asks strangers in its own name', async () => {
    const { ask } = await open({ version: '9.1.4' });
    expect((await ask('products')).headers.get('psws-version')).toBe('9.1.4');
    expect((await ask('products', { key: 'short' })).headers.get('www-authenticate')).toContain('PrestaShop');
  });
});
