import { describe, expect, it, vi } from 'vitest';
import { danDomainWebshop } from '../../../src/connectors/dandomain-webshop/driver.ts';
import { listingsOf } from '../../../src/connectors/dandomain-webshop/map.ts';
import { optionForm } from '../../../src/connectors/dandomain-webshop/options.ts';
import { readProduct } from '../../../src/connectors/dandomain-webshop/schema.ts';
import { credential } from '../../../src/demo/simulators/fake-shop.ts';
import type { Dialect } from '../../../src/demo/simulators/server.ts';
import { instantOf, toShopProductId } from '../../../src/domain/ids.ts';
import {
  errorOf,
  forever,
  listingWith,
  readAll,
  readSales,
  readStock,
  skusIn,
} from '../../contract/connector-harness.ts';
import { instant, makeShop } from '../../support/builders.ts';
import { bodies, calls, openWebshop } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A row as a listing, without a shop. */
function listing(
  fields: Readonly<Record<string, unknown>>,
  options: Readonly<Record<string, string>> = {},
  url = 'https://shop.example',
) {
  const { product } = readProduct({ Id: '7', Status: 'true', Stock: '5', ...fields }, 'Europe/Copenhagen');
  const shop = makeShop({ url, currency: 'DKK' });
  return listingsOf(product!, { shop, options: optionForm.parse(options), seenAt: instant('2026-11-24T08:00:00Z') });
}

describe('What a DanDomain Webshop says of a product', () => {
  it.each([
    ['switched off', { Status: 'false' }, 'disabled', 'Status false'],
    ['out of the range', { TypeLabel: 'discontinued' }, 'archived', 'Status true, discontinued'],
    ['of a type that nobody knows', { TypeLabel: 'mystery' }, 'disabled', 'Status true, mystery'],
    ['not online, whatever that means', { Online: 'false' }, 'active', 'Status true, Online false'],
    [
      'empty and hidden for it',
      { DisableOnEmpty: 'true', Stock: '0' },
      'disabled',
      'Status true, DisableOnEmpty, Stock 0',
    ],
    [
      'empty and to be had all the same',
      { DisableOnEmpty: 'true', Stock: '0', OutOfStockBuy: '1' },
      'active',
      'Status true',
    ],
    ['empty and not counted', { DisableOnEmpty: 'true', Stock: '0', AutoStock: '0' }, 'active', 'Status true'],
  ])('%s', (_, fields, activity, shopSays) => {
    expect(listing(fields)[0]).toMatchObject({ activity, shopSays });
  });

  it.each([
    ['true', 'false', 'product-off'],
    ['false', 'true', undefined],
    ['false', 'false', undefined],
  ])('a variant that is %s under a product that is %s', (own, ofProduct, because) => {
    const fields = { Status: ofProduct, Online: 'false', Variants: { item: [{ Id: '8', Status: own, Stock: '5' }] } };
    const variant = listing(fields).find(({ ref }) => ref.shopVariantId === '8');
    expect(variant).toMatchObject({ activity: 'disabled', offBecause: because });
  });

  it.each([
    ['counted', { AutoStock: '1' }, { tracked: true, quantity: 5 }],
    ['as the whole shop is set', { AutoStock: undefined }, { tracked: true, quantity: 5 }],
    ['not counted', { AutoStock: '0' }, { tracked: false }],
    ['owed', { Stock: '-2' }, { tracked: true, quantity: -2 }],
    ['none said', { Stock: undefined }, { tracked: true, quantity: undefined }],
  ])('stock that is %s', (_, fields, stock) => {
    expect(listing(fields)[0]?.stock).toEqual(stock);
  });

  it('says why it cannot be bought though it is active', () => {
    expect(listing({ OutOfStockBuy: '0', Stock: '0' })[0]?.unbuyable).toEqual([
      { why: 'out-of-stock', shopSays: 'OutOfStockBuy 0, Stock 0' },
    ]);
    expect(listing({ CallForPrice: 'true' })[0]?.unbuyable).toEqual([{ why: 'no-price', shopSays: 'call-for-price' }]);
    expect(listing({})[0]?.unbuyable).toBeUndefined();
  });

  it('a product outside the chosen language is not for sale there', () => {
    const languages = { LanguageAccess: { item: ['DK', 'SE'] } };
    expect(listing(languages, { language: 'de' })[0]).toMatchObject({
      activity: 'disabled',
      shopSays: 'Status true, not in DE',
    });
    expect(listing(languages, { language: 'se' })[0]).toMatchObject({ activity: 'active' });
  });

  it('knows pictures and the admin of a shop whose address is the vendor’s', () => {
    const [own] = listing(
      { Pictures: { item: { FileName: 'kop å.jpg' } } },
      {},
      'https://nordlys.webshop.dandomain.dk',
    );
    expect(own).toMatchObject({
      adminUrl: 'https://nordlys.webshop.dandomain.dk/admin/',
      content: { imageUrl: 'https://nordlys.sfstatic.io/upload_dir/pics/kop%20%C3%A5.jpg' },
    });
    expect(listing({})[0]?.adminUrl).toBeUndefined();
  });

  it('names a variant that nobody can read, and the product goes on', () => {
    const { product, broken } = readProduct(
      {
        Id: '7',
        Status: 'true',
        Variants: {
          item: [
            { Id: '1', Status: 'true', ItemNumber: { odd: '1' } },
            { Id: '2', Status: 'true', Stock: '3' },
          ],
        },
      },
      'Europe/Copenhagen',
    );
    expect(product?.variants.map(({ Id }) => Id)).toEqual(['2']);
    const said = 'is object, not text';
    expect(broken).toEqual([{ shopProductId: '7', shopVariantId: '1', where: 'variant 1: ItemNumber', said }]);
  });
});

