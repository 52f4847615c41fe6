import { describe, expect, it, vi } from 'vitest';
import type { FakeRequest, FakeResponse } from '../../../src/demo/simulators/server.ts';
import { instantOf, toShopProductId, toSku } from '../../../src/domain/ids.ts';
import { errorOf, forever, listingWith, readAll, readStock, skusIn } from '../../contract/connector-harness.ts';
import { asked, openMagento } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const product = (id: number, over: object = {}) => ({
  ...{ id, sku: `S-${id}`, name: `Thing ${id}`, price: 10, status: 1, visibility: 4, type_id: 'simple' },
  ...{ updated_at: '2026-10-01 08:00:00', extension_attributes: { website_ids: [1] } },
  ...over,
});
const after = ({ query }: FakeRequest): number =>
  Number(query.get('searchCriteria[filter_groups][0][filters][0][value]') ?? 0);
/** Shows these products beyond the id that is asked for, whatever else was asked. */
const showing =
  (rows: readonly { readonly id: number }[]) =>
  (request: FakeRequest): FakeResponse | undefined => {
    const isReading = request.path.endsWith('/products') && request.query.has('searchCriteria[sortOrders][0][field]');
    if (!isReading) return undefined;
    const items = rows.filter(({ id }) => id > after(request));
    return { status: 200, body: { items: items.length === 0 ? null : items, total_count: items.length } };
  };
const sourceItems =
  (rows: readonly object[]) =>
  ({ path, method }: FakeRequest): FakeResponse | undefined =>
    path.endsWith('/source-items') && method === 'GET'
      ? { status: 200, body: { items: rows, total_count: 1 } }
      : undefined;

