import { describe, expect, test, vi } from 'vitest';
import { type Gtin, parseGtin, toShopId, toSku } from '../../src/domain/ids.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { makeContent, makeListing, makeShop, refTo } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { makeTestHarness, type TestHarness } from '../support/test-harness.ts';
import { openTestEnvironment, syncAll } from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const never = new AbortController().signal;
const ean = (digits: string): Gtin => parseGtin(digits)!;
const first = ean('5701234567899');
const second = ean('5901234123457');

const thing = (shop: string, id: string, sku: string | undefined, over: Partial<Listing> = {}): Listing =>
  makeListing({ ref: refTo(shop, id), sku: sku === undefined ? undefined : toSku(sku), ...over });

async function opened(inDk: readonly Listing[], inSe: readonly Listing[] = []): Promise<TestHarness> {
  const shops = [makeShop(), makeShop({ id: toShopId('se'), name: 'Nordlys SE', url: 'http://127.0.0.1:2' })];
  const harness = await makeTestHarness(shops, [makeCatalogue('dk', inDk), makeCatalogue('se', inSe)]);
  await read(harness);
  return harness;
}

async function read(harness: TestHarness): Promise<void> {
  harness.clock.advance(60_000);
  for (const shopId of ['dk', 'se'])
    await harness.services.sync.run({ shopIds: [toShopId(shopId)], full: true }, never);
}

const found = async ({ services }: TestHarness, text: string): Promise<readonly (string | undefined)[]> =>
  (await services.lookup.search(text)).hits.map(({ product, listing }) => product?.sku ?? listing?.sku);

const links = async ({ store }: TestHarness, shopId: string): Promise<readonly string[]> => {
  const standing = await store.integrationsOn(toShopId(shopId));
  const products = new Map(
    (await store.products(standing.map(({ productId }) => productId))).map((one) => [one.id, one]),
  );
  return standing.map(({ ref, productId }) => `${ref.shopProductId} = ${products.get(productId)?.sku}`).toSorted();
};

const fetched = async ({ services }: TestHarness, asked: string, shopId = 'dk') =>
  (await services.fetch.run({ asked: [asked], shopIds: [toShopId(shopId)] }, never))[0]!;

describe('an identifier follows the shop that the product follows', () => {
  test('an EAN that is filled in, corrected or taken away later is the EAN from then on', async () => {
    const harness = await opened([thing('dk', '1', 'A')]);
    for (const [gtin, finds] of [
      [first, ['A']],
      [second, ['A']],
      [undefined, []],
    ] as const) {
      harness.catalogue('dk').listings = [thing('dk', '1', 'A', { gtin })];
      await read(harness);
      expect((await harness.services.lookup.identify('A'))[0]?.gtin).toBe(gtin);
      expect(await found(harness, '5901234123457')).toEqual(gtin === second ? finds : []);
    }
    const events = await harness.store.history({ types: ['product-updated'], limit: 9 });
    expect(events.map((event) => 'gtin' in event && event.gtin)).toEqual([
      { was: second, now: undefined },
      { was: first, now: second },
      { was: undefined, now: first },
    ]);
  });

  test('an EAN that only another shop has finds the product, and says whose it is', async () => {
    const harness = await opened([thing('dk', '1', 'A')], [thing('se', '9', 'A', { gtin: first })]);
    const [hit] = (await harness.services.lookup.search('5701234567899')).hits;
    expect(hit?.product?.sku).toBe('A');
    expect(hit?.hit).toMatchObject({ matched: 'gtin', how: 'exact', ref: refTo('se', '9') });
    expect((await harness.services.lookup.identify('5701234567899')).map(({ sku }) => sku)).toEqual(['A']);
    expect((await harness.services.lookup.identify('A'))[0]?.gtin).toBeUndefined();
  });

  test.each([
    '12345',
    'IN-HOUSE 77',
    '57012345678',
    '5701234567890',
    'ABC/39',
    '+C39-1',
  ])('what stands in a barcode field and is no EAN is found all the same: %s', async (barcode) => {
    const harness = await opened([thing('dk', '1', 'A')], [thing('se', '9', 'A', { barcode })]);
    expect(await found(harness, barcode)).toEqual(['A']);
    expect(await found(harness, ` ${barcode.toLowerCase()}\u200b`)).toEqual(['A']);
    expect((await harness.services.lookup.identify(barcode)).map(({ sku }) => sku)).toEqual(['A']);
    expect((await fetched(harness, barcode, 'se')).outcome).toBe('already-linked');
  });

  test("a shop's own item number finds the product that it is linked to", async () => {
    const harness = await opened([thing('dk', '1', 'A')], [thing('se', '9', 'SE-A')]);
    await harness.services.integrations.remove(
      (await harness.services.lookup.identify('SE-A'))[0]!.id,
      toShopId('se'),
      'another',
    );
    const [product] = await harness.services.lookup.identify('A');
    await harness.services.integrations.link(product!.id, refTo('se', '9'));
    expect((await harness.services.lookup.search('SE-A')).hits.map((hit) => hit.product?.sku)).toContain('A');
  });
});

