import { describe, expect, it, vi } from 'vitest';
import type { FakeRequest } from '../../../src/demo/simulators/server.ts';
import { instantOf, toShopProductId, toSku } from '../../../src/domain/ids.ts';
import { askedNames, everything, forever, open, pages, short } from './open-shopify.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('A reading of a Shopify shop', () => {
  it('names every sellable thing by product and variant, and a product with options also by itself', async () => {
    const { shop, connector } = await open();
    shop.add({ id: '11', sku: 'A', quantity: 4, title: 'Cup', variants: undefined });
    shop.add({
      id: '21',
      title: 'Shirt',
      variants: [
        { id: '22', sku: 'S', options: [{ name: 'Size', value: 'S' }], quantity: 2 },
        { id: '23', sku: 'M', options: [{ name: 'Size', value: 'M' }] },
      ],
    });
    const listings = await everything(connector);
    expect(listings.map(short).sort()).toEqual(['11/101', '21', '21/22', '21/23']);
    expect(listings.map(({ sellable, content }) => [content.name, sellable])).toEqual([
      ['Shirt', 'parent'],
      ['Shirt - S', 'unit'],
      ['Shirt - M', 'unit'],
      ['Cup', 'unit'],
    ]);
  });

  it('reads all pages, each row once, and tells the total on each', async () => {
    const { shop, connector } = await open({ firstId: 1000 });
    for (let index = 0; index < 430; index += 1) shop.add();
    const read = await pages(connector);
    const seen = read.flatMap(({ listings }) => listings.map(short));
    expect(read.length).toBeGreaterThan(1);
    expect(new Set(seen).size).toBe(430);
    expect(seen.length).toBe(430);
    expect(read.map(({ total }) => total)).toEqual(read.map(() => 430));
  });

  it('goes on where it was when rows before it were deleted', async () => {
    const { shop, connector } = await open({ firstId: 1000 });
    const added = Array.from({ length: 120 }, () => shop.add());
    const first = await connector.page({}, forever);
    shop.deleteForever(added[0]!.id);
    const pauseFor = await connector.page({ cursor: first.next }, forever);
    expect(first.listings.length + pauseFor.listings.length).toBe(120);
  });

  it('does not take a short page for the last one', async () => {
    const { shop, connector } = await open();
    for (let index = 0; index < 130; index += 1) shop.add();
    shop.temper.shortPages = true;
    expect(await everything(connector)).toHaveLength(130);
  });

  it('starts over with a cursor of another question', async () => {
    const { shop, connector } = await open();
    for (let index = 0; index < 120; index += 1) shop.add();
    const { next } = await connector.page({}, forever);
    const changes = await connector.page({ cursor: next, since: instantOf(shop.now() - 500_000) }, forever);
    expect(changes.listings).toHaveLength(20);
    const [first] = (await connector.page({ cursor: 'nonsense' }, forever)).listings;
    expect(first?.ref.shopProductId).toBe(shop.shelf[0]!.id);
  });

  it('says so when the same page comes again', async () => {
    const { shop, connector } = await open();
    for (let index = 0; index < 120; index += 1) shop.add();
    const { next } = await connector.page({}, forever);
    shop.temper.forgetPage = true;
    await expect(connector.page({ cursor: next }, forever)).rejects.toMatchObject({ kind: 'unintelligible' });
  });

  it('goes on past a row that nobody can read, and names it', async () => {
    const { shop, connector } = await open();
    shop.add({ id: '7' });
    shop.add({ id: '8' });
    shop.temper.brokenRows.add('7');
    const { listings, broken } = await connector.page({}, forever);
    expect(listings.map(({ ref }) => ref.shopProductId)).toEqual(['8']);
    expect(broken).toEqual([expect.objectContaining({ shopProductId: '7', where: 'product.title' })]);
  });

  it('keeps what it may read when the key may not see stock', async () => {
    const { shop, connector } = await open();
    shop.credentials[0]!.permissions = new Set(['read-products']);
    shop.add({ id: '7', quantity: 3 });
    expect((await everything(connector))[0]?.stock).toEqual({ tracked: true });
  });

  it('leaves a figure out that the key may not see, at a chosen location too', async () => {
    const { shop, again } = await open();
    shop.credentials[0]!.permissions = new Set(['read-products', 'read-settings']);
    shop.add({ id: '7', quantity: 3 });
    expect((await everything(again({ options: { location: '1' } })))[0]?.stock).toEqual({ tracked: true });
  });

  it('names the scope that is missing', async () => {
    const { shop, connector } = await open();
    shop.credentials[0]!.permissions = new Set(['read-settings']);
    await expect(connector.page({}, forever)).rejects.toMatchObject({
      kind: 'forbidden',
      detail: { permission: 'read_products' },
    });
  });

  it('reads the figure at the chosen location, and none where nobody chose', async () => {
    const locations = [
      { id: '1', name: 'Butik', active: true, ofAnotherApp: false },
      { id: '2', name: 'Lager', active: true, ofAnotherApp: false },
    ];
    const { shop, connector, again } = await open({ locations });
    shop.add({ quantity: 4 });
    shop.setQuantity(shop.shelf[0]!.id, 9, '2');
    const quantities = async (from: typeof connector) => (await everything(from)).map(({ stock }) => stock.quantity);
    expect(await quantities(connector)).toEqual([undefined]);
    expect(await quantities(again({ options: { location: 'gid://shopify/Location/2' } }))).toEqual([9]);
    expect(await quantities(again({ options: { location: '1' } }))).toEqual([4]);
  });

  it('passes over a location of another app when there is one left', async () => {
    const { shop, connector } = await open({
      locations: [
        { id: '1', name: 'Fulfilment Inc.', active: true, ofAnotherApp: true },
        { id: '2', name: 'Lager', active: true, ofAnotherApp: false },
      ],
    });
    shop.add({ quantity: 4 });
    shop.setQuantity(shop.shelf[0]!.id, 9, '2');
    expect((await everything(connector))[0]?.stock.quantity).toBe(9);
  });

  it('notices another shop at the same address', async () => {
    const { shop, again } = await open();
    shop.add();
    await expect(again({ identity: 'gid://shopify/Shop/5' }).page({}, forever)).rejects.toMatchObject({
      kind: 'another-shop',
    });
    const { identity } = await again().test(forever);
    expect(await everything(again({ identity }))).toHaveLength(1);
  });
});