describe('A session of a DanDomain Webshop', () => {
  it('is opened once, chooses its fields once, and asks for item numbers with care', async () => {
    const world = await openWebshop();
    world.shop.add({ sku: 'CUP' });
    await readAll(world.connector);
    await readAll(world.connector);
    expect(calls(world).slice(0, 5)).toEqual([
      'Solution_Connect',
      'Solution_SetCaseSensitiveItemNumber',
      'Product_SetFields',
      'Product_SetVariantFields',
      'Solution_GetWebinfo',
    ]);
    expect(calls(world).filter((name) => /Connect|SetFields/.test(name))).toHaveLength(2);
  });

  it('does without a field that the shop does not know, which would fault the whole choice', async () => {
    const world = await openWebshop({ unknownFields: ['TypeLabel'] });
    world.shop.add({ sku: 'CUP', quantity: 3 });
    expect(await listingWith(world.connector, 'CUP')).toMatchObject({ activity: 'active', stock: { quantity: 3 } });
    expect(bodies(world, /Product_SetFields/).map((body) => body.includes('TypeLabel'))).toEqual([true, false]);
  });

  it('never takes products whose fields were dropped in silence for switched off: it logs in anew, and then says so', async () => {
    const { shop, connector } = await openWebshop({ forgetsFieldsAfter: 5 });
    shop.add({ sku: 'CUP', quantity: 3 });
    await readAll(connector);
    const { listings } = await readAll(connector);
    expect(listings).toMatchObject([{ activity: 'active', stock: { quantity: 3 } }]);
    const bare = await openWebshop({ forgetsFieldsAfter: 0 });
    bare.shop.add({ sku: 'CUP' });
    const error = await errorOf(bare.connector.page({}, forever));
    expect([error.kind, error.detail.said]).toEqual(['unintelligible', 'the shop delivers no field Status']);
  });

  it('lost variants’ fields are noticed by themselves', async () => {
    const losing = (dialect: Dialect): Dialect => ({
      ...dialect,
      answer: (request, fake) => {
        const answer = dialect.answer(request, fake);
        const body = String(answer.body).replace(
          /<Variants>.*?<\/Variants>/g,
          '<Variants><item><Id>9</Id></item></Variants>',
        );
        return { ...answer, body };
      },
    });
    const { shop, connector } = await openWebshop({}, {}, losing);
    shop.add({ variants: [{ sku: 'SHIRT-S' }] });
    expect((await errorOf(connector.page({}, forever))).detail.said).toBe('the shop delivers no field Status');
  });

  it('that is over is opened again once, and the question asked again', async () => {
    const world = await openWebshop({ endsAfter: 6 });
    world.shop.add({ sku: 'CUP' });
    for (let at = 0; at < 3; at += 1) expect(skusIn(await readAll(world.connector))).toEqual(['CUP']);
    expect(calls(world).filter((name) => name === 'Solution_Connect').length).toBeGreaterThan(1);
  });

  it('tells a wrong password from a missing right, which have one code', async () => {
    for (const refusesWithFalse of [true, false]) {
      const { connect } = await openWebshop({ refusesWithFalse });
      const error = await errorOf(connect({ as: credential('someone@shop.example', 'wrong') }).page({}, forever));
      expect(error.kind).toBe('unauthorized');
    }
    const error = await errorOf(
      (await openWebshop()).withOnly('read-products').sales({ since: instant('2026-09-20T00:00:00Z') }, forever),
    );
    expect([error.kind, error.detail.permission]).toEqual(['forbidden', 'Order_SetFields']);
  });

  it('names the rights that are missing in the API’s own words', async () => {
    const { permissions } = await (await openWebshop()).withOnly('read-products').test(forever);
    expect(permissions.map(({ platformWord, granted }) => [platformWord, granted])).toEqual([
      ['Product_GetAllWithLimit', true],
      ['Product_Update', false],
      ['Order_GetByDateWithPagination', false],
    ]);
  });
});