describe('a fetch asks by every identifier that a shop can be asked by', () => {
  test.each([
    ['an element string', '010570123456789910AB'],
    ['with its prefix', ']C10105701234567899'],
    ['in brackets', '(01)05701234567899(10)AB12'],
    ['a Digital Link', 'https://id.example/01/05701234567899/10/AB'],
  ])('by the GTIN that a GS1 code carries, as EAN and as item number (%s)', async (_, scanned) => {
    const harness = await opened([]);
    harness.catalogue('dk').findsGtin = true;
    harness.catalogue('dk').listings = [thing('dk', '1', 'A-1', { gtin: first })];
    expect(await fetched(harness, scanned)).toMatchObject({ outcome: 'linked', asked: scanned });
    harness.catalogue('se').listings = [thing('se', '2', '5901234123457')];
    expect(await fetched(harness, '0105901234123457', 'se')).toMatchObject({ outcome: 'linked' });
  });

  const unread = thing('dk', '7', 'K-1', { gtin: first });

  test('by EAN, where the platform can be asked: found and linked', async () => {
    const harness = await opened([]);
    Object.assign(harness.catalogue('dk'), { listings: [unread], findsGtin: true });
    expect(await fetched(harness, '5701234567899')).toMatchObject({ outcome: 'linked' });
    expect(await links(harness, 'dk')).toEqual(['7 = K-1']);
    // An EAN that nobody knew yet may be that of what is linked long since.
    harness.catalogue('dk').listings = [{ ...unread, gtin: second }];
    const again = await fetched(harness, '5901234123457');
    expect([again.outcome, again.changes?.some(({ kind }) => kind === 'linked') ?? false]).toEqual([
      'already-linked',
      false,
    ]);
    const [event] = await harness.store.history({ types: ['product-fetched'], limit: 1 });
    expect(event).toMatchObject({ outcome: 'already-linked', asked: '5901234123457' });
  });

  test('by EAN, where it cannot: said to be not asked, never that the shop does not know it', async () => {
    const harness = await opened([]);
    harness.catalogue('dk').listings = [unread];
    expect(await fetched(harness, '5701234567899')).toMatchObject({ outcome: 'not-asked', notAskedBy: ['gtin'] });
    expect(harness.catalogue('dk').asked.gtins).toBe(0);
    const [event] = await harness.store.history({ types: ['product-fetched'], limit: 1 });
    expect(event).toMatchObject({ outcome: 'not-asked' });
  });

  test('a label that is no EAN is asked for too', async () => {
    const harness = await opened([]);
    Object.assign(harness.catalogue('dk'), {
      listings: [thing('dk', '7', 'K-1', { barcode: 'LAGER 12' })],
      findsGtin: true,
    });
    expect(await fetched(harness, 'LAGER 12')).toMatchObject({ outcome: 'linked' });
  });

  test.each([
    'medusa',
    'prestashop',
    'bigcommerce',
  ])('%s: a label in another barcode field than the EAN', async (id) => {
    const environment = await openTestEnvironment([id]);
    for (const otherBarcode of ['LAGER-77', '036000291452'])
      environment.shop(id).add({ sku: `S-${otherBarcode}`, barcode: '5701234567899', otherBarcode });
    const { services } = environment;
    // BigCommerce can be asked for one of the two fields alone.
    if (id !== 'bigcommerce')
      for (const asked of ['LAGER-77', '0036000291452'])
        expect((await services.fetch.run({ asked: [asked], shopIds: [toShopId(id)] }, never))[0]).toMatchObject({
          outcome: 'linked',
        });
    await syncAll(environment);
    for (const [asked, sku] of [
      ['lager-77', 'S-LAGER-77'],
      ['0036000291452', 'S-036000291452'],
    ] as const)
      expect((await services.lookup.search(asked)).hits.map(({ product }) => product?.sku)).toEqual([sku]);
  });

  test('an item number that the shop was asked for and does not have is unknown there', async () => {
    const harness = await opened([]);
    expect(await fetched(harness, 'K-1')).toMatchObject({ outcome: 'never-in-shop' });
  });
});

