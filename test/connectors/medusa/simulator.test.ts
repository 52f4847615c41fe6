import { expect, onTestFinished, test, vi } from 'vitest';
import { fakeShop, rightKey } from '../../../src/demo/simulators/fake-shop.ts';
import { medusaId } from '../../../src/demo/simulators/medusa/rows.ts';
import { medusaDialect } from '../../../src/demo/simulators/medusa.ts';
import { serve } from '../../../src/demo/simulators/server.ts';

// It speaks HTTP, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A shop as it was measured on 2.21.2, asked without any driver between. */
async function open() {
  const shop = fakeShop({ idOf: medusaId, still: ['stock', 'variants'] });
  const served = await serve(shop, medusaDialect);
  onTestFinished(() => served.close());
  const authorization = `Basic ${Buffer.from(`${rightKey.secret}:`).toString('base64')}`;
  const ask = async (path: string, method = 'GET', json?: unknown) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const body = json === undefined ? undefined : JSON.stringify(json);
    const reply = await fetch(`${served.url}/admin/${path}`, { method, headers, body });
    const text = await reply.text();
    return { status: reply.status, body: text.startsWith('{') ? JSON.parse(text) : text };
  };
  return { shop, ask, url: served.url };
}

test('levels of everything come with the list of inventory items, and what is not counted has none', async () => {
  const { shop, ask } = await open();
  shop.locations.push({ id: '2', name: 'Odense', active: true, ofAnotherApp: false });
  const cup = shop.add({ sku: 'CUP', quantity: 4 });
  cup.variants[0]!.elsewhere['2'] = 3;
  shop.add({ sku: 'MUG', tracked: false });
  const { body } = await ask('inventory-items?limit=10&fields=id,sku,*location_levels');
  expect(body.inventory_items.map((item: { sku: string }) => item.sku)).toEqual(['CUP']);
  expect(body.inventory_items[0].location_levels).toMatchObject([
    { location_id: '1', stocked_quantity: 4, reserved_quantity: 0 },
    { location_id: '2', stocked_quantity: 3, reserved_quantity: 0 },
  ]);
});

test('a deleted variant answers {} with status 200, its inventory item is gone, and deleting it again says the same', async () => {
  const { shop, ask } = await open();
  const shirt = shop.add({ sku: 'SHIRT', variants: [{ sku: 'SHIRT-S' }, { sku: 'SHIRT-M' }] });
  const path = `products/${shirt.id}/variants/${shirt.variants[1]!.id}`;
  expect(await ask(path, 'DELETE')).toMatchObject({ status: 200, body: { deleted: true, parent: { id: shirt.id } } });
  expect(await ask(path)).toEqual({ status: 200, body: {} });
  expect(await ask(path, 'DELETE')).toMatchObject({ status: 200, body: { deleted: true } });
  const { body } = await ask('inventory-items?fields=sku');
  expect(body.inventory_items.map((item: { sku: string }) => item.sku)).toEqual(['SHIRT-S']);
});

test('an unknown filter, a nonsense date and [gt] without $ are passed over; $gt on ids is refused', async () => {
  const { shop, ask } = await open();
  for (const sku of ['A', 'B']) shop.add({ sku });
  const counted = async (query: string) => (await ask(`product-variants?${query}`)).body.count;
  expect(await counted('foo=1')).toBe(2);
  expect(await counted('updated_at[$gt]=yesterday')).toBe(2);
  expect(await counted('updated_at[gt]=2030-01-01T00:00:00Z')).toBe(2);
  expect(await counted('updated_at[$gt]=2030-01-01T00:00:00Z')).toBe(0);
  expect(await counted('sku=a')).toBe(0);
  expect(await counted('sku[]=A&sku[]=B')).toBe(2);
  expect((await ask('products?id[$gt]=1')).status).toBe(400);
  expect((await ask('products?limit=-1')).status).toBe(500);
});

test('a batch of levels is taken whole or not at all, and half a piece is stored', async () => {
  const { shop, ask } = await open();
  const cup = shop.add({ sku: 'CUP', quantity: 4 });
  const item = `iitem_${cup.variants[0]!.inventoryItemId}`;
  const write = (...update: readonly object[]) => ask('inventory-items/location-levels/batch', 'POST', { update });
  const good = { inventory_item_id: item, location_id: '1', stocked_quantity: 9 };
  expect((await write(good, { ...good, inventory_item_id: 'iitem_404' })).status).toBe(404);
  expect((await write(good, { ...good, location_id: '404' })).status).toBe(404);
  expect((await write(good, { ...good, stocked_quantity: -1 })).status).toBe(400);
  expect(cup.variants[0]!.quantity).toBe(4);
  expect((await write({ ...good, stocked_quantity: 2.5 })).status).toBe(200);
  expect(cup.variants[0]!.quantity).toBe(2.5);
});

test('the key as Bearer is refused with a hint, and a route that is none is a page', async () => {
  const { ask, url } = await open();
  const bearer = await fetch(`${url}/admin/products`, { headers: { authorization: `Bearer ${rightKey.secret}` } });
  expect([bearer.status, await bearer.text()]).toEqual([401, expect.stringContaining('Basic authentication')]);
  expect(await ask('nothing-here')).toMatchObject({ status: 404, body: expect.stringContaining('<html>') });
});
