import assert from 'node:assert/strict';
import { makeRandom } from '../../src/demo/seeded-random.ts';
import { refKey } from '../../src/domain/changes.ts';
import type { ConflictChoice } from '../../src/domain/conflict.ts';
import { toShopId, toShopProductId } from '../../src/domain/ids.ts';
import { Refusal } from '../../src/services/dependencies/refusal.ts';
import { makeShop } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { makeTestHarness } from '../support/test-harness.ts';
import { addWindow, forSale, type ModelShop, makeFleet, newThing, placeOf, takeDown } from './model-fleet.ts';
import { type ModelRun, newTally, now, readShop as readWhole, show, syncOnce } from './model-run.ts';
import { answersTo, gtinOf } from './unkind-shops.ts';

/*
 * Lives in which people act by hand between readings, whatever they think of. What must hold is not which links there
 * are, which is theirs to say, but what no reading and no push may ever do.
 */

type Life = ModelRun & {
  /** What a person took away, by shop, place and product: no reading brings it back. */
  readonly takenAway: Set<string>;
  readonly met: Map<string, number>;
};
type Act = (life: Life, shop: ModelShop) => void | Promise<void>;

/** Every link there is: shop and place, and the product. */
async function linksNow({ fleet, harness }: ModelRun): Promise<ReadonlyMap<string, string>> {
  const links = await Promise.all(fleet.shops.map(({ shopId }) => harness.store.integrationsOn(toShopId(shopId))));
  return new Map(
    links.flat().map(({ ref: { shopId, shopProductId, shopVariantId }, productId }) => {
      const place = shopVariantId === undefined ? shopProductId : `${shopProductId}/${shopVariantId}`;
      return [`${shopId} ${place}`, productId];
    }),
  );
}

const conflictsNow = async ({ harness }: ModelRun): Promise<readonly string[]> =>
  (await harness.store.conflictPage({ limit: 1_000 })).map(({ kind, ref }) => `${kind} ${refKey(ref)}`).toSorted();

/** What a reading of a shop may not do, whatever people did before. */
async function heldBy(life: Life, shop: ModelShop, reading: () => Promise<unknown>, what: string): Promise<void> {
  const before = await linksNow(life);
  const everything = [...shop.windows, ...shop.ghosts];
  await reading();
  const after = await linksNow(life);
  for (const [place, product] of before) {
    const [window, another] = everything.filter((one) => `${shop.shopId} ${placeOf(one)}` === place);
    const isElsewhere = !place.startsWith(`${shop.shopId} `);
    const isThere = window !== undefined && another === undefined && forSale(window) && shop.windows.includes(window);
    if (isElsewhere || isThere) assert.equal(after.get(place), product, `${what} took or moved the link at ${place}`);
  }
  for (const [place, product] of after)
    if (before.get(place) !== product)
      assert.ok(!life.takenAway.has(`${place} ${product}`), `${what} brought back what a person took at ${place}`);
  const byProduct = [...after].map(([place, product]) => `${place.split(' ')[0]} ${product}`);
  assert.equal(new Set(byProduct).size, byProduct.length, 'a product has two links in one shop');
}

/** A product that has another link in the shop by now is asked anew for the one that was taken. */
async function forget(life: Life): Promise<void> {
  for (const [place, product] of await linksNow(life)) {
    const [shopId] = place.split(' ');
    for (const taken of life.takenAway)
      if (taken.startsWith(`${shopId} `) && taken.endsWith(` ${product}`)) life.takenAway.delete(taken);
  }
}

const inTheShop: readonly Act[] = [
  function isPutUp(life, shop) {
    addWindow(life.fleet, shop, newThing(life.fleet), { now: now(life) });
  },
  function comesHereToo(life, shop) {
    const thing = life.random.pick(life.fleet.things);
    addWindow(life.fleet, shop, thing, { now: now(life) });
  },
  function isCopiedWithItsId(life, shop) {
    const { id, variant } = life.random.pick(shop.windows);
    addWindow(life.fleet, shop, newThing(life.fleet), { now: now(life), id, variant });
  },
  function restsOrReturns(life, shop) {
    const window = life.random.pick(shop.windows);
    Object.assign(window, { activity: forSale(window) ? 'draft' : 'active', changed: now(life) + shop.aheadMs });
  },
  function isDeleted(life, shop) {
    if (shop.windows.length < 5) return;
    const window = life.random.pick(shop.windows);
    // Perhaps a reading of people's own saw it.
    window.seen ??= { sku: window.sku, activity: window.activity };
    takeDown(shop, [window]);
  },
  function isRenamed(life, shop) {
    const window = life.random.pick(shop.windows);
    life.fleet.made += 1;
    const sku = life.random.chance(0.4) ? life.random.pick(shop.windows).sku : `R-${life.fleet.made}`;
    Object.assign(window, { sku, changed: now(life) + shop.aheadMs });
  },
  function getsAnotherEan(life, shop) {
    const [one, other] = [life.random.pick(shop.windows), life.random.pick(shop.windows)];
    const gtin = life.random.chance(0.5) ? other.gtin : gtinOf(life.random.below(1_000));
    Object.assign(one, { gtin, changed: now(life) + shop.aheadMs });
  },
];

