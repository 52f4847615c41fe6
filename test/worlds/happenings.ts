import assert from 'node:assert/strict';
import { toShopId, toSku } from '../../src/domain/ids.ts';
import { checkLinks, now, type Play, productOf, readChanges, readShop, show, syncOnce } from './game.ts';
import {
  addWindow,
  forSale,
  type ModelShop,
  newThing,
  placeOf,
  type Thing,
  takeDown,
  type Window,
} from './model-fleet.ts';
import { fetchThing, gainLink, linkedAt, loseLink } from './rules.ts';

/** What can happen in a shop, and what people do, between two readings. */

const alone = (shop: ModelShop, window: Window): boolean =>
  [...shop.windows, ...shop.ghosts].every(
    (other) => other === window || (placeOf(other) !== placeOf(window) && other.of !== window.of),
  );
const settled = (shop: ModelShop): readonly Window[] => shop.windows.filter((window) => !shop.inDoubt.has(window));
const touch = (play: Play, shop: ModelShop, window: Window, to: Partial<Window>): void => {
  Object.assign(window, to, { changed: now(play) + shop.aheadMs });
};
const copyable = (shop: ModelShop): readonly Window[] =>
  settled(shop).filter(
    (window) =>
      window.variant === undefined && !window.of.respelled && window.sku === window.of.sku && alone(shop, window),
  );
/** Known where the program could know it by more than a row that is gone. */
const isTraced = (shop: ModelShop, thing: Thing): boolean =>
  !thing.everIn.has(shop.shopId) || shop.lost.has(thing) || linkedAt(shop, thing) !== undefined;

export type Happening = (play: Play, shop: ModelShop) => void | Promise<void>;

const inTheShop: readonly Happening[] = [
  function rests(play, shop) {
    const up = settled(shop).filter(forSale);
    const activity = play.dice.pick(['draft', 'archived', 'disabled'] as const);
    if (up.length > 0) touch(play, shop, play.dice.pick(up), { activity });
  },
  function returns(play, shop) {
    const down = settled(shop).filter((window) => !forSale(window));
    if (down.length > 0) touch(play, shop, play.dice.pick(down), { activity: 'active' });
  },
  function isUnarchivedToDraft(play, shop) {
    const down = settled(shop).filter(({ activity }) => activity === 'archived');
    if (down.length > 0) touch(play, shop, play.dice.pick(down), { activity: 'draft' });
  },
  function isDeleted({ dice }, shop) {
    // A copy that nobody saw beside its original could as well be the original under another item number.
    const isOnlyOneSeen = (window: Window): boolean =>
      shop.windows.every((other) => other === window || placeOf(other) !== placeOf(window) || other.seen !== undefined);
    const windows = settled(shop).filter(isOnlyOneSeen);
    if (windows.length > 5 && dice.chance(0.6)) takeDown(shop, [dice.pick(windows)]);
  },
  function losesAWholeFamily({ dice }, shop) {
    if (shop.families.size === 0 || !dice.chance(0.3)) return;
    const id = dice.pick([...shop.families]);
    shop.families.delete(id);
    takeDown(
      shop,
      shop.windows.filter((window) => window.id === id),
    );
  },
  function losesAVariant({ dice }, shop) {
    const variants = settled(shop).filter(({ variant }) => variant !== undefined);
    if (variants.length > 0) takeDown(shop, [dice.pick(variants)]);
  },
  function isNew(play, shop) {
    addWindow(play.fleet, shop, newThing(play.fleet), { now: now(play) });
  },
  function comesHereToo(play, shop) {
    const strangers = play.fleet.things.filter(
      (thing) => !thing.respelled && !thing.everIn.has(shop.shopId) && !shop.windows.some(({ of }) => of === thing),
    );
    const fit = strangers.filter((thing) => play.fleet.shops.every((other) => isTraced(other, thing)));
    if (fit.length > 0) addWindow(play.fleet, shop, play.dice.pick(fit), { now: now(play) });
  },
  function comesInVariants(play, shop) {
    if (!play.dice.chance(0.4)) return;
    const first = addWindow(play.fleet, shop, newThing(play.fleet), { now: now(play), variant: '1' });
    shop.families.add(first.id);
    for (const variant of ['2', '3'])
      addWindow(play.fleet, shop, newThing(play.fleet), { now: now(play), id: first.id, variant });
  },
  function comesInAnotherSpelling(play, shop) {
    const { fleet, dice } = play;
    const fit = fleet.things.filter(
      (thing) =>
        !thing.respelled &&
        !thing.everIn.has(shop.shopId) &&
        [...shop.windows].every(({ of }) => of !== thing) &&
        fleet.shops.every((other) => other.windows.every((window) => window.of !== thing || alone(other, window))),
    );
    if (fit.length === 0) return;
    const thing = dice.pick(fit);
    const sku = dice.pick([`00${thing.sku}`, `${thing.sku} .`, thing.sku.replace('-', ' - ')]);
    thing.respelled = true;
    addWindow(fleet, shop, newThing(fleet, { sku, respelled: true }), { now: now(play) });
  },
  function isCopiedWithItsId(play, shop) {
    const originals = copyable(shop);
    if (originals.length === 0) return;
    const { id } = play.dice.pick(originals);
    addWindow(play.fleet, shop, newThing(play.fleet), { now: now(play), id });
  },
  function isCopiedWithItsSku(play, shop) {
    const originals = copyable(shop);
    if (originals.length > 0) addWindow(play.fleet, shop, play.dice.pick(originals).of, { now: now(play) });
  },
  function getsAnotherNameAndPrice(play, shop) {
    if (shop.windows.length > 0)
      touch(play, shop, play.dice.pick(shop.windows), {
        name: `Navn ${play.dice.roll(99)}`,
        price: play.dice.roll(99),
      });
  },
  function sellsSome(play, shop) {
    if (shop.windows.length > 0) touch(play, shop, play.dice.pick(shop.windows), { quantity: play.dice.roll(30) });
  },
  async function isRenamed(play, shop) {
    if (shop.paused) return;
    await readShop(play, shop);
    const linked = settled(shop).filter(
      (window) => shop.links.get(placeOf(window))?.window === window && alone(shop, window) && !window.of.respelled,
    );
    const fit = linked.filter(({ of }) =>
      play.fleet.shops.every(
        (other) =>
          other === shop ||
          (isTraced(other, of) && (linkedAt(other, of) !== undefined || !other.windows.some((one) => one.of === of))),
      ),
    );
    if (fit.length === 0) return;
    const window = play.dice.pick(fit);
    const was = window.sku;
    play.fleet.made += 1;
    const sku = play.dice.chance(0.7) ? `SKU-${play.fleet.made}` : `${was.toLowerCase()} ${play.fleet.made}`;
    touch(play, shop, window, { sku });
    await readShop(play, shop);
    if (!shop.inDoubt.has(window)) return;
    await checkLinks(play, 'an item number that is in doubt');
    touch(play, shop, window, { sku: was });
    await readShop(play, shop);
  },
];

