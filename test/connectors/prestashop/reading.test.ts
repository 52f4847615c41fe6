import { describe, expect, it, vi } from 'vitest';
import type { FakeRequest, FakeResponse } from '../../../src/demo/simulators/server.ts';
import { instantOf, toShopProductId, toSku } from '../../../src/domain/ids.ts';
import { errorOf, forever, listingWith, readAll, skusIn } from '../../contract/connector-harness.ts';
import { asked, openPresta } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const rows = (resource: string, list: readonly object[]): FakeResponse => ({
  status: 200,
  body: list.length === 0 ? [] : { [resource]: list },
});
/** Answers a resource with these rows, as far as its filter by id lets them through. */
const showing =
  (resource: string, list: readonly { id: number }[]) =>
  (request: FakeRequest): FakeResponse | undefined => {
    if (!request.path.endsWith(`/api/${resource}`)) return undefined;
    const after = Number(/^>\[(\d+)\]$/.exec(request.query.get('filter[id]') ?? '')?.[1] ?? 0);
    return rows(
      resource,
      list.filter(({ id }) => id > after),
    );
  };

describe('A reading of PrestaShop', () => {
  it('asks by id, sorted, with a limit that is one, for products, combinations and stock alike', async () => {
    const world = await openPresta();
    world.shop.add({ variants: [{ sku: 'S' }, { sku: 'M' }] });
    await readAll(world.connector);
    const lists = asked(world, /products$|combinations$|stock_availables$/);
    expect(lists.length).toBeGreaterThan(3);
    for (const { query } of lists) {
      expect(query).toMatchObject({ sort: '[id_ASC]', output_format: 'JSON' });
      expect(query['filter[id]']).toMatch(/^>\[\d+\]$/);
      expect(query.limit).toMatch(/^[1-9]\d*$/);
    }
  });

  it('never takes the nothing that a misread filter shows for an empty shop', async () => {
    const world = await openPresta({}, {}, (request) =>
      request.path.endsWith('/products') && request.query.has('sort') ? { status: 200, body: [] } : undefined,
    );
    world.shop.add({ sku: 'CUP' });
    expect(await errorOf(world.connector.page({}, forever))).toMatchObject({
      kind: 'unintelligible',
      detail: { said: 'a shop that has products shows none' },
    });
  });

  it('reads an empty shop as one, in both shapes of an empty list', async () => {
    const bare = await openPresta();
    expect((await readAll(bare.connector)).listings).toEqual([]);
    const patched = await openPresta({}, {}, ({ path }) =>
      path.endsWith('/products') ? { status: 200, body: { products: [] } } : undefined,
    );
    expect((await readAll(patched.connector)).listings).toEqual([]);
  });

  it.each([
    [{ products: { id: 1 } }],
    [{ errors: [{ code: 3, message: '[PHP Warning #2]' }], products: [] }],
    ['<prestashop/>'],
    [null],
  ])('calls %j no list', async (body) => {
    const world = await openPresta({}, {}, ({ path }) =>
      path.endsWith('/products') ? { status: 200, body } : undefined,
    );
    expect((await errorOf(world.connector.page({}, forever))).kind).toBe('unintelligible');
  });

  it('names combinations that an ignored "or" hides, and takes none for gone', async () => {
    const world = await openPresta({ ignoresOr: true });
    const shirt = world.shop.add({ variants: [{ sku: 'S' }, { sku: 'M' }] });
    const coat = world.shop.add({ variants: [{ sku: 'COAT' }] });
    const { broken } = await readAll(world.connector);
    expect(broken.map(({ shopProductId, where }) => [shopProductId, where])).toEqual(
      [shirt.id, shirt.id, coat.id].map((id) => [id, 'combinations']),
    );
    const lone = await openPresta({}, {}, ({ path }) =>
      path.endsWith('/combinations') ? { status: 200, body: [] } : undefined,
    );
    const hidden = lone.shop.add({ variants: [{ sku: 'S' }] });
    expect((await errorOf(lone.connector.product(toShopProductId(hidden.id), forever))).kind).toBe('unintelligible');
  });

  it('ends where rows come that nobody asked for', async () => {
    const stranger = { id: 900, id_product: 77, id_product_attribute: '0', id_shop: '1', quantity: '4' };
    const world = await openPresta({}, {}, showing('stock_availables', [stranger]));
    world.shop.add({ sku: 'CUP' });
    expect((await errorOf(world.connector.page({}, forever))).kind).toBe('unintelligible');
  });

  it('takes a product with combinations for a parent by what hangs on it, whatever its type says', async () => {
    const world = await openPresta();
    const shirt = world.shop.add({ sku: 'SHIRT', variants: [{ sku: 'SHIRT-S' }] });
    const listings = await world.connector.product(toShopProductId(shirt.id), forever);
    expect(listings.map(({ sku, sellable, stock }) => [sku, sellable, stock.tracked])).toEqual([
      ['SHIRT', 'parent', false],
      ['SHIRT-S', 'unit', true],
    ]);
  });

  it('names a combination by its choices, and a key without that right still reads', async () => {
    const world = await openPresta();
    world.shop.add({ title: 'Shirt', variants: [{ sku: 'S', options: [{ name: 'Size', value: 'Small' }] }] });
    expect((await listingWith(world.connector, 'S')).content.name).toBe('Shirt - Small');
    const narrow = await openPresta({}, {}, ({ path }) =>
      path.endsWith('/product_option_values')
        ? { status: 401, body: { errors: [{ code: 26, message: 'Resource is not allowed' }] } }
        : undefined,
    );
    narrow.shop.add({ title: 'Shirt', variants: [{ sku: 'S', options: [{ name: 'Size', value: 'Small' }] }] });
    expect((await listingWith(narrow.connector, 'S')).content.name).toBe('Shirt - S');
  });

  it('reads texts in the language that was chosen, else in the shop’s own', async () => {
    const name = [
      { id: '1', value: 'Kop' },
      { id: '2', value: 'Mug' },
    ];
    const product = { id: 5, active: '1', state: 1, reference: 'CUP', name, price: '10.000000' };
    const world = await openPresta({}, {}, showing('products', [product]));
    expect((await listingWith(world.connector, 'CUP')).content.name).toBe('Kop');
    const english = world.connect({ shop: { options: { language: '2' } } });
    expect((await listingWith(english, 'CUP')).content.name).toBe('Mug');
  });

  it('adds what a combination costs to the price of its product', async () => {
    const world = await openPresta();
    world.shop.add({
      variants: [
        { sku: 'S', price: '100.00' },
        { sku: 'XL', price: '112.50' },
      ],
    });
    expect((await listingWith(world.connector, 'XL')).content.price).toEqual({ minor: 11_250, currency: 'DKK' });
  });
});

