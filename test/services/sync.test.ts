import { describe, expect, it, vi } from 'vitest';
import { refKey } from '../../src/domain/changes.ts';
import type { Instant } from '../../src/domain/ids.ts';
import { parseGtin, toShopId, toSku } from '../../src/domain/ids.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { ShopError } from '../../src/ports/shop-error.ts';
import { StoreError } from '../../src/ports/store-error.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { runSummary } from '../../src/views/sync/run-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { instant, makeContent, makeListing, makeSale, makeShop, refTo } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { makeTestHarness, type TestHarness } from '../support/test-harness.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const never = new AbortController().signal;
const dk = makeShop();
const se = makeShop({ id: toShopId('se'), name: 'Nordlys SE' });

const thing = (id: number, over: Partial<Listing> = {}): Listing =>
  makeListing({ ref: refTo('dk', String(id)), sku: toSku(`A-${id}`), ...over });
const things = (count: number): readonly Listing[] => Array.from({ length: count }, (_, place) => thing(100 + place));

const worldWith = (listings: readonly Listing[]): Promise<TestHarness> =>
  makeTestHarness([dk, se], [makeCatalogue('dk', listings), makeCatalogue('se')]);
const full = (harness: TestHarness, acceptRemovals?: number) =>
  harness.services.sync.run({ shopIds: [dk.id], full: true, acceptRemovals }, never).then(([result]) => result!);
const changes = (harness: TestHarness) =>
  harness.services.sync.run({ shopIds: [dk.id] }, never).then(([result]) => result!);
const links = async (harness: TestHarness) =>
  (await harness.store.integrationsOn(dk.id)).map(({ ref }) => ref.shopProductId).toSorted();
const happened = async (harness: TestHarness) => (await harness.store.history({ limit: 500 })).map(({ type }) => type);
const withActivity = (listing: Listing, activity: Listing['activity'], changedAt?: Instant): Listing => ({
  ...listing,
  activity,
  shopSays: activity,
  changedAt,
});

