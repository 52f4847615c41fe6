import assert from 'node:assert/strict';
import { makeRandom, type Random } from '../../src/demo/seeded-random.ts';
import type { FakeShop } from '../../src/demo/simulators/fake-shop.ts';
import type { FakeProduct, FakeVariant } from '../../src/demo/simulators/shelf.ts';
import { refKey } from '../../src/domain/changes.ts';
import { type Sku, toShopId, toSku } from '../../src/domain/ids.ts';
import {
  allPlatforms,
  forever,
  openTestEnvironment,
  pushEverything,
  syncAll,
  type TestEnvironment,
  topOf,
} from '../services/test-environment.ts';
import { linkByHand, putUpFamily, withoutNumbers } from './families.ts';
import { answersTo, gtinOf } from './unkind-shops.ts';

/*
 * Made-up lives of one shop of each platform over real HTTP. What must be linked is said from the shelves and from the
 * rules alone; every platform's connector and its bad days lie between the two.
 */

/** What the rules know of one shop beside its shelf. */
type Side = {
  /** Item numbers that a person took out of this shop. */
  readonly unwanted: Set<string>;
  /** Products that are shown twice under one id: only the first has the id. */
  readonly twins: Set<FakeProduct>;
  /** What a person linked a size to that has no number of its own; nothing where that was undone. */
  readonly byHand: Map<FakeVariant, string | undefined>;
};

export type World = {
  readonly environment: TestEnvironment;
  readonly random: Random;
  readonly sides: ReadonlyMap<string, Side>;
  readonly met: Map<string, number>;
  made: number;
};

type Act = (world: World, platform: string, shop: FakeShop) => void | Promise<void>;

const sideOf = (world: World, platform: string): Side => {
  const side = world.sides.get(platform);
  if (side === undefined) throw new Error(`There is no ${platform}.`);
  return side;
};
const skuOf = (product: FakeProduct): string => product.variants[0]?.sku ?? '';
/** Things that nothing odd has happened to: simple, and alone under their id and number. */
const plain = (world: World, platform: string): readonly FakeProduct[] => {
  const { shelf } = world.environment.shop(platform);
  const { twins } = sideOf(world, platform);
  return shelf.filter(
    (product) =>
      product.kind === 'simple' &&
      !twins.has(product) &&
      shelf.every((other) => other === product || other.id !== product.id),
  );
};
const onePlain = (world: World, platform: string, use: (product: FakeProduct) => void): void => {
  const things = plain(world, platform);
  if (things.length > 0) use(world.random.pick(things));
};
const isOnSale = ({ status }: FakeProduct): boolean => status === 'active';

/** What a shop's own people do. */
const inTheShop: readonly Act[] = [
  function isPutUp(world, _platform, shop) {
    world.made += 1;
    shop.add({ sku: `N-${world.made}`, title: `New ${world.made}`, quantity: 3 });
  },
  function isPutUpHereToo(world, platform, shop) {
    const here = new Set(shop.shelf.flatMap((product) => [skuOf(product), product.sku ?? '']));
    const others = allPlatforms.flatMap((id) => (id === platform ? [] : plain(world, id)));
    const missing = others.filter((product) => !here.has(skuOf(product)));
    if (missing.length === 0) return;
    const sku = skuOf(world.random.pick(missing));
    if (!sideOf(world, platform).unwanted.has(sku)) shop.add({ sku, title: sku, quantity: 2 });
  },
  function isPutUpInSizes(world, platform, shop) {
    if (!withoutNumbers.includes(platform)) return;
    world.made += 1;
    const elsewhere = world.random.pick(allPlatforms.filter((id) => id !== platform));
    putUpFamily({ shop, elsewhere: world.environment.shop(elsewhere), count: world.made });
  },
  function losesASize(world, _platform, shop) {
    const sizes = shop.shelf.flatMap(({ kind, variants }) =>
      kind === 'variable' && variants.length > 1 ? variants : [],
    );
    if (sizes.length > 0 && world.random.chance(0.4)) shop.deleteForever(world.random.pick(sizes).id);
  },
  function losesAStyle(world, _platform, shop) {
    const styles = shop.shelf.filter(({ kind }) => kind === 'variable');
    if (styles.length > 0 && world.random.chance(0.3)) shop.deleteForever(world.random.pick(styles).id);
  },
  function rests(world, platform, shop) {
    onePlain(world, platform, ({ id }) => shop.setStatus(id, world.random.pick(['draft', 'archived'])));
  },
  function returns(world, platform, shop) {
    const down = plain(world, platform).filter((product) => !isOnSale(product));
    if (down.length > 0) shop.setStatus(world.random.pick(down).id, 'active');
  },
  function isDeleted(world, platform, shop) {
    onePlain(world, platform, ({ id }) => shop.deleteForever(id));
  },
  function isEdited(world, platform, shop) {
    onePlain(world, platform, ({ id, title }) => shop.edit(id, { title: `${title}!` }));
  },
  function isSold(world, platform, shop) {
    onePlain(world, platform, ({ id }) => void shop.sell([{ productId: id, quantity: 1 }]));
  },
  function isCounted(world, platform, shop) {
    onePlain(world, platform, ({ id }) => shop.setQuantity(id, world.random.below(40)));
  },
  function isShownTwice(world, platform, shop) {
    if (!world.random.chance(0.3)) return;
    onePlain(world, platform, (product) => {
      if (!isOnSale(product)) return;
      world.made += 1;
      const twin = shop.showTwice(product.id, { sku: `COPY-${world.made}`, title: 'Copy', quantity: 1 });
      sideOf(world, platform).twins.add(twin);
    });
  },
  async function hasABadDay(world, platform, shop) {
    const { temper } = shop;
    const bad = world.random.pick([
      { down: true },
      { htmlPage: true },
      { serverErrors: 99 },
      { truncatedJson: true },
      { firewall: true },
      { nowhere: true },
      { emptyBody: true },
      { emptyCatalog: true },
      { forgetPage: true },
    ] as const);
    const calm = { down: false, htmlPage: false, serverErrors: 0, truncatedJson: false, firewall: false };
    const before = await linksOf(world, platform);
    Object.assign(temper, bad);
    await world.environment.services.sync.run({ shopIds: [toShopId(platform)], full: true }, forever);
    Object.assign(temper, { ...calm, nowhere: false, emptyBody: false, emptyCatalog: false, forgetPage: false });
    // Pauses and keys that were lost are a person's to see to; this one tries again.
    world.environment.clock.advance(30 * 60_000);
    assert.deepEqual(await linksOf(world, platform), before, `${platform} lost links on ${Object.keys(bad)}`);
  },
];

