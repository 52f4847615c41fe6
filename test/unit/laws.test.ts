import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refKey } from '../../src/domain/changes.ts';
import { parseGtin, toShopId, toSku } from '../../src/domain/ids.ts';
import type { Activity, Listing } from '../../src/domain/listing.ts';
import type { Store } from '../../src/ports/store.ts';
import { instant, makeContent, makeListing, makeShop, refTo } from '../support/make.ts';
import { makeShelf } from '../support/shelf-connector.ts';
import { makeTestWorld, type TestWorld } from '../support/world.ts';

/** The laws, in worlds nobody thought of. fast-check prints the seed of a failure; run it again with that seed. */
const runs = { numRuns: 150 };
const dk = makeShop();
const se = makeShop({ id: toShopId('se'), name: 'Nordlys SE' });
const never = new AbortController().signal;

const gtins = ['5701234567899', '5701234567905', '4006381333931'].map((digits) => parseGtin(digits));

/** One thing in a shop's window: few ids, few SKUs and few EANs, so that everything collides with everything. */
const thing = (shopId: string): fc.Arbitrary<Listing> =>
  fc
    .record({
      id: fc.integer({ min: 1, max: 6 }),
      variant: fc.option(fc.integer({ min: 1, max: 2 }), { nil: undefined, freq: 4 }),
      sku: fc.option(fc.constantFrom('A', 'B', 'C', 'D'), { nil: undefined, freq: 6 }),
      gtin: fc.option(fc.constantFrom(...gtins), { nil: undefined, freq: 1 }),
      activity: fc.constantFrom<Activity>('active', 'active', 'active', 'draft'),
      day: fc.integer({ min: 1, max: 9 }),
      name: fc.constantFrom('Kop', 'Fad', 'Krus'),
    })
    .map(({ id, variant, sku, gtin, activity, day, name }) =>
      makeListing({
        ref: refTo(shopId, String(id), variant === undefined ? undefined : String(variant)),
        sku: sku === undefined ? undefined : toSku(sku),
        gtin,
        activity,
        listedAt: instant(`2026-02-0${day}T00:00:00Z`),
        content: makeContent({ name }),
      }),
    );
const toldApart = (a: Listing, b: Listing): boolean => a.sku !== undefined && b.sku !== undefined && a.sku !== b.sku;

const twoAtMost = (listings: readonly Listing[]): readonly Listing[] =>
  listings.filter(
    ({ ref }, place) => listings.slice(0, place).filter((other) => refKey(other.ref) === refKey(ref)).length < 2,
  );

/** What lies under one id is one thing or two, told apart by SKU: a copy that kept the id. */
const window = (shopId: string): fc.Arbitrary<readonly Listing[]> =>
  fc
    .uniqueArray(thing(shopId), {
      maxLength: 9,
      comparator: (a, b) => refKey(a.ref) === refKey(b.ref) && !toldApart(a, b),
    })
    .map(twoAtMost);

const worldOf = (inDk: readonly Listing[], inSe: readonly Listing[] = []): Promise<TestWorld> =>
  makeTestWorld([dk, se], [makeShelf('dk', inDk), makeShelf('se', inSe)]);

/** Reads shops to the end, and says yes to whatever a guard asks. */
async function sync(world: TestWorld, ...shopIds: readonly string[]): Promise<void> {
  world.clock.advance(60_000);
  for (const shopId of shopIds.map(toShopId)) {
    const [result] = await world.services.sync({ shopIds: [shopId], full: true }, never);
    const acceptRemovals = result?.wouldRemove;
    if (acceptRemovals !== undefined)
      await world.services.sync({ shopIds: [shopId], full: true, acceptRemovals }, never);
  }
}

/** What stands, in words that hold no id of ours: which SKU is linked where, and which conflict stands where. */
async function standing(store: Store, shopId: string) {
  const integrations = await store.integrationsOn(toShopId(shopId));
  const products = new Map((await store.productPage({ limit: 10_000 })).map((product) => [product.id, product]));
  const nameOf = (id: string): string => {
    const product = products.get(id as never);
    return product?.sku ?? product?.gtin ?? `from ${product?.contentFrom && refKey(product.contentFrom)}`;
  };
  const conflicts = await store.conflictsOn(toShopId(shopId));
  return {
    links: integrations.map(({ productId, ref }) => `${refKey(ref)} = ${nameOf(productId)}`).toSorted(),
    conflicts: conflicts.map(({ ref, kind }) => `${refKey(ref)} ${kind}`).toSorted(),
  };
}

async function everything(store: Store) {
  const products = await store.productPage({ limit: 10_000 });
  return {
    products: products.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    dk: await standing(store, 'dk'),
    se: await standing(store, 'se'),
    links: (await store.integrationsOf(products.map(({ id }) => id))).toSorted((a, b) =>
      refKey(a.ref) < refKey(b.ref) ? -1 : 1,
    ),
  };
}