describe('a reading of a shop', () => {
  it('S1: gives every active thing a product and a link, at once', async () => {
    const harness = await worldWith(things(7));
    const result = await full(harness);
    expect(result.run).toMatchObject({ status: 'finished', outcome: 'changed', counts: { seen: 7, linked: 7 } });
    expect(await links(harness)).toHaveLength(7);
  });

  it('S13, I4: takes away the link of what turned inactive, here only, with its reason', async () => {
    const harness = await makeTestHarness(
      [dk, se],
      [makeCatalogue('dk', [thing(1)]), makeCatalogue('se', [thing(1, { ref: refTo('se', '9') })])],
    );
    await harness.services.sync.run({ full: true }, never);
    harness.catalogue('dk').listings = [withActivity(thing(1), 'archived')];
    await full(harness);
    expect(await links(harness)).toEqual([]);
    expect(await harness.store.integrationsOn(se.id)).toHaveLength(1);
    expect(await harness.store.tombstonesOn(dk.id)).toMatchObject([{ because: 'inactive-in-shop' }]);
  });

  it('tells of the product what turned inactive without a link, found by its item number or its EAN', async () => {
    const gtin = parseGtin('5701234567899');
    const [named, bare] = [thing(1), thing(2, { sku: undefined, gtin })];
    const harness = await worldWith([named, bare]);
    await full(harness);
    const products = await harness.store.integrationsOn(dk.id);
    for (const { productId } of products) await harness.services.integrations.remove(productId, dk.id, 'not here');
    harness.catalogue('dk').listings = [named, bare].map((one) => withActivity(one, 'draft'));
    await full(harness);
    const told = await harness.store.history({ types: ['activity-changed'], limit: 9 });
    const about = told.map((event) => event.type === 'activity-changed' && event.productId);
    expect(about.toSorted()).toEqual(products.map(({ productId }) => productId).toSorted());
  });

  it('S17: keeps the product of what is gone, confirmed by its id', async () => {
    const harness = await worldWith(things(3));
    await full(harness);
    harness.catalogue('dk').listings = things(2);
    const result = await full(harness);
    expect(harness.catalogue('dk').asked.products).toBe(1);
    expect(result.run?.counts.unlinked).toBe(1);
    expect(await harness.store.tombstonesOn(dk.id)).toMatchObject([{ because: 'gone-from-shop' }]);
    expect((await harness.store.counts()).products).toBe(3);
  });

  it('S9: leaves a link that a person removed, until it is fetched', async () => {
    const harness = await worldWith([thing(1)]);
    await full(harness);
    const [link] = await harness.store.integrationsOn(dk.id);
    await harness.services.integrations.remove(link!.productId, dk.id, 'wrong picture');
    await full(harness);
    expect(await links(harness)).toEqual([]);
    const [fetched] = await harness.services.fetch.run({ asked: ['A-1'], shopIds: [dk.id] }, never);
    expect(fetched).toMatchObject({ outcome: 'linked', before: { linked: false }, after: { linked: true } });
    expect(await links(harness)).toEqual(['1']);
  });

  it('S10: a copy that kept the id gets no link; the conflict names both', async () => {
    const harness = await worldWith([thing(1)]);
    await full(harness);
    harness.catalogue('dk').listings = [thing(1, { sku: toSku('A-1-COPY') }), thing(1)];
    await full(harness);
    const [conflict] = await harness.store.conflictsOn(dk.id);
    const products = await harness.store.productsBy({ skus: [toSku('A-1'), toSku('A-1-COPY')] });
    const idOf = (sku: string) => products.find((product) => product.sku === sku)?.id;
    expect(conflict).toMatchObject({
      kind: 'shop-id-taken',
      holder: idOf('A-1'),
      claimant: idOf('A-1-COPY'),
      copy: { sku: 'A-1-COPY' },
    });
    expect(await harness.store.integrationsOn(dk.id)).toMatchObject([{ productId: idOf('A-1') }]);
  });

  it('S10: who had the id first keeps it, though the copy says it is older', async () => {
    const harness = await worldWith([thing(1)]);
    await full(harness);
    const copy = thing(1, { sku: toSku('A-0'), listedAt: instant('2020-01-01T00:00:00Z') });
    harness.catalogue('dk').listings = [copy, thing(1)];
    await full(harness);
    await full(harness);
    expect(await harness.store.conflictsOn(dk.id)).toMatchObject([{ kind: 'shop-id-taken', copy: { sku: 'A-0' } }]);
    const [holder] = await harness.store.integrationsOn(dk.id);
    expect(await harness.store.products([holder!.productId])).toMatchObject([{ sku: 'A-1' }]);
  });

  it('S10: when the thing that had the id rests, the copy gets it, and the other way round', async () => {
    const copy = thing(1, { sku: toSku('A-0') });
    const harness = await worldWith([thing(1)]);
    await full(harness);
    harness.catalogue('dk').listings = [withActivity(thing(1), 'draft'), copy];
    await full(harness);
    const holder = async () => {
      const [link] = await harness.store.integrationsOn(dk.id);
      return (await harness.store.products([link!.productId]))[0]?.sku;
    };
    expect(await holder()).toBe('A-0');
    expect(await harness.store.conflictsOn(dk.id)).toEqual([]);
    harness.catalogue('dk').listings = [thing(1), withActivity(copy, 'draft')];
    await full(harness);
    expect(await holder()).toBe('A-1');
    harness.catalogue('dk').listings = [copy];
    await full(harness);
    expect(await holder()).toBe('A-0');
    expect(await harness.store.conflictsOn(dk.id)).toEqual([]);
  });

  it('lets the product follow a new item number where it lives in this shop alone', async () => {
    const harness = await worldWith([thing(1)]);
    await full(harness);
    harness.catalogue('dk').listings = [thing(1, { sku: toSku('B-1') })];
    await full(harness);
    expect((await harness.store.productPage({ limit: 10 })).map(({ sku }) => sku)).toEqual(['B-1']);
    expect(await happened(harness)).toContain('product-renamed');
  });

  const ean = parseGtin('5701234567899');
  it.each([
    ['of a database that was replaced', 'conflict', 'B-1', { name: 'Kaffekop' }],
    ['of a thing that rested while the database was replaced', 'conflict', 'B-1', { name: 'Kaffekop', rested: true }],
    ['of a thing that rested', 'renamed', 'B-1', { rested: true }],
    ['with something put before it', 'renamed', 'NY-A-1', { name: 'Kaffekop' }],
    ['under the same name', 'renamed', 'B-1', {}],
    ['with the same EAN', 'renamed', 'B-1', { name: 'Kaffekop', gtin: ean }],
  ] as const)('follows a number %s only where the thing is recognised: %s', async (_, outcome, number, over) => {
    const { name, gtin, rested } = { name: undefined, gtin: undefined, rested: false, ...over };
    const [sku, content] = [toSku(number), name === undefined ? {} : { content: makeContent({ name }) }];
    const harness = await worldWith([thing(1, { gtin })]);
    await full(harness);
    harness.catalogue('dk').listings = [withActivity(thing(1, { gtin }), 'draft')];
    if (rested) await full(harness);
    harness.catalogue('dk').listings = [thing(1, { gtin, sku, ...content })];
    await full(harness);
    const [product] = await harness.store.productPage({ limit: 10 });
    expect(product?.sku).toBe(outcome === 'renamed' ? number : 'A-1');
    const asked = outcome === 'renamed' ? [] : [{ kind: 'sku-changed', was: 'A-1', sku: number }];
    expect(await harness.store.conflictsOn(dk.id)).toMatchObject(asked);
  });

  it('asks when an item number changed over a product that other shops sell too', async () => {
    const harness = await makeTestHarness(
      [dk, se],
      [makeCatalogue('dk', [thing(1)]), makeCatalogue('se', [thing(1, { ref: refTo('se', '9') })])],
    );
    await harness.services.sync.run({ full: true }, never);
    harness.catalogue('dk').listings = [thing(1, { sku: toSku('B-1') })];
    await full(harness);
    expect(await harness.store.conflictsOn(dk.id)).toMatchObject([{ kind: 'sku-changed', was: 'A-1', sku: 'B-1' }]);
    expect(await links(harness)).toEqual(['1']);
  });

  it('S3: carries an update in over the link, and none without', async () => {
    const harness = await worldWith([thing(1), withActivity(thing(2), 'draft')]);
    await full(harness);
    const renamed = makeContent({ name: 'Nyt navn' });
    harness.catalogue('dk').listings = [
      thing(1, { content: renamed }),
      { ...withActivity(thing(2), 'draft'), content: renamed },
    ];
    await full(harness);
    const products = await harness.store.productsBy({ skus: [toSku('A-1'), toSku('A-2')] });
    expect(products.find(({ sku }) => sku === 'A-1')?.content.name).toBe('Nyt navn');
    expect(products.find(({ sku }) => sku === 'A-2')?.content.name).toBe(makeContent().name);
  });

  it('picks up what changed since, by the clock of the shop, and keeps what it was not shown', async () => {
    const harness = await worldWith(
      things(4).map((listing) => ({ ...listing, changedAt: instant('2026-01-01T00:00:00Z') })),
    );
    await full(harness);
    harness.clock.advance(3_600_000);
    const [first, ...rest] = harness.catalogue('dk').listings;
    harness.catalogue('dk').listings = [withActivity(first!, 'draft', harness.clock.now()), ...rest];
    const result = await changes(harness);
    expect(result.run).toMatchObject({ kind: 'changes', outcome: 'changed', counts: { seen: 1, unlinked: 1 } });
    expect(await links(harness)).toEqual(['101', '102', '103']);
  });

  it('asks by id whether a new item number in a reading of changes is a copy', async () => {
    const old = instant('2026-01-01T00:00:00Z');
    const harness = await worldWith([thing(1, { changedAt: old })]);
    await full(harness);
    harness.clock.advance(3_600_000);
    const copy = thing(1, { sku: toSku('A-1-COPY'), changedAt: harness.clock.now() });
    harness.catalogue('dk').listings = [thing(1, { changedAt: old }), copy];
    await changes(harness);
    expect(await harness.store.conflictsOn(dk.id)).toMatchObject([
      { kind: 'shop-id-taken', copy: { sku: 'A-1-COPY' } },
    ]);
    expect((await harness.store.productPage({ limit: 9 })).map(({ sku }) => sku).toSorted()).toEqual([
      'A-1',
      'A-1-COPY',
    ]);
  });

  it('reads what was sold, and how far back that is known', async () => {
    const harness = await worldWith([thing(1)]);
    harness.catalogue('dk').sales = [makeSale({ ref: refTo('dk', '1'), at: instant('2026-11-01T00:00:00Z') })];
    await full(harness);
    expect(await harness.store.salesAt([refTo('dk', '1')])).toMatchObject([{ at: '2026-11-01T00:00:00.000Z' }]);
    expect((await harness.store.shopStates())[0]?.sales).toMatchObject({ from: '2025-11-24T08:00:00.000Z' });
  });
});

