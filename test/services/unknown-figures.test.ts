import { describe, expect, test, vi } from 'vitest';
import { parseGtin, toShopId, toSku } from '../../src/domain/ids.ts';
import type { Listing, Unbuyable } from '../../src/domain/listing.ts';
import { makeContent, makeListing, makeShop, refTo } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { makeTestHarness, type TestHarness } from '../support/test-harness.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const never = new AbortController().signal;
const dk = toShopId('dk');
const thing = (id: string, sku: string, over: Partial<Listing> = {}): Listing =>
  makeListing({ ref: refTo('dk', id), sku: toSku(sku), stock: { tracked: true, quantity: 7 }, ...over });

async function opened(listings: readonly Listing[]): Promise<TestHarness> {
  const shops = [makeShop(), makeShop({ id: toShopId('se'), name: 'Nordlys SE', url: 'http://127.0.0.1:2' })];
  const harness = await makeTestHarness(shops, [makeCatalogue('dk', listings), makeCatalogue('se')]);
  await read(harness);
  return harness;
}
async function read(harness: TestHarness, full = true) {
  harness.clock.advance(60_000);
  return (await harness.services.sync.run({ shopIds: [dk], full }, never))[0]!;
}
const idOf = async (harness: TestHarness, sku: string) => (await harness.services.lookup.identify(sku))[0]!.id;
const why = async (harness: TestHarness, sku: string) =>
  (await harness.services.diagnosis.explain(await idOf(harness, sku), dk))[0]!;
const set = async (harness: TestHarness, sku: string, onHand: number): Promise<void> => {
  harness.clock.advance(60_000);
  await harness.services.stock.set(await idOf(harness, sku), onHand);
};
/** Sends whatever there is, every question answered. */
async function pushAll(harness: TestHarness) {
  const { rows, id: planId } = await harness.services.push.plan({});
  const count = (...guards: readonly string[]) =>
    rows.filter((row) => row.kind === 'send' && row.guards.some((guard) => guards.includes(guard))).length;
  const yes = {
    firsts: count('first-push', 'by-gtin'),
    jumps: count('jump'),
    zeroes: count('zero', 'zero-hides'),
    changed: count('changed-in-shop'),
  };
  return harness.services.push.apply({ planId, yes }, never);
}
const quantity = ({ catalogue }: TestHarness, id: string): number | undefined =>
  catalogue('dk').listings.find(({ ref }) => ref.shopProductId === id)?.stock.quantity;
const sell = (harness: TestHarness, id: string, left: number): void => {
  const catalogue = harness.catalogue('dk');
  catalogue.listings = catalogue.listings.map((one) =>
    one.ref.shopProductId === id ? { ...one, stock: { ...one.stock, quantity: left } } : one,
  );
};

