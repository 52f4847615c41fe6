import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { makeClassicDialect } from '../../../src/demo/simulators/dandomain-classic.ts';
import { type FakeShop, fakeShop, rightKey } from '../../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../../src/demo/simulators/server.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Ask = (path: string, method?: string) => Promise<{ readonly status: number; readonly text: string }>;

/** A fresh shop, asked as anybody would ask it. */
async function open(key = rightKey.secret): Promise<{ readonly shop: FakeShop; readonly ask: Ask }> {
  const shop = fakeShop();
  const served = await serve(shop, makeClassicDialect());
  onTestFinished(() => served.close());
  const ask: Ask = async (path, method = 'GET') => {
    const [service = '', ...pauseFor] = path.split('/');
    const response = await fetch(`${served.url}/admin/WEBAPI/Endpoints/v1_0/${service}/${key}/${pauseFor.join('/')}`, {
      method,
    });
    return { status: response.status, text: await response.text() };
  };
  return { shop, ask };
}

/** The names in a row, nested lists by their first row. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shapeOf(one)]));
}

describe('The simulated DanDomain Classic speaks as the samples do', () => {
  it.each(['product', 'order'])('a %s has every field that the sample has', async (name) => {
    const { shop, ask } = await open();
    const shirt = shop.add({
      title: 'Kop',
      variants: [{ sku: 'KOP-7-XL', barcode: '5701234567899', options: [{ name: 'Størrelse', value: 'XL' }] }],
    });
    shop.sell([{ productId: shirt.id, variantId: shirt.variants[0]!.id, quantity: 1 }]);
    const sample = JSON.parse(
      readFileSync(new URL(`../../fixtures/dandomain-classic/${name}.json`, import.meta.url), 'utf8'),
    );
    const path =
      name === 'product'
        ? 'ProductDataService/KOP-7-XL'
        : 'OrderService/GetByModifiedInterval?start=2026-01-01T00:00:00&end=2027-01-01T00:00:00&pageIndex=1&pageSize=10';
    const answer = JSON.parse((await ask(path)).text);
    const row = name === 'product' ? answer : answer[0];
    expect(Object.keys(row)).toEqual(expect.arrayContaining(Object.keys(sample)));
    expect(typeof shapeOf(row)).toBe('object');
    expect(row[name === 'product' ? 'updated' : 'createdDate']).toMatch(/^\/Date\(\d+\+0200\)\/$/);
  });

  it('pages are counted from 1 and hold what was asked for', async () => {
    const { shop, ask } = await open();
    for (let at = 0; at < 5; at += 1) shop.add({ sku: `S-${at}` });
    const numbers = async (path: string) =>
      JSON.parse((await ask(path)).text).map(({ number }: { number: string }) => number);
    expect(await numbers('ProductDataService/ProductPage/2/2')).toEqual(['S-2', 'S-3']);
    expect(await numbers('ProductDataService/ProductPage/4/2')).toEqual([]);
    expect((await ask('ProductDataService/ProductCount')).text).toBe('5');
  });

  it('a write answers "true", also where a master took nothing', async () => {
    const { shop, ask } = await open();
    shop.add({ sku: 'SHIRT', variants: [{ sku: 'SHIRT-S', quantity: 4 }] });
    expect(await ask('ProductDataService/SetStockCount/SHIRT/9', 'PUT')).toEqual({ status: 200, text: 'true' });
    expect(shop.shelf[0]!.variants[0]!.quantity).toBe(4);
    expect(await ask('ProductDataService/SetStockCount/SHIRT-S/9', 'PUT')).toEqual({ status: 200, text: 'true' });
    expect(shop.shelf[0]!.variants[0]!.quantity).toBe(9);
  });

  it('a slash in a number is refused by IIS, a wrong key by WCF, in pages for people', async () => {
    const { ask } = await open();
    expect(await ask('ProductDataService/A%2F1')).toMatchObject({
      status: 400,
      text: expect.stringContaining('<html>'),
    });
    const stranger = await open('11111111-2222-3333-4444-555555555555');
    expect(await stranger.ask('SettingService/Sites')).toMatchObject({
      status: 401,
      text: expect.stringContaining('Request Error'),
    });
  });
});