describe('A reading of Magento', () => {
  it('asks by entity id, never by page number, and for a page of its own size', async () => {
    const world = await openMagento();
    for (let at = 0; at < 150; at += 1) world.shop.add({ sku: `S-${at}` });
    await readAll(world.connector);
    const pages = asked(world, /\/products$/);
    expect(pages.length).toBeGreaterThanOrEqual(3);
    for (const { query } of pages) {
      expect(query).toMatchObject({
        'searchCriteria[filter_groups][0][filters][0][field]': 'entity_id',
        'searchCriteria[filter_groups][0][filters][0][condition_type]': 'gt',
        'searchCriteria[sortOrders][0][field]': 'entity_id',
        'searchCriteria[pageSize]': '100',
        'searchCriteria[currentPage]': '1',
      });
    }
  });

  it('never takes the nothing that a misread condition shows for an empty shop', async () => {
    const world = await openMagento({ around: showing([]) });
    world.shop.add({ sku: 'CUP' });
    expect(await errorOf(world.connector.page({}, forever))).toMatchObject({
      kind: 'unintelligible',
      detail: { said: 'a shop that has products shows none' },
    });
  });

  it.each([{ items: 'none' }, { message: 'hello' }, [], null])('calls %j no list', async (body) => {
    const world = await openMagento({
      around: ({ path }) => (path.endsWith('/products') ? { status: 200, body } : undefined),
    });
    expect((await errorOf(world.connector.page({}, forever))).kind).toBe('unintelligible');
  });

  it('reads a variant as a product of its own, and says what its parent does to it', async () => {
    const world = await openMagento();
    const shirt = world.shop.add({ sku: 'SHIRT', variants: [{ sku: 'SHIRT-S', quantity: 3 }] });
    const [variant] = shirt.variants;
    expect(await listingWith(world.connector, 'SHIRT-S')).toMatchObject({
      ref: { shopProductId: variant!.id },
      activity: 'active',
      shopSays: 'Enabled',
      sellable: 'unit',
      stock: { tracked: true, quantity: 3 },
    });
    world.shop.setStatus(shirt.id, 'private');
    const again = await listingWith(world.connector, 'SHIRT-S');
    expect(again).toMatchObject({
      activity: 'disabled',
      shopSays: 'Enabled, product: SHIRT Disabled',
      offBecause: 'product-off',
    });
    expect(again.offShow).toBeUndefined();
  });

  it('sells a child of two parents while one of them is on', async () => {
    const links = { website_ids: [1], configurable_product_links: [103] };
    const rows = [
      product(101, { type_id: 'configurable', status: 2, extension_attributes: links }),
      product(102, { type_id: 'configurable', status: 1, extension_attributes: links }),
      product(103, { visibility: 1 }),
    ];
    const world = await openMagento({ around: showing(rows) });
    expect((await listingWith(world.connector, 'S-103')).activity).toBe('active');
  });

  it('asks a parent for its variants where the list leaves them out; where that is refused they stay unknown', async () => {
    const rows = [
      product(101, { type_id: 'configurable', status: 2 }),
      product(102, { visibility: 1 }),
      product(103, { visibility: 1 }),
    ];
    const children: { answer: FakeResponse } = { answer: { status: 200, body: [product(102)] } };
    const around = (request: FakeRequest) =>
      request.path.endsWith('/configurable-products/S-101/children') ? children.answer : showing(rows)(request);
    const known = await readAll((await openMagento({ around })).connector);
    const wordsFor = (id: string) => known.listings.find(({ ref }) => ref.shopProductId === id);
    expect(wordsFor('102')).toMatchObject({ activity: 'disabled', offBecause: 'product-off' });
    expect(wordsFor('103')).toMatchObject({ activity: 'active' });
    expect(known.broken).toEqual([]);
    const brokenOff = { status: 200, headers: { 'content-type': 'application/json' }, body: '[{"id": 102,' };
    for (const answer of [{ status: 404, body: { message: 'no' } }, brokenOff]) {
      children.answer = answer;
      const refused = await readAll((await openMagento({ around })).connector);
      expect(refused.broken.map(({ shopProductId }) => shopProductId)).toEqual(expect.arrayContaining(['102', '103']));
    }
  });

  it('says of a thing that hangs on nothing and is not shown that nobody can find it', async () => {
    const world = await openMagento({ around: showing([product(101, { visibility: 1 })]) });
    expect(await listingWith(world.connector, 'S-101')).toMatchObject({
      activity: 'active',
      offShow: true,
      shopSays: 'Enabled, Not Visible Individually',
      unbuyable: [{ why: 'hidden', shopSays: 'Not Visible Individually' }],
    });
  });

  it('reads the parents once for a whole reading, and not at all where nothing can be a child', async () => {
    const world = await openMagento();
    for (let at = 0; at < 120; at += 1) world.shop.add({ variants: [{ sku: `V-${at}` }] });
    await readAll(world.connector);
    const ofParents = (): number =>
      asked(world, /\/products$/).filter(({ query }) => Object.values(query).includes('configurable')).length;
    expect(ofParents()).toBe(3);
    const plain = await openMagento();
    for (let at = 0; at < 3; at += 1) plain.shop.add({ sku: `S-${at}` });
    await readAll(plain.connector);
    expect(asked(plain, /\/products$/)).toHaveLength(2);
  });

  it('tells a product of another website as not for sale in the one that is read', async () => {
    const rows = [
      product(101, { extension_attributes: { website_ids: [2] } }),
      product(102, { extension_attributes: { website_ids: [] } }),
    ];
    const world = await openMagento({ options: { stores: ['default', 'en'] }, around: showing(rows) });
    const read = async (store?: string) => {
      const options: Readonly<Record<string, string>> = store === undefined ? {} : { store };
      const { listings } = await readAll(world.connect({ shop: { options } }));
      return listings.map(({ activity, shopSays }) => [activity, shopSays]);
    };
    expect(await read()).toEqual([
      ['active', 'Enabled'],
      ['disabled', 'Enabled, in no website'],
    ]);
    expect(await read('default')).toEqual([
      ['disabled', 'Enabled, not in website 1'],
      ['disabled', 'Enabled, in no website'],
    ]);
    expect((await read('en'))[0]).toEqual(['active', 'Enabled']);
    expect(asked(world, /rest\/en\/V1\/products/).length).toBeGreaterThan(0);
    // Another store view of the same shop is no other shop.
    const known = world.connect({ shop: { identity: 'fake-shop.example', options: { store: 'en' } } });
    expect((await known.page({}, forever)).listings).toHaveLength(2);
    expect((await errorOf(world.connect({ shop: { options: { store: 'gone' } } }).page({}, forever))).kind).toBe(
      'refused',
    );
  });

  it('passes over rows of stock that belong to no product', async () => {
    const world = await openMagento();
    const cup = world.shop.add({ sku: 'CUP', quantity: 4 });
    world.shop.add({ sku: 'POT', quantity: 2 });
    await readAll(world.connector);
    world.shop.deleteForever(cup.id);
    const reply = await fetch(`${world.url}/rest/all/V1/inventory/source-items?searchCriteria[pageSize]=0`, {
      headers: { authorization: 'Bearer cs_right00000000000000000000000secret' },
    });
    const { items } = (await reply.json()) as { readonly items: readonly { readonly sku: string }[] };
    expect(items.map(({ sku }) => sku)).toContain('CUP');
    expect(skusIn(await readAll(world.connector))).toEqual(['POT']);
    expect((await world.connector.stockPage!({}, forever)).rows.map(({ sku }) => sku)).toEqual(['POT']);
  });
});