describe('Changes of a DanDomain Webshop', () => {
  it('do not show a write of stock; the pass over all stock does, in few and thin calls', async () => {
    const world = await openWebshop();
    const { shop, connector } = world;
    const cup = shop.add({ sku: 'CUP', quantity: 5 });
    const shirt = shop.add({ sku: 'SHIRT', variants: [{ sku: 'SHIRT-S', quantity: 2 }] });
    await readAll(connector);
    shop.passTime(3_600_000);
    const since = instantOf(shop.now());
    shop.setQuantity(cup.id, 4);
    shop.setQuantity(shirt.variants[0]!.id, 1);
    expect((await readAll(connector, since)).listings).toEqual([]);
    expect((await readStock(connector)).map(({ sku, stock }) => [sku, stock.quantity])).toEqual([
      ['CUP', 4],
      ['SHIRT-S', 1],
    ]);
    expect(bodies(world, /Product_SetFields/).at(-1)).not.toMatch(/Title|Description|Pictures/);
  });

  it('are asked for day by day in the time of the shop, and the last stretch has no end', async () => {
    const world = await openWebshop();
    await readAll(world.connector, instant('2026-09-28T22:30:00.000Z'));
    const asked = bodies(world, /GetByUpdatedDate/).map((body) => [
      /<Start>([^<]*)/.exec(body)?.[1],
      /<End>([^<]*)/.exec(body)?.[1],
    ]);
    expect(asked).toEqual([
      ['2026-09-29 00:29:59', '2026-09-30 00:30:00'],
      ['2026-09-30 00:29:59', '2026-10-01 00:30:00'],
      ['2026-10-01 00:29:59', expect.stringMatching(/^2027-10-02 /)],
    ]);
  });

  it('misses nothing in the night when clocks go back', async () => {
    const { shop, connector } = await openWebshop({}, { startsAt: Date.UTC(2026, 9, 25, 0, 40) });
    const since = instantOf(Date.UTC(2026, 9, 25, 0, 50));
    shop.passTime(40 * 60_000);
    shop.add({ sku: 'NIGHT' });
    expect(skusIn(await readAll(connector, since))).toEqual(['NIGHT']);
  });
});

