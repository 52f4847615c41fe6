import { describe, expect, it } from 'vitest';
import { refKey } from '../../src/domain/changes.ts';
import type { Instant } from '../../src/domain/ids.ts';
import { toShopId, toSku } from '../../src/domain/ids.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { instant, makeContent, makeListing, makeSale, makeShop, refTo } from '../support/make.ts';
import { makeShelf } from '../support/shelf-connector.ts';
import { makeTestWorld, type TestWorld } from '../support/world.ts';

const never = new AbortController().signal;
const dk = makeShop();
const se = makeShop({ id: toShopId('se'), name: 'Nordlys SE' });

const thing = (id: number, over: Partial<Listing> = {}): Listing =>
  makeListing({ ref: refTo('dk', String(id)), sku: toSku(`A-${id}`), ...over });
const things = (count: number): readonly Listing[] => Array.from({ length: count }, (_, place) => thing(100 + place));

const worldWith = (listings: readonly Listing[]): Promise<TestWorld> =>
  makeTestWorld([dk, se], [makeShelf('dk', listings), makeShelf('se')]);
const full = (world: TestWorld, acceptRemovals?: number) =>
  world.services.sync({ shopIds: [dk.id], full: true, acceptRemovals }, never).then(([result]) => result!);
const changes = (world: TestWorld) => world.services.sync({ shopIds: [dk.id] }, never).then(([result]) => result!);
const links = async (world: TestWorld) =>
  (await world.store.integrationsOn(dk.id)).map(({ ref }) => ref.shopProductId).toSorted();
const happened = async (world: TestWorld) => (await world.store.history({ limit: 500 })).map(({ type }) => type);
const withActivity = (listing: Listing, activity: Listing['activity'], changedAt?: Instant): Listing => ({
  ...listing,
  activity,
  shopSays: activity,
  changedAt,
});