describe('orders that cannot be read', () => {
  it.each([
    [{ kind: 'refused', status: 403, said: "a firewall's page (Wordfence) came instead of the shop's answer" }, true],
    [{ kind: 'not-found', status: 404, said: 'no route' }, true],
    [{ kind: 'unintelligible', said: 'an empty answer' }, true],
    [{ kind: 'unreachable', status: 504, said: 'Gateway Timeout' }, true],
    // The key was not given the right: that is as it was set up, and told where rights are.
    [{ kind: 'forbidden', status: 403, said: 'no right' }, false],
  ] as const)('C20: %j stops nothing else, and is told', async (orderTrouble, isTold) => {
    const harness = await worldWith(things(5));
    harness.catalogue('dk').orderTrouble = orderTrouble;
    const result = await full(harness);
    const { kind, said } = orderTrouble;
    expect(result.trouble).toBeUndefined();
    expect(result.run).toMatchObject({ status: 'finished', outcome: 'changed', counts: { linked: 5 } });
    expect(result.run?.salesTrouble).toEqual(isTold ? { kind, said } : undefined);
    const lines = ['en', 'da'] as const;
    const told = lines.map((language) => runSummary(result.run!, wordsOf(language)));
    expect(told.map((text) => /sales could not be read|salg kunne ikke læses/.test(text))).toEqual([isTold, isTold]);
    expect((await harness.store.shopStates())[0]?.sales).toBeUndefined();
    harness.catalogue('dk').orderTrouble = undefined;
    expect((await full(harness)).run?.salesTrouble).toBeUndefined();
    expect((await harness.store.shopStates())[0]?.sales).toMatchObject({ from: '2025-11-24T08:00:00.000Z' });
  });

  it.each([
    { kind: 'unreachable' },
    { kind: 'unauthorized', status: 401 },
    { kind: 'rate-limited', status: 429 },
    { kind: 'another-shop' },
  ] as const)('%j is about more than orders, and ends the sync', async (orderTrouble) => {
    const harness = await worldWith(things(5));
    harness.catalogue('dk').orderTrouble = orderTrouble;
    expect(await full(harness)).toMatchObject({ trouble: { kind: orderTrouble.kind }, run: { status: 'interrupted' } });
  });
});