describe('A reading of changes', () => {
  it('has what changed since, also a new status that moves no variant', async () => {
    const { shop, connector } = await open();
    const [old, draft, renamed, sold] = [shop.add(), shop.add(), shop.add(), shop.add()];
    shop.passTime(3_600_000);
    const since = instantOf(shop.now());
    shop.setStatus(draft.id, 'draft');
    shop.edit(renamed.id, { title: 'New' });
    shop.editVariant(sold.variants[0]!.id, { quantity: 1 }, false);
    const listings = await everything(connector, since);
    expect(listings.map(({ ref }) => ref.shopProductId).sort()).toEqual([draft.id, renamed.id, sold.id].sort());
    expect(listings.map(({ ref }) => ref.shopProductId)).not.toContain(old.id);
  });

  it('tells each once, though product and variant both changed', async () => {
    const { shop, connector } = await open();
    const product = shop.add();
    shop.passTime(3_600_000);
    const since = instantOf(shop.now());
    shop.editVariant(product.variants[0]!.id, { quantity: 1 });
    expect(await everything(connector, since)).toHaveLength(1);
  });

  it('fetches all variants of a changed product', async () => {
    const { shop, connector } = await open();
    const variants = Array.from({ length: 150 }, (_, index) => ({ options: [{ name: 'No', value: String(index) }] }));
    const product = shop.add({ variants });
    shop.passTime(3_600_000);
    const since = instantOf(shop.now());
    shop.setStatus(product.id, 'archived');
    const listings = await everything(connector, since);
    expect(listings).toHaveLength(151);
    expect(new Set(listings.map(({ activity }) => activity))).toEqual(new Set(['archived']));
  });

  it('is refused when the shop passes over the filter', async () => {
    const unfiltered = (request: FakeRequest): FakeRequest => {
      const asked = JSON.parse(request.body);
      return { ...request, body: JSON.stringify({ ...asked, variables: { ...asked.variables, query: '' } }) };
    };
    const { shop, connector } = await open({}, {}, (usual) => ({
      answer: (request, from) => usual.answer(unfiltered(request), from),
    }));
    const product = shop.add();
    shop.passTime(3_600_000);
    const since = instantOf(shop.now());
    await expect(connector.page({ since }, forever)).rejects.toMatchObject({ kind: 'unintelligible' });
    shop.sell([{ productId: product.id, quantity: 1 }], { createdAt: shop.now() - 7_200_000 });
    await expect(connector.sales({ since }, forever)).rejects.toMatchObject({ kind: 'unintelligible' });
  });

  it('does not lose a change in the second that it asks about', async () => {
    const { shop, connector } = await open({ stepMs: 0, startsAt: Date.UTC(2026, 10, 1, 8, 0, 0, 700) });
    shop.add();
    expect(await everything(connector, instantOf(Date.UTC(2026, 10, 1, 8, 0, 0, 500)))).toHaveLength(1);
  });
});