const byPeople: readonly Happening[] = [
  async function losesALinkByHand(play, shop) {
    const places = [...shop.links.keys()];
    if (places.length === 0) return;
    const place = play.dice.pick(places);
    const { thing, window } = shop.links.get(place)!;
    const product = await productOf(play, thing);
    play.world.clock.advance(1000);
    await play.world.services.remove(product!.id, toShopId(shop.shopId), 'by mistake');
    loseLink(shop, place, true);
    if (!play.dice.chance(0.3)) return;
    play.world.clock.advance(1000);
    await play.world.services.undo();
    gainLink(shop, window);
  },
  async function isFetched(play, shop) {
    if (shop.paused) return;
    await readShop(play, shop);
    const missing = [...shop.lost.keys()];
    if (missing.length === 0) return;
    const thing = play.dice.pick(missing);
    play.world.clock.advance(1000);
    await play.world.services.fetch({ asked: [thing.sku], shopIds: [toShopId(shop.shopId)] }, play.never);
    fetchThing(shop, thing);
  },
  async function isNotForThisShop(play, shop) {
    const product = await productOf(play, play.dice.pick(play.fleet.things));
    const thing = play.fleet.things.find(({ sku }) => sku === product?.sku);
    if (product === undefined || thing === undefined) return;
    const mark = { productId: product.id, shopId: toShopId(shop.shopId), kind: 'not-for-this-shop' } as const;
    if (shop.unwanted.delete(thing)) await play.world.services.unmark(mark);
    else {
      await play.world.services.mark(mark);
      shop.unwanted.add(thing);
    }
  },
  async function isMadeInTheWarehouse({ fleet, world }) {
    const { sku } = newThing(fleet, { inWarehouse: true });
    await world.services.importStock([{ sku: toSku(sku), onHand: 5 }], { create: true, dryRun: false });
  },
  async function isPausedOrResumed({ world, dice }, shop) {
    if (!shop.paused && !dice.chance(0.3)) return;
    shop.paused = !shop.paused;
    await world.services.changeShop(toShopId(shop.shopId), { paused: shop.paused });
  },
];

const goesWrong: readonly Happening[] = [
  async function losesItsKey(play, shop) {
    if (shop.paused) return;
    play.world.shelf(shop.shopId).trouble = play.dice.pick(['unauthorized', 'forbidden'] as const);
    const result = await syncOnce(play, shop, true);
    assert.ok(result.trouble?.kind === 'unauthorized' || result.trouble?.kind === 'forbidden');
    shop.keyLost = true;
    play.world.shelf(shop.shopId).trouble = undefined;
  },
  async function showsNothing(play, shop) {
    if (shop.paused) return;
    const shelf = play.world.shelf(shop.shopId);
    shelf.empty = true;
    const result = await syncOnce(play, shop, true);
    assert.equal(result.wouldRemove, shop.links.size === 0 ? undefined : shop.links.size);
    shelf.empty = false;
    await readShop(play, shop);
  },
  async function showsOnlySome(play, shop) {
    if (shop.paused) return;
    await readShop(play, shop);
    const shelf = play.world.shelf(shop.shopId);
    shelf.showsAtMost = play.dice.roll(shop.windows.length);
    await syncOnce(play, shop, true);
    shelf.showsAtMost = undefined;
    await checkLinks(play, 'a short answer');
  },
  async function isCutOff(play, shop) {
    if (shop.paused) return;
    show(play, shop);
    const shelf = play.world.shelf(shop.shopId);
    shelf.stopAtPage = play.dice.roll(3);
    await syncOnce(play, shop, true);
    shelf.stopAtPage = undefined;
    await readShop(play, shop, 'as it lies');
  },
  async function isReadForChanges(play, shop) {
    if (!shop.paused) await readChanges(play, shop);
  },
];

export const happenings: readonly Happening[] = [...inTheShop, ...byPeople, ...goesWrong];
