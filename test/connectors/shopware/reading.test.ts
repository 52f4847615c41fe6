import { describe, expect, it, vi } from 'vitest';
import { madeId, salesChannelId } from '../../../src/demo/simulators/shopware/rows.ts';
import { shopwareId } from '../../../src/demo/simulators/shopware.ts';
import { instantOf, toShopProductId, toSku } from '../../../src/domain/ids.ts';
import { errorOf, forever, listingWith, readAll, readStock, skusIn } from '../../contract/connector-harness.ts';
import { answering, asked, openShopware, searches } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const many = (shop: { add: (given: { sku: string }) => unknown }, count: number): void => {
  for (let at = 0; at < count; at += 1) shop.add({ sku: `S-${String(at).padStart(4, '0')}` });
};

describe('A reading of Shopware', () => {
  it('asks for 500 rows at a time after the last running number, and counts all of them only once', async () => {
    const world = await openShopware();
    many(world.shop, 620);
    const first = await world.connector.page({}, forever);
    expect(first.total).toBe(620);
    const second = await world.connector.page({ cursor: first.next! }, forever);
    expect([first.listings.length, second.listings.length, second.total]).toEqual([500, 120, 620]);
    const third = await world.connector.page({ cursor: second.next! }, forever);
    expect([third.listings.length, third.next]).toEqual([0, undefined]);
    expect(searches(world).map((sent) => [sent.page, sent.limit, sent['total-count-mode']])).toEqual([
      [1, 500, 1],
      [1, 500, 0],
      [1, 500, 0],
    ]);
    expect(searches(world)[1]!.filter).toEqual([{ type: 'range', field: 'autoIncrement', parameters: { gt: 500 } }]);
  });

  it('asks for less where the host allows less, and remembers that', async () => {
    const world = await openShopware({ maxLimit: 100 });
    many(world.shop, 230);
    expect((await readAll(world.connector)).listings).toHaveLength(230);
    expect(searches(world).map(({ limit }) => limit)).toEqual([500, 100, 100, 100, 100]);
  });

  it('finds a product that came meanwhile though its own id is lower than all others', async () => {
    const { shop, connector } = await openShopware();
    many(shop, 500);
    const first = await connector.page({}, forever);
    shop.add({ id: `${'0'.repeat(31)}7`, sku: 'IMPORTED' });
    const second = await connector.page({ cursor: first.next! }, forever);
    expect(skusIn(second)).toEqual(['IMPORTED']);
  });

  it('asks for what variants inherit, and takes it from their products where the shop does not tell', async () => {
    for (const dropsInheritance of [false, true]) {
      const { shop, connector } = await openShopware({ dropsInheritance });
      shop.add({
        title: 'Shirt',
        image: 'https://cdn.example/shirt.jpg',
        variants: [
          { sku: 'S', price: undefined, options: [{ name: 'Size', value: 'Small' }] },
          { sku: 'M', enabled: false },
        ],
      });
      expect(await listingWith(connector, 'S')).toMatchObject({
        activity: 'active',
        content: { name: 'Shirt - Small', imageUrl: 'https://cdn.example/shirt.jpg' },
        shopSays: 'active',
      });
      // A variant that is switched off itself stays so, whatever its product says.
      expect(await listingWith(connector, 'M')).toMatchObject({ activity: 'disabled', shopSays: 'inactive' });
    }
  });

  it('does not give every variant the barcode of its product, though the shop shows it so', async () => {
    const shirtId = shopwareId(7);
    const { shop, connector } = await openShopware({ fields: { [shirtId]: { ean: '5701234567899' } } });
    many(shop, 499);
    shop.add({ id: shirtId, sku: 'SHIRT', variants: [{ sku: 'S' }, { sku: 'M', barcode: '4006381333931' }] });
    // The product stands on the page before its variants.
    const gtins = async () => (await readAll(connector)).listings.map(({ sku, gtin }) => [sku, gtin]).slice(-3);
    expect(await gtins()).toEqual([
      ['SHIRT', '05701234567899'],
      ['S', undefined],
      ['M', '04006381333931'],
    ]);
    const found = await connector.withGtin!('5701234567899', forever);
    expect(found?.map(({ sku }) => sku)).toEqual(['SHIRT']);
  });

  it('asks for products of variants only where it must', async () => {
    const world = await openShopware();
    many(world.shop, 499);
    world.shop.add({ variants: [{ sku: 'S' }] });
    await readAll(world.connector);
    expect(searches(world).map((sent) => sent.ids)).toEqual([undefined, undefined, undefined]);
  });

  it('never calls active of what nobody says so', async () => {
    const { shop, connector } = await openShopware({ fields: { [shopwareId(101)]: { active: null } } });
    shop.add({ sku: 'CUP' });
    expect(await listingWith(connector, 'CUP')).toMatchObject({ activity: 'disabled', shopSays: 'active: null' });
  });

  it('says of a closeout that it is sold out, and of another that it sells on', async () => {
    const closeout = new Set([shopwareId(101)]);
    const { shop, connector } = await openShopware({ closeout });
    shop.add({ sku: 'LAST', quantity: 0 });
    shop.add({ sku: 'MORE', quantity: 0 });
    const last = await listingWith(connector, 'LAST');
    expect(last.activity).toBe('active');
    expect(last.stock).toEqual({ tracked: true, quantity: 0, outOfStock: true });
    expect(last.unbuyable).toEqual([{ why: 'out-of-stock', shopSays: 'isCloseout, available: false' }]);
    const more = await listingWith(connector, 'MORE');
    expect([more.stock, more.unbuyable]).toEqual([{ tracked: true, quantity: 0 }, undefined]);
  });

  it('tells what customers cannot find, cannot buy yet, or have no price for', async () => {
    const [hidden, nowhere, later, free] = [201, 202, 203, 204].map(shopwareId);
    const { shop, connector } = await openShopware({
      fields: {
        [nowhere!]: { visibilities: [] },
        [later!]: { releaseDate: '2027-01-01T00:00:00.000+00:00' },
        [free!]: { price: null },
      },
    });
    for (const id of [hidden, nowhere, later, free]) shop.add({ id, sku: id, hidden: id === hidden });
    const told = async (id: string | undefined) => {
      const { offShow, unbuyable, shopSays } = await listingWith(connector, id!);
      return { offShow, unbuyable, shopSays };
    };
    expect(await told(hidden)).toEqual({
      offShow: true,
      unbuyable: [{ why: 'hidden', shopSays: 'visibility 10: by direct link only' }],
      shopSays: 'active, visibility 10: by direct link only',
    });
    expect(await told(nowhere)).toEqual({
      offShow: true,
      unbuyable: [{ why: 'hidden', shopSays: 'in no sales channel' }],
      shopSays: 'active, in no sales channel',
    });
    expect((await told(later)).unbuyable).toEqual([
      { why: 'scheduled', shopSays: 'releaseDate: 2027-01-01T00:00:00.000Z' },
    ]);
    expect((await told(free)).unbuyable).toEqual([{ why: 'no-price', shopSays: 'price: null' }]);
  });

  it('counts the visibility of the chosen sales channel alone', async () => {
    const { shop, connect } = await openShopware();
    shop.add({ sku: 'CUP' });
    const here = connect({ shop: { options: { salesChannel: salesChannelId } } });
    const there = connect({ shop: { options: { salesChannel: madeId('other') } } });
    expect((await listingWith(here, 'CUP')).offShow).toBeUndefined();
    expect(await listingWith(there, 'CUP')).toMatchObject({
      offShow: true,
      shopSays: 'active, not in the sales channel',
    });
  });

  it('tells stock that is no whole number as unreadable, and lists the product all the same', async () => {
    const id = shopwareId(101);
    const { shop, connector } = await openShopware({ fields: { [id]: { stock: '12,5', availableStock: null } } });
    shop.add({ sku: 'CUP' });
    expect((await listingWith(connector, 'CUP')).stock).toEqual({
      tracked: true,
      unreadable: { field: 'stock', value: '12,5' },
    });
    expect((await readStock(connector))[0]?.stock.unreadable?.field).toBe('stock');
  });

  it('tells what can be sold where open orders still lie in stock, as before 6.6', async () => {
    const { shop, connector } = await openShopware({ version: '6.5.8.0', openOrders: { [shopwareId(101)]: 3 } });
    shop.add({ sku: 'CUP', quantity: 7 });
    expect((await listingWith(connector, 'CUP')).stock.quantity).toBe(7);
  });

  it('fails when the answer is JSON:API after all', async () => {
    const world = await openShopware(
      {},
      {},
      answering((request) =>
        /search\/product/.test(request.path)
          ? { status: 200, body: { data: { id: 'x', type: 'product' } } }
          : undefined,
      ),
    );
    expect((await errorOf(world.connector.page({}, forever))).kind).toBe('unintelligible');
  });
});