describe("no push overwrites a figure that is not the plan's", () => {
  async function signalled(): Promise<TestHarness> {
    const harness = await opened([thing('1', 'A')]);
    await set(harness, 'A', 7);
    await pushAll(harness);
    return harness;
  }

  test('sold before the plan was made: the plan says what was sent and what is there, and asks', async () => {
    const harness = await signalled();
    sell(harness, '1', 5);
    await read(harness);
    await set(harness, 'A', 9);
    const plan = await harness.services.push.plan({});
    expect(plan.rows).toMatchObject([{ lastSent: 7, shopHad: 5, willBe: 9, guards: ['changed-in-shop'] }]);
    expect(await harness.services.push.apply({ planId: plan.id }, never)).toMatchObject({ sent: 0, heldByGuard: 1 });
    expect(quantity(harness, '1')).toBe(5);
    expect(await harness.services.push.apply({ planId: plan.id, yes: { changed: 1 } }, never)).toMatchObject({
      sent: 1,
    });
    expect(quantity(harness, '1')).toBe(9);
  });

  test('sold between plan and sending: stale, read again, worked out again and shown', async () => {
    const harness = await signalled();
    await set(harness, 'A', 9);
    const plan = await harness.services.push.plan({});
    harness.catalogue('dk').onPush = () => sell(harness, '1', 4);
    const result = await harness.services.push.apply({ planId: plan.id }, never);
    harness.catalogue('dk').onPush = undefined;
    expect(result).toMatchObject({ sent: 0, reRead: 1 });
    expect(result.results).toMatchObject([
      { kind: 're-read', now: 4, row: { shopHad: 4, lastSent: 7, willBe: 9, guards: ['changed-in-shop'] } },
    ]);
    expect(quantity(harness, '1')).toBe(4);
  });

  test('a figure that the shop has already is not counted as sent', async () => {
    const harness = await signalled();
    sell(harness, '1', 9);
    await set(harness, 'A', 9);
    harness.catalogue('dk').listings = harness.catalogue('dk').listings.map((one) => ({ ...one }));
    await read(harness);
    const plan = await harness.services.push.plan({ productIds: [await idOf(harness, 'A')], shopIds: [dk] });
    expect(plan.rows).toMatchObject([{ kind: 'skip', why: 'unchanged' }]);
    const other = await opened([thing('1', 'A')]);
    await set(other, 'A', 7);
    expect(await pushAll(other)).toMatchObject({ sent: 0, alreadyThere: 1 });
    expect(other.catalogue('dk').written).toEqual([]);
    const [event] = await other.store.history({ types: ['stock-pushed'], limit: 1 });
    expect(event).toMatchObject({ quantity: 7, was: 7 });
    const results = await other.services.push.results((await other.services.push.planIds(1))[0]!);
    expect(results).toMatchObject([{ kind: 'already-there' }]);
  });
});

describe('unreadable is unknown', () => {
  const family = [
    thing('10', 'P', { sku: undefined, sellable: 'parent' }),
    thing('10', 'V-1', { ref: refTo('dk', '10', '11') }),
    thing('10', 'V-2', { ref: refTo('dk', '10', '12') }),
  ];

  test('a parent or a row that cannot be read removes no link, whole or by changes', async () => {
    const harness = await opened([...family, thing('1', 'A'), thing('2', 'B')]);
    harness.catalogue('dk').unreadable = new Set(['10', '1']);
    for (const full of [true, false, true]) {
      const { run, wouldRemove } = await read(harness, full);
      expect([run?.status, wouldRemove]).toEqual(['finished', undefined]);
      expect((await harness.store.integrationsOn(dk)).length).toBe(4);
    }
    expect(await harness.store.tombstonesOn(dk)).toEqual([]);
  });

  test('a shop that leaves such a row out when it is asked by id is not believed during a reading', async () => {
    const harness = await opened([...family, thing('1', 'A')]);
    Object.assign(harness.catalogue('dk'), { unreadable: new Set(['10', '1']), leavesOut: true });
    await read(harness);
    expect((await harness.store.integrationsOn(dk)).length).toBe(3);
  });

  test('the row is named with its id, its field and what stood there: in the log, on the shop, and on the card', async () => {
    const harness = await opened([thing('1', 'A'), thing('2', 'B')]);
    harness.catalogue('dk').unreadable = new Set(['1']);
    await read(harness);
    const row = { shopProductId: '1', where: 'stock_quantity', said: '76.5' };
    const [event] = await harness.store.history({ types: ['run-finished'], limit: 1 });
    expect(event).toMatchObject({ run: { unreadable: [row] } });
    expect((await harness.services.shops.list())[0]?.state?.unreadable).toMatchObject([row]);
    expect(await why(harness, 'A')).toMatchObject({
      verdict: 'integrated',
      notes: [{ kind: 'row-unreadable', field: 'stock_quantity', value: '76.5' }, { kind: 'stock-differs' }],
    });
    expect(await why(harness, 'B')).toMatchObject({ verdict: 'integrated', notes: [{ kind: 'stock-differs' }] });
    harness.catalogue('dk').unreadable = new Set();
    await read(harness, false);
    await read(harness);
    expect((await harness.services.shops.list())[0]?.state?.unreadable).toBeUndefined();
  });

  test('a figure that is no whole number is not sent over, and the push says that it cannot be read', async () => {
    const harness = await opened([thing('1', 'A'), thing('2', 'B')]);
    harness.catalogue('dk').listings = [
      thing('1', 'A', { stock: { tracked: true, unreadable: { field: 'stock_quantity', value: '2.5' } } }),
      thing('2', 'B'),
    ];
    await read(harness);
    await set(harness, 'A', 3);
    await set(harness, 'B', 5);
    const plan = await harness.services.push.plan({});
    expect(plan.rows).toMatchObject([{ unreadable: { field: 'stock_quantity', value: '2.5' } }, { kind: 'send' }]);
    const pushed = await pushAll(harness);
    expect(pushed).toMatchObject({ sent: 1, refused: 1 });
    expect(pushed.results).toContainEqual(
      expect.objectContaining({ kind: 'refused', why: 'figure-unreadable', said: 'stock_quantity: 2.5' }),
    );
    expect(quantity(harness, '2')).toBe(5);
    expect(await why(harness, 'A')).toMatchObject({
      stale: 'figure-unreadable',
      notes: [{ kind: 'figure-unreadable', field: 'stock_quantity', value: '2.5' }],
    });
    const [compared] = await harness.services.diagnosis.compareStock({ productId: await idOf(harness, 'A') }, never);
    expect(compared?.brokeAt).toBe('unreadable-in-shop');
  });

  test('a fetch of a row that cannot be read leaves the link', async () => {
    const harness = await opened([thing('1', 'A')]);
    harness.catalogue('dk').unreadable = new Set(['1']);
    const [result] = await harness.services.fetch.run({ asked: ['A'], shopIds: [dk] }, never);
    expect(result).toMatchObject({ outcome: 'refused', trouble: { kind: 'unintelligible' } });
    expect((await harness.store.integrationsOn(dk)).length).toBe(1);
  });
});