describe('a reading that goes wrong', () => {
  it.each([
    'unauthorized',
    'forbidden',
    'unintelligible',
  ] as const)('%s removes nothing and says so once', async (kind) => {
    const harness = await worldWith(things(5));
    await full(harness);
    harness.catalogue('dk').trouble = kind;
    const result = await full(harness);
    expect(result).toMatchObject({ trouble: { kind }, run: { status: 'interrupted', outcome: 'refused' } });
    expect(await links(harness)).toHaveLength(5);
    expect((await harness.store.shopStates())[0]?.lastTrouble?.kind).toBe(kind);
    expect((await happened(harness)).filter((type) => type === 'run-finished')).toHaveLength(2);
  });

  it('an empty answer takes nothing until a person says the number', async () => {
    const harness = await worldWith(things(5));
    await full(harness);
    harness.catalogue('dk').empty = true;
    const asked = await full(harness);
    expect(asked).toMatchObject({ wouldRemove: 5, run: { outcome: 'stopped-by-guard', heldRemovals: 5 } });
    expect(await links(harness)).toHaveLength(5);
    harness.catalogue('dk').listings = [];
    expect(await full(harness, 4)).toMatchObject({ wouldRemove: 5 });
    expect((await full(harness, 5)).wouldRemove).toBeUndefined();
    expect(await links(harness)).toEqual([]);
    expect(await happened(harness)).toContain('sync-answered');
  });

  it('more than one link in twenty, and more than 20, stops and asks', async () => {
    const harness = await worldWith(things(100));
    await full(harness);
    const half = (listing: Listing, place: number) => (place < 21 ? withActivity(listing, 'draft') : listing);
    harness.catalogue('dk').listings = things(100).map(half);
    expect(await full(harness)).toMatchObject({ wouldRemove: 21 });
    expect(await links(harness)).toHaveLength(100);
    harness.catalogue('dk').listings = things(100).map((listing, place) =>
      place < 20 ? withActivity(listing, 'draft') : listing,
    );
    expect((await full(harness)).wouldRemove).toBeUndefined();
    expect(await links(harness)).toHaveLength(80);
  });

  it('goes on from its cursor after an interruption, as the same run', async () => {
    const harness = await worldWith(things(9));
    harness.catalogue('dk').stopAtPage = 2;
    const cut = await full(harness);
    expect(cut).toMatchObject({ trouble: { kind: 'unreachable' }, run: { status: 'interrupted', cursor: '2' } });
    const pages = harness.catalogue('dk').asked.pages;
    const whole = await full(harness);
    expect(whole.run).toMatchObject({ id: cut.run?.id, status: 'finished', counts: { seen: 9 } });
    expect(harness.catalogue('dk').asked.pages - pages).toBe(1);
    expect(await links(harness)).toHaveLength(9);
  });

  it('keeps a page that was still being made safe when the shop stopped answering', async () => {
    const inner = memoryStore();
    const turns = async (count: number): Promise<void> => {
      for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    };
    const slow: typeof inner = {
      ...inner,
      change: async (decide) => {
        const made = await inner.change(decide);
        await turns(5);
        return made;
      },
    };
    const harness = await makeTestHarness([dk], [makeCatalogue('dk', things(9))], { store: slow });
    harness.catalogue('dk').stopAtPage = 2;
    expect(await full(harness)).toMatchObject({
      trouble: { kind: 'unreachable' },
      run: { cursor: '2', counts: { seen: 6 } },
    });
    expect((await full(harness)).run).toMatchObject({ status: 'finished', counts: { seen: 9 } });
  });

  it('reads all of a shop whose zone was changed, also where it takes up a reading that came to its end', async () => {
    const changedAt = instant('2026-01-01T00:00:00Z');
    const harness = await worldWith(things(30).map((one) => ({ ...one, changedAt })));
    const shop = harness.catalogue('dk');
    shop.timeZone = 'Europe/Copenhagen';
    await full(harness);
    shop.orderTrouble = { kind: 'unreachable' };
    expect((await changes(harness)).run).toMatchObject({ kind: 'changes', status: 'interrupted', readToEnd: true });
    shop.orderTrouble = undefined;
    shop.timeZone = 'Asia/Dhaka';
    const result = await changes(harness);
    expect(result).toMatchObject({ run: { kind: 'full', status: 'finished', counts: { seen: 30 } } });
    expect(result.wouldRemove).toBeUndefined();
    expect([await links(harness), shop.asked.products]).toMatchObject([{ length: 30 }, 0]);
  });

  it('asks before it takes away what a shop shows no more that was read anew because of its clock', async () => {
    const harness = await worldWith(things(5));
    const shop = harness.catalogue('dk');
    shop.timeZone = 'Europe/Copenhagen';
    await full(harness);
    shop.orderTrouble = { kind: 'unreachable' };
    const old = instant('2026-01-01T00:00:00Z');
    shop.listings = things(5).map((one, place) => ({ ...one, changedAt: place === 0 ? harness.clock.now() : old }));
    expect((await changes(harness)).run).toMatchObject({ kind: 'changes', counts: { seen: 1 } });
    Object.assign(shop, { orderTrouble: undefined, timeZone: 'Asia/Dhaka', empty: true });
    expect(await changes(harness)).toMatchObject({ wouldRemove: 4, run: { kind: 'full', counts: { seen: 0 } } });
    expect(await links(harness)).toHaveLength(5);
  });

  it('writes no page after one that could not be written, and goes on from that one', async () => {
    const inner = memoryStore();
    let refuses = true;
    const store: typeof inner = {
      ...inner,
      change: (decide) =>
        inner.change(async (now) => {
          // The pages behind it come meanwhile, and wait to be written.
          for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
          const made = await decide(now);
          if (!refuses || made.put.listings?.some(({ ref }) => ref.shopProductId === '103') !== true) return made;
          refuses = false;
          throw new StoreError('too-large', 'memory', 'one change is too large for a line');
        }),
    };
    const harness = await makeTestHarness([dk], [makeCatalogue('dk', things(9))], { store });
    await expect(full(harness)).rejects.toThrow('too large for a line');
    expect((await store.shopStates())[0]?.run).toMatchObject({ cursor: '1', counts: { seen: 3 } });
    expect((await full(harness)).run).toMatchObject({ status: 'finished', counts: { seen: 9, linked: 9 } });
  });

  it('begins anew after it was taken up again and made no sense at once, however far it had come', async () => {
    const harness = await worldWith(things(9));
    harness.catalogue('dk').stopAtPage = 2;
    const { run } = await full(harness);
    harness.catalogue('dk').onPage = () => {
      throw new ShopError('unintelligible', { shop: 'dk', doing: 'reading products', said: 'it repeats itself' });
    };
    expect(await full(harness)).toMatchObject({ trouble: { kind: 'unintelligible' }, run: { id: run?.id } });
    harness.catalogue('dk').onPage = undefined;
    const whole = await full(harness);
    expect(whole.run).toMatchObject({ status: 'finished', counts: { seen: 9 } });
    expect(whole.run?.id).not.toBe(run?.id);
  });

  it('stops at once when it is cancelled, and keeps what it had', async () => {
    const harness = await worldWith(things(9));
    const stop = new AbortController();
    harness.catalogue('dk').onPage = () => {
      if (harness.catalogue('dk').asked.pages === 2) stop.abort();
    };
    const [result] = await harness.services.sync.run({ shopIds: [dk.id], full: true }, stop.signal);
    expect(result).toMatchObject({ cancelled: true, run: { status: 'interrupted' } });
    harness.catalogue('dk').onPage = undefined;
    expect((await full(harness)).run).toMatchObject({ id: result?.run?.id, status: 'finished' });
    expect(await links(harness)).toHaveLength(9);
  });

  it('refuses another shop that answers at the same address', async () => {
    const harness = await worldWith(things(3));
    await full(harness);
    harness.catalogue('dk').identity = 'https://staging.example';
    harness.catalogue('dk').listings = [];
    expect(await full(harness)).toMatchObject({ trouble: { kind: 'another-shop' } });
    expect(await links(harness)).toHaveLength(3);
  });

  it('leaves the other shops to theirs', async () => {
    const harness = await makeTestHarness(
      [dk, se],
      [makeCatalogue('dk', things(3)), makeCatalogue('se', [thing(1, { ref: refTo('se', '1') })])],
    );
    harness.catalogue('dk').trouble = 'unreachable';
    const results = await harness.services.sync.run({ full: true }, never);
    expect(results.map(({ trouble }) => trouble?.kind)).toEqual(['unreachable', undefined]);
    expect(await harness.store.integrationsOn(se.id)).toHaveLength(1);
  });

  it('one shop is read by one process at a time', async () => {
    const harness = await worldWith(things(3));
    const lease = await harness.harness.leases.take('sync-dk', 'another reading');
    expect(await full(harness)).toMatchObject({ busy: { doing: 'another reading' } });
    if (lease.held) await lease.release();
    expect((await full(harness)).run?.status).toBe('finished');
  });

  it('acts on nothing while the program is only to look', async () => {
    const harness = await makeTestHarness([dk], [makeCatalogue('dk', things(1))], { readOnly: true });
    await expect(harness.services.sync.run({}, never)).rejects.toMatchObject({ kind: 'read-only' });
    expect(harness.catalogue('dk').asked.pages).toBe(0);
  });

  it('tells how far it has come', async () => {
    const harness = await worldWith(things(7));
    const phases: string[] = [];
    await harness.services.sync.run(
      { shopIds: [dk.id], full: true, onProgress: ({ phase, counts }) => phases.push(`${phase} ${counts.seen}`) },
      never,
    );
    expect(phases).toEqual(['waiting 0', 'reading 3', 'reading 6', 'reading 7', 'sales 7', 'settling 7', 'done 7']);
  });
});

