import { describe, expect, it, vi } from 'vitest';
import type { Dialect } from '../../../src/demo/simulators/server.ts';
import { instantOf, toShopProductId, toSku } from '../../../src/domain/ids.ts';
import {
  ends,
  errorOf,
  forever,
  listingWith,
  quantityFor,
  readAll,
  readStock,
  skusIn,
} from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { answering, asked, openBigCommerce, twoPlaces } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const atSecond = { shop: { options: { location: '2' } } };

describe('A reading of BigCommerce', () => {
  it('asks for the products after the last id, with their variants, and needs no page number', async () => {
    const world = await openBigCommerce();
    for (let at = 0; at < 130; at += 1) world.shop.add({ sku: `S-${at}` });
    const { pages } = await readAll(world.connector);
    expect(pages).toBe(3);
    const queries = asked(world, /catalog\/products$/).map(({ query }) => query);
    expect(queries.map((query) => [query['id:greater'], query.page])).toEqual([
      ['0', undefined],
      [world.shop.shelf[99]!.id, undefined],
      [world.shop.shelf[129]!.id, undefined],
    ]);
    expect(queries[0]).toMatchObject({ include: 'variants,primary_image', sort: 'id', direction: 'asc' });
  });

  it('asks for fewer products where a page of them would be too big, and misses none', async () => {
    const tooBig = { status: 413, body: { status: 413, title: 'The response is too large' } };
    const world = await openBigCommerce(
      {},
      {},
      answering(({ path, query }) =>
        /catalog\/products$/.test(path) &&
        Math.min(Number(query.get('limit')), query.get('id:in')?.split(',').length ?? 999) > 30
          ? tooBig
          : undefined,
      ),
    );
    for (let at = 0; at < 70; at += 1) world.shop.add({ sku: `S-${at}`, quantity: 1 });
    expect((await readAll(world.connector)).listings).toHaveLength(70);
    const outcomes = await world.connector.push(
      world.shop.shelf.map(({ id }) => quantityFor(refTo('dk', id), 4)),
      forever,
    );
    expect(new Set(ends(outcomes))).toEqual(new Set(['set']));
  });

  it('names a simple product by itself, and a complex one by its variants', async () => {
    const { shop, connector } = await openBigCommerce();
    const cup = shop.add({ sku: 'CUP', title: 'Cup' });
    const shirt = shop.add({
      title: 'Shirt',
      variants: [{ sku: 'S', options: [{ name: 'Size', value: 'Small' }] }],
    });
    const { listings } = await readAll(connector);
    expect(
      listings.map(({ ref, sellable, content }) => [ref.shopProductId, ref.shopVariantId, sellable, content.name]),
    ).toEqual([
      [cup.id, undefined, 'unit', 'Cup'],
      [shirt.id, undefined, 'parent', 'Shirt'],
      [shirt.id, shirt.variants[0]!.id, 'unit', 'Shirt - Small'],
    ]);
  });

  it('tells where stock is counted: nowhere, on the product, or on each variant', async () => {
    const { shop, connector } = await openBigCommerce();
    shop.add({ sku: 'FREE', tracked: false, quantity: 3 });
    shop.add({ sku: 'CUP', quantity: 3 });
    shop.add({ tracked: true, quantity: 8, variants: [{ sku: 'HELD', tracked: 'parent', quantity: 0 }] });
    shop.add({ variants: [{ sku: 'OWN', quantity: 4 }] });
    const stock = async (sku: string) => (await listingWith(connector, sku)).stock;
    expect(await stock('FREE')).toEqual({ tracked: false });
    expect(await stock('CUP')).toEqual({ tracked: true, quantity: 3 });
    expect(await stock('HELD')).toEqual({ tracked: true, quantity: 8, heldByParent: true });
    expect(await stock('OWN')).toEqual({ tracked: true, quantity: 4 });
  });

  it('calls unreadable what it cannot read of stock, and lists the product all the same', async () => {
    const { shop, connector } = await openBigCommerce({
      fields: { 101: { inventory_level: 'many' }, 201: { inventory_tracking: 'serial' } },
    });
    shop.add({ id: '101', sku: 'CUP' });
    shop.add({ id: '201', sku: 'POT' });
    expect((await listingWith(connector, 'CUP')).stock).toEqual({
      tracked: true,
      unreadable: { field: 'inventory_level', value: 'many' },
    });
    expect((await listingWith(connector, 'POT')).stock).toEqual({
      tracked: true,
      unreadable: { field: 'inventory_tracking', value: 'serial' },
    });
  });

  it('tells what is not for sale, with the words of the shop', async () => {
    const { shop, connector } = await openBigCommerce({ fields: { 103: { availability: 'preorder' } } });
    shop.add({ id: '101', sku: 'HIDDEN', status: 'draft' });
    shop.add({ id: '102', sku: 'ODD', status: 'discontinued' });
    shop.add({ id: '103', sku: 'SOON', quantity: 2 });
    shop.add({ id: '104', sku: 'OUT', quantity: 0 });
    shop.add({ id: '105', sku: 'FREE', price: undefined, quantity: 1 });
    shop.add({ id: '106', variants: [{ sku: 'SHUT', enabled: false, quantity: 2 }] });
    const told = async (sku: string) => {
      const { activity, shopSays, offShow, unbuyable } = await listingWith(connector, sku);
      return [activity, shopSays, offShow, unbuyable];
    };
    expect(await told('HIDDEN')).toEqual(['disabled', 'not visible, available', undefined, undefined]);
    expect(await told('ODD')).toEqual(['disabled', 'visible, discontinued', undefined, undefined]);
    expect(await told('SOON')).toEqual(['active', 'visible, preorder', undefined, undefined]);
    expect(await told('OUT')).toEqual([
      'active',
      'visible, available',
      undefined,
      [{ why: 'out-of-stock', shopSays: 'inventory_level: 0' }],
    ]);
    expect(await told('FREE')).toEqual([
      'active',
      'visible, available',
      undefined,
      [{ why: 'no-price', shopSays: 'price: null' }],
    ]);
    expect(await told('SHUT')).toEqual([
      'active',
      'visible, available, purchasing disabled',
      true,
      [{ why: 'not-purchasable', shopSays: 'Not right now' }],
    ]);
  });

  it('a variant without a price of its own costs what its product costs', async () => {
    const { shop, connector } = await openBigCommerce();
    shop.add({
      variants: [
        { sku: 'DEAR', price: '120.00' },
        { sku: 'USUAL', price: undefined },
      ],
    });
    expect((await listingWith(connector, 'USUAL')).content.price).toEqual({ minor: 12_000, currency: 'DKK' });
  });

  it('takes the figures of the chosen location, and none of another where it has none', async () => {
    const { shop, connect } = await openBigCommerce({}, twoPlaces);
    shop.add({ sku: 'CUP', quantity: 5 });
    shop.add({ variants: [{ sku: 'S', quantity: 6, elsewhere: { 2: 2 } }] });
    const here = connect(atSecond);
    expect((await listingWith(here, 'S')).stock.quantity).toBe(2);
    expect((await listingWith(here, 'CUP')).stock.quantity).toBe(0);
    expect((await readStock(here)).map(({ stock }) => stock.quantity)).toEqual([0, 2]);
    const [cup] = await here.product(toShopProductId(shop.shelf[0]!.id), forever);
    expect(cup?.stock.quantity).toBe(0);
    const gone = connect({ shop: { options: { location: '9' } } });
    expect((await listingWith(gone, 'CUP')).stock).toEqual({ tracked: true });
  });

  it('reads the figures of the chosen location to the end without totals', async () => {
    const { shop, connect } = await openBigCommerce({}, twoPlaces);
    const variants = Array.from({ length: 1010 }, (_, at) => ({ sku: `V-${at}`, elsewhere: { 2: at } }));
    shop.add({ variants });
    shop.temper.noTotals = true;
    const { listings } = await readAll(connect(atSecond));
    expect(listings.find(({ sku }) => sku === 'V-1009')?.stock.quantity).toBe(1009);
  });

  it('one variant that nobody can read is named, and the others are told', async () => {
    const { shop, connector } = await openBigCommerce();
    const shirt = shop.add({ variants: [{ sku: 'S' }, { sku: 'M' }] });
    shop.temper.brokenRows = new Set([shirt.variants[0]!.id]);
    const { listings, broken } = await readAll(connector);
    expect(skusIn({ listings })).toEqual(['M']);
    expect(broken).toEqual([{ shopProductId: shirt.id, where: 'variants.sku', said: 'is object, not text' }]);
    const error = await errorOf(connector.product(toShopProductId(shirt.id), forever));
    expect(error.kind).toBe('unintelligible');
  });
});