describe('a reading of a shop', () => {
  it('S1: gives every active thing a product and a link, at once', async () => {
    const world = await worldWith(things(7));
    const result = await full(world);
    expect(result.run).toMatchObject({ status: 'finished', outcome: 'changed', counts: { seen: 7, linked: 7 } });
    expect(await links(world)).toHaveLength(7);
  });

  it('S13, I4: takes away the link of what turned inactive, here only, with its reason', async () => {
    const world = await makeTestWorld(
      [dk, se],
      [makeShelf('dk', [thing(1)]), makeShelf('se', [thing(1, { ref: refTo('se', '9') })])],
    );
    await world.services.sync({ full: true }, never);
    world.shelf('dk').listings = [withActivity(thing(1), 'archived')];
    await full(world);
    expect(await links(world)).toEqual([]);
    expect(await world.store.integrationsOn(se.id)).toHaveLength(1);
    expect(await world.store.tombstonesOn(dk.id)).toMatchObject([{ because: 'inactive-in-shop' }]);
  });

  it('S17: keeps the product of what is gone, confirmed by its id', async () => {
    const world = await worldWith(things(3));
    await full(world);
    world.shelf('dk').listings = things(2);
    const result = await full(world);
    expect(world.shelf('dk').asked.products).toBe(1);
    expect(result.run?.counts.unlinked).toBe(1);
    expect(await world.store.tombstonesOn(dk.id)).toMatchObject([{ because: 'gone-from-shop' }]);
    expect((await world.store.counts()).products).toBe(3);
  });

  it('S9: leaves a link that a person removed, until it is fetched', async () => {
    const world = await worldWith([thing(1)]);
    await full(world);
    const [link] = await world.store.integrationsOn(dk.id);
    await world.services.remove(link!.productId, dk.id, 'wrong picture');
    await full(world);
    expect(await links(world)).toEqual([]);
    const [fetched] = await world.services.fetch({ asked: ['A-1'], shopIds: [dk.id] }, never);
    expect(fetched).toMatchObject({ outcome: 'linked', before: { linked: false }, after: { linked: true } });
    expect(await links(world)).toEqual(['1']);
  });

  it('S10: a copy that kept the id gets no link; the conflict names both', async () => {
    const world = await worldWith([thing(1)]);
    await full(world);
    world.shelf('dk').listings = [thing(1, { sku: toSku('A-1-COPY') }), thing(1)];
    await full(world);
    const [conflict] = await world.store.conflictsOn(dk.id);
    const products = await world.store.productsBy({ skus: [toSku('A-1'), toSku('A-1-COPY')] });
    const idOf = (sku: string) => products.find((product) => product.sku === sku)?.id;
    expect(conflict).toMatchObject({
      kind: 'shop-id-taken',
      holder: idOf('A-1'),
      claimant: idOf('A-1-COPY'),
      copy: { sku: 'A-1-COPY' },
    });
    expect(await world.store.integrationsOn(dk.id)).toMatchObject([{ productId: idOf('A-1') }]);
  });

  it('S10: who had the id first keeps it, though the copy says it is older', async () => {
    const world = await worldWith([thing(1)]);
    await full(world);
    const copy = thing(1, { sku: toSku('A-0'), listedAt: instant('2020-01-01T00:00:00Z') });
    world.shelf('dk').listings = [copy, thing(1)];
    await full(world);
    await full(world);
    expect(await world.store.conflictsOn(dk.id)).toMatchObject([{ kind: 'shop-id-taken', copy: { sku: 'A-0' } }]);
    const [holder] = await world.store.integrationsOn(dk.id);
    expect(await world.store.products([holder!.productId])).toMatchObject([{ sku: 'A-1' }]);
  });

  it('S10: when the thing that had the id rests, the copy gets it, and the other way round', async () => {
    const copy = thing(1, { sku: toSku('A-0') });
    const world = await worldWith([thing(1)]);
    await full(world);
    world.shelf('dk').listings = [withActivity(thing(1), 'draft'), copy];
    await full(world);
    const holder = async () => {
      const [link] = await world.store.integrationsOn(dk.id);
      return (await world.store.products([link!.productId]))[0]?.sku;
    };
    expect(await holder()).toBe('A-0');
    expect(await world.store.conflictsOn(dk.id)).toEqual([]);
    world.shelf('dk').listings = [thing(1), withActivity(copy, 'draft')];
    await full(world);
    expect(await holder()).toBe('A-1');
    world.shelf('dk').listings = [copy];
    await full(world);
    expect(await holder()).toBe('A-0');
    expect(await world.store.conflictsOn(dk.id)).toEqual([]);
  });

  it('lets the product follow a new item number where it lives in this shop alone', async () => {
    const world = await worldWith([thing(1)]);
    await full(world);
    world.shelf('dk').listings = [thing(1, { sku: toSku('B-1') })];
    await full(world);
    expect((await world.store.productPage({ limit: 10 })).map(({ sku }) => sku)).toEqual(['B-1']);
    expect(await happened(world)).toContain('product-renamed');
  });

  it('asks when an item number changed over a product that other shops sell too', async () => {
    const world = await makeTestWorld(
      [dk, se],
      [makeShelf('dk', [thing(1)]), makeShelf('se', [thing(1, { ref: refTo('se', '9') })])],
    );
    await world.services.sync({ full: true }, never);
    world.shelf('dk').listings = [thing(1, { sku: toSku('B-1') })];
    await full(world);
    expect(await world.store.conflictsOn(dk.id)).toMatchObject([{ kind: 'sku-changed', was: 'A-1', sku: 'B-1' }]);
    expect(await links(world)).toEqual(['1']);
  });

  it('S3: carries an update in over the link, and none without', async () => {
    const world = await worldWith([thing(1), withActivity(thing(2), 'draft')]);
    await full(world);
    const renamed = makeContent({ name: 'Nyt navn' });
    world.shelf('dk').listings = [
      thing(1, { content: renamed }),
      { ...withActivity(thing(2), 'draft'), content: renamed },
    ];
    await full(world);
    const products = await world.store.productsBy({ skus: [toSku('A-1'), toSku('A-2')] });
    expect(products.find(({ sku }) => sku === 'A-1')?.content.name).toBe('Nyt navn');
    expect(products.find(({ sku }) => sku === 'A-2')?.content.name).toBe(makeContent().name);
  });

  it('picks up what changed since, by the clock of the shop, and keeps what it was not shown', async () => {
    const world = await worldWith(
      things(4).map((listing) => ({ ...listing, changedAt: instant('2026-01-01T00:00:00Z') })),
    );
    await full(world);
    world.clock.advance(3_600_000);
    const [first, ...rest] = world.shelf('dk').listings;
    world.shelf('dk').listings = [withActivity(first!, 'draft', world.clock.now()), ...rest];
    const result = await changes(world);
    expect(result.run).toMatchObject({ kind: 'changes', outcome: 'changed', counts: { seen: 1, unlinked: 1 } });
    expect(await links(world)).toEqual(['101', '102', '103']);
  });

  it('asks by id whether a new item number in a reading of changes is a copy', async () => {
    const old = instant('2026-01-01T00:00:00Z');
    const world = await worldWith([thing(1, { changedAt: old })]);
    await full(world);
    world.clock.advance(3_600_000);
    const copy = thing(1, { sku: toSku('A-1-COPY'), changedAt: world.clock.now() });
    world.shelf('dk').listings = [thing(1, { changedAt: old }), copy];
    await changes(world);
    expect(await world.store.conflictsOn(dk.id)).toMatchObject([{ kind: 'shop-id-taken', copy: { sku: 'A-1-COPY' } }]);
    expect((await world.store.productPage({ limit: 9 })).map(({ sku }) => sku).toSorted()).toEqual(['A-1', 'A-1-COPY']);
  });

  it('reads what was sold, and how far back that is known', async () => {
    const world = await worldWith([thing(1)]);
    world.shelf('dk').sales = [makeSale({ ref: refTo('dk', '1'), at: instant('2026-11-01T00:00:00Z') })];
    await full(world);
    expect(await world.store.salesAt([refTo('dk', '1')])).toMatchObject([{ at: '2026-11-01T00:00:00.000Z' }]);
    expect((await world.store.shopStates())[0]?.sales).toMatchObject({ from: '2025-11-24T08:00:00.000Z' });
  });
});