/** Rows that nobody can read, another shop at the address, barcodes that come and go: nothing of it takes a link away. */
const unkind: readonly Act[] = [
  async function cannotBeReadForAWhile(world, platform, shop) {
    await readBoth(world, platform);
    const before = await linksOf(world, platform);
    const ids = world.random.shuffle(shop.shelf).slice(0, 3);
    for (const { id, variants } of ids) for (const one of [id, variants[0]?.id ?? id]) shop.temper.brokenRows.add(one);
    await readBoth(world, platform);
    const asked = ids.map(skuOf);
    await world.environment.services.fetch.run({ asked, shopIds: [toShopId(platform)] }, forever);
    shop.temper.brokenRows.clear();
    assert.deepEqual(await linksOf(world, platform), before, `${platform} lost links of rows that nobody could read`);
  },
  async function isAnsweredByAnother(world, platform, shop) {
    await readBoth(world, platform);
    const before = await linksOf(world, platform);
    // A shop of DanDomain Classic has no mark but its firm's name.
    const { identity, name } = shop;
    const shelf = [...shop.shelf];
    const others = world.random.shuffle(shelf).slice(0, world.random.below(3));
    const exchange = (): void => {
      Object.assign(shop, { identity: 'https://klon.example', name: 'Klon' });
      shop.shelf.splice(0, shop.shelf.length, ...others);
    };
    exchange();
    const gone = skuOf(world.random.pick(shelf));
    await readBoth(world, platform);
    world.environment.clock.advance(30 * 60_000);
    await world.environment.services.fetch.run({ asked: [gone], shopIds: [toShopId(platform)] }, forever);
    Object.assign(shop, { identity, name });
    shop.shelf.splice(0, shop.shelf.length, ...shelf);
    world.environment.clock.advance(30 * 60_000);
    assert.deepEqual(await linksOf(world, platform), before, `${platform} lost links to another shop's answer`);
  },
  async function sellsWhileItIsTold(world, platform, shop) {
    await readBoth(world, platform);
    const { services, store } = world.environment;
    const links = await store.integrationsOn(toShopId(platform));
    const told = world.random.shuffle([...links]).slice(0, 4);
    for (const { productId } of told) await services.stock.set(productId, 100 + world.random.below(30));
    const sold = new Map<FakeProduct, number>();
    const plan = await services.push.plan({ shopIds: [toShopId(platform)] });
    for (const product of world.random.shuffle([...plain(world, platform)]).slice(0, 3)) {
      const left = world.random.below(40);
      if (product.variants[0]?.quantity === left) continue;
      shop.setQuantity(product.id, left);
      sold.set(product, left);
    }
    await services.push.apply({ planId: plan.id, yes: answersTo(plan.rows) }, forever);
    for (const [product, left] of sold)
      assert.equal(product.variants[0]?.quantity, left, `a sale of ${skuOf(product)} in ${platform} was undone`);
  },
  function getsAnotherBarcode(world, platform, shop) {
    onePlain(world, platform, ({ id }) => {
      const shared = world.random.chance(0.4) ? shop.shelf.flatMap(({ variants }) => variants[0]?.barcode ?? []) : [];
      world.made += 1;
      const barcode = shared.length > 0 ? world.random.pick(shared) : String(gtinOf(world.made));
      shop.edit(id, {});
      const [variant] = shop.product(id).variants;
      if (variant !== undefined) variant.barcode = barcode;
    });
  },
];