/** A person does something, and perhaps takes it back at once: then everything is as it was. */
async function byHand(life: Life, act: () => Promise<unknown>): Promise<void> {
  const before = [await linksNow(life), await conflictsNow(life)];
  life.harness.clock.advance(1_000);
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    assert.deepEqual([await linksNow(life), await conflictsNow(life)], before, 'what was refused changed something');
    return;
  }
  const done = await linksNow(life);
  life.harness.clock.advance(1_000);
  if (life.random.chance(0.4)) {
    try {
      await life.harness.services.history.undo();
      assert.deepEqual([await linksNow(life), await conflictsNow(life)], before, 'undo left something behind');
      return;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // A number that another product bears by now, say: then this act stands, and no older one is undone for it.
      assert.deepEqual(await linksNow(life), done, 'what was not undone changed something');
    }
  }
  for (const [place, product] of before[0] as ReadonlyMap<string, string>)
    if (done.get(place) !== product) life.takenAway.add(`${place} ${product}`);
  for (const [place, product] of done) life.takenAway.delete(`${place} ${product}`);
}

const choices: readonly ConflictChoice[] = ['keep', 'move-the-link', 'not-the-same', 'accept-rename'];

const byPeople: readonly Act[] = [
  async function unlinks(life, shop) {
    const links = await life.harness.store.integrationsOn(toShopId(shop.shopId));
    if (links.length === 0) return;
    const { productId } = life.random.pick(links);
    await byHand(life, () => life.harness.services.integrations.remove(productId, toShopId(shop.shopId), 'wrong'));
  },
  async function links(life, shop) {
    const { store, services } = life.harness;
    const products = await store.productPage({ limit: 500 });
    const { id: shopProductId, variant } = life.random.pick(shop.windows);
    const listings = await store.listingsWith(toShopProductId(shopProductId));
    const here = listings.filter(({ ref }) => ref.shopId === shop.shopId && ref.shopVariantId === variant);
    const [listing] = here;
    if (listing === undefined || products.length === 0) return;
    await byHand(life, () => services.integrations.link(life.random.pick(products).id, listing.ref));
  },
  async function settles(life) {
    const { store, services } = life.harness;
    const conflicts = await store.conflictPage({ limit: 500 });
    if (conflicts.length === 0) return;
    const { ref } = life.random.pick(conflicts);
    await byHand(life, () => services.conflicts.resolve(ref, life.random.pick(choices)));
  },
  async function keepsAll(life, shop) {
    if (!life.random.chance(0.3)) return;
    await byHand(life, async () => {
      const kept = await life.harness.services.conflicts.keepAll({ shopId: toShopId(shop.shopId) });
      if (kept.length === 0) throw new Refusal('no-conflict', { listing: 'none' });
    });
  },
  async function fetches(life, shop) {
    show(life, shop);
    life.harness.clock.advance(120_000);
    const { sku } = life.random.pick(shop.windows);
    await life.harness.services.fetch.run({ asked: [sku], shopIds: [toShopId(shop.shopId)] }, life.never);
    life.takenAway.clear();
  },
];

