import { describe, expect, it, vi } from 'vitest';
import { makeWooCommerceDialect } from '../../../src/demo/simulators/woocommerce.ts';
import { instantOf, toShopProductId, toSku } from '../../../src/domain/ids.ts';
import {
  ends,
  errorOf,
  forever,
  listingWith,
  openHarness,
  quantityFor,
  readAll,
  skusIn,
} from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { endless } from '../../support/endless-shops.ts';
import { asked, openWoo, writes } from './open-woocommerce.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const days = (count: number) => instantOf(Date.UTC(2026, 9, 1) - count * 86_400_000);

describe('Shops as they are', () => {
  it('C20: a login wall before the API stops nothing that the shop behind it answers', async () => {
    const world = await openWoo({}, { identity: 'https://uld.example' });
    world.shop.add({ sku: 'CUP', quantity: 1 });
    world.shop.temper.loginWall = true;
    const report = await world.connector.test(forever);
    expect([report.identity, report.permissions.every(({ granted }) => granted)]).toEqual(['uld.example', true]);
    const connector = world.connect({ shop: { identity: report.identity } });
    expect(skusIn(await readAll(connector))).toEqual(['CUP']);
    const ref = refTo('dk', world.shop.shelf[0]!.id);
    expect(ends(await connector.push([quantityFor(ref, 4)], forever))).toEqual(['set']);
    expect(await connector.product(toShopProductId('999'), forever)).toEqual([]);
  });

  const html = { 'content-type': 'text/html' };
  it.each([
    ['a login page', { status: 200, headers: html, body: '<!doctype html><title>Log in</title>' }],
    ['a way to a login page', { status: 302, headers: { location: '/wp-login.php?redirect_to=x' }, body: '' }],
    ['no such route', { status: 404, body: { code: 'rest_no_route', message: 'No route was found.' } }],
    ['a missing right', { status: 403, body: { code: 'rest_forbidden', message: 'Only for members.' } }],
    ['a word', { status: 200, body: 'null' }],
  ] as const)('C20: whatever closes the front of the API (%s), the shop behind it is read', async (_name, wall) => {
    const { shop, connect } = await openWoo({}, { identity: 'https://uld.example' }, (dialect) => ({
      ...dialect,
      answer: (request, asked) =>
        request.path === '/wp-json/' || request.query.get('rest_route') === '/' ? wall : dialect.answer(request, asked),
    }));
    shop.add({ sku: 'CUP', quantity: 1 });
    const report = await connect().test(forever);
    expect(report.identity).toBe('uld.example');
    expect(skusIn(await readAll(connect({ shop: { identity: 'uld.example' } })))).toEqual(['CUP']);
  });

  it.each([
    ['its front page', { status: 200, headers: html, body: '<!doctype html><title>Uld</title>' }],
    ['its front page by another address', { status: 301, headers: { location: '/' }, body: '' }],
    ['a page that says "not found"', { status: 404, headers: html, body: '<h1>Not Found</h1>' }],
  ] as const)('C23: a site without permalinks shows %s at /wp-json/, and is asked at ?rest_route=', async (_name, page) => {
    const { shop, connector } = await openWoo({}, {}, (dialect) => ({
      ...dialect,
      answer: (request, asked) => (request.path.startsWith('/wp-json') ? page : dialect.answer(request, asked)),
    }));
    shop.add({ sku: 'CUP', quantity: 1 });
    expect(skusIn(await readAll(connector))).toEqual(['CUP']);
  });

  it('C20: a password of the host before the shop is no wrong key', async () => {
    const { connector } = await openWoo({}, {}, (dialect) => ({
      ...dialect,
      answer: () => ({
        status: 401,
        headers: { ...html, 'www-authenticate': 'Basic realm="staging"' },
        body: '<h1>401 Authorization Required</h1>',
      }),
    }));
    const { kind, detail } = await errorOf(connector.page({}, forever));
    expect([kind, detail.said]).toEqual(['refused', expect.stringContaining("a password of the host's stands before")]);
  });

  it.each([
    ['405 without a word', { status: 405, headers: { allow: 'GET' }, body: '' }],
    ['405 with a page', { status: 405, headers: html, body: '<h1>405 Not Allowed</h1>' }],
    ['403 in plain text', { status: 403, headers: { 'content-type': 'text/plain' }, body: 'Forbidden' }],
    ["403 in a firewall's JSON", { status: 403, body: { error: 'blocked' } }],
    ["403 in a plug-in's JSON", { status: 403, body: { code: 'rest_forbidden', message: 'No POST here.' } }],
    ['406', { status: 406, headers: html, body: '<title>Not Acceptable!</title>Mod_Security' }],
    ['415', { status: 415, headers: html, body: '<h1>Unsupported Media Type</h1>' }],
    ['no such route', { status: 404, body: { code: 'rest_no_route', message: 'No route was found.' } }],
    ['a way to a login page', { status: 302, headers: { location: '/wp-login.php' }, body: '' }],
  ] as const)('C22: a host that answers a POST with %s is asked by PUT, and never in single writes', async (_name, wall) => {
    let closed: readonly string[] = ['POST'];
    const world = await openWoo({}, {}, (dialect) => ({
      ...dialect,
      answer: (request, shop) => (closed.includes(request.method) ? wall : dialect.answer(request, shop)),
    }));
    const products = Array.from({ length: 60 }, () => world.shop.add({ quantity: 1 }));
    const figures = (quantity: number) => products.map(({ id }) => quantityFor(refTo('dk', id), quantity));
    const report = await world.connector.test(forever);
    expect(report.permissions.find(({ wanted }) => wanted === 'write-stock')?.granted).toBe(undefined);
    expect(new Set(ends(await world.connector.push(figures(4), forever)))).toEqual(new Set(['set']));
    closed = ['POST', 'PUT'];
    world.shop.memory.requests.length = 0;
    await world.connector.push(figures(5), forever).catch(() => undefined);
    expect(writes(world).length).toBeLessThan(3);
    expect(products.every(({ variants }) => variants[0]?.quantity === 4)).toBe(true);
  });

  it('C21: an older shop is read with full pages and one call a family, and no page known to be empty', async () => {
    const world = await openWoo({ variationsRoute: false });
    for (let at = 0; at < 150; at += 1) {
      world.shop.add(at % 10 === 0 ? { variants: [{ sku: `V-${at}` }, { sku: `W-${at}` }] } : { sku: `S-${at}` });
    }
    expect(skusIn(await readAll(world.connector))).toHaveLength(165);
    const calls = asked(world, /wc\/v3/).map(({ path }) => path.replace(/.*wc\/v3\//, '').replace(/\d+/, 'N'));
    // Two pages of products and one of the trash; whether there is a list of variations was asked once.
    expect(
      Object.fromEntries([...Map.groupBy(calls, (path) => path)].map(([path, all]) => [path, all.length])),
    ).toEqual({
      variations: 1,
      products: 3,
      'products/N/variations': 15,
    });
    expect(world.shop.memory.maxAtOnce).toBeLessThanOrEqual(2);
  });

  it('C21: a page that is tried again goes on with the families that are missing', async () => {
    const world = await openWoo({ variationsRoute: false });
    for (let at = 0; at < 12; at += 1) world.shop.add({ variants: [{ sku: `V-${at}` }] });
    world.shop.temper.throttleEvery = 6;
    const page = await world.patiently.page({}, forever);
    expect(skusIn(page)).toHaveLength(12);
  });

  it.each([
    true,
    false,
  ])('C22: a host that caps pages at 20 is read and its changes too (refuses: %s)', async (refuses) => {
    const world = await openWoo();
    const { shop, connector } = world;
    for (let at = 0; at < 45; at += 1) shop.add({ sku: `S-${String(at).padStart(2, '0')}` });
    shop.add({ variants: Array.from({ length: 25 }, (_, at) => ({ sku: `V-${String(at).padStart(2, '0')}` })) });
    Object.assign(shop.temper, { maxPerPage: 20, refusesLargePages: refuses });
    expect(skusIn(await readAll(connector))).toHaveLength(70);
    expect(new Set(skusIn(await readAll(connector, days(1)))).size).toBe(70);
    const refs = shop.shelf.slice(0, 45).map(({ id }) => refTo('dk', id));
    expect(
      new Set(
        ends(
          await connector.push(
            refs.map((ref) => quantityFor(ref, 3)),
            forever,
          ),
        ),
      ),
    ).toEqual(new Set(['set']));
  });

  it.each([
    true,
    false,
  ])('R7: a product whose variations have no end is given up by its own limit (sweep: %s)', async (variationsRoute) => {
    const { mind, around } = endless(false);
    const { shop, connector } = await openWoo({ variationsRoute }, {}, around);
    shop.add({ sku: 'CUP' });
    mind.madness = 'variations';
    const error = await errorOf(readAll(connector));
    expect([error.kind, error.detail.said]).toEqual([
      'unintelligible',
      expect.stringMatching(/shows more than it has|repeats itself/),
    ]);
  });

  it('C22: where a firewall refuses POST the batch goes by PUT, and not in single writes', async () => {
    const world = await openWoo();
    for (let at = 0; at < 100; at += 1) world.shop.add({ quantity: 1 });
    world.shop.temper.refusesPost = true;
    const quantities = world.shop.shelf.map(({ id }) => quantityFor(refTo('dk', id), 7));
    expect(new Set(ends(await world.connector.push(quantities, forever)))).toEqual(new Set(['set']));
    expect(writes(world).map(({ method }) => method)).toEqual(['POST', 'PUT']);
  });

  it.each([
    'simple',
    'variable',
  ] as const)('A3: what is sold while a firewall refuses a POST is not undone by the PUT (%s)', async (kind) => {
    const world = await openWoo();
    const shelf = [1, 2, 3].map((at) =>
      world.shop.add(
        kind === 'simple'
          ? { quantity: 9 }
          : { kind, variants: [{ sku: `V-${at}`, quantity: 9, options: [{ name: 'Size', value: 'S' }] }] },
      ),
    );
    world.shop.temper.refusesPost = true;
    world.shop.temper.beforeAnswer = ({ method }) => {
      if (method === 'POST') shelf[0]!.variants[0]!.quantity = 4;
    };
    const refs = shelf.map(({ id, variants }) =>
      kind === 'simple' ? refTo('dk', id) : refTo('dk', id, variants[0]!.id),
    );
    const outcomes = await world.connector.push(
      refs.map((ref) => quantityFor(ref, 7)),
      forever,
    );
    expect(ends(outcomes)).toEqual(['stale', 'set', 'set']);
    expect(outcomes[0]).toMatchObject({ shopHas: 4 });
    expect(shelf.map(({ variants }) => variants[0]!.quantity)).toEqual([4, 7, 7]);
    const puts = writes(world).filter(({ method }) => method === 'PUT');
    expect(puts).toHaveLength(kind === 'simple' ? 1 : 2);
  });

  it('C22: where every write is refused by a page, the words are told after two calls', async () => {
    const world = await openWoo();
    for (let at = 0; at < 100; at += 1) world.shop.add({ quantity: 1 });
    world.shop.temper.only = ({ method }) => method !== 'GET';
    world.shop.temper.firewall = true;
    const outcomes = await world.connector.push(
      world.shop.shelf.map(({ id }) => quantityFor(refTo('dk', id), 7)),
      forever,
    );
    expect(new Set(ends(outcomes))).toEqual(new Set(['refused-by-shop']));
    expect(outcomes[0]).toMatchObject({ said: expect.stringContaining('Request blocked') });
    expect(writes(world)).toHaveLength(2);
  });

  it('C22: what the program calls itself is a setting, and a check for robots is called by its name', async () => {
    const { shop, connect, connector } = await openWoo();
    shop.add({ sku: 'CUP' });
    shop.temper.refusesAgent = 'bindeled';
    expect((await errorOf(connector.page({}, forever))).kind).toBe('refused');
    expect(skusIn(await readAll(connect({ shop: { options: { userAgent: 'Lager/1.0' } } })))).toEqual(['CUP']);
    shop.temper.refusesAgent = undefined;
    shop.temper.cloudflare = true;
    const error = await errorOf(connector.page({}, forever));
    expect([error.kind, error.detail.said]).toEqual([
      'refused',
      expect.stringContaining("firewall's page (Cloudflare)"),
    ]);
  });

  it('C23: a site without permalinks is spoken to at ?rest_route=, signed where it believes in http', async () => {
    const world = await openWoo({ plainPermalinks: true, signaturesOnly: true });
    const { shop } = world;
    // Its signatures are judged by the time it has.
    shop.passTime(3_600_000);
    const cup = shop.add({ sku: 'A B&C/+é', quantity: 1 });
    expect((await world.connector.test(forever)).permissions.every(({ granted }) => granted)).toBe(true);
    expect(skusIn(await readAll(world.connector))).toEqual(['A B&C/+é']);
    expect(await world.connector.withSku(toSku('A B&C/+é'), forever)).toHaveLength(1);
    expect(ends(await world.connector.push([quantityFor(refTo('dk', cup.id), 4)], forever))).toEqual(['set']);
    expect(JSON.stringify(shop.memory.requests)).not.toContain('cs_right');
    expect(shop.memory.requests.at(-1)?.query.rest_route).toBe('/wc/v3/products/batch');
  });

  it('C23: a right key counts where WordPress believes that it is called over http', async () => {
    const { shop, connector } = await openWoo({ signaturesOnly: true });
    shop.add({ sku: 'CUP' });
    expect(skusIn(await readAll(connector))).toEqual(['CUP']);
  });

  it('C23: two questions that are put at once both find how the key travels there', async () => {
    const world = await openWoo({ signaturesOnly: true });
    const [cup, mug] = ['CUP', 'MUG'].map((sku) => world.shop.add({ sku, quantity: 3 }));
    const answers = await Promise.all(
      [cup, mug].map((product) => world.connector.product(refTo('dk', product!.id).shopProductId, forever)),
    );
    expect(answers.map(([listing]) => listing?.sku)).toEqual(['CUP', 'MUG']);
    expect((await world.connector.product(refTo('dk', cup!.id).shopProductId, forever))[0]?.sku).toBe('CUP');
  });

  it('C23: a question that was under way while another found the plain addresses goes there too', async () => {
    const world = await openWoo({ plainPermalinks: true });
    const shelf = ['CUP', 'MUG', 'JUG'].map((sku) => world.shop.add({ sku, quantity: 3 }));
    const answers = await Promise.all(
      shelf.map(({ id }) => world.connector.product(refTo('dk', id).shopProductId, forever)),
    );
    expect(answers.map(([listing]) => listing?.sku)).toEqual(['CUP', 'MUG', 'JUG']);
  });

  it('C24: text before and after the JSON is passed over, and a broken part is shown', async () => {
    const { shop, connector } = await openWoo();
    shop.add({ sku: 'CUP' });
    shop.temper.textAfterJson = '\n<!-- Cached by W3 {"x": [1} -->';
    expect(skusIn(await readAll(connector))).toEqual(['CUP']);
    shop.temper.textBeforeJson = '[24-Nov-2026 08:00:00 UTC] PHP Warning: Undefined array key "x" in plugin.php\n';
    expect(skusIn(await readAll(connector))).toEqual(['CUP']);
    shop.temper.textBeforeJson = '<script>window.x = 1</script>';
    expect(skusIn(await readAll(connector))).toEqual(['CUP']);
  });

  it('C25: names come without entities and tags', async () => {
    const { shop, connector } = await openWoo();
    shop.add({ sku: 'FRIDGE', title: 'K&oslash;leskab &#8211; <b>200&nbsp;l</b>&hellip;' });
    expect((await listingWith(connector, 'FRIDGE')).content.name).toBe('Køleskab – 200 l…');
  });

  it("C26: a shop's own order states are sales; unpaid, called back and named ones are not", async () => {
    const { shop, connector, connect } = await openWoo();
    const skus = ['afsendt', 'pending', 'on-hold', 'failed', 'refunded', 'proeve'].map((status) => {
      const product = shop.add({ sku: status, quantity: 5 });
      shop.sell([{ productId: product.id, quantity: 1 }], { status });
      return status;
    });
    const soldIn = async (one: typeof connector) =>
      (await one.sales({ since: days(30) }, forever)).sales.map(({ sku }) => String(sku)).sort();
    expect(skus).toHaveLength(6);
    expect(await soldIn(connector)).toEqual(['afsendt', 'proeve']);
    for (const notSold of ['wc-proeve', 'Proeve', 'Venter, WC-Proeve '])
      expect(await soldIn(connect({ shop: { options: { notSold } } }))).toEqual(['afsendt']);
  });

  it.each(['bundle', 'composite'] as const)('C27: a %s that is counted by itself is a unit', async (kind) => {
    const { shop, connector } = await openWoo();
    shop.add({ sku: 'OWN', kind, tracked: true, quantity: 4 });
    shop.add({ sku: 'MADE', kind });
    expect((await listingWith(connector, 'OWN')).sellable).toBe('unit');
    expect((await listingWith(connector, 'MADE')).sellable).toBe('not-stocked');
  });

  it.each([
    'wpml',
    'polylang',
  ] as const)('C27: a shop translated by %s shows all its languages unasked, and which products are one in several', async (translatedBy) => {
    const { shop, connector, connect } = await openWoo();
    shop.temper.translatedBy = translatedBy;
    shop.add({ id: '11', sku: 'CUP', language: 'da', translations: { da: '11', sv: '12' } });
    shop.add({ id: '12', sku: 'CUP', language: 'sv', translations: { da: '11', sv: '12' } });
    shop.add({ id: '13', sku: 'ALONE', language: 'da' });
    const pair = { id: '21', sku: 'SHIRT', language: 'da', translations: { da: '21', sv: '22' } };
    shop.add({ ...pair, variants: [{ sku: 'SHIRT-S' }] });
    shop.add({ ...pair, id: '22', language: 'sv', variants: [{ sku: 'SHIRT-S' }] });
    const shown = (await readAll(connector)).listings.map(({ sku, ref, translation }) => [
      sku,
      ref.shopProductId,
      translation,
    ]);
    expect(shown).toHaveLength(7);
    expect(shown).toContainEqual(['CUP', '12', { language: 'sv', others: ['11'] }]);
    expect(shown).toContainEqual(['ALONE', '13', undefined]);
    expect(shown).toContainEqual(['SHIRT-S', '22', { language: 'sv', others: ['21'] }]);
    // Without a page of everything before it, too: by number, for one.
    expect((await connect().withSku(toSku('CUP'), forever)).map(({ ref }) => ref.shopProductId)).toEqual(['11', '12']);
  });

  it('C27: a translated shop shows all its languages where a setting asks for them', async () => {
    const { shop, connect } = await openWoo();
    shop.add({ sku: 'DA', language: 'da' });
    shop.add({ sku: 'EN', language: 'en' });
    expect(skusIn(await readAll(connect()))).toEqual(['DA']);
    expect(skusIn(await readAll(connect({ shop: { options: { lang: 'all' } } })))).toEqual(['DA', 'EN']);
  });

  it.each([
    true,
    false,
  ])('C28: one row deleted and one added between two pages hide no third (totals: %s)', async (totals) => {
    const { shop, connector } = await openWoo();
    const skus = Array.from(
      { length: 230 },
      (_, at) => shop.add({ sku: `S-${String(at).padStart(3, '0')}` }).variants[0]!.sku!,
    );
    shop.temper.noTotals = !totals;
    let page = await connector.page({}, forever);
    const seen = [...page.listings];
    for (let turn = 0; page.next !== undefined; turn += 1) {
      if (turn < 3) {
        shop.deleteForever(shop.shelf[turn * 7]!.id);
        shop.add({ sku: `T-${turn}` });
      }
      page = await connector.page({ cursor: page.next }, forever);
      seen.push(...page.listings);
    }
    expect(skus.filter((sku) => !seen.some((listing) => listing.sku === sku))).toEqual([]);
    expect(new Set(skusIn({ listings: seen })).size).toBe(seen.length);
  });

  it.each([
    'changes',
    'everything, without a list of all variations',
  ])('C28: a product deleted before its variations are read ends no reading of %s', async (what) => {
    const isChanges = what === 'changes';
    const { shop, connector } = await openWoo({ variationsRoute: isChanges });
    const shirt = shop.add({ sku: 'SHIRT', variants: [{ sku: 'SHIRT-S' }] });
    shop.add({ sku: 'COAT', variants: [{ sku: 'COAT-S' }] });
    shop.temper.beforeAnswer = ({ path }) => {
      if (path.endsWith(`/products/${shirt.id}/variations`)) shop.deleteForever(shirt.id);
    };
    const since = isChanges ? instantOf(shop.now() - 86_400_000) : undefined;
    expect(new Set(skusIn(await readAll(connector, since)))).toEqual(new Set(['COAT-S']));
  });

  it('C28: a hundred rows deleted before the page still hide none', async () => {
    const { shop, connector } = await openWoo();
    for (let at = 0; at < 400; at += 1) shop.add({ sku: `S-${String(at).padStart(3, '0')}` });
    let page = await connector.page({}, forever);
    page = await connector.page({ cursor: page.next }, forever);
    for (const { id } of shop.shelf.slice(0, 120)) shop.deleteForever(id);
    const left = shop.shelf.map(({ variants }) => variants[0]!.sku!).filter((sku) => sku >= 'S-199');
    const seen: string[] = [];
    while (page.next !== undefined) {
      page = await connector.page({ cursor: page.next }, forever);
      seen.push(...skusIn(page));
    }
    expect(left.filter((sku) => !seen.includes(sku))).toEqual([]);
  });

  it.each([
    ['gatewayTimeouts', 1],
    ['dropWrites', 2],
  ] as const)('C29: a write that ends in %s is written once', async (day, posts) => {
    const world = await openWoo();
    const cup = world.shop.add({ quantity: 1 });
    world.shop.temper[day] = 1;
    expect(ends(await world.patiently.push([quantityFor(refTo('dk', cup.id), 4)], forever))).toEqual(['set']);
    expect([writes(world).length, cup.variants[0]!.quantity]).toEqual([posts, 4]);
  });
});

describe('What a shop may say', () => {
  it('A2: finds a barcode in every spelling, among variations too, and in the trash', async () => {
    const { shop, connector } = await openWoo();
    shop.add({ sku: 'CUP', barcode: '5701234567899' });
    shop.add({ title: 'Shirt', variants: [{ sku: 'S', barcode: '05701234567905' }] });
    shop.add({ sku: 'HOUSE', barcode: 'HYLDE-7' });
    const found = async (barcode: string) =>
      (await connector.withGtin!(barcode, forever))?.map(({ sku }) => String(sku));
    expect(await found('05701234567899')).toEqual(['CUP']);
    expect(await found('5701234567899')).toEqual(['CUP']);
    expect(await found('5701234567905')).toEqual(['S']);
    expect(await found('HYLDE-7')).toEqual(['HOUSE']);
    expect(await found('4006381333931')).toEqual([]);
  });

  it('A2: a shop that passes the filter over was not asked, and never says that it does not know', async () => {
    const { shop, connector } = await openWoo({ findsBarcodes: false, variationsRoute: false });
    shop.add({ sku: 'CUP', barcode: '5701234567899' });
    expect((await errorOf(connector.withGtin!('4006381333931', forever))).kind).toBe('refused');
  });

  it("A4: a variation that shows its product's number or barcode is not identified by it", async () => {
    const { shop, connector } = await openWoo();
    const shirt = shop.add({ sku: 'SW-1', barcode: '5701234567899', variants: [{}, { sku: 'SW-1-M' }] });
    for (const { listings } of [
      await readAll(connector),
      { listings: await connector.product(toShopProductId(shirt.id), forever) },
    ]) {
      expect(listings.map(({ sku, gtin }) => [sku, gtin])).toEqual(
        [
          ['SW-1', undefined],
          [undefined, undefined],
          ['SW-1-M', undefined],
        ].map(([sku], at) => [sku, at === 0 ? '05701234567899' : undefined]),
      );
    }
    expect((await connector.withSku(toSku('SW-1'), forever)).map(({ sellable }) => sellable)).toEqual(['parent']);
  });

  it.each([
    [76.5, '76.5'],
    ['2,5', '2,5'],
    ['1e400', '1e400'],
    ['a few', 'a few'],
    [{ m: 2 }, 'object'],
  ])('A5: stock of %j is told with its field and value, and never written over', async (written, value) => {
    const { shop, connector } = await openWoo();
    const cloth = shop.add({ sku: 'CLOTH', quantity: 2 });
    shop.add({ sku: 'OK', quantity: 2 });
    shop.temper.shownInstead.set(cloth.id, { stock_quantity: written });
    const reading = await readAll(connector);
    expect(reading.listings.find(({ sku }) => sku === 'CLOTH')?.stock).toEqual({
      tracked: true,
      unreadable: { field: 'stock_quantity', value },
    });
    expect(reading.broken).toMatchObject([{ shopProductId: cloth.id, where: 'stock_quantity' }]);
    const refs = shop.shelf.map(({ id }) => refTo('dk', id));
    expect(
      ends(
        await connector.push(
          refs.map((ref) => quantityFor(ref, 5)),
          forever,
        ),
      ),
    ).toEqual(['figure-unreadable', 'set']);
    expect(await connector.product(toShopProductId(cloth.id), forever)).toHaveLength(1);
  });

  it('A5: a figure of 1e400 on the wire is unreadable, and so is a stock word that is neither yes nor no', async () => {
    const { shop, connector } = await openWoo({}, {}, (dialect) => ({
      ...dialect,
      answer: (request, of) => {
        const answer = dialect.answer(request, of);
        return { ...answer, body: JSON.stringify(answer.body).replace('"stock_quantity":7', '"stock_quantity":1e400') };
      },
    }));
    shop.add({ sku: 'CUP', quantity: 7 });
    expect((await listingWith(connector, 'CUP')).stock.unreadable).toEqual({ field: 'stock_quantity', value: '1e400' });
    shop.temper.shownInstead.set(shop.shelf[0]!.id, { manage_stock: 'perhaps' });
    expect((await errorOf(connector.product(toShopProductId(shop.shelf[0]!.id), forever))).kind).toBe('unintelligible');
  });

  it.each([
    true,
    false,
  ])('A5: a product that nobody can read keeps its family unknown, not gone (sweep: %s)', async (variationsRoute) => {
    const { shop, connector } = await openWoo({ variationsRoute });
    const shirt = shop.add({ variants: [{ sku: 'S' }, { sku: 'M' }] });
    shop.temper.brokenRows.add(shirt.id);
    const { listings, broken } = await readAll(connector);
    expect([listings, new Set(broken.map(({ shopProductId }) => shopProductId))]).toEqual([[], new Set([shirt.id])]);
    const ref = refTo('dk', shirt.id, shirt.variants[0]!.id);
    expect(ends(await connector.push([quantityFor(ref, 5)], forever))).toEqual(['figure-unreadable']);
  });

  it.each([
    [{ tracked: false, variants: undefined, stock: 'outofstock' }, ['out-of-stock']],
    [{ hidden: true }, ['hidden']],
    [{ purchasable: false }, ['not-purchasable']],
    [{ price: undefined }, ['no-price']],
    [{ status: 'future' }, ['scheduled']],
    [{}, undefined],
  ])('A6: %j cannot be bought: %j', async (over, whys) => {
    const { shop, connector } = await openWoo();
    const { stock, ...given } = over as { stock?: 'outofstock' };
    const product = shop.add({ sku: 'CUP', quantity: 5, ...given });
    if (stock !== undefined) product.variants[0]!.stockStatus = stock;
    const listing = await listingWith(connector, 'CUP');
    expect(listing.unbuyable?.map(({ why }) => why)).toEqual(whys);
    expect(listing.stock.outOfStock).toBe(stock === undefined ? undefined : true);
  });

  it('R9: ids beyond 2^53 keep all their digits, on the way in and out', async () => {
    const world = await openWoo();
    world.shop.add({ id: '9007199254740992', sku: 'EVEN', quantity: 1 });
    world.shop.add({ id: '9007199254740993', sku: 'ODD', quantity: 1 });
    const { ref } = await listingWith(world.connector, 'ODD');
    expect(ref.shopProductId).toBe('9007199254740993');
    expect(ends(await world.connector.push([quantityFor(ref, 8)], forever))).toEqual(['set']);
    expect(world.shop.shelf.map(({ variants }) => variants[0]!.quantity)).toEqual([1, 8]);
  });

  it.each(['../../x', '1/2', '-1', '0', '1e3', 'ck_1'])('R18: %s is no id here, and nobody is asked', async (id) => {
    const world = await openWoo();
    world.shop.add({ sku: 'CUP' });
    expect(await world.connector.product(toShopProductId(id), forever)).toEqual([]);
    expect(ends(await world.connector.push([quantityFor(refTo('dk', '5', id), 1)], forever))).toEqual([
      'not-found-in-shop',
    ]);
    expect(
      world.shop.memory.requests.filter(
        ({ path, query }) => `${path}${JSON.stringify(query)}`.includes(id) && id.length > 2,
      ),
    ).toEqual([]);
  });
});

describe('Who answers', () => {
  const open = async (variationsRoute = true) => {
    const other = 'https://other.example';
    const world = await openHarness(
      {
        driver: (await import('../../../src/connectors/woocommerce/driver.ts')).wooCommerce,
        dialect: () => makeWooCommerceDialect({ variationsRoute }),
        secretsOf: ({ key, secret }) => ({ key, secret }),
      },
      { identity: 'https://ours.example/butik' },
    );
    return {
      ...world,
      connector: world.connect({ shop: { identity: 'ours.example/butik' } }),
      turn: () => Object.assign(world.shop, { identity: other }),
    };
  };

  it('A7: every reading that may move a link refuses another shop, also in the middle', async () => {
    const { shop, connector, turn } = await open();
    for (let at = 0; at < 150; at += 1) shop.add({ sku: `S-${at}`, barcode: at === 0 ? '5701234567899' : undefined });
    const [first] = shop.shelf;
    const page = await connector.page({}, forever);
    await connector.product(toShopProductId(first!.id), forever);
    turn();
    for (const ask of [
      () => connector.page({ cursor: page.next }, forever),
      () => connector.page({}, forever),
      () => connector.page({ since: days(1) }, forever),
      () => connector.product(toShopProductId(first!.id), forever),
      () => connector.product(toShopProductId('99999'), forever),
      () => connector.withSku(toSku('S-1'), forever),
      () => connector.withSku(toSku('NOBODY'), forever),
      () => connector.withGtin!('5701234567899', forever),
      () => connector.withGtin!('4006381333931', forever),
      () => connector.push([quantityFor(refTo('dk', first!.id), 5)], forever),
    ]) {
      expect((await errorOf(ask())).kind).toBe('another-shop');
    }
  });

  it('A7: an empty shop at the address is asked who it is before its end is believed', async () => {
    const { shop, connector, turn } = await open();
    turn();
    expect(shop.shelf).toEqual([]);
    expect((await errorOf(readAll(connector))).kind).toBe('another-shop');
  });

  it('A7: rows that say whose they are cost no call of their own', async () => {
    const { shop, connector } = await open();
    const cup = shop.add({ sku: 'CUP' });
    await connector.product(toShopProductId(cup.id), forever);
    expect(shop.memory.requests.map(({ path }) => path)).toEqual([`/wp-json/wc/v3/products/${cup.id}`]);
  });
});