describe('the laws hold in made-up worlds', () => {
  it('a product has one integration in a shop, and a listing belongs to one product', async () => {
    await fc.assert(
      fc.asyncProperty(window('dk'), window('dk'), async (first, then) => {
        const world = await worldOf(first);
        await sync(world, 'dk');
        world.shelf('dk').listings = then;
        await sync(world, 'dk');
        const links = await world.store.integrationsOn(toShopId('dk'));
        expect(new Set(links.map(({ productId }) => productId)).size).toBe(links.length);
        expect(new Set(links.map(({ ref }) => refKey(ref))).size).toBe(links.length);
        const shown = new Map(
          then.filter(({ activity }) => activity === 'active').map(({ ref }) => [refKey(ref), ref]),
        );
        for (const { ref } of links) expect(shown.has(refKey(ref))).toBe(true);
      }),
      runs,
    );
  });

  it('every active listing has a link or a conflict that says why not', async () => {
    await fc.assert(
      fc.asyncProperty(window('dk'), window('dk'), async (first, then) => {
        const world = await worldOf(first);
        await sync(world, 'dk');
        world.shelf('dk').listings = then;
        await sync(world, 'dk');
        const links = await world.store.integrationsOn(toShopId('dk'));
        const conflicts = await world.store.conflictsOn(toShopId('dk'));
        const answered = new Set([...links, ...conflicts].map(({ ref }) => refKey(ref)));
        const active = then.filter(({ activity }) => activity === 'active');
        for (const { ref } of active) expect(answered.has(refKey(ref))).toBe(true);
      }),
      runs,
    );
  });

  it('what one shop says leaves the other alone', async () => {
    await fc.assert(
      fc.asyncProperty(window('dk'), window('se'), window('dk'), async (inDk, inSe, then) => {
        const world = await worldOf(inDk, inSe);
        await sync(world, 'dk', 'se');
        const before = (await world.store.integrationsOn(toShopId('se'))).map(({ ref }) => refKey(ref)).toSorted();
        world.shelf('dk').listings = then;
        await sync(world, 'dk');
        const after = (await world.store.integrationsOn(toShopId('se'))).map(({ ref }) => refKey(ref)).toSorted();
        expect(after).toEqual(before);
      }),
      runs,
    );
  });

  it('looking twice changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(window('dk'), window('se'), window('dk'), async (inDk, inSe, then) => {
        const world = await worldOf(inDk, inSe);
        await sync(world, 'dk');
        await sync(world, 'se');
        world.shelf('dk').listings = then;
        await sync(world, 'dk');
        const before = await everything(world.store);
        await sync(world, 'dk');
        expect(await everything(world.store)).toEqual(before);
        const happened = await world.store.history({ limit: 100 });
        const newest = happened.slice(
          0,
          happened.findIndex(({ type }, place) => place > 0 && type === 'run-finished'),
        );
        expect(newest.map(({ type }) => type)).toEqual(['run-finished']);
      }),
      runs,
    );
  });

  it('the order of pages does not matter', async () => {
    const twoOrders = window('dk').chain((listings) =>
      fc.tuple(
        fc.constant(listings),
        fc.shuffledSubarray([...listings], { minLength: listings.length, maxLength: listings.length }),
        fc.integer({ min: 1, max: 5 }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(window('dk'), twoOrders, async (first, [inOrder, shuffled, pageSize]) => {
        const one = await worldOf(first);
        const other = await worldOf(first);
        await sync(one, 'dk');
        await sync(other, 'dk');
        one.shelf('dk').listings = inOrder;
        other.shelf('dk').listings = shuffled;
        other.shelf('dk').pageSize = pageSize;
        await sync(one, 'dk');
        await sync(other, 'dk');
        expect(await standing(other.store, 'dk')).toEqual(await standing(one.store, 'dk'));
      }),
      runs,
    );
  });

  it('no product is ever deleted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(window('dk'), { minLength: 2, maxLength: 4 }), async (windows) => {
        const world = await worldOf([]);
        let known: readonly string[] = [];
        for (const listings of windows) {
          world.shelf('dk').listings = listings;
          await sync(world, 'dk');
          const now = (await world.store.productPage({ limit: 1000 })).map(({ id }) => id);
          expect(now).toEqual(expect.arrayContaining([...known]));
          known = now;
        }
      }),
      runs,
    );
  });

  it('an interrupted sync, run again, ends where an uninterrupted one does', async () => {
    await fc.assert(
      fc.asyncProperty(window('dk'), window('dk'), fc.integer({ min: 0, max: 4 }), async (first, then, page) => {
        const whole = await worldOf(first);
        const cut = await worldOf(first);
        await sync(whole, 'dk');
        await sync(cut, 'dk');
        whole.shelf('dk').listings = then;
        cut.shelf('dk').listings = then;
        cut.shelf('dk').stopAtPage = page;
        await sync(whole, 'dk');
        await sync(cut, 'dk');
        cut.shelf('dk').stopAtPage = undefined;
        await sync(cut, 'dk');
        expect(await standing(cut.store, 'dk')).toEqual(await standing(whole.store, 'dk'));
      }),
      runs,
    );
  });
});
