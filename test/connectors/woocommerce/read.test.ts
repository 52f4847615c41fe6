import { describe, expect, it, vi } from 'vitest';
import { credential, rightKey } from '../../../src/demo/simulators/fake-shop.ts';
import type { Dialect } from '../../../src/demo/simulators/server.ts';
import { instantOf, toShopProductId, toSku } from '../../../src/domain/ids.ts';
import { errorOf, forever, listingWith, readAll, skusIn } from '../../contract/connector-harness.ts';
import { asked, openWoo } from './open-woocommerce.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A shop whose API is switched off for some addresses. */
const withoutRoute =
  (path: RegExp) =>
  (dialect: Dialect): Dialect => ({
    ...dialect,
    answer: (request, shop) =>
      path.test(request.path)
        ? { status: 404, body: { code: 'rest_no_route', message: 'No route was found.', data: { status: 404 } } }
        : dialect.answer(request, shop),
  });

describe('WooCommerce: changes since', () => {
  it('asks in UTC without a zone: with one, too little would come back (trap 1)', async () => {
    const world = await openWoo();
    world.shop.add({ sku: 'CUP' });
    await readAll(world.connector, instantOf(Date.UTC(2026, 9, 1, 9, 30, 8, 700)));
    const [first] = asked(world, /products$/);
    expect(first?.query).toMatchObject({ modified_after: '2026-10-01T09:30:07', dates_are_gmt: 'true', status: 'any' });
    for (const { query } of asked(world, /products$|variations$/))
      expect(query.modified_after ?? '').not.toMatch(/Z|\+/);
  });

  it("tells an edited variation though the product's date stays", async () => {
    const { shop, connector } = await openWoo();
    const shirt = shop.add({ variants: [{ sku: 'SHIRT-S', quantity: 1 }] });
    shop.passTime(3_600_000);
    const since = instantOf(shop.now());
    shop.editVariant(shirt.variants[0]!.id, { quantity: 4 }, false);
    expect((await readAll(connector, since)).listings).toMatchObject([{ sku: 'SHIRT-S', stock: { quantity: 4 } }]);
  });

  it('tells what went to the trash, and what came back', async () => {
    const { shop, connector } = await openWoo();
    const cup = shop.add({ sku: 'CUP' });
    const pot = shop.add({ sku: 'POT', status: 'trashed', statusBeforeTrash: 'active' });
    shop.passTime(3_600_000);
    const since = instantOf(shop.now());
    shop.trash(cup.id);
    shop.restore(pot.id);
    const { listings } = await readAll(connector, since);
    expect(listings.map((listing) => [listing.sku, listing.activity])).toEqual([
      ['POT', 'active'],
      ['CUP', 'archived'],
    ]);
  });

  it('32: refuses a shop that leaves the filter out', async () => {
    const { shop, connector } = await openWoo({ ignoresModifiedAfter: true });
    shop.add({ sku: 'OLD' });
    shop.passTime(3_600_000);
    const error = await errorOf(readAll(connector, instantOf(shop.now())));
    expect([error.kind, error.detail.said]).toEqual(['unintelligible', expect.stringContaining('does not filter')]);
  });

  it('24: fails loudly when the shop shows the same changes forever', async () => {
    const { shop, connector } = await openWoo({}, { stepMs: 1 });
    const since = instantOf(shop.now());
    for (let at = 0; at < 120; at += 1) shop.add({ sku: `S-${at}` });
    shop.temper.forgetPage = true;
    const error = await errorOf(readAll(connector, since));
    expect([error.kind, error.detail.said]).toEqual(['unintelligible', 'the shop repeats itself at page 4']);
  });

  it('21: skips nothing when a row is edited while it reads', async () => {
    const { shop, connector } = await openWoo();
    shop.passTime(3_600_000);
    const since = instantOf(shop.now());
    const skus = Array.from(
      { length: 150 },
      (_, at) => shop.add({ sku: `S-${String(at).padStart(3, '0')}` }).variants[0]!.sku!,
    );
    let page = await connector.page({ since }, forever);
    const seen = [...page.listings];
    for (let at = 0; at < 30; at += 1) shop.edit(shop.shelf[at]!.id, { title: 'Edited' });
    while (page.next !== undefined) {
      page = await connector.page({ since, cursor: page.next }, forever);
      seen.push(...page.listings);
    }
    expect([...new Set(skusIn({ listings: seen }))].sort()).toEqual(skus);
  });
});