async function readBoth({ environment }: World, platform: string): Promise<void> {
  for (const full of [true, false]) {
    environment.clock.advance(60_000);
    await environment.services.sync.run({ shopIds: [toShopId(platform)], full }, forever);
  }
}

/** What people here do about it. */
const atTheDesk: readonly Act[] = [
  async function isRemovedByMistake(world, platform) {
    const { services, store } = world.environment;
    const linked = await store.integrationsOn(toShopId(platform));
    if (linked.length === 0) return;
    const { productId } = world.random.pick(linked);
    const [product] = await store.products([productId]);
    if (product?.sku === undefined) return;
    await services.integrations.remove(productId, toShopId(platform), 'by mistake');
    world.environment.clock.advance(1000);
    if (world.random.chance(0.5)) await services.history.undo();
    else sideOf(world, platform).unwanted.add(product.sku);
  },
  async function isLinkedByHand(world) {
    for (const platform of world.random.shuffle(withoutNumbers)) {
      world.made += 1;
      const hand = { shop: world.environment.shop(platform), platform, count: world.made, random: world.random };
      const linked = await linkByHand(world.environment, hand);
      if (linked === undefined) continue;
      world.environment.clock.advance(1000);
      const isUndone = world.random.chance(0.3);
      if (isUndone) await world.environment.services.history.undo();
      sideOf(world, platform).byHand.set(linked.variant, isUndone ? undefined : linked.sku);
      const what = `a size without a number was linked${isUndone ? ', and that undone' : ''}`;
      world.met.set(what, (world.met.get(what) ?? 0) + 1);
      return;
    }
  },
  async function isFetchedAgain(world, platform) {
    const { unwanted } = sideOf(world, platform);
    const [sku] = unwanted;
    if (sku === undefined) return;
    const asked = { asked: [sku], shopIds: [toShopId(platform)] };
    const [result] = await world.environment.services.fetch.run(asked, forever);
    if (result?.outcome === 'linked') unwanted.delete(sku);
  },
  async function stockIsToldEverywhere(world) {
    const before = new Map(allPlatforms.map((id) => [id, structuredClone(bare(world, id))]));
    const linked = new Map<string, ReadonlySet<string>>();
    for (const id of allPlatforms) linked.set(id, new Set(await linksOf(world, id)));
    const products = [...(await world.environment.store.products(await linkedProducts(world)))];
    for (const product of world.random.shuffle(products).slice(0, 5))
      await world.environment.services.stock.set(product.id, world.random.below(30));
    await pushEverything(world.environment);
    for (const id of allPlatforms) {
      assert.deepEqual(withoutFigures(bare(world, id)), withoutFigures(before.get(id) ?? []), `a push changed ${id}`);
      const known = linked.get(id) ?? new Set();
      for (const [at, { sku, quantity }] of bare(world, id).entries()) {
        if (!known.has(sku)) assert.equal(quantity, before.get(id)?.[at]?.quantity, `${sku} of ${id} has no line`);
      }
    }
  },
];

type Bare = { readonly id: string; readonly status: string; readonly sku: string; readonly quantity: number };
/** What a size is a line of: of its own number, of what a person said, or of a product without a number that is its alone. */
function numberOf(world: World, platform: string, variant: FakeVariant): string | undefined {
  const { byHand } = sideOf(world, platform);
  return byHand.has(variant) ? byHand.get(variant) : (variant.sku ?? nameless);
}
const nameless = String(undefined);

/** Every variant by the number under which it may be told, its own or the one that a person linked it to. */
const bare = (world: World, platform: string): readonly Bare[] =>
  world.environment.shop(platform).shelf.flatMap(({ id, status, variants }) =>
    variants.map((variant) => ({
      id: `${id} ${variant.id}`,
      status,
      sku: numberOf(world, platform, variant) ?? '',
      quantity: variant.quantity,
    })),
  );
const withoutFigures = (rows: readonly Bare[]) => rows.map(({ quantity: _, ...row }) => row);

