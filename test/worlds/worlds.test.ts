import { describe, expect, it } from 'vitest';
import { toShopId, toSku } from '../../src/domain/ids.ts';
import { type Dice, makeDice } from '../support/dice.ts';
import { makeShop } from '../support/make.ts';
import { makeShelf } from '../support/shelf-connector.ts';
import { makeTestWorld, type TestWorld } from '../support/world.ts';
import {
  addWindow,
  change,
  type Fleet,
  fetchThing,
  linksOf,
  loseLink,
  type ModelShop,
  makeFleet,
  newThing,
  read,
  shelfOf,
  trueCauses,
  type Window,
} from './model-fleet.ts';

const never = new AbortController().signal;
const seeds = Array.from({ length: 12 }, (_, place) => place + 1);
const steps = 150;
const shopIds = ['dk', 'no', 'se', 'de'];

type Play = { readonly fleet: Fleet; readonly world: TestWorld; readonly dice: Dice; readonly causes: Tally };
type Tally = { asked: number; right: number; readonly wrong: string[] };

async function begin(dice: Dice): Promise<Play> {
  const fleet = makeFleet(shopIds, 25, dice);
  const shops = shopIds.map((id) => makeShop({ id: toShopId(id), name: id, url: `http://${id}.example` }));
  const world = await makeTestWorld(
    shops,
    shopIds.map((id) => makeShelf(id)),
  );
  const play: Play = { fleet, world, dice, causes: { asked: 0, right: 0, wrong: [] } };
  for (const shop of fleet.shops) await readShop(play, shop);
  return play;
}

/** Shows what the shop has now, in an order and in pages of its own. */
function show({ world, dice }: Play, shop: ModelShop): void {
  const shelf = world.shelf(shop.shopId);
  shelf.listings = shelfOf(shop, dice);
  shelf.pageSize = 1 + dice.roll(9);
}

async function readShop(play: Play, shop: ModelShop): Promise<void> {
  show(play, shop);
  await readAgain(play, shop);
}

async function readAgain({ fleet, world }: Play, shop: ModelShop): Promise<void> {
  world.clock.advance(60_000);
  const [result] = await world.services.sync({ shopIds: [toShopId(shop.shopId)], full: true }, never);
  expect(result?.run?.status).toBe('finished');
  read(fleet, shop);
}

const linksIn = async ({ world }: Play): Promise<readonly string[]> => {
  const links = (await Promise.all(shopIds.map((id) => world.store.integrationsOn(toShopId(id))))).flat();
  const products = await world.store.products(links.map(({ productId }) => productId));
  const skus = new Map(products.map(({ id, sku }) => [id, sku]));
  return links.map(({ ref, productId }) => `${ref.shopId} ${ref.shopProductId} = ${skus.get(productId)}`).toSorted();
};

const alone = (shop: ModelShop, window: Window): boolean =>
  shop.windows.every((other) => other === window || (other.id !== window.id && other.of !== window.of));
const settled = (shop: ModelShop): readonly Window[] => shop.windows.filter((window) => !shop.inDoubt.has(window));

