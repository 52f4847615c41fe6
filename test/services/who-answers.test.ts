import { describe, expect, test, vi } from 'vitest';
import type { Changes } from '../../src/domain/changes.ts';
import { toShopId, toSku } from '../../src/domain/ids.ts';
import type { Listing } from '../../src/domain/listing.ts';
import type { Store, StoreReader } from '../../src/ports/store.ts';
import { memoryStore } from '../../src/stores/memory-store.ts';
import { makeListing, makeShop, refTo } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { makeTestHarness, type TestHarness } from '../support/test-harness.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const never = new AbortController().signal;
const dk = toShopId('dk');
const se = toShopId('se');
const thing = (shop: string, id: string, sku: string, over: Partial<Listing> = {}): Listing =>
  makeListing({ ref: refTo(shop, id), sku: toSku(sku), ...over });
const shops = [makeShop(), makeShop({ id: se, name: 'Nordlys SE', url: 'http://127.0.0.1:2' })];

async function opened(store?: Store): Promise<TestHarness> {
  const catalogues = [makeCatalogue('dk', [thing('dk', '1', 'A')]), makeCatalogue('se', [thing('se', '9', 'A')])];
  const harness = await makeTestHarness(shops, catalogues, store === undefined ? {} : { store });
  await harness.services.sync.run({ full: true }, never);
  harness.clock.advance(120_000);
  return harness;
}
const linkCount = async ({ store }: TestHarness): Promise<number> => (await store.integrationsOn(dk)).length;
const place = async ({ services }: TestHarness) => ({
  productId: (await services.lookup.identify('A'))[0]!.id,
  shopId: dk,
});
/** Another shop at the same address, which has nothing of ours. */
function replaced(harness: TestHarness): void {
  Object.assign(harness.catalogue('dk'), { identity: 'https://klon.example', listings: [] });
}

describe('every reading that may remove or move a link knows who answered', () => {
  test('a fetch from another shop at the same address is refused and takes nothing away', async () => {
    const harness = await opened();
    replaced(harness);
    const [result] = await harness.services.fetch.run({ asked: ['A'], shopIds: [dk] }, never);
    expect(result).toMatchObject({ outcome: 'refused', trouble: { kind: 'another-shop' } });
    expect(await linkCount(harness)).toBe(1);
    expect(harness.catalogue('dk').asked.products).toBe(0);
  });

  test('so are asking about rows of the report, asking why, and comparing', async () => {
    const harness = await opened();
    replaced(harness);
    const here = await place(harness);
    expect(await harness.services.inactive.verify([here], never)).toMatchObject([
      { trouble: { kind: 'another-shop' } },
    ]);
    const [diagnosis] = await harness.services.diagnosis.explain(here.productId, dk, { signal: never });
    expect(diagnosis).toMatchObject({ verdict: 'integrated', stale: 'connection-down' });
    const [compared] = await harness.services.diagnosis.compareStock(here, never);
    expect(compared).toMatchObject({ brokeAt: 'shop-unreachable', trouble: { kind: 'another-shop' } });
    expect(await linkCount(harness)).toBe(1);
  });

  test('a push to another shop sends nothing', async () => {
    const harness = await opened();
    await harness.services.stock.set((await place(harness)).productId, 4);
    const plan = await harness.services.push.plan({ shopIds: [dk] });
    Object.assign(harness.catalogue('dk'), { identity: 'https://klon.example' });
    const result = await harness.services.push.apply({ planId: plan.id, yes: { firsts: 1 } }, never);
    expect(result).toMatchObject({ sent: 0, troubles: [{ kind: 'another-shop' }] });
    expect(harness.catalogue('dk').written).toEqual([]);
  });

  test('a shop that is exchanged while it is read takes no link with it', async () => {
    const harness = await opened();
    harness.catalogue('dk').onPage = () => replaced(harness);
    const [result] = await harness.services.sync.run({ shopIds: [dk], full: true }, never);
    expect(result?.trouble?.kind).toBe('another-shop');
    expect(await linkCount(harness)).toBe(1);
  });

  test('another address keeps who the shop was; another answer there is refused until that very one is accepted', async () => {
    const harness = await opened();
    await harness.services.shops.change(dk, { url: 'http://127.0.0.1:99' });
    expect((await harness.store.shops())[0]?.identity).toBe('https://dk.example');
    replaced(harness);
    const sync = async () => (await harness.services.sync.run({ shopIds: [dk], full: true }, never))[0]!;
    expect((await sync()).trouble).toMatchObject({
      kind: 'another-shop',
      detail: { said: 'it calls itself https://klon.example' },
    });
    await harness.services.shops.change(dk, { acceptIdentity: 'https://another.example' });
    expect((await sync()).trouble?.kind).toBe('another-shop');
    await harness.services.shops.change(dk, { acceptIdentity: 'https://klon.example' });
    expect((await sync()).trouble).toBeUndefined();
  });

  test('a shop that is fetched from before it was ever read is known from then on', async () => {
    const harness = await makeTestHarness(shops, [makeCatalogue('dk', [thing('dk', '1', 'A')]), makeCatalogue('se')]);
    await harness.services.fetch.run({ asked: ['A'], shopIds: [dk] }, never);
    expect((await harness.store.shops())[0]?.identity).toBe('https://dk.example');
    harness.clock.advance(120_000);
    replaced(harness);
    const [result] = await harness.services.fetch.run({ asked: ['A'], shopIds: [dk] }, never);
    expect(result?.trouble?.kind).toBe('another-shop');
  });
});