describe('Changes of BigCommerce', () => {
  it('asks with a time and a zone: a bare date would be taken at the time of day of the question', async () => {
    const world = await openBigCommerce();
    world.shop.add({ sku: 'CUP' });
    await world.connector.page({ since: instantOf(Date.UTC(2026, 8, 30)) }, forever);
    expect(asked(world, /catalog\/products$/)[0]!.query['date_modified:min']).toBe('2026-09-29T23:59:59+00:00');
  });

  it('misses sales and variants, whose writes move no date, and the cheap pass over stock tells their figures', async () => {
    const world = await openBigCommerce();
    const { shop, connector } = world;
    const cup = shop.add({ sku: 'CUP', quantity: 5 });
    const shirt = shop.add({ variants: [{ sku: 'S', quantity: 1 }] });
    shop.passTime(3_600_000);
    const since = instantOf(shop.now());
    shop.sell([{ productId: cup.id, quantity: 2 }]);
    shop.editVariant(shirt.variants[0]!.id, { quantity: 7 }, false);
    expect((await readAll(connector, since)).listings).toEqual([]);
    const rows = await readStock(connector);
    expect(rows.map(({ sku, stock }) => [sku, stock.quantity])).toEqual([
      ['CUP', 3],
      ['S', 7],
    ]);
    expect(asked(world, /catalog\/products$/).at(-1)!.query).toMatchObject({
      exclude_fields: 'description',
      include: 'variants',
      limit: '250',
    });
  });

  it('fails loudly where the filter by date is left out', async () => {
    const { shop, connector } = await openBigCommerce({}, {}, (dialect) => ({
      ...dialect,
      answer: (request, fake) => {
        request.query.delete('date_modified:min');
        return dialect.answer(request, fake);
      },
    }));
    shop.add({ sku: 'OLD' });
    const error = await errorOf(connector.page({ since: instantOf(shop.now() + 60_000) }, forever));
    expect([error.kind, error.detail.said]).toEqual([
      'unintelligible',
      expect.stringContaining('does not filter by date'),
    ]);
  });
});