describe('What PrestaShop says of stock and sale', () => {
  const stock = (over: object) => ({
    ...{ id: 1, id_product: '101', id_product_attribute: '0', id_shop: '1', id_shop_group: '0' },
    ...{ quantity: '4', depends_on_stock: '0', out_of_stock: '2', location: '' },
    ...over,
  });

  it('keeps a figure that is no whole number as unreadable, with its field', async () => {
    const world = await openPresta({}, {}, showing('stock_availables', [stock({ quantity: '2.5' })]));
    world.shop.add({ sku: 'CUP' });
    expect((await listingWith(world.connector, 'CUP')).stock).toEqual({
      tracked: true,
      unreadable: { field: 'quantity', value: '2.5' },
    });
  });

  it('passes over the row of no shop, and believes no figure where several shops have one', async () => {
    const list = [stock({}), stock({ id: 2, id_shop: '2', quantity: '9' }), stock({ id: 3, id_shop: '0' })];
    const world = await openPresta({}, {}, showing('stock_availables', list));
    world.shop.add({ sku: 'CUP' });
    expect((await listingWith(world.connector, 'CUP')).stock).toMatchObject({
      unreadable: { field: 'id_shop', value: '1, 2' },
    });
    const second = world.connect({ shop: { options: { id_shop: '2' } } });
    expect((await listingWith(second, 'CUP')).stock).toEqual({ tracked: true, quantity: 9 });
    expect(world.shop.memory.requests.at(-1)?.query.id_shop).toBe('2');
  });

  it('reads stock that shops of a group share', async () => {
    const shared = stock({ id_shop: '0', id_shop_group: '1', quantity: '6' });
    const world = await openPresta({}, {}, showing('stock_availables', [shared]));
    world.shop.add({ sku: 'CUP' });
    expect((await listingWith(world.connector, 'CUP')).stock).toEqual({ tracked: true, quantity: 6 });
  });

  it('says why nobody can buy what is active', async () => {
    const product = { id: 101, active: '1', state: 1, reference: 'CUP', name: 'Cup' };
    const off = { ...product, visibility: 'none', available_for_order: '0' };
    const world = await openPresta({}, {}, (request) => showing('products', [off])(request));
    world.shop.add({ sku: 'CUP', quantity: 0 });
    const listing = await listingWith(world.connector, 'CUP');
    expect(listing).toMatchObject({ activity: 'active', offShow: true });
    expect(listing.shopSays).toBe('active=1, visibility=none, available_for_order=0');
    expect(listing.unbuyable?.map(({ why }) => why)).toEqual(['hidden', 'not-purchasable', 'out-of-stock']);
  });

  it('sells at nought where the product, or else the shop, says so', async () => {
    const world = await openPresta({}, {}, showing('stock_availables', [stock({ quantity: '0', out_of_stock: '1' })]));
    world.shop.add({ sku: 'CUP' });
    expect((await listingWith(world.connector, 'CUP')).unbuyable).toBeUndefined();
  });
});