describe('One product of a Shopify shop', () => {
  it('is found by number and by gid, with all its variants', async () => {
    const { shop, connector } = await open();
    shop.add({
      id: '31',
      variants: Array.from({ length: 230 }, (_, index) => ({ options: [{ name: 'No', value: String(index) }] })),
    });
    const byNumber = await connector.product(toShopProductId('31'), forever);
    expect(byNumber).toHaveLength(231);
    expect(new Set(byNumber.map(short)).size).toBe(231);
    const byGid = await connector.product(toShopProductId('gid://shopify/Product/31'), forever);
    expect(byGid.map(short)).toEqual(byNumber.map(short));
  });

  it('is none when the shop does not know it, and none when no product can be called so', async () => {
    const { shop, connector } = await open();
    shop.add();
    expect(await connector.product(toShopProductId('999'), forever)).toEqual([]);
    expect(await connector.product(toShopProductId('PEAK-1'), forever)).toEqual([]);
    expect(askedNames(shop)).toContain('WhoAreYou');
  });

  it('is there, though it has no variant at the moment', async () => {
    const { shop, connector } = await open();
    const product = shop.add();
    product.variants = [];
    const [listing, ...more] = await connector.product(toShopProductId(product.id), forever);
    expect([listing?.sellable, more]).toEqual(['parent', []]);
  });

  it('is an error, not gone, when it cannot be read', async () => {
    const { shop, connector } = await open();
    const product = shop.add({ variants: [{ id: '71' }, { id: '72' }] });
    shop.temper.brokenRows.add('72');
    await expect(connector.product(toShopProductId(product.id), forever)).rejects.toMatchObject({
      kind: 'unintelligible',
    });
  });

  it('is an error when its variants come round and round', async () => {
    const { shop, connector } = await open({}, {}, (usual) => ({
      answer: (request, from) => {
        const { body, ...pauseFor } = usual.answer(request, from);
        if (!request.body.includes('ProductById')) return { ...pauseFor, body };
        return { ...pauseFor, body: JSON.stringify(body).replace(/"hasNextPage":false/, '"hasNextPage":true') };
      },
    }));
    const product = shop.add({ variants: [{}, {}] });
    shop.temper.forgetPage = true;
    await expect(connector.product(toShopProductId(product.id), forever)).rejects.toMatchObject({
      kind: 'unintelligible',
    });
  });

  it('is not gone because of a wrong key', async () => {
    const { again } = await open();
    const stranger = again({}, 'shpat_wrong');
    await expect(stranger.product(toShopProductId('999'), forever)).rejects.toMatchObject({ kind: 'unauthorized' });
    await expect(stranger.product(toShopProductId('PEAK-1'), forever)).rejects.toMatchObject({ kind: 'unauthorized' });
  });
});