describe('Changes of Shopware', () => {
  it('finds what was never edited by the date it was made, since it has no other', async () => {
    const { shop, connector } = await openShopware();
    shop.add({ sku: 'OLD' });
    shop.passTime(3_600_000);
    const since = instantOf(shop.now());
    shop.add({ sku: 'NEW' });
    const { listings } = await readAll(connector, since);
    expect(listings.map(({ sku, changedAt, listedAt }) => [sku, changedAt === listedAt])).toEqual([['NEW', true]]);
  });

  it('asks in UTC: the zone of a moment would be dropped', async () => {
    const world = await openShopware();
    const since = instantOf(world.shop.now());
    await world.connector.page({ since }, forever);
    expect(JSON.stringify(searches(world)[0]!.filter)).toContain(`"gte":"${since}"`);
    expect(since).toMatch(/Z$/);
  });

  it('fails loudly where the filter by date is left out', async () => {
    const { shop, connector } = await openShopware({}, {}, (dialect) => ({
      ...dialect,
      answer: (request, fake) =>
        dialect.answer({ ...request, body: request.body.replace(/,\{"type":"multi".*?\]\}/, '') }, fake),
    }));
    shop.add({ sku: 'OLD' });
    const error = await errorOf(connector.page({ since: instantOf(shop.now() + 60_000) }, forever));
    expect([error.kind, error.detail.said]).toEqual([
      'unintelligible',
      expect.stringContaining('does not filter by date'),
    ]);
  });

  it('a cursor of changes does not lead a full reading astray', async () => {
    const { shop, connector } = await openShopware();
    many(shop, 3);
    const changes = await connector.page({ since: instantOf(shop.now() - 3_600_000) }, forever);
    expect((await connector.page({ cursor: changes.next! }, forever)).listings).toHaveLength(3);
  });

  it('misses a sale, and the cheap pass over stock tells it without content', async () => {
    const world = await openShopware();
    const cup = world.shop.add({ sku: 'CUP', quantity: 5 });
    world.shop.add({ variants: [{ sku: 'SHIRT-S', quantity: 1 }] });
    world.shop.passTime(3_600_000);
    const since = instantOf(world.shop.now());
    world.shop.sell([{ productId: cup.id, quantity: 2 }]);
    expect((await readAll(world.connector, since)).listings).toEqual([]);
    const rows = await readStock(world.connector);
    expect(rows.map(({ sku, stock }) => [sku, stock.quantity])).toEqual([
      ['CUP', 3],
      ['SHIRT-S', 1],
    ]);
    const last = searches(world).at(-1)!;
    expect(last.associations).toBeUndefined();
    expect(JSON.stringify(last.includes)).not.toMatch(/name|price|description/);
  });
});

