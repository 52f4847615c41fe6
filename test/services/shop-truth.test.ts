import { describe, expect, it, vi } from 'vitest';
import { toShopId, toShopProductId } from '../../src/domain/ids.ts';
import { keptTroubleLines } from '../../src/views/errors/screen-advice.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import { shopLine } from '../../src/views/shops/shop-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import {
  allPlatforms,
  forever,
  idIn,
  linkedIn,
  openTestEnvironment,
  pushEverything,
  quantityIn,
  stockUp,
  syncAll,
  theProduct,
} from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const dk = toShopId('dk');

describe('What a shop says is taken for what it is', () => {
  it('A3: a sale between the preview and the push is not written over, in either platform', async () => {
    for (const id of ['dk', 'de']) {
      const environment = await openTestEnvironment([id]);
      stockUp(environment, [id], 'CUP');
      await syncAll(environment);
      const { id: productId } = await theProduct(environment, 'CUP');
      await environment.services.stock.set(productId, 9);
      await pushEverything(environment);
      await environment.services.stock.set(productId, 8);
      const plan = await environment.services.push.plan({ productIds: [productId] });
      environment.shop(id).sell([{ productId: environment.shop(id).shelf[0]!.id, quantity: 3 }]);
      const result = await environment.services.push.apply({ planId: plan.id, yes: {} }, forever);
      expect([quantityIn(environment, id, 'CUP'), result.sent, result.reRead]).toEqual([6, 0, 1]);
    }
  });

  it('B16: two languages of one product are told as a translation, and one answer settles them all', async () => {
    const environment = await openTestEnvironment(['dk']);
    const fake = environment.shop('dk');
    fake.temper.translatedBy = 'wpml';
    for (const [danish, swedish, sku] of [
      ['11', '12', 'CUP'],
      ['13', '14', 'TEA'],
    ] as const) {
      const translations = { da: danish, sv: swedish };
      fake.add({ id: danish, sku, language: 'da', translations });
      fake.add({ id: swedish, sku, language: 'sv', translations });
    }
    await syncAll(environment);
    const cards = await environment.services.conflicts.list();
    expect(cards.map(({ translation }) => translation?.language)).toEqual(['sv', 'sv']);
    expect(await environment.services.conflicts.keepAll({ translationsOnly: true })).toHaveLength(2);
    await syncAll(environment);
    expect(await environment.services.conflicts.list()).toEqual([]);
  });

  it.each([
    'wpml',
    'polylang',
  ] as const)('C27: a language that is set later takes no link from what it leaves out (%s)', async (translatedBy) => {
    const environment = await openTestEnvironment(['dk']);
    const fake = environment.shop('dk');
    fake.temper.translatedBy = translatedBy;
    fake.add({ sku: 'KOP', language: 'da' });
    fake.add({ sku: 'KOPP', language: 'sv' });
    const sizes = ['S', 'M'].map((value) => ({ sku: `SKJORTA-${value}`, options: [{ name: 'Storlek', value }] }));
    fake.add({ id: '900', sku: 'SKJORTA', language: 'sv', variants: sizes });
    await syncAll(environment);
    const before = await environment.store.integrationsOn(dk);
    expect(before).toHaveLength(4);
    await environment.services.shops.change(dk, { options: { lang: 'da' } });
    await syncAll(environment);
    await environment.services.fetch.run({ asked: ['SKJORTA-S', 'KOPP'] }, forever);
    expect((await environment.store.integrationsOn(dk)).map(({ ref }) => ref)).toEqual(before.map(({ ref }) => ref));
    for (const sku of ['KOPP', 'SKJORTA-M']) {
      const { id } = await theProduct(environment, sku);
      await environment.services.stock.set(id, 7);
    }
    await pushEverything(environment);
    expect(['KOPP', 'SKJORTA-M'].map((sku) => quantityIn(environment, 'dk', sku))).toEqual([7, 7]);
  });

  it.each([
    [
      'it is down, and says so in words of its own',
      503,
      'error in the shop',
      'Nordlys SHOPIFY answers with an error of its own.',
    ],
    ['it never came to an answer', 408, 'no answer', 'Nordlys SHOPIFY does not answer.'],
  ])('B12: a shop that failed a sync is told on its card as what it was: %s', async (_name, status, word, said) => {
    const environment = await openTestEnvironment(['shopify'], {}, undefined, (dialect) => ({
      ...dialect,
      answer: () => ({ status, body: { message: 'We are moving house' } }),
    }));
    await syncAll(environment, 'trouble');
    const [overview] = await environment.services.shops.list();
    const format = formatContext({ words: wordsOf('en'), now: environment.clock.now(), timeZone: 'UTC' });
    expect(shopLine(overview!, format).health).toBe(word);
    expect(keptTroubleLines(overview!.state!.lastTrouble!, overview!.shop.name, format.words)?.said).toBe(said);
  });

  it('C27: a variation that its product names and every list hides stays linked; one that is deleted does not', async () => {
    const hidden = new Set<string>();
    const environment = await openTestEnvironment(['dk'], {}, undefined, (dialect) => ({
      ...dialect,
      answer: (request, shop) => {
        const reply = dialect.answer(request, shop);
        if (!Array.isArray(reply.body)) return reply;
        return { ...reply, body: reply.body.filter(({ id }: { readonly id: unknown }) => !hidden.has(String(id))) };
      },
    }));
    const fake = environment.shop('dk');
    const sizes = ['S', 'M', 'L'].map((value) => ({ sku: `SHIRT-${value}`, options: [{ name: 'Size', value }] }));
    const { variants } = fake.add({ sku: 'SHIRT', variants: sizes });
    await syncAll(environment);
    hidden.add(variants[1]!.id);
    fake.deleteForever(variants[2]!.id);
    await environment.services.fetch.run({ asked: ['SHIRT-S'] }, forever);
    const links = await environment.store.integrationsOn(dk);
    expect(links.map(({ ref }) => ref.shopVariantId)).toEqual([variants[0]!.id, variants[1]!.id]);
  });

  it.each([
    'magento',
    'woocommerce',
  ])('B12: what %s said it does not count is held back by the next plan', async (shop) => {
    const environment = await openTestEnvironment([shop]);
    const { variants } = environment.shop(shop).add({ sku: 'FREE', quantity: 1 });
    stockUp(environment, [shop], 'CUP');
    await syncAll(environment);
    environment.shop(shop).editVariant(variants[0]!.id, { tracked: false });
    const productIds = [(await theProduct(environment, 'FREE')).id, (await theProduct(environment, 'CUP')).id];
    for (const productId of productIds) await environment.services.stock.set(productId, 7);
    const offered = await environment.services.push.plan({ productIds });
    expect(offered.rows.map(({ kind }) => kind)).toEqual(['send', 'send']);
    await pushEverything(environment, productIds);
    for (const productId of productIds) await environment.services.stock.set(productId, 8);
    const held = await environment.services.push.plan({ productIds });
    expect(held.rows.map((row) => (row.kind === 'skip' ? row.why : row.kind))).toEqual(['not-tracked-in-shop', 'send']);
  });

  it('B12: the first plan and the card say of what no shop counts that it is not counted, and nobody is asked', async () => {
    // Two always count.
    const shops = allPlatforms.filter((id) => id !== 'shopware' && id !== 'dandomain-classic');
    const environment = await openTestEnvironment(shops);
    // Of one it is said product by product, of the other by a setting of the whole shop.
    const byShop = ['prestashop', 'medusa', 'woocommerce', 'magento'];
    for (const id of shops) {
      const fake = environment.shop(id);
      const free = { sku: `FREE-${id}`, quantity: 3, tracked: false };
      const inherits = { sku: `FREE-${id}`, quantity: 3, tracked: 'parent' as const };
      fake.add(id === 'vendure' ? { variants: [inherits] } : free);
      fake.stockManagement = id !== 'vendure' && !byShop.includes(id);
      if (byShop.includes(id)) fake.add({ sku: `SET-${id}`, quantity: 3 });
    }
    await syncAll(environment);
    const skus = [...shops.map((id) => `FREE-${id}`), ...byShop.map((id) => `SET-${id}`)];
    const products = await Promise.all(skus.map((sku) => theProduct(environment, sku)));
    for (const { id } of products) await environment.services.stock.set(id, 7);
    for (const id of shops) environment.shop(id).memory.requests.length = 0;
    const { rows } = await environment.services.push.plan({ productIds: products.map(({ id }) => id) });
    const linked = rows.filter((row) => row.kind === 'send' || row.why !== 'no-integration');
    expect(linked.map((row) => [row.sku, row.kind === 'skip' ? row.why : row.kind])).toEqual(
      skus.map((sku) => [sku, 'not-tracked-in-shop']),
    );
    for (const { id } of products) {
      const [place] = (await environment.services.lookup.product(id))!.places.filter(({ integration }) => integration);
      expect(place?.diagnosis).toMatchObject({ verdict: 'integrated', notes: [{ kind: 'not-counted' }] });
    }
    expect(shops.flatMap((id) => environment.shop(id).memory.requests)).toEqual([]);
  });

  it('B12: the first plan says of what follows the own warehouses of a PrestaShop that it takes no figure', async () => {
    const environment = await openTestEnvironment(['prestashop']);
    const shop = environment.shop('prestashop');
    shop.add({ sku: 'CUP', quantity: 3 }).variants[0]!.followsWarehouses = true;
    const sizes = [
      { sku: 'TEE-S', quantity: 3, followsWarehouses: true as const },
      { sku: 'TEE-M', quantity: 3 },
    ];
    shop.add({ sku: 'TEE', variants: sizes });
    await syncAll(environment);
    const skus = ['CUP', 'TEE-S', 'TEE-M'];
    for (const sku of skus) await environment.services.stock.set((await theProduct(environment, sku)).id, 7);
    const { rows } = await environment.services.push.plan({});
    const told = new Map(rows.map((row) => [String(row.sku), row.kind === 'skip' ? row.why : row.kind]));
    expect(skus.map((sku) => told.get(sku))).toEqual(['not-a-unit', 'not-a-unit', 'send']);
    await pushEverything(environment);
    expect(skus.map((sku) => quantityIn(environment, 'prestashop', sku))).toEqual([3, 3, 7]);
    const says = (await environment.store.listingsOn(toShopId('prestashop'))).map(({ shopSays }) => shopSays);
    expect(says.filter((word) => word.endsWith('depends_on_stock=1'))).toHaveLength(2);
  });

  it('A4: variations without a number of their own are not linked by the one of their product', async () => {
    const environment = await openTestEnvironment(['dk']);
    environment.shop('dk').add({ sku: 'SW-1', variants: [{ quantity: 3 }, { quantity: 4 }, { quantity: 5 }] });
    await syncAll(environment);
    const listings = await environment.store.listingsOn(dk);
    expect(listings.filter(({ sellable }) => sellable === 'unit').map(({ sku }) => sku)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const products = await Promise.all(
      (await environment.store.integrationsOn(dk)).map(
        async ({ productId }) => (await environment.store.products([productId]))[0]!.sku,
      ),
    );
    expect(products).not.toContain('SW-1');
  });

  it('A5: stock in metres keeps the links of the whole family, and is not written over', async () => {
    const environment = await openTestEnvironment(['dk']);
    const shop = environment.shop('dk');
    const cloth = shop.add({
      sku: 'CLOTH',
      tracked: true,
      quantity: 10,
      variants: [
        { sku: 'BLUE', tracked: 'parent' },
        { sku: 'RED', quantity: 2 },
      ],
    });
    shop.add({ sku: 'OTHER', quantity: 1 });
    await syncAll(environment);
    expect(await linkedIn(environment, 'RED')).toEqual(['dk']);
    shop.edit(cloth.id, { quantity: 76.5 });
    shop.temper.shownInstead.set(cloth.variants[1]!.id, { stock_quantity: 2.5 });
    await syncAll(environment);
    await environment.services.fetch.run({ asked: ['RED'] }, forever);
    expect([await linkedIn(environment, 'BLUE'), await linkedIn(environment, 'RED')]).toEqual([['dk'], ['dk']]);
    await environment.services.stock.set((await theProduct(environment, 'RED')).id, 7);
    const { results } = await pushEverything(environment, [(await theProduct(environment, 'RED')).id]);
    expect(results).not.toContainEqual(expect.objectContaining({ kind: 'sent' }));
    expect(results).not.toContainEqual(expect.objectContaining({ why: 'not-found-in-shop' }));
    expect(quantityIn(environment, 'dk', 'RED')).toBe(2);
  });

  it("A6: what is active and out of stock by the shop's word is kept with that word", async () => {
    const environment = await openTestEnvironment(['dk', 'de']);
    for (const id of ['dk', 'de']) {
      const product = environment.shop(id).add({ sku: 'CUP', tracked: false });
      product.variants[0]!.stockStatus = 'outofstock';
    }
    await syncAll(environment);
    for (const id of ['dk', 'de']) {
      const [listing] = await environment.store.listingsOn(toShopId(id));
      expect([listing!.stock, listing!.unbuyable]).toMatchObject([
        { tracked: false, outOfStock: true },
        [{ why: 'out-of-stock' }],
      ]);
    }
  });

  it.each([
    'dk',
    'de',
  ])('A7: with another shop at the same address nothing is moved, by no way of asking (%s)', async (id) => {
    const environment = await openTestEnvironment([id]);
    stockUp(environment, [id], 'CUP');
    stockUp(environment, [id], 'BOWL');
    await syncAll(environment);
    const shop = environment.shop(id);
    Object.assign(shop, { identity: 'https://another.example' });
    const cup = idIn(environment, id, 'CUP');
    shop.deleteForever(cup);
    const [fetched] = await environment.services.fetch.run({ asked: ['CUP'] }, forever);
    expect(fetched).toMatchObject({ outcome: 'refused', trouble: { kind: 'another-shop' } });
    await environment.services.fetch.run({ asked: [cup] }, forever);
    await environment.services.sync.run({ full: true }, forever);
    expect(await linkedIn(environment, 'CUP')).toEqual([id]);
  });

  it.each(['dk', 'de'])('R12: a shop that shows nothing at all is not believed about one product (%s)', async (id) => {
    const environment = await openTestEnvironment([id]);
    stockUp(environment, [id], 'CUP');
    await syncAll(environment);
    const shop = environment.shop(id);
    shop.shelf.length = 0;
    const [result] = await environment.services.fetch.run({ asked: ['CUP'] }, forever);
    expect([result!.outcome, await linkedIn(environment, 'CUP')]).toEqual(['refused', [id]]);
  });

  it.each([
    'asked',
    'told',
  ] as const)('A11: removed while it is fetched from (%s), a shop leaves nothing behind', async (how) => {
    const environment = await openTestEnvironment(['dk', 'de']);
    const shop = environment.shop('dk');
    for (const sku of ['A', 'B', 'C']) shop.add({ sku, quantity: 3 });
    await syncAll(environment);
    let removed: Promise<unknown> | undefined;
    shop.temper.beforeAnswer = () => {
      removed ??= environment.services.shops.remove(dk);
    };
    const signalled = shop.shelf.map(({ id }) => ({ shopId: dk, shopProductId: toShopProductId(id) }));
    const request = how === 'asked' ? { asked: ['A', 'B', 'C'], shopIds: [dk] } : { asked: [], signalled };
    const results = await environment.services.fetch.run(request, forever);
    await removed;
    expect(results.map(({ outcome }) => outcome)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(await environment.store.integrationsOn(dk)).toEqual([]);
    expect((await environment.store.shopStates()).map(({ shopId }) => shopId)).not.toContain(dk);
  });

  it('R12: a shop that hides most of its goods does not lose their links one by one in a fetch of many', async () => {
    const environment = await openTestEnvironment(['dk']);
    const shop = environment.shop('dk');
    for (let at = 0; at < 60; at += 1) shop.add({ sku: `A-${at}`, quantity: 3 });
    await syncAll(environment);
    const hidden = shop.shelf.splice(1);
    environment.clock.advance(120_000);
    const asked = hidden.map(({ sku, variants }) => variants[0]?.sku ?? sku ?? '');
    const results = await environment.services.fetch.run({ asked }, forever);
    // Twenty may go unasked, and no more, though two are under way at a time.
    const gone = results.filter(({ outcome }) => outcome === 'gone-from-shop').length;
    expect(gone).toBe(20);
    expect(results.at(-1)).toMatchObject({
      outcome: 'refused',
      trouble: { detail: { said: '20 of 60 links went one after the other; a full sync asks before more go' } },
    });
    expect((await environment.store.integrationsOn(toShopId('dk'))).length).toBe(60 - gone);
  });

  it('R11: a clock of the year 9999 is no base for what changed: everything is read, and how far it is off is kept', async () => {
    const environment = await openTestEnvironment(['dk']);
    const shop = environment.shop('dk');
    stockUp(environment, ['dk'], 'CUP');
    shop.temper.dateHeader = 'Fri, 31 Dec 9999 23:59:59 GMT';
    await syncAll(environment);
    const state = async () => (await environment.store.shopStates()).find(({ shopId }) => shopId === dk)!;
    expect([(await state()).watermark, (await state()).clockAheadMs! > 1e12]).toEqual([undefined, true]);
    shop.edit(idIn(environment, 'dk', 'CUP'), { title: 'Cup, later' });
    const [result] = await environment.services.sync.run({}, forever);
    expect([result!.run!.kind, (await theProduct(environment, 'CUP')).content.name]).toEqual(['full', 'Cup, later']);
  });

  it('R11: a clock that jumps while changes are read makes the reading whole, and the next one too', async () => {
    const environment = await openTestEnvironment(['dk']);
    const shop = environment.shop('dk');
    stockUp(environment, ['dk'], 'CUP');
    await syncAll(environment);
    shop.temper.clockSkewMs = -5 * 3_600_000;
    shop.edit(idIn(environment, 'dk', 'CUP'), { title: 'Cup, edited at an hour long past' });
    const [result] = await environment.services.sync.run({}, forever);
    expect(result!.run!.kind).toBe('full');
    expect((await theProduct(environment, 'CUP')).content.name).toBe('Cup, edited at an hour long past');
    shop.temper.clockSkewMs = 0;
    expect((await environment.services.sync.run({}, forever))[0]!.run!.kind).toBe('full');
  });

  it('R9: stock goes to the product with the very id, however large', async () => {
    const environment = await openTestEnvironment(['dk']);
    const shop = environment.shop('dk');
    shop.add({ id: '9007199254740992', sku: 'EVEN', quantity: 1 });
    shop.add({ id: '9007199254740993', sku: 'ODD', quantity: 1 });
    await syncAll(environment);
    const { id } = await theProduct(environment, 'ODD');
    await environment.services.stock.set(id, 6);
    await pushEverything(environment, [id]);
    expect([quantityIn(environment, 'dk', 'EVEN'), quantityIn(environment, 'dk', 'ODD')]).toEqual([1, 6]);
    expect((await environment.store.listingsWith(toShopProductId('9007199254740993')))[0]?.sku).toBe('ODD');
  });
});