describe('What Magento says of stock', () => {
  it.each([
    [
      { quantity: 2.5, status: 1 },
      { tracked: true, unreadable: { field: 'quantity', value: '2.5' } },
    ],
    [
      { quantity: 4, status: 0 },
      { tracked: true, quantity: 4, outOfStock: true },
    ],
    [
      { quantity: '7.0000', status: 1 },
      { tracked: true, quantity: 7 },
    ],
    [
      { quantity: -4, status: 1 },
      { tracked: true, quantity: -4 },
    ],
    [{ quantity: null, status: 1 }, { tracked: true }],
  ])('%j is %j', async (row, stock) => {
    const world = await openMagento({ around: sourceItems([{ sku: 'cup ', source_code: 'default', ...row }]) });
    world.shop.add({ sku: 'CUP' });
    const listing = await listingWith(world.connector, 'CUP');
    expect(JSON.parse(JSON.stringify(listing.stock))).toEqual(stock);
  });

  it('has no figure where no row lies in the source', async () => {
    const world = await openMagento({ around: sourceItems([]) });
    world.shop.add({ sku: 'CUP' });
    expect((await listingWith(world.connector, 'CUP')).stock).toEqual({ tracked: true });
  });

  it('is read from the source that was chosen', async () => {
    const locations = ['1', '2'].map((id) => ({ id, name: `Lager ${id}`, active: true, ofAnotherApp: false }));
    const world = await openMagento({ fake: { locations } });
    const cup = world.shop.add({ sku: 'CUP', quantity: 4 });
    world.shop.setQuantity(cup.id, 9, '2');
    const second = world.connect({ shop: { options: { source: 'source-2' } } });
    expect([(await listingWith(world.connector, 'CUP')).stock, (await listingWith(second, 'CUP')).stock]).toMatchObject(
      [{ quantity: 4 }, { quantity: 9 }],
    );
  });

  it('says in lists, in stock alone and when it is asked for what is not counted, a list for all of a reading', async () => {
    const world = await openMagento();
    const free = world.shop.add({ sku: 'FREE', quantity: 4, tracked: false });
    for (let at = 0; at < 130; at += 1) world.shop.add({ sku: `S ${at}`, quantity: at });
    const { listings } = await readAll(world.connector);
    expect(listings.flatMap(({ sku, stock }) => (stock.tracked ? [] : sku))).toEqual(['FREE']);
    expect([asked(world, /lowStock/), asked(world, /stockItems\/(?!lowStock)/)].map(({ length }) => length)).toEqual([
      1, 0,
    ]);
    const rows = await readStock(world.connector);
    expect(rows.flatMap(({ sku, stock }) => (stock.tracked ? [] : sku))).toEqual(['FREE']);
    const [told] = await world.connector.product(toShopProductId(free.id), forever);
    expect(told?.stock).toEqual({ tracked: false });
    // The whole shop stops counting, which no product tells.
    world.shop.stockManagement = false;
    expect((await readAll(world.connector)).listings.filter(({ stock }) => stock.tracked)).toEqual([]);
  });

  it.each([
    [
      'may not be seen by this key',
      { status: 401, body: { message: "The consumer isn't authorized", parameters: {} } },
    ],
    ['say what nobody can read', { status: 200, body: { items: 'none' } }],
  ])('takes figures as they come where stock items %s', async (_, answer) => {
    const world = await openMagento({ around: ({ path }) => (path.includes('/stockItems/') ? answer : undefined) });
    for (let at = 0; at < 3; at += 1) world.shop.add({ sku: `S-${at}`, quantity: at, tracked: at > 0 });
    const { listings } = await readAll(world.connector);
    expect(listings.map(({ stock }) => stock)).toMatchObject(
      [0, 1, 2].map((quantity) => ({ tracked: true, quantity })),
    );
    expect(asked(world, /stockItems/)).toHaveLength(1);
  });

  it('finds SKUs with a comma, which a list would tear apart, beside many others', async () => {
    const world = await openMagento();
    for (let at = 0; at < 60; at += 1) world.shop.add({ sku: at % 4 === 0 ? `A,${at}` : `A ${at}`, quantity: at });
    const { listings } = await readAll(world.connector);
    expect(listings.map(({ stock }) => stock.quantity)).toEqual(Array.from({ length: 60 }, (_, at) => at));
  });
});

