import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type FakeShop, fakeShop, rightKey } from '../../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../../src/demo/simulators/server.ts';
import { wooCommerceDialect } from '../../../src/demo/simulators/woocommerce.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Asked = { readonly status: number; readonly body: unknown; readonly total: string | null };
type Ask = (path: string, options?: { readonly method?: string; readonly json?: unknown }) => Promise<Asked>;

/** A fresh shop, asked as anybody would ask it. */
async function open(): Promise<{ readonly shop: FakeShop; readonly ask: Ask }> {
  const shop = fakeShop();
  const served = await serve(shop, wooCommerceDialect);
  onTestFinished(() => served.close());
  const authorization = `Basic ${Buffer.from(`${rightKey.key}:${rightKey.secret}`).toString('base64')}`;
  const ask: Ask = async (path, { method = 'GET', json } = {}) => {
    const body = json === undefined ? undefined : JSON.stringify(json);
    const response = await fetch(`${served.url}/wp-json/wc/v3/${path}`, { method, body, headers: { authorization } });
    return { status: response.status, body: await response.json(), total: response.headers.get('x-wp-total') };
  };
  return { shop, ask };
}

const since = (zone: string, more: string): string =>
  `products?status=any&modified_after=2026-10-01T09:29:00${zone}${more}`;