describe('Changes in PrestaShop', () => {
  it('asks in the shop’s own clock, with the word that the filter needs, and never in ISO', async () => {
    const world = await openPresta();
    world.shop.add({ sku: 'CUP' });
    await readAll(world.connector, instantOf(Date.UTC(2026, 9, 1, 8, 0, 0)));
    const [first] = asked(world, /products$/);
    expect(first?.query).toMatchObject({ 'filter[date_upd]': '>[2026-10-01 09:59:59]', date: '1' });
  });

  it('misses nothing in the hour that comes twice', async () => {
    // 25 October 2026, 02:30 for the second time in Copenhagen: 01:30 in UTC.
    const world = await openPresta({}, { startsAt: Date.UTC(2026, 9, 25, 0, 40) });
    world.shop.passTime(30 * 60_000);
    world.shop.add({ sku: 'SECOND-TIME' });
    const since = instantOf(Date.UTC(2026, 9, 25, 0, 30));
    expect(skusIn(await readAll(world.connector, since))).toEqual(['SECOND-TIME']);
  });

  it('fails loudly where the shop leaves the filter out', async () => {
    const world = await openPresta({ ignoresDate: true });
    world.shop.add({ sku: 'OLD' });
    world.shop.passTime(86_400_000);
    const error = await errorOf(readAll(world.connector, instantOf(world.shop.now())));
    expect(error.kind).toBe('unintelligible');
  });

  it('cannot show stock and combinations, says so, and shows both in its other readings', async () => {
    const world = await openPresta();
    const shirt = world.shop.add({ variants: [{ sku: 'S', quantity: 4 }] });
    world.shop.passTime(3_600_000);
    const since = instantOf(world.shop.now());
    world.shop.setQuantity(shirt.variants[0]!.id, 9);
    world.shop.renameSku(shirt.variants[0]!.id, 'S-NEW');
    expect((await readAll(world.connector, since)).listings).toEqual([]);
    expect(world.connector.can.blindSpots).toEqual(
      expect.arrayContaining(['stock-not-in-changes', 'variants-not-in-changes', 'deletions-not-in-changes']),
    );
    const page = await world.connector.stockPage!({}, forever);
    expect(page.rows).toMatchObject([{ sku: 'S-NEW', stock: { tracked: true, quantity: 9 } }]);
  });
});