describe('two listings of one product', () => {
  it('the older has the link, the other a conflict that names it', async () => {
    const younger = thing(1, { sku: toSku('A'), listedAt: instant('2026-05-01T00:00:00Z') });
    const older = thing(2, { sku: toSku('A'), listedAt: instant('2026-03-01T00:00:00Z') });
    const harness = await worldWith([younger, older]);
    await full(harness);
    expect(await links(harness)).toEqual(['2']);
    const conflicts = await harness.store.conflictsOn(dk.id);
    expect(conflicts).toMatchObject([{ kind: 'product-taken', ref: refTo('dk', '1'), other: refTo('dk', '2') }]);
    expect(conflicts.map(({ ref }) => refKey(ref))).toHaveLength(1);
  });

  it('the one that had it keeps it, whatever its age, and hands it on when it rests', async () => {
    const first = thing(1, { sku: toSku('A'), listedAt: instant('2026-05-01T00:00:00Z') });
    const older = thing(2, { sku: toSku('A'), listedAt: instant('2026-03-01T00:00:00Z') });
    const harness = await worldWith([first]);
    await full(harness);
    harness.catalogue('dk').listings = [first, older];
    await full(harness);
    expect(await links(harness)).toEqual(['1']);
    harness.catalogue('dk').listings = [withActivity(first, 'draft'), older];
    await full(harness);
    expect(await links(harness)).toEqual(['2']);
    expect(await harness.store.conflictsOn(dk.id)).toEqual([]);
  });
});