describe('what an EAN alone joins', () => {
  test('one that stands on several item numbers of one shop joins nothing, there or elsewhere', async () => {
    const harness = await opened(
      [thing('dk', '1', 'TEA-1', { gtin: first }), thing('dk', '2', 'TEA-1-6', { gtin: first })],
      [thing('se', '9', 'TEA-1-12', { gtin: first })],
    );
    expect(await links(harness, 'dk')).toEqual(['1 = TEA-1', '2 = TEA-1-6']);
    expect(await links(harness, 'se')).toEqual(['9 = TEA-1-12']);
    expect(await harness.services.conflicts.list()).toEqual([]);
    expect((await harness.services.lookup.identify('5701234567899')).map(({ sku }) => sku).toSorted()).toEqual([
      'TEA-1',
      'TEA-1-12',
      'TEA-1-6',
    ]);
  });

  test.each([
    ['2012345678903', 'an internal number of 20'],
    ['2912345678906', 'of 29'],
    ['0212345678909', 'of 02'],
    ['0412345678903', 'of 04'],
    ['20123451', 'of eight digits'],
    ['1111111111116', 'one digit over and over'],
    ['1234567890128', 'digits in their order'],
    ['5700000000004', 'a prefix and noughts'],
  ])('%s, %s, joins nothing across shops', async (digits) => {
    const gtin = ean(digits);
    expect(gtin).toBeDefined();
    const harness = await opened([thing('dk', '1', 'A', { gtin })], [thing('se', '9', 'B', { gtin })]);
    expect(await links(harness, 'se')).toEqual(['9 = B']);
  });

  test('an ordinary one joins, and says wherever the link is drawn that the item numbers differ', async () => {
    const harness = await opened([thing('dk', '1', 'A', { gtin: first })], [thing('se', '9', 'B', { gtin: first })]);
    expect(await links(harness, 'se')).toEqual(['9 = A']);
    const [product] = await harness.services.lookup.identify('A');
    const note = { kind: 'linked-by-gtin', ourSku: 'A', shopSku: 'B' };
    expect((await harness.services.diagnosis.explain(product!.id, toShopId('se')))[0]).toMatchObject({
      notes: [note, { kind: 'stock-differs', ours: 0, shopHas: 10, why: 'never-counted' }],
    });
    const list = await harness.services.integrations.list(toShopId('se'), { filter: 'all', offset: 0, limit: 9 });
    expect(list.rows[0]?.notes).toMatchObject([note]);
    await harness.services.stock.set(product!.id, 10);
    const plan = await harness.services.push.plan({ shopIds: [toShopId('se')] });
    expect(plan.rows).toMatchObject([{ linkedBy: 'gtin', shopSku: 'B', guards: ['by-gtin'] }]);
    expect(await harness.services.push.apply({ planId: plan.id }, never)).toMatchObject({ sent: 0, heldByGuard: 1 });
  });

  test('where the EAN that alone joined two changes hands, the link says so and its first push asks', async () => {
    const ours = [thing('dk', '1', 'A', { gtin: first }), thing('dk', '2', 'B', { gtin: second })];
    const harness = await opened(ours, [thing('se', '9', undefined, { gtin: first })]);
    expect(await links(harness, 'se')).toEqual(['9 = A']);
    harness.catalogue('dk').listings = [
      thing('dk', '1', 'A', { gtin: second }),
      thing('dk', '2', 'B', { gtin: first }),
    ];
    await read(harness);
    const [product] = await harness.services.lookup.identify('A');
    const note = { kind: 'other-gtin', ourGtin: second, shopGtin: first };
    const list = await harness.services.integrations.list(toShopId('se'), { filter: 'linked', offset: 0, limit: 9 });
    expect(list.rows.map(({ product: { sku } = {}, notes }) => [sku, notes])).toMatchObject([['A', [note]]]);
    await harness.services.stock.set(product!.id, 10);
    const plan = await harness.services.push.plan({ shopIds: [toShopId('se')] });
    expect(plan.rows).toMatchObject([{ linkedBy: 'other', guards: ['by-gtin'] }]);
  });

  test('a conflict over an EAN is not said to be one over an item number', async () => {
    const harness = await opened([
      thing('dk', '1', 'A', { gtin: first }),
      thing('dk', '2', undefined, { gtin: first }),
    ]);
    const [card] = await harness.services.conflicts.list();
    expect(card?.conflict).toMatchObject({ kind: 'product-taken', by: 'gtin' });
  });
});