describe('a reading that goes wrong', () => {
  it.each([
    'unauthorized',
    'forbidden',
    'unintelligible',
  ] as const)('%s removes nothing and says so once', async (kind) => {
    const world = await worldWith(things(5));
    await full(world);
    world.shelf('dk').trouble = kind;
    const result = await full(world);
    expect(result).toMatchObject({ trouble: { kind }, run: { status: 'interrupted', outcome: 'refused' } });
    expect(await links(world)).toHaveLength(5);
    expect((await world.store.shopStates())[0]?.lastTrouble?.kind).toBe(kind);
    expect((await happened(world)).filter((type) => type === 'run-finished')).toHaveLength(2);
  });

  it('an empty answer takes nothing until a person says the number', async () => {
    const world = await worldWith(things(5));
    await full(world);
    world.shelf('dk').empty = true;
    const asked = await full(world);
    expect(asked).toMatchObject({ wouldRemove: 5, run: { outcome: 'stopped-by-guard', heldRemovals: 5 } });
    expect(await links(world)).toHaveLength(5);
    world.shelf('dk').listings = [];
    expect(await full(world, 4)).toMatchObject({ wouldRemove: 5 });
    expect((await full(world, 5)).wouldRemove).toBeUndefined();
    expect(await links(world)).toEqual([]);
    expect(await happened(world)).toContain('sync-answered');
  });

  it('more than one link in twenty, and more than 20, stops and asks', async () => {
    const world = await worldWith(things(100));
    await full(world);
    const half = (listing: Listing, place: number) => (place < 21 ? withActivity(listing, 'draft') : listing);
    world.shelf('dk').listings = things(100).map(half);
    expect(await full(world)).toMatchObject({ wouldRemove: 21 });
    expect(await links(world)).toHaveLength(100);
    world.shelf('dk').listings = things(100).map((listing, place) =>
      place < 20 ? withActivity(listing, 'draft') : listing,
    );
    expect((await full(world)).wouldRemove).toBeUndefined();
    expect(await links(world)).toHaveLength(80);
  });

  it('goes on from its cursor after an interruption, as the same run', async () => {
    const world = await worldWith(things(9));
    world.shelf('dk').stopAtPage = 2;
    const cut = await full(world);
    expect(cut).toMatchObject({ trouble: { kind: 'unreachable' }, run: { status: 'interrupted', cursor: '2' } });
    const pages = world.shelf('dk').asked.pages;
    const whole = await full(world);
    expect(whole.run).toMatchObject({ id: cut.run?.id, status: 'finished', counts: { seen: 9 } });
    expect(world.shelf('dk').asked.pages - pages).toBe(1);
    expect(await links(world)).toHaveLength(9);
  });

  it('stops at once when it is cancelled, and keeps what it had', async () => {
    const world = await worldWith(things(9));
    const stop = new AbortController();
    world.shelf('dk').onPage = () => {
      if (world.shelf('dk').asked.pages === 2) stop.abort();
    };
    const [result] = await world.services.sync({ shopIds: [dk.id], full: true }, stop.signal);
    expect(result).toMatchObject({ cancelled: true, run: { status: 'interrupted' } });
    world.shelf('dk').onPage = undefined;
    expect((await full(world)).run).toMatchObject({ id: result?.run?.id, status: 'finished' });
    expect(await links(world)).toHaveLength(9);
  });

  it('refuses another shop that answers at the same address', async () => {
    const world = await worldWith(things(3));
    await full(world);
    world.shelf('dk').identity = 'https://staging.example';
    world.shelf('dk').listings = [];
    expect(await full(world)).toMatchObject({ trouble: { kind: 'another-shop' } });
    expect(await links(world)).toHaveLength(3);
  });

  it('leaves the other shops to theirs', async () => {
    const world = await makeTestWorld(
      [dk, se],
      [makeShelf('dk', things(3)), makeShelf('se', [thing(1, { ref: refTo('se', '1') })])],
    );
    world.shelf('dk').trouble = 'unreachable';
    const results = await world.services.sync({ full: true }, never);
    expect(results.map(({ trouble }) => trouble?.kind)).toEqual(['unreachable', undefined]);
    expect(await world.store.integrationsOn(se.id)).toHaveLength(1);
  });

  it('one shop is read by one process at a time', async () => {
    const world = await worldWith(things(3));
    const lease = await world.world.leases.take('sync-dk', 'another reading');
    expect(await full(world)).toMatchObject({ busy: { doing: 'another reading' } });
    if (lease.held) await lease.release();
    expect((await full(world)).run?.status).toBe('finished');
  });

  it('acts on nothing while the program is only to look', async () => {
    const world = await makeTestWorld([dk], [makeShelf('dk', things(1))], { readOnly: true });
    await expect(world.services.sync({}, never)).rejects.toMatchObject({ kind: 'read-only' });
    expect(world.shelf('dk').asked.pages).toBe(0);
  });

  it('tells how far it has come', async () => {
    const world = await worldWith(things(7));
    const phases: string[] = [];
    await world.services.sync(
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
    const world = await worldWith([younger, older]);
    await full(world);
    expect(await links(world)).toEqual(['2']);
    const conflicts = await world.store.conflictsOn(dk.id);
    expect(conflicts).toMatchObject([{ kind: 'product-taken', ref: refTo('dk', '1'), other: refTo('dk', '2') }]);
    expect(conflicts.map(({ ref }) => refKey(ref))).toHaveLength(1);
  });

  it('the one that had it keeps it, whatever its age, and hands it on when it rests', async () => {
    const first = thing(1, { sku: toSku('A'), listedAt: instant('2026-05-01T00:00:00Z') });
    const older = thing(2, { sku: toSku('A'), listedAt: instant('2026-03-01T00:00:00Z') });
    const world = await worldWith([first]);
    await full(world);
    world.shelf('dk').listings = [first, older];
    await full(world);
    expect(await links(world)).toEqual(['1']);
    world.shelf('dk').listings = [withActivity(first, 'draft'), older];
    await full(world);
    expect(await links(world)).toEqual(['2']);
    expect(await world.store.conflictsOn(dk.id)).toEqual([]);
  });
});