describe('active, and nobody can buy it', () => {
  const reasons: readonly Unbuyable[] = [
    { why: 'out-of-stock', shopSays: 'outofstock' },
    { why: 'not-purchasable', shopSays: 'purchasable: false' },
    { why: 'no-price', shopSays: 'price is empty' },
    { why: 'scheduled', shopSays: 'future' },
  ];
  test.each(
    reasons,
  )('$why is a finding of its own with the word of the shop, in why, card and report', async (reason) => {
    const harness = await opened([thing('1', 'A', { unbuyable: [reason], stock: { tracked: false } })]);
    await set(harness, 'A', 55);
    expect(await why(harness, 'A')).toMatchObject({
      verdict: 'integrated',
      notes: [{ kind: 'not-counted' }, { kind: 'cannot-be-bought', ...reason }],
    });
    const card = await harness.services.lookup.product(await idOf(harness, 'A'));
    expect(card?.places[0]?.diagnosis).toMatchObject({ notes: [{}, { kind: 'cannot-be-bought', ...reason }] });
    const report = await harness.services.inactive.list({});
    expect(report.rows).toMatchObject([{ rung: 'confirmed', signals: [{ kind: 'cannot-be-bought', ...reason }] }]);
  });

  test('what is out of stock and has none here is as it should be', async () => {
    const stock = { tracked: true, quantity: 0 };
    const harness = await opened([thing('1', 'A', { unbuyable: [reasons[0]!], stock })]);
    await set(harness, 'A', 0);
    expect(await why(harness, 'A')).toMatchObject({ verdict: 'integrated', notes: undefined });
    expect((await harness.services.inactive.list({})).rows).toEqual([]);
  });

  test('the word of the shop alone is enough: uncounted and out of stock', async () => {
    const harness = await opened([thing('1', 'A', { stock: { tracked: false, outOfStock: true } })]);
    await set(harness, 'A', 55);
    expect((await harness.services.inactive.list({})).rows).toMatchObject([
      { signals: [{ kind: 'cannot-be-bought', why: 'out-of-stock' }] },
    ]);
  });

  test('asking about it does not tick it off', async () => {
    const harness = await opened([thing('1', 'A', { unbuyable: [reasons[0]!], stock: { tracked: false } })]);
    await set(harness, 'A', 55);
    const place = { productId: await idOf(harness, 'A'), shopId: dk };
    await harness.services.inactive.verify([place], never);
    expect((await harness.services.inactive.list({})).rows.length).toBe(1);
  });
});

