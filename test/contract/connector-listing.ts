import { expect, it } from 'vitest';
import type { FakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { instantOf, toShopProductId } from '../../src/domain/ids.ts';
import type { Listing } from '../../src/domain/listing.ts';
import {
  activityFor,
  type Contestant,
  errorOf,
  forever,
  idFor,
  listingWith,
  openHarness,
  readAll,
  readSales,
  readStock,
  skusIn,
  sold,
} from './connector-harness.ts';

const many = (shop: FakeShop, count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) => shop.add({ sku: `S-${String(at).padStart(4, '0')}` }).variants[0]!.sku!);

/** Cases 20 to 58: reading everything, reading changes, and what the values are. */
export function listingCases(contestant: Contestant): void {
  it('20: shows each thing once, over many pages', async () => {
    const { shop, connector } = await openHarness(contestant);
    const skus = many(shop, 253);
    const reading = await readAll(connector);
    expect(skusIn(reading)).toEqual(skus);
    expect(reading.pages).toBeGreaterThan(1);
  });

  it('20: misses nothing when things are added and deleted between pages', async () => {
    const { shop, connector } = await openHarness(contestant);
    const skus = many(shop, 253);
    const gone = shop.shelf.slice(3, 8);
    let page = await connector.page({}, forever);
    const seen = [...page.listings];
    for (const product of gone) shop.deleteForever(product.id);
    shop.add({ sku: 'S-9999' });
    while (page.next !== undefined) {
      page = await connector.page({ cursor: page.next }, forever);
      seen.push(...page.listings);
    }
    const found = new Set(skusIn({ listings: seen }));
    expect([...skus, 'S-9999'].filter((sku) => !found.has(sku))).toEqual([]);
    expect(skusIn({ listings: seen })).toHaveLength(found.size);
  });

  it('23: reads on after a short page in the middle', async () => {
    const { shop, connector } = await openHarness(contestant);
    const skus = many(shop, 220);
    shop.temper.shortPages = true;
    expect(skusIn(await readAll(connector))).toEqual(skus);
  });

  it('24: fails loudly when the shop shows the same page forever', async () => {
    const { shop, connector } = await openHarness(contestant);
    many(shop, 120);
    shop.temper.forgetPage = true;
    expect((await errorOf(readAll(connector))).kind).toBe('unintelligible');
  });

  it('26: an empty answer is an empty reading, not an error', async () => {
    const { shop, connector } = await openHarness(contestant);
    many(shop, 3);
    shop.temper.emptyCatalog = true;
    expect((await readAll(connector)).listings).toEqual([]);
  });

  it('27: reads to the end without totals', async () => {
    const { shop, connector } = await openHarness(contestant);
    const skus = many(shop, 120);
    shop.temper.noTotals = true;
    expect(skusIn(await readAll(connector))).toEqual(skus);
  });

  it('28: names a row that nobody can read, and goes on', async () => {
    const { shop, connector } = await openHarness(contestant);
    const skus = many(shop, 5);
    const broken = shop.shelf[2]!;
    shop.temper.brokenRows = new Set([broken.id, broken.variants[0]!.id]);
    const reading = await readAll(connector);
    expect(skusIn(reading)).toEqual(skus.filter((_, at) => at !== 2));
    expect(reading.broken.length).toBeGreaterThan(0);
    expect(reading.broken[0]?.where).not.toBe('');
  });

  it('28: never takes a product that nobody can read for one that is gone', async () => {
    const { shop, connector } = await openHarness(contestant);
    const product = shop.add({ sku: 'CUP' });
    shop.temper.brokenRows = new Set([product.id, product.variants[0]!.id]);
    expect((await errorOf(connector.product(toShopProductId(product.id), forever))).kind).toBe('unintelligible');
  });

  it('29: a product that was deleted is nothing, and one that never was neither', async () => {
    const { shop, connector } = await openHarness(contestant);
    const product = shop.add({ sku: 'CUP' });
    shop.add({ sku: 'BOWL' });
    shop.deleteForever(product.id);
    expect(await connector.product(toShopProductId(product.id), forever)).toEqual([]);
    expect(await connector.product(toShopProductId(idFor(contestant, 999_999)), forever)).toEqual([]);
    expect(await connector.product(toShopProductId('no id of yours'), forever)).toEqual([]);
  });

  it('29: tells of several at once what it tells of each, and leaves out what only a question of its own can tell', async (context) => {
    const { shop, connector } = await openHarness(contestant);
    context.skip(connector.products === undefined, 'asked for one at a time');
    const variants = ['S', 'M'].map((size) => ({ sku: `T-${size}`, options: [{ name: 'Size', value: size }] }));
    const plain = shop.add({ sku: 'CUP', quantity: 4 });
    const family = shop.add({ title: 'Shirt', variants });
    const [broken, gone] = [shop.add({ sku: 'PLATE' }), shop.add({ sku: 'BOWL' })];
    shop.add({ sku: 'NOT ASKED FOR' });
    shop.temper.brokenRows = new Set([broken.id, broken.variants[0]!.id]);
    shop.deleteForever(gone.id);
    const ids = [plain, family, broken, gone].map(({ id }) => toShopProductId(id));
    const told = await connector.products?.([...ids, toShopProductId('no id of yours')], forever);
    expect([...(told ?? [])].map(([id]) => id).toSorted()).toEqual(ids.slice(0, 2).toSorted());
    for (const id of ids.slice(0, 2)) {
      const timeless = (listings: readonly Listing[] = []) => listings.map((one) => ({ ...one, seenAt: undefined }));
      expect(timeless(told?.get(id))).toEqual(timeless(await connector.product(id, forever)));
    }
  });

  it('29: a family of very many variants is told whole or left out of what is told at once', async (context) => {
    const { shop, connector } = await openHarness(contestant);
    context.skip(connector.products === undefined, 'asked for one at a time');
    const skus = Array.from({ length: 120 }, (_, at) => `V-${String(at).padStart(4, '0')}`);
    const variants = skus.map((sku) => ({ sku, options: [{ name: 'No', value: sku }] }));
    const [family, plain] = [shop.add({ title: 'Many', variants }), shop.add({ sku: 'CUP' })];
    const told = await connector.products?.(
      [family, plain].map(({ id }) => toShopProductId(id)),
      forever,
    );
    expect(skusIn({ listings: told?.get(toShopProductId(plain.id)) ?? [] })).toEqual(['CUP']);
    expect([[], skus]).toContainEqual(skusIn({ listings: told?.get(toShopProductId(family.id)) ?? [] }));
  });

  it('29: a shop that shows nothing at all is not believed about one product', async () => {
    const { shop, connector } = await openHarness(contestant);
    const product = shop.add({ sku: 'CUP' });
    shop.deleteForever(product.id);
    expect((await errorOf(connector.product(toShopProductId(product.id), forever))).kind).toBe('unintelligible');
  });

  it('30: lists all of very many variants, in a reading and by id', async () => {
    const { shop, connector } = await openHarness(contestant);
    const skus = Array.from({ length: 260 }, (_, at) => `V-${String(at).padStart(4, '0')}`);
    const product = shop.add({
      title: 'Many',
      variants: skus.map((sku) => ({ sku, options: [{ name: 'No', value: sku }] })),
    });
    expect(skusIn(await readAll(connector))).toEqual(skus);
    expect(skusIn({ listings: await connector.product(toShopProductId(product.id), forever) })).toEqual(skus);
  });

  it('31: starts over with a cursor that it cannot read', async () => {
    const { shop, connector } = await openHarness(contestant);
    const skus = many(shop, 3);
    const page = await connector.page({ cursor: 'not a cursor' }, forever).catch(() => connector.page({}, forever));
    expect(skusIn(page)).toEqual(skus);
  });

  it('40, 43: tells what changed in the very second asked for, and what was created since', async () => {
    if (!(await openHarness(contestant)).connector.can.since) return;
    const { shop, connector } = await openHarness(contestant);
    shop.add({ sku: 'OLD' });
    shop.passTime(3_600_000);
    const changed = shop.add({ sku: 'EDITED' });
    shop.passTime(3_600_000);
    shop.edit(changed.id, { title: 'Edited' });
    const since = instantOf(changed.updatedAt);
    shop.add({ sku: 'NEW' });
    const found = skusIn(await readAll(connector, since));
    expect(found).toContain('EDITED');
    expect(found).toContain('NEW');
    expect(found).not.toContain('OLD');
  });

  it('43: misses none of many changes, though many share a second', async () => {
    const { shop, connector } = await openHarness(contestant, { stepMs: 2 });
    shop.add({ sku: 'OLD' });
    shop.passTime(3_600_000);
    const since = instantOf(shop.now());
    const skus = many(shop, 250);
    expect([...new Set(skusIn(await readAll(connector, since)))]).toEqual(skus);
  });

  it('44: tells a changed status of a product for all its variants', async () => {
    const { shop, connector } = await openHarness(contestant);
    const shirt = shop.add({ variants: [{ sku: 'SHIRT-S' }, { sku: 'SHIRT-M' }] });
    shop.passTime(3_600_000);
    const since = instantOf(shop.now());
    shop.setStatus(shirt.id, 'draft');
    const { listings } = await readAll(connector, since);
    const told = new Map(sold(listings).map((listing) => [listing.sku, listing.activity]));
    const draft = activityFor(contestant, 'draft');
    expect([...told].sort()).toEqual([
      ['SHIRT-M', draft],
      ['SHIRT-S', draft],
    ]);
  });

  it('44: tells a sale as a change of stock, or in the cheap pass over all stock', async () => {
    const { shop, connector } = await openHarness(contestant);
    const cup = shop.add({ sku: 'CUP', quantity: 5 });
    shop.passTime(3_600_000);
    const since = instantOf(shop.now());
    shop.sell([{ productId: cup.id, quantity: 2 }]);
    const seen = connector.can.stockPass ? await readStock(connector) : (await readAll(connector, since)).listings;
    // A shop that keeps its open orders back leaves the figure alone, and says so as a blind spot.
    const isHeld =
      connector.can.blindSpots.includes('shop-reserves-itself') && contestant.shop?.ordersLeaveStock === true;
    expect(seen.find((listing) => listing.sku === 'CUP')?.stock.quantity).toBe(isHeld ? 5 : 3);
  });

  it('46: a deletion is in no list of changes', async () => {
    const { shop, connector } = await openHarness(contestant);
    const cup = shop.add({ sku: 'CUP' });
    const since = instantOf(shop.now() + 60_000);
    shop.passTime(120_000);
    shop.deleteForever(cup.id);
    expect((await readAll(connector, since)).listings).toEqual([]);
  });

  it('50, 51: takes out of every text what a terminal would obey', async () => {
    const { shop, connector } = await openHarness(contestant);
    const evil = '\u001b[31mRed\u001b[0m\u0000\u0007\u202eabc\u009b2J';
    shop.add({ sku: `K${evil}`, title: `Cup ${evil}`, description: `<p>${evil}</p>\nline`, barcode: `B${evil}` });
    const { listings, broken } = await readAll(connector);
    expect(listings).toHaveLength(1);
    expect(JSON.stringify([listings, broken])).not.toMatch(
      /\\u00(0[0-9a-f]|1[0-9a-f]|7f|9[0-9a-f])|[\u007f-\u009f\u202a-\u202e]/,
    );
    expect(listings[0]?.content.name).toContain('Red');
  });

  it('50: cuts a very long description', async () => {
    const { shop, connector } = await openHarness(contestant);
    shop.add({ sku: 'LONG', description: 'word '.repeat(60_000) });
    expect((await listingWith(connector, 'LONG')).content.description?.length).toBeLessThanOrEqual(20_000);
  });

  it.each([
    'not an address at all: //',
    'javascript:alert(1)',
    'http://u:p@host/x.png',
  ])('52: survives the picture %j', async (image) => {
    const { shop, connector } = await openHarness(contestant);
    shop.add({ sku: 'CUP', image });
    const { imageUrl } = (await listingWith(connector, 'CUP')).content;
    expect(imageUrl ?? 'https://none').toMatch(/^https?:\/\/(?!u:p@)/);
  });

  it('54: reads stock that is negative, and none that is not counted', async () => {
    const { shop, connector } = await openHarness(contestant);
    shop.add({ sku: 'OWED', quantity: -3 });
    expect((await listingWith(connector, 'OWED')).stock).toMatchObject({ tracked: true, quantity: -3 });
    if (contestant.alwaysCounted) return;
    const { countsAllOrNone } = connector.can;
    const free = await openHarness(contestant, { stockManagement: countsAllOrNone !== true });
    free.shop.add({ sku: 'FREE', quantity: 8, tracked: false });
    const shown = await listingWith(free.connector, 'FREE');
    const [asked] = await free.connector.product(shown.ref.shopProductId, forever);
    expect([shown.stock.tracked, asked?.stock.tracked]).toEqual([false, false]);
  });

  it('56: a status that we do not know is never for sale, and is shown as it is', async () => {
    const { shop, connector } = await openHarness(contestant);
    shop.add({ sku: 'ODD', status: 'discontinued' });
    const listing = (await connector.page({}, forever)).listings.find((one) => one.sku === 'ODD');
    expect(listing).toMatchObject({ activity: activityFor(contestant, 'discontinued') });
    const isTold = !contestant.fixedStatuses && contestant.activities?.discontinued === undefined;
    if (isTold) expect(listing?.shopSays).toContain('discontinued');
  });

  it.each([
    ['active', 'active'],
    ['unlisted', 'active'],
    ['draft', activityFor(contestant, 'draft')],
    ['archived', activityFor(contestant, 'archived')],
  ])('56: a product that is %s is %s', async (status, activity) => {
    const { shop, connector } = await openHarness(contestant);
    shop.add({ sku: 'CUP', status });
    const { activities = {} } = contestant;
    expect((await listingWith(connector, 'CUP')).activity).toBe(activities[status] ?? activities[activity] ?? activity);
  });

  it('58: ids are text', async () => {
    const { shop, connector } = await openHarness(contestant);
    const [shopProductId, shopVariantId] = [9007199254740991, 9007199254740000].map((at) => idFor(contestant, at));
    shop.add({ id: shopProductId, sku: 'BIG', variants: [{ sku: 'BIG-1', id: shopVariantId }] });
    const { ref } = await listingWith(connector, 'BIG-1');
    expect(ref).toMatchObject(
      connector.can.variantsAreProducts ? { shopProductId: shopVariantId } : { shopProductId, shopVariantId },
    );
  });

  it('tells the last sale of each listing, and no cancelled or rehearsed one', async () => {
    const { shop, connector } = await openHarness(contestant);
    const cup = shop.add({ sku: 'CUP', quantity: 9 });
    const bowl = shop.add({ sku: 'BOWL', quantity: 9 });
    const pot = shop.add({ sku: 'POT', quantity: 9 });
    shop.sell([{ productId: cup.id, quantity: 1 }]);
    shop.passTime(86_400_000);
    const last = shop.sell([
      { productId: cup.id, quantity: 2 },
      { productId: bowl.id, quantity: 1 },
    ]);
    shop.cancel(shop.sell([{ productId: pot.id, quantity: 1 }]).id);
    shop.sell([{ productId: pot.id, quantity: 1 }], { test: true });
    const newest = new Map<string, string>();
    for (const sale of await readSales(connector, instantOf(Date.UTC(2026, 8, 20)))) {
      const sku = String(sale.sku);
      if ((newest.get(sku) ?? '') < sale.at) newest.set(sku, sale.at);
    }
    expect([...newest].sort()).toEqual([
      ['BOWL', instantOf(last.createdAt)],
      ['CUP', instantOf(last.createdAt)],
    ]);
  });

  it('names the same things in the cheap pass over stock as in a reading, with the same figures', async () => {
    const { shop, connector } = await openHarness(contestant);
    if (!connector.can.stockPass) return;
    many(shop, 120);
    shop.add({ variants: [{ sku: 'SHIRT-S', quantity: 4 }, { sku: 'SHIRT-M' }] });
    const key = ({ ref, sku, stock }: { ref: unknown; sku?: string; stock: { quantity?: number } }) =>
      JSON.stringify([ref, sku, stock.quantity]);
    const units = (await readAll(connector)).listings.filter((listing) => listing.sellable === 'unit');
    expect((await readStock(connector)).map(key).sort()).toEqual(units.map(key).sort());
  });

  it('tells all listings that carry one GTIN, where it can be asked for', async () => {
    const { shop, connector } = await openHarness(contestant);
    if (!connector.can.findByGtin || contestant.noGtinSearch) return;
    shop.add({ sku: 'CUP', barcode: '5701234567899' });
    shop.add({ sku: 'POT', barcode: '4006381333931' });
    shop.add({ title: 'Shirt', variants: [{ sku: 'SHIRT-S', barcode: '5701234567899' }, { sku: 'SHIRT-M' }] });
    const found = (await connector.withGtin?.('5701234567899', forever)) ?? [];
    expect(skusIn({ listings: found })).toEqual(['CUP', 'SHIRT-S']);
    expect(await connector.withGtin?.('5700000000001', forever)).toEqual([]);
  });

  it('names a sale as the reading names the listing', async () => {
    const { shop, connector } = await openHarness(contestant);
    const shirt = shop.add({ variants: [{ sku: 'SHIRT-S', quantity: 4 }] });
    shop.sell([{ productId: shirt.id, variantId: shirt.variants[0]!.id, quantity: 1 }]);
    const sales = await readSales(connector, instantOf(Date.UTC(2026, 8, 20)));
    expect(sales.map((sale) => sale.ref)).toEqual([(await listingWith(connector, 'SHIRT-S')).ref]);
  });
}