describe('Deletion and sales of a DanDomain Webshop', () => {
  it('asks nothing about a text that is no id, and asks twice before it believes that a product is gone', async () => {
    for (const missingIsEmpty of [true, false]) {
      const world = await openWebshop({ missingIsEmpty });
      world.shop.add({ sku: 'POT' });
      for (const id of ['CUP', '0', '-1', '7 or 1', '1e3']) {
        expect(await world.connector.product(toShopProductId(id), forever)).toEqual([]);
      }
      expect(world.shop.memory.requests).toEqual([]);
      expect(await world.connector.product(toShopProductId('900001'), forever)).toEqual([]);
      expect(calls(world).filter((name) => /Get(By|Web|All)/.test(name))).toEqual(
        expect.arrayContaining([
          'Product_GetById',
          'Solution_GetWebinfo',
          'Product_GetByIds',
          'Product_GetAllWithLimit',
        ]),
      );
    }
  });

  it('a sale is no later than the week it was made in, though its order is touched long after', async () => {
    const { shop, connector, clock } = await openWebshop();
    const cup = shop.add({ sku: 'CUP', quantity: 9 });
    const order = shop.sell([{ productId: cup.id, quantity: 1 }]);
    shop.passTime(40 * 86_400_000);
    order.status = 'shipped';
    order.updatedAt = shop.now();
    clock.set(instantOf(shop.now()));
    const since = instantOf(order.createdAt - 3_600_000);
    const [sale] = await readSales(connector, since);
    expect(sale?.at).toBe(instantOf(Date.parse(since) + 7 * 86_400_000));
  });

  it('a year of sales is read in few calls, older ones by the month', async () => {
    const world = await openWebshop();
    const { shop, connector, clock } = world;
    const cup = shop.add({ sku: 'CUP', quantity: 9 });
    shop.sell([{ productId: cup.id, quantity: 1 }]);
    clock.set(instantOf(shop.now() + 300 * 86_400_000));
    expect(await readSales(connector, instantOf(shop.now() - 50 * 86_400_000))).toHaveLength(1);
    expect(bodies(world, /Order_GetByDate/).length).toBeLessThanOrEqual(25);
  });

  it('credit notes, cancelled orders and those that were never gone through with are no sales', async () => {
    const { shop, connector, connect } = await openWebshop();
    const cups = ['A', 'B', 'C', 'D'].map((sku) => shop.add({ sku, quantity: 9 }));
    const statuses = ['paid', 'refunded', 'cancelled', 'pending'] as const;
    for (const [at, cup] of cups.entries()) shop.sell([{ productId: cup.id, quantity: 1 }], { status: statuses[at] });
    shop.sell([{ productId: cups[1]!.id, quantity: 1 }], { test: true });
    const since = instant('2026-09-20T00:00:00Z');
    expect((await readSales(connector, since)).map(({ sku }) => sku).sort()).toEqual(['A', 'D']);
    const chosen = connect({ shop: { options: { saleStates: '4' } } });
    expect((await readSales(chosen, since)).map(({ sku }) => sku)).toEqual(['C']);
  });
});

describe('A DanDomain Webshop is recognised without a key', () => {
  const front = (text: string) => async () => ({ status: 200, headers: {}, text });
  it.each([
    ['https://nordlys.webshop.dandomain.dk/admin/login', '', 'sure', 'https://nordlys.webshop.dandomain.dk'],
    ['https://nordlys.mywebshop.io/', '', 'sure', 'https://nordlys.mywebshop.io'],
    [
      'https://nordlys.example/',
      '<img src="https://nordlys.sfstatic.io/upload_dir/x.png">',
      'likely',
      'https://nordlys.example',
    ],
  ])('%s', async (base, page, confidence, url) => {
    expect(await danDomainWebshop.detect(new URL(base), front(page), forever)).toEqual({
      platform: 'dandomain-webshop',
      confidence,
      url,
    });
  });

  it('and another shop is not', async () => {
    expect(
      await danDomainWebshop.detect(new URL('https://nordlys.example/'), front('<html>Hi</html>'), forever),
    ).toBeUndefined();
  });
});