const readings: readonly Act[] = [
  async function isReadWhole(life, shop) {
    // Many that go at once are a person's to accept, and there may be few of them here.
    await heldBy(life, shop, () => wholly(life, shop), 'a reading');
  },
  async function isReadForChanges(life, shop) {
    show(life, shop);
    await heldBy(life, shop, () => syncOnce(life, shop, false), 'a reading of changes');
  },
  async function isUnreadableInPart(life, shop) {
    const catalogue = life.harness.catalogue(shop.shopId);
    const ids = life.random.shuffle([...new Set(shop.windows.map(({ id }) => id))]);
    const unreadable = new Set(ids.slice(0, 1 + life.random.below(ids.length)));
    const before = [...(await linksNow(life))];
    Object.assign(catalogue, { unreadable, leavesOut: life.random.chance(0.5) });
    show(life, shop);
    await syncOnce(life, shop, life.random.chance(0.5));
    const asked = [life.random.pick([...unreadable])];
    life.harness.clock.advance(120_000);
    if (!catalogue.leavesOut)
      await life.harness.services.fetch.run({ asked, shopIds: [toShopId(shop.shopId)] }, life.never);
    Object.assign(catalogue, { unreadable: new Set(), leavesOut: false });
    const after = await linksNow(life);
    for (const [place, product] of before) {
      const [shopId, inShop = ''] = place.split(' ');
      if (shopId === shop.shopId && unreadable.has(inShop.split('/')[0] ?? ''))
        assert.equal(after.get(place), product, `a row that nobody could read lost its link at ${place}`);
    }
    life.takenAway.clear();
  },
  async function isAnsweredByAnother(life, shop) {
    const { harness, random, never } = life;
    const catalogue = harness.catalogue(shop.shopId);
    if (catalogue.asked.pages === 0) return;
    show(life, shop);
    const { identity, listings } = catalogue;
    const before = await linksNow(life);
    const others = random.shuffle(listings).slice(0, random.below(4));
    Object.assign(catalogue, { identity: 'https://klon.example', listings: others });
    const result = await syncOnce(life, shop, true);
    assert.equal(result.trouble?.kind, 'another-shop');
    harness.clock.advance(120_000);
    const { sku } = random.pick(life.fleet.things);
    await harness.services.fetch.run({ asked: [sku], shopIds: [toShopId(shop.shopId)] }, never);
    const signalled = shop.windows.map(({ id }) => ({
      shopId: toShopId(shop.shopId),
      shopProductId: toShopProductId(id),
    }));
    harness.clock.advance(120_000);
    await harness.services.fetch.run({ asked: [], signalled }, never);
    Object.assign(catalogue, { identity, listings });
    assert.deepEqual(await linksNow(life), before, 'another shop changed links');
  },
  async function isToldWhileItSells(life, shop) {
    const { harness, random, never } = life;
    const links = await harness.store.integrationsOn(toShopId(shop.shopId));
    for (const { productId } of random.shuffle([...links]).slice(0, 4))
      await harness.services.stock.set(productId, random.below(40));
    show(life, shop);
    const catalogue = harness.catalogue(shop.shopId);
    const plan = await harness.services.push.plan({ shopIds: [toShopId(shop.shopId)] });
    // Between plan and push a person may take a link away, or give it to another.
    if (random.chance(0.5)) await random.pick(byPeople)(life, shop);
    const linked = new Set(
      (await harness.store.integrationsOn(toShopId(shop.shopId))).map(
        ({ ref, productId }) => `${refKey(ref)} ${productId}`,
      ),
    );
    catalogue.onPush = () => {
      catalogue.listings = catalogue.listings.map((listing) =>
        random.chance(0.3) ? { ...listing, stock: { ...listing.stock, quantity: random.below(30) } } : listing,
      );
    };
    catalogue.written.length = 0;
    await harness.services.push.apply({ planId: plan.id, yes: answersTo(plan.rows) }, never).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
    });
    catalogue.onPush = undefined;
    for (const { key, was, quantity } of catalogue.written) {
      const row = plan.rows.find(({ ref }) => ref !== undefined && refKey(ref) === key);
      assert.equal(was, row?.shopHad ?? row?.lastSent, `a figure that is not the plan's was written over at ${key}`);
      assert.equal(quantity, row?.willBe, `another figure than the plan's was written at ${key}`);
      assert.ok(linked.has(`${key} ${row?.productId}`), `stock went to ${key}, which has no link to it any more`);
    }
    for (const window of shop.windows) {
      const listing = catalogue.listings.find(
        ({ ref, sku }) =>
          placeOf(window) === [ref.shopProductId, ref.shopVariantId ?? []].flat().join('/') && sku === window.sku,
      );
      if (listing?.stock.quantity !== undefined) window.quantity = listing.stock.quantity;
    }
  },
];

async function wholly(life: Life, shop: ModelShop): Promise<void> {
  show(life, shop);
  const { wouldRemove } = await syncOnce(life, shop, true);
  if (wouldRemove !== undefined) return;
  shop.ghosts = [];
}

/** Lets people and shops do what they think of, so many times, and holds the laws. */
export async function runPeople(seed: number, steps: number): Promise<ReadonlyMap<string, number>> {
  const random = makeRandom(seed);
  const shopIds = ['dk', 'no', 'se'];
  const fleet = makeFleet(shopIds);
  const shops = shopIds.map((id) => makeShop({ id: toShopId(id), name: id, url: `http://${id}.example` }));
  const catalogues = fleet.shops.map(({ shopId, aheadMs }) => ({ ...makeCatalogue(shopId), aheadMs }));
  const harness = await makeTestHarness(shops, catalogues);
  const never = new AbortController().signal;
  const life: Life = { fleet, harness, random, tally: newTally(), never, takenAway: new Set(), met: new Map() };
  for (let count = 0; count < 12; count += 1) {
    const thing = newThing(fleet);
    for (const shop of fleet.shops) if (random.chance(0.8)) addWindow(fleet, shop, thing, { now: now(life) });
  }
  for (const shop of fleet.shops) await readWhole(life, shop);
  for (let step = 0; step < steps; step += 1) {
    const shop = random.pick(fleet.shops);
    harness.clock.advance(random.below(40) * 60_000);
    const act = random.pick(random.pick([inTheShop, byPeople, readings]));
    life.met.set(act.name, (life.met.get(act.name) ?? 0) + 1);
    try {
      await act(life, shop);
    } catch (error) {
      throw new Error(
        `step ${step}, ${act.name} in ${shop.shopId}: ${error instanceof Error ? error.message : error}`,
        { cause: error },
      );
    }
    await forget(life);
  }
  return life.met;
}
