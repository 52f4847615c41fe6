import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { danDomainClassic } from '../../../src/connectors/dandomain-classic/driver.ts';
import { listingOf } from '../../../src/connectors/dandomain-classic/map.ts';
import { orderSchemaIn, productSchemaIn } from '../../../src/connectors/dandomain-classic/schema.ts';
import type { Dialect } from '../../../src/demo/simulators/server.ts';
import { instantOf, parseGtin, toShopProductId, toSku } from '../../../src/domain/ids.ts';
import type { Listing } from '../../../src/domain/listing.ts';
import { errorOf, forever, listingWith, readAll, readSales, skusIn } from '../../contract/connector-harness.ts';
import { instant, makeShop } from '../../support/builders.ts';
import { asked, openClassic, paths } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/dandomain-classic/${name}.json`, import.meta.url), 'utf8'));
const zone = 'Europe/Copenhagen';
const shop = makeShop({ url: 'https://shop.example', currency: 'DKK' });
const context = { shop, site: '26', seenAt: instant('2026-11-24T08:00:00Z') };

describe('A product of DanDomain Classic', () => {
  const row = productSchemaIn(zone).parse(fixture('product'));

  it('is read from the form that the samples have', () => {
    const master = productSchemaIn(zone).parse({
      ...(fixture('product') as object),
      id: 616700,
      number: 'KOP-7',
      isVariantMaster: true,
      variantMasterId: null,
    });
    expect(listingOf(row, master, context)).toMatchObject({
      ref: { shopProductId: '616700', shopVariantId: '616706' },
      activity: 'active',
      shopSays: 'visible; hidden in site 27',
      sku: 'KOP-7-XL',
      gtin: parseGtin('5701234567899'),
      content: {
        name: 'Kop & underkop - XL',
        description: 'Blå\nkop',
        imageUrl: 'https://shop.example/images/kop.jpg',
        // The price of one piece for everybody, with its decimal comma.
        price: { minor: 129_950, currency: 'DKK' },
      },
      stock: { tracked: true, quantity: 12 },
      listedAt: '2017-08-15T09:42:04.000Z',
      changedAt: '2017-11-22T22:46:24.000Z',
    });
  });

  it.each([
    ['/Date(1502790124000+0200)/', '2017-08-15T09:42:04.000Z'],
    ['\\/Date(1502790124000)\\/', '2017-08-15T09:42:04.000Z'],
    ['2026-07-01T12:00:00+02:00', '2026-07-01T10:00:00.000Z'],
    ['2026-07-01T12:00:00', '2026-07-01T10:00:00.000Z'],
    ['2026-01-01 12:00', '2026-01-01T11:00:00.000Z'],
    ['28-11-2026 14:39:18', '2026-11-28T13:39:18.000Z'],
    // Twice in that night: the earlier.
    ['2026-10-25T02:30:00', '2026-10-25T00:30:00.000Z'],
    ['/Date(-62135596800000+0100)/', undefined],
    ['0001-01-01', '0001-01-01'],
    ['soon', undefined],
    ['', undefined],
  ])('reads the moment %j', (updated, expected) => {
    const read = productSchemaIn(zone).parse({ ...(fixture('product') as object), updated });
    if (expected === '0001-01-01') expect(read.updated ?? '0001').toMatch(/^0/);
    else expect(read.updated).toBe(expected);
  });

  it.each([
    [0, { value: 0 }],
    ['7', { value: 7 }],
    [-3, { value: -3 }],
    [2.5, { unreadable: '2.5' }],
    ['a few', { unreadable: 'a few' }],
  ])('stock %j is %j, and the row is read', (stockCount, read) => {
    const product = productSchemaIn(zone).parse({ ...(fixture('product') as object), stockCount });
    expect(product.stockCount).toEqual(read);
  });

  it('an order is read with its lines, and a line without a number names nothing', () => {
    expect(orderSchemaIn(zone).parse(fixture('order'))).toMatchObject({
      createdDate: '2017-11-06T12:46:49.000Z',
      orderLines: [{ productId: 'KOP-7-XL', quantity: 1 }, { productId: undefined }],
    });
  });
});

describe('Visibility is said for each site by itself', () => {
  const state = ({ activity, shopSays }: Listing) => [activity, shopSays];

  it('visible in one site and hidden in another: the chosen site counts, and the other is named', async () => {
    const { shop: fake, connector, connect } = await openClassic();
    fake.add({ sku: 'CUP', meta: { 'hidden:27': 'true' } });
    fake.add({ sku: 'POT', meta: { 'hidden:26': 'true' } });
    const english = connect({ shop: { options: { site: '27' } } });
    expect(state(await listingWith(connector, 'CUP'))).toEqual(['active', 'visible; hidden in site 27']);
    expect(state(await listingWith(connector, 'POT'))).toEqual(['disabled', 'hidden; visible in site 27']);
    expect(state(await listingWith(english, 'CUP'))).toEqual(['disabled', 'hidden; visible in site 26']);
    expect(state(await listingWith(english, 'POT'))).toEqual(['active', 'visible; hidden in site 26']);
  });

  it('a product that is in no site of that number is not for sale', async () => {
    const { shop: fake, connector } = await openClassic();
    fake.add({ sku: 'CUP', meta: { 'without:26': 'yes' } });
    const cup = await listingWith(connector, 'CUP');
    expect(state(cup)).toEqual(['disabled', 'not in site 26; visible in site 27']);
    expect(cup.offBecause).toBe('not-in-website');
  });

  it('a variant is for sale only where its master is visible', async () => {
    const { shop: fake, connector } = await openClassic();
    fake.add({ sku: 'SHIRT', status: 'draft', variants: [{ sku: 'SHIRT-S' }] });
    expect(state(await listingWith(connector, 'SHIRT-S'))).toEqual(['disabled', 'hidden; variant master: hidden']);
  });

  it('the sites are what may be chosen, the first one usual', async () => {
    const { connector } = await openClassic();
    const { choices } = await connector.test(forever);
    expect(choices.filter(({ option }) => option === 'site')).toEqual([
      { option: 'site', value: '26', label: 'Dansk, DKK', usual: true },
      { option: 'site', value: '27', label: 'English, EUR', usual: false },
    ]);
  });
});

describe('Everything is known by id and asked for by number', () => {
  it('asks nothing about a text that is no id', async () => {
    const world = await openClassic();
    for (const id of ['CUP', '0', '-1', '1/2', '../101', '1e3', '']) {
      expect(await world.connector.product(toShopProductId(id), forever)).toEqual([]);
    }
    expect(world.shop.memory.requests).toEqual([]);
  });

  it('answers several absences with one look through all pages', async () => {
    const world = await openClassic();
    for (let at = 0; at < 150; at += 1) world.shop.add({ sku: `S-${at}` });
    for (const id of ['900001', '900002', '900003']) {
      expect(await world.connector.product(toShopProductId(id), forever)).toEqual([]);
    }
    expect(asked(world, /ProductPage\/1\/100$/)).toHaveLength(1);
  });

  it('asks by number for what was seen before', async () => {
    const world = await openClassic();
    const cup = world.shop.add({ sku: 'CUP' });
    await readAll(world.connector);
    const before = world.shop.memory.requests.length;
    await world.connector.product(toShopProductId(cup.id), forever);
    expect(paths(world).slice(before)).toEqual(['GET ProductDataService CUP']);
  });

  it('a number that differs in case is another one', async () => {
    const { shop: fake, connector } = await openClassic();
    fake.add({ sku: 'abc' });
    expect(await connector.withSku(toSku('ABC'), forever)).toEqual([]);
  });

  it.each([
    'A/1',
    '50%',
    'a&b',
    'a?b#c',
    'k:v',
  ])('the number %j is looked for in the pages where IIS refuses it', async (number) => {
    const world = await openClassic();
    world.shop.add({ sku: 'OTHER' });
    world.shop.add({ sku: number });
    // A number of dots alone is none: what has it is found all the same.
    expect(await world.connector.withSku(toSku(number), forever)).toHaveLength(1);
    expect(asked(world, /ProductPage\/1\//)).toHaveLength(1);
    const open = await openClassic({ takesAnyPath: true });
    open.shop.add({ sku: number });
    expect((await open.connector.withSku(toSku(number), forever)).map(({ sku }) => sku)).toEqual([number]);
    expect(asked(open, /ProductPage/)).toEqual([]);
  });

  it.each([
    '.',
    '..',
    'x..',
  ])('the number %j is never put into a path, where it would name another address', async (number) => {
    const world = await openClassic();
    world.shop.add({ sku: number });
    // A number of dots alone is none: what has it is found all the same.
    expect(await world.connector.withSku(toSku(number), forever)).toHaveLength(1);
    expect(paths(world).filter((path) => !/Product(Page|Count)|SettingService/.test(path))).toEqual([]);
  });

  it('finds by barcode what has exactly that one, and believes "none" only of an API that is there', async () => {
    const { shop: fake, connector } = await openClassic();
    fake.add({ sku: 'CUP', barcode: '5701234567899' });
    fake.add({ variants: [{ sku: 'SHIRT-S', barcode: '5701234567899' }] });
    fake.add({ sku: 'POT', barcode: '5701234567' });
    const found = await connector.withGtin?.('5701234567899', forever);
    expect(skusIn({ listings: found ?? [] })).toEqual(['CUP', 'SHIRT-S']);
    expect(await connector.withGtin?.('4006381333931', forever)).toEqual([]);
    // IIS lets none of these through in a path: the shop was not asked.
    for (const text of ['ABC/1', '50%', '../../x', 'A+B']) {
      expect(await connector.withGtin?.(text, forever)).toBeUndefined();
    }
    fake.temper.nowhere = true;
    expect((await errorOf(connector.withGtin?.('4006381333931', forever) ?? Promise.resolve())).kind).toBe('refused');
  });
});

describe('Changes of DanDomain Classic', () => {
  it('are asked for in the time of the shop, whose clock has no zone', async () => {
    const world = await openClassic();
    await readAll(world.connector, instant('2026-07-01T10:00:01.500Z'));
    await readAll(world.connector, instant('2026-01-15T10:00:00.000Z'));
    const starts = asked(world, /GetByModifiedInterval/).map(({ query }) => query.start);
    expect(starts).toEqual(['2026-07-01T12:00:00', '2026-01-15T10:59:59']);
  });

  it('misses nothing in the night when clocks go back', async () => {
    // 00:50 UTC is 02:50 on the wall, and half an hour later it is 02:20.
    const startsAt = Date.UTC(2026, 9, 25, 0, 40);
    const { shop: fake, connector } = await openClassic({}, { startsAt });
    const since = instantOf(Date.UTC(2026, 9, 25, 0, 50));
    fake.passTime(40 * 60_000);
    fake.add({ sku: 'NIGHT' });
    expect(skusIn(await readAll(connector, since))).toEqual(['NIGHT']);
  });

  it('tell a hidden master for variants that were never read before', async () => {
    const { shop: fake, connector } = await openClassic();
    const shirt = fake.add({ sku: 'SHIRT', variants: [{ sku: 'SHIRT-S' }, { sku: 'SHIRT-M' }] });
    fake.passTime(3_600_000);
    const since = instantOf(fake.now());
    fake.setStatus(shirt.id, 'draft');
    const { listings } = await readAll(connector, since);
    expect(listings.map(({ sku, activity }) => [sku, activity])).toEqual([
      ['SHIRT', 'disabled'],
      ['SHIRT-S', 'disabled'],
      ['SHIRT-M', 'disabled'],
    ]);
  });

  it('know all variants of a master only of a reading that was seen from its first page', async () => {
    const world = await openClassic();
    const { shop: fake, connector, connect } = world;
    const shirt = fake.add({ sku: 'SHIRT', variants: [{ sku: 'SHIRT-S' }] });
    for (let at = 0; at < 120; at += 1) fake.add({ sku: `S-${at}` });
    const first = await connector.page({}, forever);
    const later = connect();
    await later.page({ cursor: first.next }, forever);
    fake.passTime(3_600_000);
    const since = instantOf(fake.now());
    fake.setStatus(shirt.id, 'draft');
    expect(skusIn(await readAll(later, since))).toEqual(['SHIRT-S']);
  });

  it('are refused from a shop that does not filter', async () => {
    const everything = (dialect: Dialect): Dialect => ({
      ...dialect,
      answer: (request, fake) => {
        request.query.delete('start');
        return dialect.answer(request, fake);
      },
    });
    const { shop: fake, connector } = await openClassic({}, {}, everything);
    fake.add({ sku: 'OLD' });
    fake.passTime(86_400_000);
    const error = await errorOf(connector.page({ since: instantOf(fake.now()) }, forever));
    expect([error.kind, error.detail.said]).toEqual(['unintelligible', expect.stringContaining('does not filter')]);
  });
});

describe('Sales of DanDomain Classic', () => {
  const since = instantOf(Date.UTC(2026, 8, 20));

  it('are orders that count in the statistics, or that a person chose', async () => {
    const { shop: fake, connector, connect } = await openClassic();
    const cup = fake.add({ sku: 'CUP', quantity: 9 });
    const pot = fake.add({ sku: 'POT', quantity: 9 });
    fake.sell([{ productId: cup.id, quantity: 1 }], { status: 'pending' });
    fake.sell([{ productId: pot.id, quantity: 1 }], { status: 'refunded' });
    expect((await readSales(connector, since)).map(({ sku }) => sku)).toEqual(['CUP']);
    const chosen = connect({ shop: { options: { saleStates: '2, 5' } } });
    expect((await readSales(chosen, since)).map(({ sku }) => sku)).toEqual(['POT']);
  });

  it('are the goods of the id that has the number now, and nothing where the number is gone', async () => {
    const { shop: fake, connector } = await openClassic();
    const cup = fake.add({ sku: 'CUP', quantity: 9 });
    fake.sell([{ productId: cup.id, quantity: 1 }]);
    fake.renameSku(cup.id, 'CUP-2');
    expect(await readSales(connector, since)).toEqual([]);
  });

  it('are read over many pages though a shop sends few rows', async () => {
    const { shop: fake, connector } = await openClassic({ largestPage: 7 });
    const cups = Array.from({ length: 30 }, (_, at) => fake.add({ sku: `S-${at}`, quantity: 9 }));
    for (const cup of cups) fake.sell([{ productId: cup.id, quantity: 1 }]);
    expect(new Set((await readSales(connector, since)).map(({ sku }) => sku)).size).toBe(30);
  });
});

describe('Who a DanDomain Classic shop is', () => {
  it('is the firm behind it, or its sites where the key may not see the firm', async () => {
    const { connector } = await openClassic({ company: 'Nordlys ApS' });
    expect(await connector.test(forever)).toMatchObject({ identity: 'nordlys aps', shopName: 'Nordlys ApS' });
    const bare = await openClassic({ company: undefined });
    expect(await bare.connector.test(forever)).toMatchObject({ identity: 'sites 26 27', shopName: 'Dansk' });
  });

  it('names the service that the key may not use, and says nothing of writing before it is tried', async () => {
    const world = await openClassic();
    const { permissions } = await world.withOnly('read-products').test(forever);
    expect(permissions.map(({ wanted, platformWord, granted }) => [wanted, platformWord, granted])).toEqual([
      ['read-products', 'ProductDataService', true],
      ['write-stock', 'ProductDataService (SetStockCount)', undefined],
      ['read-orders', 'OrderService', false],
      ['read-settings', 'SettingService', true],
    ]);
    const blind = (await openClassic()).withOnly('read-orders');
    const error = await errorOf(blind.page({}, forever));
    expect([error.kind, error.detail.permission]).toEqual(['forbidden', 'ProductDataService']);
  });

  it('tells a missing right in a page of the API from a page of a firewall', async () => {
    const page =
      (body: string) =>
      (dialect: Dialect): Dialect => ({
        ...dialect,
        answer: (request, fake) =>
          /OrderService/.test(request.path) ? { status: 403, body } : dialect.answer(request, fake),
      });
    const since = instantOf(Date.UTC(2026, 8, 20));
    const api = await openClassic({}, {}, page("<html>The exception message is 'No access to orders'.</html>"));
    const wall = await openClassic({}, {}, page('<html><h1>Blocked</h1></html>'));
    expect(await errorOf(api.connector.sales({ since }, forever))).toMatchObject({
      kind: 'forbidden',
      detail: { permission: 'OrderService', said: 'No access to orders' },
    });
    expect((await errorOf(wall.connector.sales({ since }, forever))).kind).toBe('refused');
  });

  it('is recognised without a key by the help page of its API', async () => {
    const probe = (text: string) => async (url: URL) => ({
      status: url.pathname.includes('help') ? 200 : 404,
      headers: {},
      text,
    });
    const base = new URL('https://www.shop.example/shop/frontpage.html');
    const page = '<title>Operations at https://www.shop.example/admin/WEBAPI/Endpoints/v1_0/ProductDataService</title>';
    expect(await danDomainClassic.detect(base, probe(page), forever)).toEqual({
      platform: 'dandomain-classic',
      confidence: 'sure',
      url: 'https://www.shop.example',
    });
    expect(await danDomainClassic.detect(base, probe('<html>Welcome</html>'), forever)).toBeUndefined();
  });
});