describe('The simulated WooCommerce does what was measured on 11.0.1', () => {
  it('trap 1: a zone and dates_are_gmt together silently bring too little', async () => {
    const { shop, ask } = await open();
    // Copenhagen, in summer: two hours ahead.
    shop.passTime(Date.UTC(2026, 9, 1, 9, 30, 8) - shop.now());
    shop.add();
    const totals = await Promise.all(
      [
        since('', '&dates_are_gmt=true'),
        since('Z', '&dates_are_gmt=true'),
        since('%2B00:00', '&dates_are_gmt=true'),
        since('Z', ''),
      ].map(async (path) => (await ask(path)).total),
    );
    expect(totals).toEqual(['1', '0', '0', '1']);
    const exactly = await Promise.all(
      ['09:30:09', '09:30:08'].map((at) => ask(`products?modified_after=2026-10-01T${at}&dates_are_gmt=true`)),
    );
    expect(exactly.map(({ total }) => total)).toEqual(['0', '1']);
  });

  it('trap 2: prices are mangled without a word, and a number is refused', async () => {
    const { shop, ask } = await open();
    const cup = shop.add({ price: '10' });
    const set = (regular_price: unknown) => ask(`products/${cup.id}`, { method: 'PUT', json: { regular_price } });
    expect(await set('12,50')).toMatchObject({ status: 200, body: { regular_price: '1250' } });
    expect(await set('abc')).toMatchObject({ status: 200, body: { regular_price: '' } });
    expect(await set(12.5)).toMatchObject({ status: 400, body: { code: 'rest_invalid_param' } });
  });

  it('trap 3: stock that is not counted here is ignored with 200', async () => {
    const { shop, ask } = await open();
    const free = shop.add({ tracked: false });
    const shirt = shop.add({ tracked: true, quantity: 9, variants: [{ tracked: 'parent' }] });
    const json = { stock_quantity: 4 };
    expect(await ask(`products/${free.id}`, { method: 'PUT', json })).toMatchObject({
      status: 200,
      body: { stock_quantity: null },
    });
    const path = `products/${shirt.id}/variations/${shirt.variants[0]!.id}`;
    expect(await ask(path, { method: 'PUT', json })).toMatchObject({
      body: { manage_stock: 'parent', stock_quantity: 9 },
    });
  });

  it('trap 4: making a variable product simple deletes its variations at once', async () => {
    const { shop, ask } = await open();
    const shirt = shop.add({ variants: [{}, {}] });
    const answer = await ask(`products/${shirt.id}`, { method: 'PUT', json: { type: 'simple' } });
    expect(answer).toMatchObject({ status: 200, body: { type: 'simple', variations: [] } });
    expect((await ask('variations')).body).toEqual([]);
  });

  it('trap 5: every write moves the date, an empty one too', async () => {
    const { shop, ask } = await open();
    const cup = shop.add();
    const before = cup.updatedAt;
    await ask(`products/${cup.id}`, { method: 'PUT', json: {} });
    expect(cup.updatedAt).toBeGreaterThan(before);
  });

  it('trap 6: the trash is in no list but its own, and a second DELETE is 410', async () => {
    const { shop, ask } = await open();
    const cup = shop.add({ sku: 'CUP' });
    expect(await ask(`products/${cup.id}`, { method: 'DELETE' })).toMatchObject({
      status: 200,
      body: { status: 'publish' },
    });
    expect(await ask(`products/${cup.id}`, { method: 'DELETE' })).toMatchObject({ status: 410 });
    const totals = await Promise.all(
      ['products', 'products?status=any', 'products?sku=CUP', 'products?status=trash'].map(
        async (path) => (await ask(path)).total,
      ),
    );
    expect(totals).toEqual(['0', '0', '0', '1']);
    expect(await ask(`products/${cup.id}`)).toMatchObject({
      status: 200,
      body: { status: 'trash', slug: expect.stringContaining('__trashed') },
    });
    await ask(`products/${cup.id}?force=true`, { method: 'DELETE' });
    expect(await ask(`products/${cup.id}`)).toMatchObject({
      status: 404,
      body: { code: 'woocommerce_rest_product_invalid_id' },
    });
  });

  it('lists refuse what is out of bounds, and are empty past the end', async () => {
    const { shop, ask } = await open();
    shop.add();
    for (const size of ['0', '-1', '101']) {
      expect(await ask(`products?per_page=${size}`)).toMatchObject({
        status: 400,
        body: { code: 'rest_invalid_param' },
      });
    }
    expect(await ask('products?page=9')).toMatchObject({ status: 200, body: [] });
    expect(await ask('products?status=archived')).toMatchObject({ status: 400 });
  });

  it('finds several SKUs, variations among them, whatever their case', async () => {
    const { shop, ask } = await open();
    shop.add({ sku: 'cup' });
    const shirt = shop.add({ variants: [{ sku: 'SHIRT-S' }] });
    const { body } = await ask('products?sku=CUP,shirt-s&orderby=id&order=asc');
    expect(body).toMatchObject([
      { sku: 'cup', type: 'simple' },
      { sku: 'SHIRT-S', type: 'variation', parent_id: Number(shirt.id) },
    ]);
  });

  it('takes whole numbers, as text too, and nothing broken', async () => {
    const { shop, ask } = await open();
    const cup = shop.add();
    const set = async (stock_quantity: unknown) =>
      (await ask(`products/${cup.id}`, { method: 'PUT', json: { stock_quantity } })).status;
    expect([await set('8'), await set(-2), await set(null), await set(8.7), await set('abc')]).toEqual([
      200, 200, 200, 400, 400,
    ]);
    expect(cup.variants[0]!.quantity).toBe(0);
  });

  it('batches answer 200 whatever became of their items, and 413 beyond a hundred', async () => {
    const { shop, ask } = await open();
    const cup = shop.add();
    const shirt = shop.add({ variants: [{}] });
    const batch = (update: unknown[]) => ask('products/batch', { method: 'POST', json: { update } });
    expect(
      await batch([
        { id: Number(cup.id), stock_quantity: 4 },
        { id: 999, stock_quantity: 1 },
        { id: Number(shirt.variants[0]!.id) },
      ]),
    ).toMatchObject({
      status: 200,
      body: { update: [{ stock_quantity: 4 }, { id: 999, error: { data: { status: 400 } } }, { error: {} }] },
    });
    expect((await batch(Array.from({ length: 101 }, () => ({ id: 1 })))).status).toBe(413);
  });

  it('moves a variation under whatever product a batch sends it to', async () => {
    const { shop, ask } = await open();
    const shirt = shop.add({ variants: [{}] });
    const coat = shop.add({ variants: [{}] });
    const id = Number(shirt.variants[0]!.id);
    await ask(`products/${coat.id}/variations/batch`, {
      method: 'POST',
      json: { update: [{ id, stock_quantity: 1 }] },
    });
    expect([shirt.variants.length, coat.variants.length]).toEqual([0, 2]);
  });

  it('PUT of a variation among products, and of the list of all variations, are not there', async () => {
    const { shop, ask } = await open();
    const shirt = shop.add({ variants: [{}] });
    const put = { method: 'PUT', json: {} };
    expect((await ask(`products/${shirt.variants[0]!.id}`, put)).status).toBe(404);
    expect((await ask(`products/${shirt.variants[0]!.id}`)).body).toMatchObject({ type: 'variation' });
    expect((await ask('variations', put)).body).toMatchObject({ code: 'rest_no_route' });
  });

  it('a copy is a draft with an item number and ids of its own, and the same stock', async () => {
    const { shop, ask } = await open();
    const shirt = shop.add({ title: 'Shirt', variants: [{ sku: 'SHIRT-S', quantity: 5 }] });
    const copy = shop.copy(shirt.id);
    expect((await ask(`products/${copy.id}`)).body).toMatchObject({ name: 'Shirt (Copy)', status: 'draft' });
    expect((await ask(`products/${copy.id}/variations`)).body).toMatchObject([{ sku: 'SHIRT-S-1', stock_quantity: 5 }]);
  });

  it('orders and cancellations move the dates of the variation and of its product', async () => {
    const { shop } = await open();
    const shirt = shop.add({ variants: [{ quantity: 5 }] });
    const before = shirt.updatedAt;
    const order = shop.sell([{ productId: shirt.id, variantId: shirt.variants[0]!.id, quantity: 2 }]);
    expect([shirt.variants[0]!.quantity, shirt.updatedAt > before]).toEqual([3, true]);
    shop.cancel(order.id);
    expect(shirt.variants[0]!.quantity).toBe(5);
  });
});