describe('Changes in Magento', () => {
  it('asks in UTC, inclusive, and fails loudly where a date that was not understood shows all', async () => {
    const world = await openMagento();
    world.shop.add({ sku: 'CUP' });
    await readAll(world.connector, instantOf(Date.UTC(2026, 9, 1, 8, 0, 0)));
    expect(asked(world, /\/products$/)[0]?.query).toMatchObject({
      'searchCriteria[filter_groups][1][filters][0][field]': 'updated_at',
      'searchCriteria[filter_groups][1][filters][0][value]': '2026-10-01 08:00:00',
      'searchCriteria[filter_groups][1][filters][0][condition_type]': 'gteq',
    });
    const deaf = await openMagento({ around: showing([product(101)]) });
    const error = await errorOf(readAll(deaf.connector, instantOf(Date.UTC(2026, 10, 1))));
    expect(error).toMatchObject({ kind: 'unintelligible' });
    expect(error.detail.said).toContain('does not filter by date');
  });

  it('brings the children of a parent that changed along, though their own dates stand still', async () => {
    const world = await openMagento();
    const shirt = world.shop.add({ sku: 'SHIRT', variants: [{ sku: 'S' }, { sku: 'M' }] });
    world.shop.add({ sku: 'CUP' });
    world.shop.passTime(3_600_000);
    const since = instantOf(world.shop.now());
    world.shop.setStatus(shirt.id, 'private');
    const { listings } = await readAll(world.connector, since);
    expect(listings.map(({ sku, activity }) => [sku, activity])).toEqual([
      ['SHIRT', 'disabled'],
      ['S', 'disabled'],
      ['M', 'disabled'],
    ]);
  });

  it('shows a child that changed alone, with what its unchanged parent says', async () => {
    const world = await openMagento();
    const shirt = world.shop.add({ sku: 'SHIRT', status: 'private', variants: [{ sku: 'S' }] });
    world.shop.passTime(3_600_000);
    const since = instantOf(world.shop.now());
    world.shop.editVariant(shirt.variants[0]!.id, { price: '5.00' });
    const { listings } = await readAll(world.connector, since);
    expect(listings.map(({ sku, activity }) => [sku, activity])).toEqual([['S', 'disabled']]);
  });

  it('cannot show stock, says so, and shows it in its pass', async () => {
    const world = await openMagento();
    const cup = world.shop.add({ sku: 'CUP', quantity: 4 });
    world.shop.add({ sku: 'SHIRT', variants: [{ sku: 'SHIRT-S', quantity: 2 }] });
    world.shop.add({ sku: 'BOX', kind: 'bundle' });
    world.shop.passTime(3_600_000);
    const since = instantOf(world.shop.now());
    world.shop.setQuantity(cup.id, 9);
    expect((await readAll(world.connector, since)).listings).toEqual([]);
    expect(world.connector.can.blindSpots).toContain('stock-not-in-changes');
    const { rows, next } = await world.connector.stockPage!({}, forever);
    expect(rows.map(({ sku, stock }) => [sku, stock.quantity])).toEqual([
      ['CUP', 9],
      ['SHIRT-S', 2],
    ]);
    expect((await world.connector.stockPage!({ cursor: next }, forever)).next).toBeUndefined();
  });
});