async function linkedProducts({ environment }: World) {
  const all = await Promise.all(allPlatforms.map((id) => environment.store.integrationsOn(toShopId(id))));
  return [...new Set(all.flat().map(({ productId }) => productId))];
}

/** The item numbers that have a line in a shop, in order. */
async function linksOf({ environment }: World, platform: string): Promise<readonly string[]> {
  const links = await environment.store.integrationsOn(toShopId(platform));
  const products = await environment.store.products(links.map(({ productId }) => productId));
  const skus = new Map(products.map(({ id, sku }): [string, Sku | undefined] => [id, sku]));
  return links.map(({ productId }) => String(skus.get(productId))).toSorted();
}

/**
 * S1, S2, S10, S11, S13: what is for sale has a line, a copy under a taken id has none, what rests has none. A size that
 * shows no number but its style's is a product without one, and never the style that another shop sells.
 */
function expectedIn(world: World, platform: string): readonly string[] {
  const { shelf } = world.environment.shop(platform);
  const { unwanted, twins } = sideOf(world, platform);
  return shelf
    .filter((product) => isOnSale(product) && !twins.has(product))
    .flatMap(({ variants }) => variants.flatMap((variant) => numberOf(world, platform, variant) ?? []))
    .filter((sku) => !unwanted.has(sku))
    .toSorted();
}

async function checkLaws(world: World, after: string): Promise<void> {
  const { environment } = world;
  const refs = new Set<string>();
  for (const platform of allPlatforms) {
    assert.deepEqual(
      await linksOf(world, platform),
      expectedIn(world, platform),
      `links of ${platform} after ${after}`,
    );
    const links = await environment.store.integrationsOn(toShopId(platform));
    for (const { sku, gtin } of await environment.store.products(links.map(({ productId }) => productId)))
      assert.ok(sku !== undefined || gtin === undefined, `a style's barcode ${gtin} is on a size after ${after}`);
    for (const { ref } of links) {
      assert.equal(refs.has(refKey(ref)), false, `two products have ${refKey(ref)}`);
      refs.add(refKey(ref));
    }
  }
}

/** S14, S15, S17: for what rests or is gone the reason is right, and is never another one that is called sure. */
async function checkReasons(world: World, platform: string): Promise<void> {
  const { environment } = world;
  const shop = environment.shop(platform);
  for (const product of plain(world, platform)
    .filter((one) => !isOnSale(one))
    .slice(0, 3)) {
    const [known] = await environment.store.productsBy({ skus: [toSku(skuOf(product))] });
    if (known === undefined || sideOf(world, platform).unwanted.has(skuOf(product))) continue;
    const [diagnosis] = await environment.services.diagnosis.explain(known.id, toShopId(platform));
    const top = diagnosis === undefined ? 'nothing' : topOf(diagnosis);
    assert.equal(top, 'inactive-in-shop: confirmed', `${skuOf(product)} in ${platform}, ${product.status}`);
    world.met.set(top, (world.met.get(top) ?? 0) + 1);
  }
  assert.ok(shop.memory.requests.length > 0);
}

/** Lets so much happen in ten shops, reads them all now and then, and holds what is linked against the rules. */
export async function runMixedWorld(seed: number, steps: number): Promise<ReadonlyMap<string, number>> {
  const environment = await openTestEnvironment(allPlatforms);
  const random = makeRandom(seed);
  const sides = new Map(
    allPlatforms.map((id): [string, Side] => [id, { unwanted: new Set(), twins: new Set(), byHand: new Map() }]),
  );
  const world: World = { environment, random, sides, met: new Map(), made: 0 };
  for (let count = 0; count < 12; count += 1)
    for (const id of allPlatforms)
      if (random.chance(0.6)) environment.shop(id).add({ sku: `A-${count}`, title: `Thing ${count}`, quantity: 3 });
  await syncAll(environment);
  await checkLaws(world, 'the first sync');
  for (let step = 0; step < steps; step += 1) {
    const names: string[] = [];
    for (const platform of random.shuffle(allPlatforms).slice(0, 4)) {
      const act = random.pick(random.chance(0.3) ? unkind : random.chance(0.7) ? inTheShop : atTheDesk);
      environment.clock.advance(random.below(20) * 60_000);
      names.push(`${act.name} in ${platform}`);
      await act(world, platform, environment.shop(platform));
      world.met.set(act.name, (world.met.get(act.name) ?? 0) + 1);
    }
    environment.clock.advance(60_000);
    await syncAll(environment);
    await checkLaws(world, `step ${step} of seed ${seed}: ${names.join(', ')}`);
    await checkReasons(world, random.pick(allPlatforms));
  }
  return world.met;
}