describe('a number that a product had before', () => {
  async function renamed(): Promise<TestHarness> {
    const harness = await opened([thing('dk', '1', 'OLD-1')]);
    harness.catalogue('dk').listings = [thing('dk', '1', 'NEW-1')];
    await read(harness);
    return harness;
  }

  test('finds it, and says what it is called now', async () => {
    const harness = await renamed();
    const [hit] = (await harness.services.lookup.search('OLD-1')).hits;
    expect([hit?.hit.matched, hit?.product?.sku]).toEqual(['former-sku', 'NEW-1']);
    for (const typed of ['OLD–1', 'OLD-\u00ad1', 'OLD+1']) {
      const { near } = await harness.services.lookup.search(typed);
      expect(near.map((one) => [one.hit.matched, one.product?.sku])).toEqual([['former-sku', 'NEW-1']]);
    }
    expect((await harness.services.lookup.identify('OLD-1')).map(({ sku }) => sku)).toEqual(['NEW-1']);
  });

  test('is found through the history too, for what was renamed before numbers were kept', async () => {
    const harness = await renamed();
    await harness.store.change(async (now) => ({
      put: { products: (await now.productsBy({ skus: [toSku('NEW-1')] })).map(({ formerSkus: _, ...one }) => one) },
      drop: {},
      events: [],
    }));
    expect((await harness.services.lookup.identify('OLD-1')).map(({ sku }) => sku)).toEqual(['NEW-1']);
    expect((await harness.services.lookup.search('OLD-1')).near.map(({ product }) => product?.sku)).toEqual(['NEW-1']);
  });

  test('is taken in a stock file with a remark, and refused beside the new one', async () => {
    const harness = await renamed();
    const options = { create: false, dryRun: false };
    expect(await harness.services.stock.import([{ sku: 'OLD-1', onHand: 4 }], options)).toEqual({
      changed: 1,
      unchanged: 0,
      created: 0,
      formerNumbers: [{ line: 1, sku: 'OLD-1', now: 'NEW-1' }],
    });
    const both = [
      { sku: 'OLD-1', onHand: 4 },
      { sku: 'NEW-1', onHand: 5 },
    ];
    await expect(harness.services.stock.import(both, options)).rejects.toMatchObject({
      problems: [{ line: 2, what: 'sku-twice' }],
    });
  });

  test('never makes a link, and gives way to whoever bears it now', async () => {
    const harness = await renamed();
    harness.catalogue('se').listings = [thing('se', '9', 'OLD-1')];
    await read(harness);
    expect(await links(harness, 'se')).toEqual(['9 = OLD-1']);
    const [product] = await harness.services.lookup.identify('OLD-1');
    expect(product?.sku).toBe('OLD-1');
  });
});

describe('item numbers that only look the same', () => {
  test.each([
    ['LY\u2013100\u2013A', 'an en dash'],
    ['LY\u2011100\u2011A', 'a hyphen that does not break'],
    ['LY\u2212100\u2212A', 'a minus'],
    ['LY\u00ad-100-A', 'a soft hyphen'],
    ['LY-100-A\u200e', 'a direction mark'],
    ['LY-100-A\u200b', 'a blank of no width'],
    ['LY\u00a0-100-A', 'a blank that does not break'],
    ['LY-100-\uff21', 'a letter of full width'],
    ['LY-100-\u0410', 'a Cyrillic letter'],
    ['LY-100-\u0391', 'a Greek letter'],
    ['LY-\u0661\u0660\u0660-A', 'digits of another script'],
    ['ly 100 a', 'case and blanks'],
  ])('%s (%s) is spelled differently, not unknown', async (theirs) => {
    const harness = await opened([thing('dk', '1', 'LY-100-A', { content: makeContent({ name: 'Lys' }) })]);
    harness.catalogue('se').listings = [thing('se', '9', theirs, { content: makeContent({ name: 'Ljus' }) })];
    await read(harness);
    const [product] = await harness.services.lookup.identify('LY-100-A');
    const [diagnosis] = await harness.services.diagnosis.explain(product!.id, toShopId('se'));
    expect(diagnosis?.verdict === 'not-integrated' && diagnosis.findings[0]).toMatchObject({
      cause: 'other-spelling',
      evidence: [{ kind: 'near-spelling', theirs }],
    });
  });
});