describe('stock that is not counted, or not on this', () => {
  test.each([
    ['not-counted', { tracked: false }, 'not-tracked-in-shop', 'not-tracked-in-shop'],
    [
      'counted-on-parent',
      { tracked: true, quantity: 40, heldByParent: true },
      'stock-held-by-parent',
      'held-by-parent',
    ],
  ] as const)('%s: told where stock is told, and never offered to push', async (kind, stock, refusal, brokeAt) => {
    const harness = await opened([thing('1', 'A', { stock })]);
    await set(harness, 'A', 5);
    const productId = await idOf(harness, 'A');
    expect(await why(harness, 'A')).toMatchObject({ verdict: 'integrated', notes: [{ kind }] });
    expect((await harness.services.push.plan({})).rows).toMatchObject([{ kind: 'skip', why: refusal }]);
    const [compared] = await harness.services.diagnosis.compareStock({ productId }, never);
    expect(compared).toMatchObject({ brokeAt });
    expect(compared?.shopNow).toBeUndefined();
    const list = await harness.services.integrations.list(dk, { filter: 'stock-differs', offset: 0, limit: 9 });
    expect(list.total).toBe(0);
  });
});

test('a price or a barcode that nobody can read is told, and stays as it was; all else of the row is taken in', async () => {
  const [price, gtin] = [{ minor: 9900, currency: 'DKK' }, parseGtin('5701234567899')];
  const cup = thing('1', 'A', { gtin, content: makeContent({ price }) });
  const harness = await opened([cup]);
  const catalogue = harness.catalogue('dk');
  const unread = [
    { part: 'price', field: 'price', value: 'ask us' },
    { part: 'barcode', field: 'ean', value: 'a list' },
  ] as const;
  const stock = { tracked: true, quantity: 3 };
  catalogue.listings = [
    { ...cup, gtin: undefined, content: makeContent({ name: 'A cup', price: undefined }), stock, unread },
  ];
  expect((await read(harness)).run?.unreadable).toMatchObject([
    { shopProductId: '1', where: 'price', said: 'ask us' },
    { shopProductId: '1', where: 'ean', said: 'a list' },
  ]);
  const [product] = await harness.services.lookup.identify('A');
  expect(product).toMatchObject({ gtin, content: { name: 'A cup', price } });
  expect(await harness.store.listingsAt([cup.ref])).toMatchObject([{ gtin, content: { price }, stock }]);
  const note = { kind: 'row-unreadable', field: 'price', value: 'ask us' };
  expect(await why(harness, 'A')).toMatchObject({ verdict: 'integrated', notes: [note, {}] });
  catalogue.listings = [{ ...cup, content: makeContent({ price: { minor: 8900, currency: 'DKK' } }) }];
  expect((await read(harness)).run?.unreadable).toBeUndefined();
  expect((await harness.services.lookup.identify('A'))[0]?.content.price?.minor).toBe(8900);
  expect(await why(harness, 'A')).toMatchObject({ notes: [{ kind: 'stock-differs' }] });
});

test('as many prices as there are that nobody can read, what the shop deleted is gone all the same', async () => {
  const things = Array.from({ length: 520 }, (_, at) => thing(String(at + 1), `A-${at}`));
  const harness = await opened(things);
  const unread = [{ part: 'price', field: 'price', value: 'ask us' }] as const;
  harness.catalogue('dk').listings = things.slice(1).map((one) => ({ ...one, unread }));
  await read(harness);
  const refs = things.slice(0, 2).map(({ ref }) => ref);
  expect(await harness.store.integrationsAt(refs)).toMatchObject([{ ref: refs[1] }]);
});