describe('A search by SKU', () => {
  const odd = [
    "O'Neill",
    'A:B',
    'A\\B',
    'back\\',
    'x y',
    'Æ-Ø/Å#1',
    '00123',
    '"q"',
    'a,b%c',
    '(1)',
    "'",
    '🙂',
    'OR',
    'a*',
  ];

  it.each(odd)('finds %s and nothing else', async (sku) => {
    const { shop, connector } = await open();
    const wanted = shop.add({ sku });
    for (const other of odd) if (other !== sku) shop.add({ sku: other });
    const found = await connector.withSku(toSku(sku), forever);
    expect(found.map(({ ref }) => ref.shopProductId)).toEqual([wanted.id]);
  });

  it('gives all that share it, and none in another case', async () => {
    const { shop, connector } = await open();
    const first = shop.add({ sku: 'ab-1' });
    const copy = shop.copy(first.id);
    shop.add({ sku: 'AB-1' });
    shop.add({ sku: 'ab-1-2' });
    const found = await connector.withSku(toSku('ab-1'), forever);
    expect(found.map(({ ref }) => ref.shopProductId)).toEqual([first.id, copy.id]);
  });

  it('looks through every page of what resembles it', async () => {
    const { shop, connector } = await open();
    for (let index = 0; index < 260; index += 1) shop.add({ sku: `a ${index}` });
    const last = shop.add({ sku: 'a' });
    expect((await connector.withSku(toSku('a'), forever)).map(({ ref }) => ref.shopProductId)).toEqual([last.id]);
  });
});

describe('Sales of a Shopify shop', () => {
  it('are the last of each listing, without rehearsals and cancelled orders', async () => {
    const { shop, connector } = await open();
    const [cup, plate, bowl] = [shop.add({ sku: 'CUP' }), shop.add({ sku: 'PLATE' }), shop.add({ sku: 'BOWL' })];
    const since = instantOf(shop.now());
    shop.sell([{ productId: cup.id, quantity: 1 }]);
    const last = shop.sell([{ productId: cup.id, quantity: 2 }]);
    shop.sell([{ productId: plate.id, quantity: 1 }], { test: true });
    shop.cancel(shop.sell([{ productId: bowl.id, quantity: 1 }]).id);
    const { sales } = await connector.sales({ since }, forever);
    expect(sales.map((sale) => [short(sale), sale.sku, Date.parse(sale.at)])).toEqual([
      [`${cup.id}/${cup.variants[0]!.id}`, 'CUP', Math.floor(last.createdAt / 1000) * 1000],
    ]);
  });

  it('come page by page, with every line of a long order', async () => {
    const { shop, connector } = await open();
    const since = instantOf(shop.now());
    const products = Array.from({ length: 140 }, () => shop.add());
    for (const { id } of products.slice(0, 60)) shop.sell([{ productId: id, quantity: 1 }]);
    shop.sell(products.slice(60).map(({ id }) => ({ productId: id, quantity: 1 })));
    const first = await connector.sales({ since }, forever);
    const second = await connector.sales({ since, cursor: first.next }, forever);
    expect(second.next).toBeUndefined();
    const sold = [...first.sales, ...second.sales].map(short);
    expect([sold.length, new Set(sold).size]).toEqual([140, 140]);
  });

  it('leave out what was deleted since', async () => {
    const { shop, connector } = await open();
    const product = shop.add();
    const since = instantOf(shop.now());
    shop.sell([{ productId: product.id, quantity: 1 }]);
    shop.deleteForever(product.id);
    expect((await connector.sales({ since }, forever)).sales).toEqual([]);
  });

  it('reach back 60 days unless the key and the shop say otherwise', async () => {
    const { connector, again } = await open();
    expect(connector.can.salesDays).toBe(60);
    expect(again({ options: { orders: 'all' } }).can.salesDays).toBeUndefined();
    expect(again({ options: { orders: 'all' } }).can.blindSpots).not.toContain('sales-only-60-days');
  });

  it('name the scope that is missing', async () => {
    const { shop, connector } = await open();
    shop.credentials[0]!.permissions = new Set(['read-products']);
    await expect(connector.sales({ since: instantOf(shop.now()) }, forever)).rejects.toMatchObject({
      kind: 'forbidden',
      detail: { permission: 'read_orders' },
    });
  });
});