describe('The stock pass over PrestaShop', () => {
  it('shows what is sold, page by page, and neither sums, packs nor rows of what is gone', async () => {
    const world = await openPresta();
    world.shop.add({ sku: 'CUP', quantity: 3 });
    world.shop.add({ sku: 'PACK', kind: 'bundle' });
    world.shop.add({ sku: 'OWN', kind: 'bundle', tracked: true, quantity: 2 });
    world.shop.add({ sku: 'SHIRT', variants: [{ sku: 'SHIRT-S', quantity: 5 }] });
    const left = { id: 9000, id_product: '4711', id_product_attribute: '0', id_shop: '1', quantity: '7' };
    const more = await openPresta({}, {}, ({ path, query }) =>
      path.endsWith('/stock_availables') && query.get('filter[id]') === '>[0]'
        ? rows('stock_availables', [left])
        : undefined,
    );
    expect((await more.connector.stockPage!({}, forever)).rows).toEqual([]);
    const first = await world.connector.stockPage!({}, forever);
    expect(first.rows.map(({ sku, stock }) => [sku, stock.quantity])).toEqual([
      ['CUP', 3],
      ['OWN', 2],
      ['SHIRT-S', 5],
    ]);
    expect(await world.connector.stockPage!({ cursor: first.next }, forever)).toMatchObject({ rows: [] });
  });
});

describe('Asking PrestaShop for one thing', () => {
  it.each([
    '0',
    '-1',
    '1e3',
    'abc',
    '12 OR 1',
    '../orders',
  ])('refuses the id %j before anything is asked', async (id) => {
    const world = await openPresta();
    expect(await world.connector.product(toShopProductId(id), forever)).toEqual([]);
    expect(world.shop.memory.requests).toEqual([]);
  });

  it('calls a product gone after its list, its id and the shop itself have said so', async () => {
    const world = await openPresta();
    world.shop.add({ sku: 'CUP' });
    expect(await world.connector.product(toShopProductId('999'), forever)).toEqual([]);
    expect(asked(world, /products\/999$/)).toHaveLength(1);
  });

  it.each([
    [{ status: 404, body: '<html>Not Found</html>' }, 'refused'],
    [{ status: 200, body: { product: { id: 999 } } }, 'unintelligible'],
    [{ status: 500, body: '' }, 'unreachable'],
  ] as const)('does not when it answers %j', async (answer, kind) => {
    const world = await openPresta({}, {}, ({ path }) => (path.endsWith('/products/999') ? answer : undefined));
    expect((await errorOf(world.connector.product(toShopProductId('999'), forever))).kind).toBe(kind);
  });

  it.each(['12,5', 'A|B', 'C[1]', '1,3'])('finds the SKU %j, which the filter would read otherwise', async (sku) => {
    const world = await openPresta();
    for (const other of ['12', '5', 'A', 'B', 'C1', '1', '2', '3']) world.shop.add({ sku: other });
    world.shop.add({ variants: [{ sku }] });
    expect((await world.connector.withSku(toSku(sku), forever)).map((listing) => listing.sku)).toEqual([sku]);
  });

  it('finds GTINs of products and combinations, in each of their lengths, and barcodes that are none', async () => {
    const world = await openPresta();
    world.shop.add({ sku: 'CUP', barcode: '5701234567899' });
    world.shop.add({ variants: [{ sku: 'SHIRT-S', barcode: '036000291452' }] });
    world.shop.add({ sku: 'ODD', barcode: 'B-17' });
    const skus = async (code: string) =>
      (await world.connector.withGtin!(code, forever))?.map((listing) => listing.sku);
    expect(await skus('05701234567899')).toEqual(['CUP']);
    expect(await skus('0036000291452')).toEqual(['SHIRT-S']);
    expect(await skus('B-17')).toEqual(['ODD']);
    expect(await skus('5701234567882')).toEqual([]);
  });
});
