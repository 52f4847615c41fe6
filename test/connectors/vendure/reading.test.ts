import { describe, expect, it, vi } from 'vitest';
import type { Dialect } from '../../../src/demo/simulators/server.ts';
import { instantOf, toShopProductId, toSku } from '../../../src/domain/ids.ts';
import { errorOf, forever, listingWith, readAll, readStock, skusIn } from '../../contract/connector-harness.ts';
import { openVendure, reciting } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('A reading of Vendure', () => {
  it('reads a recorded answer: stock, states, prices and barcodes', async () => {
    const { connector } = await openVendure({ around: reciting('variants.json') });
    const { listings } = await connector.page({}, forever);
    const short = listings.map(({ sku, activity, shopSays, offBecause, stock, gtin, barcode, content, unbuyable }) => ({
      sku,
      activity,
      shopSays,
      offBecause,
      stock,
      code: gtin ?? barcode,
      price: content.price?.minor,
      why: unbuyable?.map(({ why }) => why),
    }));
    expect(short).toEqual([
      {
        sku: 'KOP-1',
        activity: 'active',
        shopSays: 'enabled',
        stock: { tracked: true, quantity: 3 },
        code: '05701234567899',
        price: 9950,
        why: undefined,
      },
      {
        sku: 'TR-S',
        activity: 'disabled',
        shopSays: 'disabled',
        stock: { tracked: true, quantity: 7 },
        code: undefined,
        price: 19900,
        why: undefined,
      },
      {
        sku: 'SKJULT-1',
        activity: 'disabled',
        shopSays: 'enabled; product: disabled',
        offBecause: 'product-off',
        stock: { tracked: true, quantity: 3 },
        code: 'not a gtin',
        price: 9950,
        why: ['out-of-stock'],
      },
      {
        sku: 'FRI-1',
        activity: 'active',
        shopSays: 'enabled',
        stock: { tracked: false },
        code: undefined,
        price: 9950,
        why: undefined,
      },
    ]);
    expect(listings[0]).toMatchObject({
      ref: { shopProductId: '1', shopVariantId: '1' },
      content: { imageUrl: 'https://shop.example/assets/preview/kop.jpg' },
      changedAt: '2026-11-28T14:47:51.386Z',
    });
    expect(listings[0]?.adminUrl).toMatch(/\/dashboard\/products\/1$/);
  });

  it('trap: a bad key is status 200 and FORBIDDEN, and no empty shop', async () => {
    const { connector } = await openVendure({ around: reciting('refused.json') });
    expect((await errorOf(connector.page({}, forever))).kind).toBe('unauthorized');
    expect((await errorOf(connector.product(toShopProductId('1'), forever))).kind).toBe('unauthorized');
  });

  it('trap: an API key as Bearer is nobody, so it goes in a header of its own', async () => {
    const { connector, shop } = await openVendure({ dialect: { takesApiKeys: false } });
    shop.add({ sku: 'CUP' });
    expect((await errorOf(connector.page({}, forever))).kind).toBe('unauthorized');
  });

  it('takes what the shop lets one question take', async () => {
    const { connector, shop } = await openVendure({ dialect: { listLimit: 7 } });
    const skus = Array.from({ length: 20 }, (_, at) => shop.add({ sku: `S-${10 + at}` }).variants[0]!.sku!);
    expect(skusIn(await readAll(connector))).toEqual(skus);
  });

  it('shows a product with options besides its variants, and one without not', async () => {
    const { connector, shop } = await openVendure();
    shop.add({ sku: 'CUP' });
    const shirt = shop.add({ title: 'Shirt', variants: [{ sku: 'SHIRT-S' }] });
    const { listings } = await readAll(connector);
    expect(listings.filter(({ sellable }) => sellable === 'parent').map(({ ref }) => ref.shopProductId)).toEqual([
      shirt.id,
    ]);
  });

  it('shows a product that has lost all its variants, so that it does not look gone', async () => {
    const { connector, shop } = await openVendure();
    const cup = shop.add({ sku: 'CUP' });
    cup.variants = [];
    expect(await connector.product(toShopProductId(cup.id), forever)).toMatchObject([{ sellable: 'parent' }]);
  });

  it('finds a change made in the second of creation, which SQLite keeps in whole seconds', async () => {
    const { connector, shop } = await openVendure({
      fake: { startsAt: Date.UTC(2026, 9, 1, 8, 0, 0, 400), stepMs: 100 },
    });
    const since = instantOf(shop.now());
    shop.add({ sku: 'NEW' });
    expect([...new Set(skusIn(await readAll(connector, since)))]).toEqual(['NEW']);
  });

  it('shows a product that was switched off among the changes, and a sale in the pass over stock alone', async () => {
    const { connector, shop } = await openVendure();
    const cup = shop.add({ sku: 'CUP', quantity: 5 });
    const pot = shop.add({ sku: 'POT' });
    shop.passTime(60_000);
    const since = instantOf(shop.now());
    shop.setStatus(pot.id, 'private');
    shop.sell([{ productId: cup.id, quantity: 1 }]);
    const { listings } = await readAll(connector, since);
    expect(listings.map(({ sku, activity }) => [sku, activity])).toEqual([['POT', 'disabled']]);
    expect((await readStock(connector)).map(({ sku, stock }) => [sku, stock.quantity])).toEqual([
      ['CUP', 4],
      ['POT', 0],
    ]);
    expect(connector.can.blindSpots).toContain('sales-not-in-changes');
  });

  it('fails loudly where a filter by date is not heeded', async () => {
    const { connector, shop } = await openVendure({ dialect: { ignoresDates: true } });
    shop.add({ sku: 'OLD' });
    shop.passTime(3_600_000);
    expect((await errorOf(connector.page({ since: instantOf(shop.now()) }, forever))).kind).toBe('unintelligible');
  });

  it('logs in again when its session is forgotten, and not before', async () => {
    const { connector, shop } = await openVendure({ by: 'password', dialect: { sessionLasts: 2 } });
    shop.add({ sku: 'CUP' });
    const logins = () => shop.memory.requests.filter(({ body }) => body.includes('login')).length;
    await connector.page({}, forever);
    await connector.page({}, forever);
    expect(logins()).toBe(1);
    expect(skusIn(await connector.page({}, forever))).toEqual(['CUP']);
    expect(logins()).toBe(2);
  });

  it('tells a wrong password from everything else', async () => {
    const { connector, shop } = await openVendure({ by: 'password' });
    shop.credentials[0]!.revoked = true;
    const error = await errorOf(connector.page({}, forever));
    expect([error.kind, error.detail.said]).toEqual([
      'unauthorized',
      expect.stringContaining('INVALID_CREDENTIALS_ERROR'),
    ]);
  });

  it('knows barcodes only where an option names their field, and says so', async () => {
    const { connector, connect, shop } = await openVendure();
    shop.add({ sku: 'CUP', barcode: '05701234567899' });
    expect((await connector.withGtin?.('5701234567899', forever))?.map(({ sku }) => sku)).toEqual(['CUP']);
    const without = connect({ shop: { options: {} } });
    expect([without.can.findByGtin, without.withGtin]).toEqual([false, undefined]);
    expect(without.can.blindSpots).toContain('no-barcode-field');
    expect((await listingWith(without, 'CUP')).gtin).toBeUndefined();
    const error = await errorOf(connect({ shop: { options: { barcode: 'gtin' } } }).page({}, forever));
    expect([error.kind, error.detail.said]).toEqual(['refused', expect.stringContaining('GRAPHQL_VALIDATION_FAILED')]);
  });

  it('does not take a product for gone that is answered with another', async () => {
    const another = (dialect: Dialect): Dialect => ({
      ...dialect,
      answer: (request, shop) =>
        dialect.answer({ ...request, body: request.body.replace('"id":"101"', '"id":"103"') }, shop),
    });
    const { connector, shop } = await openVendure({ around: another });
    const [cup, pot] = [shop.add({ sku: 'CUP' }), shop.add({ sku: 'POT' })];
    const error = await errorOf(connector.product(toShopProductId(cup.id), forever));
    expect(error.detail.said).toBe(`asked for product ${cup.id}, the shop shows ${pot.id}`);
  });

  it('asks nothing about an id that is none of theirs', async () => {
    const { connector, shop } = await openVendure();
    expect(await connector.product(toShopProductId('no id"){id}'), forever)).toEqual([]);
    expect(shop.memory.requests).toEqual([]);
  });

  it('finds a SKU as it is written', async () => {
    const { connector, shop } = await openVendure();
    shop.add({ sku: 'Cup' });
    expect(await connector.withSku(toSku('cup'), forever)).toEqual([]);
  });
});