describe('WooCommerce: reading everything', () => {
  it('reads all variations in one sweep where the shop has it, and product by product where not', async () => {
    const counts = await Promise.all(
      [true, false].map(async (variationsRoute) => {
        const world = await openWoo({ variationsRoute });
        for (let at = 0; at < 12; at += 1) world.shop.add({ variants: [{ sku: `S-${at}` }, { sku: `M-${at}` }] });
        expect((await readAll(world.connector)).listings).toHaveLength(36);
        return asked(world, /products\/\d+\/variations$/).length;
      }),
    );
    expect(counts).toEqual([0, 12]);
  });

  it('asks for the fields it reads and no more, a hundred rows at a time', async () => {
    const world = await openWoo();
    world.shop.add({ sku: 'CUP' });
    await readAll(world.connector);
    const [first] = asked(world, /products$/);
    expect(first?.query).toMatchObject({ per_page: '100', orderby: 'id', order: 'asc', offset: '0', status: 'any' });
    expect(first?.query._fields).toContain('manage_stock');
    expect(first?.query._fields).not.toContain('meta_data');
  });

  it.each([
    true,
    false,
  ])('tells what lies in the trash as archived, with its variations (sweep: %s)', async (variationsRoute) => {
    const { shop, connector } = await openWoo({ variationsRoute });
    shop.trash(shop.add({ sku: 'CUP' }).id);
    shop.trash(shop.add({ variants: [{ sku: 'SHIRT-S' }] }).id);
    const { listings } = await readAll(connector);
    expect(listings.map((listing) => [listing.sku, listing.activity, listing.shopSays])).toEqual([
      ['CUP', 'archived', 'trash'],
      [undefined, 'archived', 'trash'],
      ['SHIRT-S', 'archived', 'trash'],
    ]);
  });

  it('tells a variation that is switched off, and one whose product is a draft', async () => {
    const { shop, connector } = await openWoo();
    shop.add({ variants: [{ sku: 'OFF', enabled: false }, { sku: 'ON' }] });
    shop.add({ status: 'draft', variants: [{ sku: 'DRAFT' }] });
    const told = new Map((await readAll(connector)).listings.map((one) => [one.sku, [one.activity, one.shopSays]]));
    expect(told.get(toSku('OFF'))).toEqual(['disabled', 'private']);
    expect(told.get(toSku('ON'))).toEqual(['active', 'publish']);
    expect(told.get(toSku('DRAFT'))).toEqual(['draft', 'publish; product: draft']);
  });

  it('says that a product is hidden', async () => {
    const { shop, connector } = await openWoo();
    shop.add({ sku: 'CUP', hidden: true });
    expect(await listingWith(connector, 'CUP')).toMatchObject({ activity: 'active', shopSays: 'publish, hidden' });
  });

  it('works in a subfolder, and behind a PHP notice', async () => {
    const { shop, url, connect } = await openWoo();
    shop.add({ sku: 'CUP' });
    shop.temper.noticeBeforeJson = true;
    const connector = connect({ shop: { url: `${url}/butik` } });
    expect(skusIn(await readAll(connector))).toEqual(['CUP']);
    expect(shop.memory.requests.every(({ path }) => path.startsWith('/butik/wp-json/'))).toBe(true);
  });

  it('reads barcodes out of the field that a plug-in keeps, when told which', async () => {
    const { shop, connect } = await openWoo();
    shop.add({ sku: 'CUP', meta: { _ean: '5701234567899' } });
    const connector = connect({ shop: { options: { gtinMeta: '_ean' } } });
    expect((await listingWith(connector, 'CUP')).gtin).toBe('05701234567899');
  });
});

describe('WooCommerce: one product', () => {
  it('a product in the trash is there, archived', async () => {
    const { shop, connector } = await openWoo();
    const cup = shop.add({ sku: 'CUP' });
    shop.trash(cup.id);
    expect(await connector.product(toShopProductId(cup.id), forever)).toMatchObject([{ activity: 'archived' }]);
  });

  it('the id of a variation brings its product and all its variations', async () => {
    const { shop, connector } = await openWoo();
    const shirt = shop.add({ variants: [{ sku: 'SHIRT-S' }, { sku: 'SHIRT-M' }] });
    const family = await connector.product(toShopProductId(shirt.variants[1]!.id), forever);
    expect(family.map((listing) => [String(listing.ref.shopProductId), listing.sku])).toEqual([
      [shirt.id, undefined],
      [shirt.id, 'SHIRT-S'],
      [shirt.id, 'SHIRT-M'],
    ]);
  });

  it.each([
    /products\/\d+$/,
    /wc\/v3/,
  ])('87: an API without the address %s never makes a product look gone', async (path) => {
    const { connector } = await openWoo({}, {}, withoutRoute(path));
    expect((await errorOf(connector.product(toShopProductId('101'), forever))).kind).toBe('refused');
  });

  it('finds a SKU among variations, and knows their product', async () => {
    const { shop, connector } = await openWoo();
    const shirt = shop.add({
      title: 'Shirt',
      status: 'draft',
      variants: [{ sku: 'S', options: [{ name: 'Size', value: 'S' }] }],
    });
    expect(await connector.withSku(toSku('S'), forever)).toMatchObject([
      { ref: { shopProductId: shirt.id }, activity: 'draft', content: { name: 'Shirt - S' } },
    ]);
  });
});