describe('One thing of BigCommerce', () => {
  it('does not ask about an id that is none of BigCommerce', async () => {
    const world = await openBigCommerce();
    for (const id of ['abc', '007', '0', '-4', '1/variants', '99999999999999999']) {
      expect(await world.connector.product(toShopProductId(id), forever)).toEqual([]);
    }
    expect(world.shop.memory.requests).toEqual([]);
  });

  it('is not gone because the shop shows another under its id', async () => {
    const another = (dialect: Dialect): Dialect => ({
      ...dialect,
      answer: (request, shop) =>
        dialect.answer(
          { ...request, path: request.path.replace(/products\/\d+$/, `products/${shop.shelf[1]?.id}`) },
          shop,
        ),
    });
    const world = await openBigCommerce({}, {}, another);
    const cup = world.shop.add({ sku: 'CUP' });
    const pot = world.shop.add({ sku: 'POT' });
    const error = await errorOf(world.connector.product(toShopProductId(cup.id), forever));
    expect(error.detail.said).toBe(`asked for product ${cup.id}, the shop shows ${pot.id}`);
  });

  it('is gone only when the list does not have it either', async () => {
    const world = await openBigCommerce(
      {},
      {},
      answering(({ path }) =>
        /catalog\/products\/\d+$/.test(path) ? { status: 404, body: { status: 404, title: 'Not found' } } : undefined,
      ),
    );
    const cup = world.shop.add({ sku: 'CUP' });
    world.shop.add({ sku: 'POT' });
    expect((await errorOf(world.connector.product(toShopProductId(cup.id), forever))).kind).toBe('unintelligible');
    world.shop.deleteForever(cup.id);
    expect(await world.connector.product(toShopProductId(cup.id), forever)).toEqual([]);
  });

  it('finds a SKU on a product and on a variant, which are two questions', async () => {
    const { shop, connector } = await openBigCommerce();
    shop.add({ sku: 'X' });
    shop.add({ sku: 'Y', variants: [{ sku: 'X' }, { sku: 'x' }] });
    const found = await connector.withSku(toSku('X'), forever);
    expect(found.map(({ sku, sellable, ref }) => [sku, sellable, ref.shopVariantId !== undefined])).toEqual([
      ['X', 'unit', false],
      ['X', 'unit', true],
    ]);
  });

  it('cannot ask for a barcode in the second field, though a reading tells it', async () => {
    const { shop, connector } = await openBigCommerce({ barcodeIn: 'gtin' });
    shop.add({ sku: 'CUP', barcode: '5701234567899' });
    expect((await listingWith(connector, 'CUP')).gtin).toBe('05701234567899');
    expect(await connector.withGtin!('5701234567899', forever)).toEqual([]);
    expect(connector.can.blindSpots).toContain('one-barcode-field-not-searched');
  });
});

describe('Sales of BigCommerce', () => {
  it('are read by rising id, end with an empty answer, and name simple products by themselves', async () => {
    const world = await openBigCommerce();
    const cup = world.shop.add({ sku: 'CUP', quantity: 500 });
    const shirt = world.shop.add({ variants: [{ sku: 'S', quantity: 9 }] });
    for (let at = 0; at < 251; at += 1) world.shop.sell([{ productId: cup.id, quantity: 1 }]);
    const last = world.shop.sell([{ productId: shirt.id, variantId: shirt.variants[0]!.id, quantity: 1 }]);
    const first = await world.connector.sales({ since: instantOf(0) }, forever);
    expect(first.sales.map(({ ref, sku }) => [ref.shopProductId, ref.shopVariantId, sku])).toEqual([
      [cup.id, undefined, 'CUP'],
    ]);
    const second = await world.connector.sales({ since: instantOf(0), cursor: first.next! }, forever);
    expect(second.sales.map(({ ref, at }) => [ref.shopVariantId, at])).toEqual([
      [undefined, instantOf(last.createdAt - 1000)],
      [shirt.variants[0]!.id, instantOf(last.createdAt)],
    ]);
    const third = await world.connector.sales({ since: instantOf(0), cursor: second.next! }, forever);
    expect([third.sales, third.next]).toEqual([[], undefined]);
  });
});
