import { describe, expect, it, vi } from 'vitest';
import { instantOf, toShopProductId, toSku } from '../../../src/domain/ids.ts';
import { ends, errorOf, forever, quantityFor, readAll, readStock, skusIn } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { openMedusa, recorded } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('A reading of Medusa', () => {
  it('says of what has no price that no cart takes it', async () => {
    const { connector, shop } = await openMedusa();
    shop.add({ sku: 'CUP', quantity: 1, price: undefined });
    shop.add({ sku: 'POT', quantity: 1, price: '10.00' });
    const { listings } = await readAll(connector);
    expect(listings.map(({ sku, unbuyable }) => [sku, unbuyable])).toEqual([
      ['CUP', [{ why: 'no-price', shopSays: 'prices: none' }]],
      ['POT', undefined],
    ]);
  });

  it('says of what is counted and lies at no location that no cart takes it', async () => {
    const { connector, shop } = await openMedusa();
    shop.add({ sku: 'CUP', quantity: 0 }).variants[0]!.notPlaced = true;
    const { listings } = await readAll(connector);
    expect(listings.map(({ stock, unbuyable }) => [stock, unbuyable])).toEqual([
      [{ tracked: true }, [{ why: 'not-purchasable', shopSays: 'location_levels: none' }]],
    ]);
    const [outcome] = await connector.push([quantityFor(listings[0]!.ref, 9)], forever);
    expect(outcome).toMatchObject({ why: 'location-missing', said: expect.stringContaining('not stocked there') });
  });

  it.each([
    'inventory_items',
    'inventory',
    'location_levels',
  ])('knows of no missing place where %s is left out', async (left) => {
    const body = JSON.parse(JSON.stringify(recorded(), (key, value) => (key === left ? undefined : value)));
    const { connector } = await openMedusa({
      around: (dialect) => ({ ...dialect, answer: () => ({ status: 200, body }) }),
    });
    const { listings } = await connector.page({}, forever);
    const said = listings.flatMap(({ unbuyable }) => unbuyable ?? []).map(({ shopSays }) => shopSays);
    expect(listings.some(({ stock }) => stock.tracked)).toBe(true);
    expect(said).not.toContain('location_levels: none');
  });

  it('reads a recorded answer: stock, states, prices and barcodes', async () => {
    const { connector, connect } = await openMedusa({
      around: (dialect) => ({ ...dialect, answer: () => ({ status: 200, body: recorded() }) }),
    });
    const { listings } = await connector.page({}, forever);
    const short = listings.map(({ sku, sellable, shopSays, stock, gtin, barcode, content, unbuyable, offShow }) => [
      sku ?? content.name,
      sellable,
      shopSays,
      stock,
      gtin ?? barcode,
      content.price?.minor,
      unbuyable?.map(({ why }) => why),
      offShow,
    ]);
    const unseen = 'published, no sales channel';
    const half = { tracked: true, unreadable: { field: 'stocked_quantity', value: '2.5' } };
    expect(short).toEqual([
      ['KOP-1', 'unit', 'published', half, '05701234567899', 9950, undefined, undefined],
      ['Usynlig', 'parent', unseen, { tracked: false }, undefined, undefined, undefined, undefined],
      ['US-S', 'unit', unseen, { tracked: false }, 'SHELF 7', undefined, ['hidden', 'no-price'], true],
      [
        'US-PAK',
        'not-stocked',
        `${unseen}, kit, required_quantity: 6`,
        { tracked: false },
        undefined,
        undefined,
        ['hidden', 'no-price'],
        true,
      ],
      // Counted, and stocked nowhere: no figure stands there, which is not nought.
      [
        'US-M',
        'unit',
        unseen,
        { tracked: true },
        undefined,
        undefined,
        ['hidden', 'not-purchasable', 'no-price'],
        true,
      ],
    ]);
    const chosen = await connect({ shop: { options: { location: 'sloc_1' } } }).page({}, forever);
    expect(chosen.listings[0]?.stock).toEqual({ tracked: true, quantity: 2 });
    expect(listings[0]?.adminUrl).toMatch(/\/app\/products\/prod_01M8HA2ERRTVE6ZYXBRCRAVW2F$/);
  });

  it('trap: Medusa leaves out a filter it does not know, so a SKU is never found among strangers', async () => {
    const { connector, shop } = await openMedusa({ dialect: { ignoresFilters: true } });
    shop.add({ sku: 'POT', quantity: 1 });
    const pot = shop.add({ sku: 'CUP', quantity: 1 });
    const error = await errorOf(connector.withSku(toSku('CUP'), forever));
    expect([error.kind, error.detail.said]).toEqual([
      'unintelligible',
      expect.stringContaining('does not filter by sku'),
    ]);
    const ref = refTo('dk', pot.id, pot.variants[0]!.id);
    expect((await errorOf(connector.push([quantityFor(ref, 5)], forever))).kind).toBe('unintelligible');
    expect(pot.variants[0]!.quantity).toBe(1);
  });

  it('trap: a date that is not heeded shows everything, and is no reading of changes', async () => {
    const { connector, shop } = await openMedusa({ dialect: { ignoresDates: true } });
    shop.add({ sku: 'OLD' });
    shop.passTime(3_600_000);
    const error = await errorOf(connector.page({ since: instantOf(shop.now()) }, forever));
    expect([error.kind, error.detail.said]).toEqual([
      'unintelligible',
      expect.stringContaining('does not filter by date'),
    ]);
  });

  it('trap: a deleted variant is 200 and {}, and gone: its product has it no more, and a push does not find it', async () => {
    const { connector, shop, url } = await openMedusa();
    const shirt = shop.add({ variants: [{ sku: 'SHIRT-S' }, { sku: 'SHIRT-M' }] });
    const gone = shirt.variants[0]!;
    shop.deleteForever(gone.id);
    const authorization = `Basic ${Buffer.from(`${shop.credentials[0]!.secret}:`).toString('base64')}`;
    const raw = await fetch(`${url}/admin/products/${shirt.id}/variants/${gone.id}`, { headers: { authorization } });
    expect([raw.status, await raw.json()]).toEqual([200, {}]);
    const family = await connector.product(toShopProductId(shirt.id), forever);
    expect(skusIn({ listings: family })).toEqual(['SHIRT-M']);
    const ref = refTo('dk', shirt.id, gone.id);
    expect(ends(await connector.push([quantityFor(ref, 4)], forever))).toEqual(['not-found-in-shop']);
  });

  it('trap: {} with status 200 is no word for a product that is gone', async () => {
    const { connector } = await openMedusa({ dialect: { emptyForUnknown: true } });
    const asked = connector.product(toShopProductId('prod_01M8HA99999999999999999999'), forever);
    expect((await errorOf(asked)).kind).toBe('unintelligible');
  });

  it('asks who the shop is before a product counts as gone', async () => {
    const { connect } = await openMedusa();
    const mistaken = connect({ shop: { identity: 'store_another' } });
    const error = await errorOf(mistaken.product(toShopProductId('prod_01M8HA99999999999999999999'), forever));
    expect(error.kind).toBe('another-shop');
  });

  it('takes an unknown route for a missing API, and never for a product that is gone', async () => {
    const { connector } = await openMedusa({
      around: (dialect) => ({
        ...dialect,
        answer: () => ({ status: 404, headers: { 'content-type': 'text/html' }, body: '<pre>Cannot GET /admin</pre>' }),
      }),
    });
    const error = await errorOf(connector.product(toShopProductId('prod_1'), forever));
    expect([error.kind, error.detail.said]).toEqual(['refused', 'there is no Medusa admin API here']);
  });

  it('asks nothing about an id that is none of theirs', async () => {
    const { connector, shop } = await openMedusa();
    expect(await connector.product(toShopProductId('../stores'), forever)).toEqual([]);
    expect(shop.memory.requests).toEqual([]);
  });

  it('shows stock in the pass over it, and in no changes', async () => {
    const { connector, shop } = await openMedusa();
    const cup = shop.add({ sku: 'CUP', quantity: 5 });
    shop.passTime(60_000);
    const since = instantOf(shop.now());
    shop.setQuantity(cup.variants[0]!.id, 8);
    expect((await readAll(connector, since)).listings).toEqual([]);
    expect((await readStock(connector)).map(({ sku, stock }) => [sku, stock.quantity])).toEqual([['CUP', 8]]);
    expect(connector.can.blindSpots).toContain('stock-not-in-changes');
  });

  it('shows an edited variant among the changes, though its product did not move', async () => {
    const { connector, shop } = await openMedusa();
    const shirt = shop.add({ variants: [{ sku: 'SHIRT-S' }, { sku: 'SHIRT-M' }] });
    shop.passTime(60_000);
    const since = instantOf(shop.now());
    shop.renameSku(shirt.variants[1]!.id, 'SHIRT-L');
    expect(skusIn(await readAll(connector, since))).toEqual(['SHIRT-L']);
  });

  it('finds a barcode in each of its three fields, however its zeros are written', async () => {
    const { connector, shop } = await openMedusa();
    shop.add({ sku: 'CUP', barcode: '05701234567899' });
    const found = await connector.withGtin?.('5701234567899', forever);
    expect(found?.map(({ sku }) => sku)).toEqual(['CUP']);
    const fields = shop.memory.requests
      .flatMap(({ query }) => Object.keys(query))
      .filter((name) => name.endsWith('[]'));
    expect(new Set(fields)).toEqual(new Set(['barcode[]', 'ean[]', 'upc[]']));
  });
});