describe('WooCommerce: keys', () => {
  it('84: puts the key into the address when the host takes the header away, remembers it and says so', async () => {
    const world = await openWoo();
    world.shop.add({ sku: 'CUP' });
    world.shop.temper.dropsAuthorization = true;
    expect(skusIn(await readAll(world.connector))).toEqual(['CUP']);
    const ways = asked(world, /wc\/v3/).map(({ credentials }) => credentials);
    expect(ways.filter((way) => way === 'none')).toHaveLength(1);
    expect((await world.connector.test(forever)).warnings).toContain('credentials-had-to-go-in-query');
    world.shop.temper.htmlPage = true;
    expect((await errorOf(world.connector.page({}, forever))).kind).toBe('unintelligible');
    world.shop.temper.htmlPage = false;
    world.shop.temper.down = true;
    expect((await errorOf(world.connector.page({}, forever))).kind).toBe('unreachable');
  });

  it('tries the other ways once, and not again for a key that nobody knows', async () => {
    const world = await openWoo();
    const stranger = world.connect({ as: credential('ck_strange', 'cs_strange') });
    await errorOf(stranger.page({}, forever));
    await errorOf(stranger.page({}, forever));
    const ways = asked(world, /wc\/v3/).map(({ credentials }) => credentials);
    expect(ways).toEqual(['header', 'query', 'query', 'header']);
  });

  it('does not try the address for a wrong secret', async () => {
    const world = await openWoo();
    const mistyped = world.connect({ as: credential(rightKey.key, 'cs_mistyped') });
    expect((await errorOf(mistyped.page({}, forever))).kind).toBe('unauthorized');
    expect(asked(world, /wc\/v3/).map(({ credentials }) => credentials)).toEqual(['header']);
  });

  it('calls the key wrong where WordPress does not know that it is called over https', async () => {
    const { connector } = await openWoo({ seesHttps: false });
    expect((await errorOf(connector.test(forever))).kind).toBe('unauthorized');
  });

  it('tells each right that is missing by its name, and that a sale cannot be read', async () => {
    const world = await openWoo();
    const narrow = world.withOnly('read-products', 'write-stock');
    const { permissions } = await narrow.test(forever);
    expect(permissions.map(({ wanted, granted }) => [wanted, granted])).toEqual([
      ['read-products', true],
      ['write-stock', true],
      ['read-orders', false],
      ['read-settings', false],
    ]);
    expect((await errorOf(narrow.sales({ since: instantOf(0) }, forever))).kind).toBe('forbidden');
  });

  it('tells a key that may write but not read from a wrong one', async () => {
    const world = await openWoo();
    const writer = world.withOnly('write-stock');
    expect((await writer.test(forever)).permissions[0]).toMatchObject({ wanted: 'read-products', granted: false });
    expect((await errorOf(writer.page({}, forever))).kind).toBe('forbidden');
  });

  it('refuses a WordPress without WooCommerce', async () => {
    const { connector } = await openWoo({}, {}, (dialect) => ({
      ...dialect,
      answer: (request, shop) =>
        request.path.endsWith('/wp-json/')
          ? { status: 200, body: { name: 'Blog', home: 'https://blog.example', namespaces: ['wp/v2'] } }
          : dialect.answer(request, shop),
    }));
    expect((await errorOf(connector.test(forever))).kind).toBe('refused');
  });

  it('warns when the whole shop does not count stock', async () => {
    const { connector } = await openWoo({}, { stockManagement: false });
    expect((await connector.test(forever)).warnings).toContain('stock-management-off');
  });

  it('says its version, its address without the scheme, and its zone', async () => {
    const { connector } = await openWoo(
      {},
      { identity: 'https://Shop.Example/butik/', timeZone: 'Europe/Oslo', currency: 'NOK' },
    );
    expect(await connector.test(forever)).toMatchObject({
      identity: 'shop.example/butik',
      version: '11.0.1',
      timeZone: 'Europe/Oslo',
      currency: 'NOK',
    });
  });
});