describe('One thing of Shopware', () => {
  it('does not ask about an id that is none of Shopware', async () => {
    const world = await openShopware();
    expect(await world.connector.product(toShopProductId('4711'), forever)).toEqual([]);
    expect(await world.connector.product(toShopProductId(shopwareId(0xabc).toUpperCase()), forever)).toEqual([]);
    expect(world.shop.memory.requests).toEqual([]);
  });

  it('does not believe an empty list: the shop must say itself that a product is gone', async () => {
    const { shop, connector } = await openShopware();
    const cup = shop.add({ sku: 'CUP' });
    shop.temper.emptyCatalog = true;
    expect((await errorOf(connector.product(toShopProductId(cup.id), forever))).kind).toBe('unintelligible');
  });

  it('a variant asked for by its own id comes with its product and all others', async () => {
    const { shop, connector } = await openShopware();
    const shirt = shop.add({ variants: [{ sku: 'S' }, { sku: 'M' }] });
    const family = await connector.product(toShopProductId(shirt.variants[1]!.id), forever);
    expect(family.map(({ ref, sku }) => [ref.shopProductId, ref.shopVariantId, sku])).toEqual([
      [shirt.id, undefined, undefined],
      [shirt.id, shirt.variants[0]!.id, 'S'],
      [shirt.id, shirt.variants[1]!.id, 'M'],
    ]);
  });

  it('finds a GTIN however many zeros stand before it', async () => {
    const { shop, connector } = await openShopware();
    shop.add({ sku: 'UPC', barcode: '036000291452' });
    shop.add({ sku: 'EAN', barcode: '0036000291452' });
    shop.add({ sku: 'ODD', barcode: 'A-036000291452' });
    const found = async (text: string) => skusIn({ listings: (await connector.withGtin!(text, forever)) ?? [] });
    expect(await found('036000291452')).toEqual(['EAN', 'UPC']);
    expect(await found('00036000291452')).toEqual(['EAN', 'UPC']);
    expect(await found('A-036000291452')).toEqual(['ODD']);
    expect(await found(' ')).toEqual([]);
  });

  it('leads to the admin', async () => {
    const { shop, connector, url } = await openShopware();
    const cup = shop.add({ sku: 'CUP' });
    const [listing] = await connector.withSku(toSku('CUP'), forever);
    expect(listing?.adminUrl).toBe(`${url}/admin#/sw/product/detail/${cup.id}`);
  });
});

describe('Sales of Shopware', () => {
  it('are read to the end, and lines of deleted products name nothing', async () => {
    const world = await openShopware();
    const cup = world.shop.add({ sku: 'CUP', quantity: 900 });
    const pot = world.shop.add({ sku: 'POT', quantity: 9 });
    for (let at = 0; at < 510; at += 1) world.shop.sell([{ productId: cup.id, quantity: 1 }]);
    const last = world.shop.sell([{ productId: pot.id, quantity: 1 }]);
    world.shop.deleteForever(cup.id);
    const sold: (string | undefined)[] = [];
    let cursor: string | undefined;
    do {
      const page = await world.connector.sales({ since: instantOf(0), cursor }, forever);
      sold.push(...page.sales.map(({ sku, at }) => `${sku} ${at}`));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(sold).toEqual([`POT ${instantOf(last.createdAt)}`]);
    expect(asked(world, /order-line-item/)).toHaveLength(3);
  });
});