describe('Asking Magento for one thing', () => {
  it.each(['0', '-1', '1e3', 'CUP-1', '12,13'])('refuses the id %j before anything is asked', async (id) => {
    const world = await openMagento();
    expect(await world.connector.product(toShopProductId(id), forever)).toEqual([]);
    expect(world.shop.memory.requests).toEqual([]);
  });

  it('tells a parent with all its variants', async () => {
    const world = await openMagento();
    const shirt = world.shop.add({ sku: 'SHIRT', variants: [{ sku: 'S' }, { sku: 'M' }] });
    const listings = await world.connector.product(toShopProductId(shirt.id), forever);
    expect(listings.map(({ sku, sellable }) => [sku, sellable])).toEqual([
      ['SHIRT', 'parent'],
      ['S', 'unit'],
      ['M', 'unit'],
    ]);
  });

  it('looks in all stores for what the chosen one does not show, before it calls it gone', async () => {
    const world = await openMagento({
      options: { stores: ['default', 'en'] },
      around: ({ path }) =>
        path.includes('/rest/en/V1/products') ? { status: 200, body: { items: null, total_count: 0 } } : undefined,
    });
    const cup = world.shop.add({ sku: 'CUP' });
    const english = world.connect({ shop: { options: { store: 'en' } } });
    expect(await english.product(toShopProductId(cup.id), forever)).toMatchObject([
      { sku: 'CUP', activity: 'disabled', shopSays: 'Enabled, not in website 2', offBecause: 'not-in-website' },
    ]);
    expect(await english.product(toShopProductId('999'), forever)).toEqual([]);
  });

  it('a key that may not see products makes none look gone', async () => {
    const world = await openMagento();
    const narrow = world.withOnly('read-settings');
    expect((await errorOf(narrow.product(toShopProductId('999'), forever))).kind).toBe('forbidden');
  });

  it('finds SKUs as they are written, though Magento looks at neither case nor blanks', async () => {
    const world = await openMagento();
    world.shop.add({ sku: 'Cup-1' });
    expect(await world.connector.withSku(toSku('cup-1'), forever)).toEqual([]);
    expect(await world.connector.withSku(toSku('Cup-1'), forever)).toHaveLength(1);
  });

  it('finds GTINs by the attribute that the shop has, or by the one that was chosen', async () => {
    const world = await openMagento();
    world.shop.add({ sku: 'CUP', barcode: '5701234567899' });
    world.shop.add({ sku: 'ODD', barcode: 'B-17' });
    const skus = async (code: string) => (await world.connector.withGtin!(code, forever))?.map(({ sku }) => sku);
    expect([await skus('05701234567899'), await skus('B-17'), await skus('5701234567882')]).toEqual([
      ['CUP'],
      ['ODD'],
      [],
    ]);
    expect(asked(world, /products\/attributes$/)).toHaveLength(1);
    const mistaken = world.connect({ shop: { options: { barcode: 'ean_code' } } });
    expect(await errorOf(mistaken.withGtin!('B-17', forever))).toMatchObject({
      kind: 'refused',
      detail: { said: 'The "ean_code" attribute name is invalid. Reset the name and try again.' },
    });
    const none = await openMagento({
      around: ({ path }) => (path.endsWith('/attributes') ? { status: 200, body: { items: null } } : undefined),
    });
    expect(await none.connector.withGtin!('B-17', forever)).toBeUndefined();
  });

  it('a key that may see no attributes finds the one for barcodes by asking for products', async () => {
    const refusal = {
      message: "The consumer isn't authorized to access %resources.",
      parameters: { resources: 'Magento_Catalog::attributes_attributes' },
    };
    const world = await openMagento({
      around: ({ path }) => (path.endsWith('/attributes') ? { status: 401, body: refusal } : undefined),
    });
    world.shop.add({ sku: 'CUP', barcode: '5701234567899' });
    expect((await world.connector.withGtin!('5701234567899', forever))?.map(({ sku }) => sku)).toEqual(['CUP']);
  });
});

describe('Sales in Magento', () => {
  it('count the thing that was sold once, though a configurable product makes two lines', async () => {
    const world = await openMagento();
    const shirt = world.shop.add({ variants: [{ sku: 'SHIRT-S', quantity: 4 }] });
    const cup = world.shop.add({ sku: 'CUP', quantity: 4 });
    world.shop.sell([{ productId: shirt.id, variantId: shirt.variants[0]!.id, quantity: 1 }]);
    world.shop.sell([{ productId: cup.id, quantity: 1 }], { status: 'refunded' });
    const { sales } = await world.connector.sales({ since: instantOf(Date.UTC(2026, 8, 1)) }, forever);
    expect(sales.map(({ ref, sku }) => [ref.shopProductId, sku])).toEqual([[shirt.variants[0]!.id, 'SHIRT-S']]);
  });

  it('count what was ordered to be paid later, and not what is waited for in vain, and ask of no other orders', async () => {
    const world = await openMagento();
    const sell = (sku: string, status: string): void => {
      const { id } = world.shop.add({ sku, quantity: 4 });
      world.shop.sell([{ productId: id, quantity: 1 }], { status });
    };
    sell('INVOICE', 'ordered');
    sell('NEVER-PAID', 'pending');
    sell('CALLED-BACK', 'cancelled');
    sell('PAID', 'paid');
    sell('SENT', 'shipped');
    const { sales } = await world.connector.sales({ since: instantOf(Date.UTC(2026, 8, 1)) }, forever);
    expect(sales.map(({ sku }) => sku)).toEqual(['INVOICE', 'PAID', 'SENT']);
    const [orders, ...more] = asked(world, /V1\/orders$/);
    const [first, second] = world.shop.orders.map(({ id }) => id);
    expect([Object.values(orders!.query).includes(`${first},${second}`), more.length]).toEqual([true, 0]);
  });
});