/** What can happen in a shop between two readings. */
const happenings: readonly ((play: Play, shop: ModelShop) => void | Promise<void>)[] = [
  function rests({ fleet, dice }, shop) {
    const up = settled(shop).filter(({ activity }) => activity === 'active');
    if (up.length > 0)
      change(fleet, dice.pick(up), { activity: dice.pick(['draft', 'archived', 'disabled'] as const) });
  },
  function returns({ fleet, dice }, shop) {
    const down = settled(shop).filter(({ activity }) => activity !== 'active');
    if (down.length > 0) change(fleet, dice.pick(down), { activity: 'active' });
  },
  function isDeleted({ dice }, shop) {
    const windows = settled(shop);
    if (windows.length > 5 && dice.chance(0.5)) {
      const gone = dice.pick(windows);
      shop.windows = shop.windows.filter((window) => window !== gone);
    }
  },
  function isNew({ fleet }, shop) {
    const thing = newThing(fleet);
    addWindow(fleet, shop, thing, thing.sku);
  },
  function isCopiedWithItsId({ fleet, dice }, shop) {
    const originals = settled(shop).filter((window) => alone(shop, window));
    if (originals.length === 0) return;
    const thing = newThing(fleet);
    addWindow(fleet, shop, thing, thing.sku, dice.pick(originals).id);
  },
  function isCopiedWithItsSku({ fleet, dice }, shop) {
    const originals = settled(shop).filter((window) => alone(shop, window));
    if (originals.length === 0) return;
    const original = dice.pick(originals);
    addWindow(fleet, shop, original.of, original.sku);
  },
  async function isRenamed(play, shop) {
    const linked = settled(shop).filter(
      (window) => shop.links.get(window.id)?.window === window && alone(shop, window),
    );
    const seenElsewhere = (window: Window): boolean =>
      play.fleet.shops.some((other) => other !== shop && other.windows.some(({ of }) => of === window.of));
    const linkedElsewhere = (window: Window): boolean =>
      play.fleet.shops.some(
        (other) => other !== shop && [...other.links.values()].some(({ thing }) => thing === window.of),
      );
    const fit = linked.filter((window) => !seenElsewhere(window) || linkedElsewhere(window));
    if (fit.length === 0) return;
    const window = play.dice.pick(fit);
    const was = window.sku;
    play.fleet.made += 1;
    change(play.fleet, window, { sku: `SKU-${play.fleet.made}` });
    await readShop(play, shop);
    if (!shop.inDoubt.has(window)) return;
    expect(await linksIn(play)).toEqual(linksOf(play.fleet));
    change(play.fleet, window, { sku: was });
    await readShop(play, shop);
  },
  async function losesALinkByHand({ world, dice }, shop) {
    const ids = [...shop.links.keys()];
    if (ids.length === 0) return;
    const id = dice.pick(ids);
    const links = await world.store.integrationsOn(toShopId(shop.shopId));
    const link = links.find(({ ref }) => ref.shopProductId === id)!;
    world.clock.advance(1000);
    await world.services.remove(link.productId, link.ref.shopId, 'by mistake');
    loseLink(shop, id, true);
  },
  async function isFetched(play, shop) {
    await readShop(play, shop);
    const missing = [...shop.lost.keys()];
    if (missing.length === 0) return;
    const thing = play.dice.pick(missing);
    play.world.clock.advance(1000);
    await play.world.services.fetch({ asked: [thing.sku], shopIds: [toShopId(shop.shopId)] }, never);
    fetchThing(shop, thing);
  },
  async function losesItsKey({ world }, shop) {
    const shelf = world.shelf(shop.shopId);
    shelf.trouble = 'unauthorized';
    const [result] = await world.services.sync({ shopIds: [toShopId(shop.shopId)], full: true }, never);
    expect(result?.trouble?.kind).toBe('unauthorized');
    shelf.trouble = undefined;
  },
  async function showsNothing({ world }, shop) {
    const shelf = world.shelf(shop.shopId);
    shelf.empty = true;
    const [result] = await world.services.sync({ shopIds: [toShopId(shop.shopId)], full: true }, never);
    expect(result?.wouldRemove).toBe(shop.links.size === 0 ? undefined : shop.links.size);
    shelf.empty = false;
  },
  async function isCutOff(play, shop) {
    show(play, shop);
    const shelf = play.world.shelf(shop.shopId);
    shelf.stopAtPage = play.dice.roll(3);
    await play.world.services.sync({ shopIds: [toShopId(shop.shopId)], full: true }, never);
    shelf.stopAtPage = undefined;
    await readAgain(play, shop);
  },
];

/** Holds the program's explanation of each missing link against what the model knows. */
async function askWhy({ fleet, world, causes }: Play, shop: ModelShop): Promise<void> {
  for (const thing of fleet.things) {
    const known = trueCauses(shop, thing);
    const [product] = await world.store.productsBy({ skus: [toSku(thing.sku)] });
    if (known.length === 0 || product === undefined) continue;
    const [diagnosis] = await world.services.why(product.id, toShopId(shop.shopId));
    const top = diagnosis?.verdict === 'not-integrated' ? diagnosis.findings[0] : undefined;
    causes.asked += 1;
    if (top !== undefined && known.includes(top.cause)) causes.right += 1;
    else
      causes.wrong.push(
        `${thing.sku} in ${shop.shopId}: ${known.join(' and ')}, not ${top?.cause} (${top?.certainty})`,
      );
  }
}

describe('in made-up worlds', () => {
  it.each(seeds)('the links are what the rules say, and so are the reasons (seed %i)', async (seed) => {
    const play = await begin(makeDice(seed));
    expect(await linksIn(play)).toEqual(linksOf(play.fleet));
    for (let step = 0; step < steps; step += 1) {
      const shop = play.dice.pick(play.fleet.shops);
      const happening = play.dice.pick(happenings);
      await happening(play, shop);
      if (play.dice.chance(0.4)) continue;
      await readShop(play, shop);
      expect(await linksIn(play), `after step ${step}: ${shop.shopId} ${happening.name}`).toEqual(linksOf(play.fleet));
      if (step % 10 === 0) await askWhy(play, shop);
    }
    const { asked, right, wrong } = play.causes;
    console.log(`seed ${seed}: ${right} of ${asked} missing links explained as the model knows`);
    expect(wrong).toEqual([]);
  });
});