describe('several at once', () => {
  /** A store that fails once, when a change writes something that a test names. */
  function failing(when: (changes: Changes) => boolean): Store & { fail: boolean } {
    const store = memoryStore();
    const broken = {
      ...store,
      fail: false,
      change: (decide: (now: StoreReader) => Promise<Changes>) =>
        store.change(async (now) => {
          const changes = await decide(now);
          if (broken.fail && when(changes)) throw new Error('the disk is full');
          return changes;
        }),
    };
    return broken;
  }

  test('a store error in one shop ends the push only when no other shop is being told, and keeps the lease till then', async () => {
    const store = failing(({ events }) =>
      events.some((event) => event.type === 'stock-pushed' && event.ref.shopId === dk),
    );
    const harness = await opened(store);
    await harness.services.stock.set((await place(harness)).productId, 4);
    const plan = await harness.services.push.plan({});
    let signalled = false;
    let heldWhile: unknown;
    harness.catalogue('se').onPush = () => {
      signalled = true;
      heldWhile = harness.harness.leases.holder(`push-${plan.id}`);
    };
    store.fail = true;
    const applied = harness.services.push.apply({ planId: plan.id, yes: { firsts: 2 } }, never);
    await expect(applied).rejects.toThrow('the disk is full');
    expect(signalled).toBe(true);
    expect(await heldWhile).toBeDefined();
    expect(harness.catalogue('se').listings[0]?.stock.quantity).toBe(4);
    expect(await harness.harness.leases.holder(`push-${plan.id}`)).toBeUndefined();
  });

  test('a refusal names its plan, so that two pushes at once are told apart', async () => {
    const harness = await opened();
    await harness.services.stock.set((await place(harness)).productId, 4);
    const [one, two] = [
      await harness.services.push.plan({ shopIds: [dk] }),
      await harness.services.push.plan({ shopIds: [se] }),
    ];
    harness.catalogue('dk').listings = [
      thing('dk', '1', 'A', { stock: { tracked: true, quantity: 10, unreadable: { field: 'qty', value: 'x' } } }),
    ];
    await Promise.all(
      [one, two].map(({ id: planId }) => harness.services.push.apply({ planId, yes: { firsts: 1 } }, never)),
    );
    const refused = await harness.store.history({ types: ['push-refused'], limit: 9 });
    expect(refused.map((event) => event.type === 'push-refused' && event.planId)).toEqual([one.id]);
    expect(await harness.services.push.results(one.id)).toMatchObject([{ kind: 'refused', shopId: 'dk' }]);
    expect(await harness.services.push.results(two.id)).toMatchObject([{ kind: 'sent', shopId: 'se' }]);
  });

  test('two changes of a shop at once both stand', async () => {
    const harness = await opened();
    await Promise.all([
      harness.services.shops.change(dk, { name: 'Nyt navn' }),
      harness.services.shops.change(dk, { paused: true }),
    ]);
    expect((await harness.store.shops())[0]).toMatchObject({ name: 'Nyt navn', paused: true });
  });

  test('a shop is not removed under a sync, and not read while it is removed', async () => {
    const harness = await opened();
    const lease = await harness.harness.leases.take('sync-dk', 'syncing dk');
    await expect(harness.services.shops.remove(dk)).rejects.toMatchObject({ kind: 'sync-running-elsewhere' });
    if (lease.held) await lease.release();
    await harness.services.shops.remove(dk);
    expect(await harness.harness.leases.holder('sync-dk')).toBeUndefined();
  });
});
