import assert from 'node:assert/strict';
import { toShopId, toSku } from '../../src/domain/ids.ts';
import { fetchThing, gainLink, linkedAt, loseLink } from './expected-links.ts';
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
import {
  type Action,
  checkLinks,
  type ModelRun,
  now,
  productOf,
  readChanges,
  readShop,
  show,
  syncOnce,
} from './model-run.ts';
import { moves } from './moves.ts';
import { unkind } from './unkind-shops.ts';

/** What can happen in a shop, and what people do, between two readings. */

const alone = (shop: ModelShop, window: Window): boolean =>
  [...shop.windows, ...shop.ghosts].every(
    (other) => other === window || (placeOf(other) !== placeOf(window) && other.of !== window.of),
  );
const settled = (shop: ModelShop): readonly Window[] => shop.windows.filter((window) => !shop.inDoubt.has(window));
const touch = (runModel: ModelRun, shop: ModelShop, window: Window, to: Partial<Window>): void => {
  Object.assign(window, to, { changed: now(runModel) + shop.aheadMs });
};
const copyable = (shop: ModelShop): readonly Window[] =>
  settled(shop).filter(
    (window) =>
      window.variant === undefined && !window.of.respelled && window.sku === window.of.sku && alone(shop, window),
  );
/** Known where the program could know it by more than a row that is gone. */
const isTraced = (shop: ModelShop, thing: Thing): boolean =>
  !thing.everIn.has(shop.shopId) || shop.lost.has(thing) || linkedAt(shop, thing) !== undefined;

const inTheShop: readonly Action[] = [
  function rests(runModel, shop) {
    const up = settled(shop).filter(forSale);
    const activity = runModel.random.pick(['draft', 'archived', 'disabled'] as const);
    if (up.length > 0) touch(runModel, shop, runModel.random.pick(up), { activity });
  },
  function returns(runModel, shop) {
    const down = settled(shop).filter((window) => !forSale(window));
    if (down.length > 0) touch(runModel, shop, runModel.random.pick(down), { activity: 'active' });
  },
  function isUnarchivedToDraft(runModel, shop) {
    const down = settled(shop).filter(({ activity }) => activity === 'archived');
    if (down.length > 0) touch(runModel, shop, runModel.random.pick(down), { activity: 'draft' });
  },
  function isDeleted({ random }, shop) {
    // A copy that nobody saw beside its original could as well be the original under another item number.
    const isOnlyOneSeen = (window: Window): boolean =>
      shop.windows.every((other) => other === window || placeOf(other) !== placeOf(window) || other.seen !== undefined);
    const windows = settled(shop).filter(isOnlyOneSeen);
    if (windows.length > 5 && random.chance(0.6)) takeDown(shop, [random.pick(windows)]);
  },
  function losesAWholeFamily({ random }, shop) {
    if (shop.families.size === 0 || !random.chance(0.3)) return;
    const id = random.pick([...shop.families]);
    shop.families.delete(id);
    takeDown(
      shop,
      shop.windows.filter((window) => window.id === id),
    );
  },
  function losesAVariant({ random }, shop) {
    const variants = settled(shop).filter(({ variant }) => variant !== undefined);
    if (variants.length > 0) takeDown(shop, [random.pick(variants)]);
  },
  function isNew(runModel, shop) {
    addWindow(runModel.fleet, shop, newThing(runModel.fleet), { now: now(runModel) });
  },
  function comesHereToo(runModel, shop) {
    const strangers = runModel.fleet.things.filter(
      (thing) => !thing.respelled && !thing.everIn.has(shop.shopId) && !shop.windows.some(({ of }) => of === thing),
    );
    const fit = strangers.filter((thing) => runModel.fleet.shops.every((other) => isTraced(other, thing)));
    if (fit.length > 0) addWindow(runModel.fleet, shop, runModel.random.pick(fit), { now: now(runModel) });
  },
  function comesInVariants(runModel, shop) {
    if (!runModel.random.chance(0.4)) return;
    const first = addWindow(runModel.fleet, shop, newThing(runModel.fleet), { now: now(runModel), variant: '1' });
    shop.families.add(first.id);
    for (const variant of ['2', '3'])
      addWindow(runModel.fleet, shop, newThing(runModel.fleet), { now: now(runModel), id: first.id, variant });
  },
  function comesInAnotherSpelling(runModel, shop) {
    const { fleet, random } = runModel;
    const fit = fleet.things.filter(
      (thing) =>
        !thing.respelled &&
        !thing.everIn.has(shop.shopId) &&
        [...shop.windows].every(({ of }) => of !== thing) &&
        fleet.shops.every((other) => other.windows.every((window) => window.of !== thing || alone(other, window))),
    );
    if (fit.length === 0) return;
    const thing = random.pick(fit);
    const sku = random.pick([`00${thing.sku}`, `${thing.sku} .`, thing.sku.replace('-', ' - ')]);
    thing.respelled = true;
    addWindow(fleet, shop, newThing(fleet, { sku, respelled: true }), { now: now(runModel) });
  },
  function isCopiedWithItsId(runModel, shop) {
    const originals = copyable(shop);
    if (originals.length === 0) return;
    const { id } = runModel.random.pick(originals);
    addWindow(runModel.fleet, shop, newThing(runModel.fleet), { now: now(runModel), id });
  },
  function isCopiedWithItsSku(runModel, shop) {
    const originals = copyable(shop);
    if (originals.length > 0)
      addWindow(runModel.fleet, shop, runModel.random.pick(originals).of, { now: now(runModel) });
  },
  function getsAnotherNameAndPrice(runModel, shop) {
    if (shop.windows.length > 0)
      touch(runModel, shop, runModel.random.pick(shop.windows), {
        name: `Navn ${runModel.random.below(99)}`,
        price: runModel.random.below(99),
      });
  },
  function sellsSome(runModel, shop) {
    if (shop.windows.length > 0)
      touch(runModel, shop, runModel.random.pick(shop.windows), { quantity: runModel.random.below(30) });
  },
  async function isRenamed(runModel, shop) {
    if (shop.paused) return;
    await readShop(runModel, shop);
    const linked = settled(shop).filter(
      (window) => shop.links.get(placeOf(window))?.window === window && alone(shop, window) && !window.of.respelled,
    );
    const fit = linked.filter(({ of }) =>
      runModel.fleet.shops.every(
        (other) =>
          other === shop ||
          (isTraced(other, of) && (linkedAt(other, of) !== undefined || !other.windows.some((one) => one.of === of))),
      ),
    );
    if (fit.length === 0) return;
    const window = runModel.random.pick(fit);
    const was = window.sku;
    runModel.fleet.made += 1;
    const sku = runModel.random.chance(0.7)
      ? `SKU-${runModel.fleet.made}`
      : `${was.toLowerCase()} ${runModel.fleet.made}`;
    touch(runModel, shop, window, { sku });
    await readShop(runModel, shop);
    if (!shop.inDoubt.has(window)) return;
    await checkLinks(runModel, 'an item number that is in doubt');
    touch(runModel, shop, window, { sku: was });
    await readShop(runModel, shop);
  },
];

const byPeople: readonly Action[] = [
  async function losesALinkByHand(runModel, shop) {
    const places = [...shop.links.keys()];
    if (places.length === 0) return;
    const place = runModel.random.pick(places);
    const { thing, window } = shop.links.get(place)!;
    const product = await productOf(runModel, thing);
    runModel.harness.clock.advance(1000);
    await runModel.harness.services.integrations.remove(product!.id, toShopId(shop.shopId), 'by mistake');
    loseLink(shop, place, true);
    if (!runModel.random.chance(0.3)) return;
    runModel.harness.clock.advance(1000);
    await runModel.harness.services.history.undo();
    gainLink(shop, window);
  },
  async function isFetched(runModel, shop) {
    if (shop.paused) return;
    await readShop(runModel, shop);
    const missing = [...shop.lost.keys()];
    if (missing.length === 0) return;
    const thing = runModel.random.pick(missing);
    runModel.harness.clock.advance(1000);
    await runModel.harness.services.fetch.run({ asked: [thing.sku], shopIds: [toShopId(shop.shopId)] }, runModel.never);
    fetchThing(shop, thing);
  },
  async function isNotForThisShop(runModel, shop) {
    const product = await productOf(runModel, runModel.random.pick(runModel.fleet.things));
    const thing = runModel.fleet.things.find(({ sku }) => sku === product?.sku);
    if (product === undefined || thing === undefined) return;
    const mark = { productId: product.id, shopId: toShopId(shop.shopId), kind: 'not-for-this-shop' } as const;
    if (shop.unwanted.delete(thing)) await runModel.harness.services.marks.remove(mark);
    else {
      await runModel.harness.services.marks.add(mark);
      shop.unwanted.add(thing);
    }
  },
  async function isMadeInTheWarehouse({ fleet, harness }) {
    const { sku } = newThing(fleet, { inWarehouse: true });
    await harness.services.stock.import([{ sku: toSku(sku), onHand: 5 }], { create: true, dryRun: false });
  },
  async function isPausedOrResumed({ harness, random }, shop) {
    if (!shop.paused && !random.chance(0.3)) return;
    shop.paused = !shop.paused;
    await harness.services.shops.change(toShopId(shop.shopId), { paused: shop.paused });
  },
];

const goesWrong: readonly Action[] = [
  async function losesItsKey(runModel, shop) {
    if (shop.paused) return;
    runModel.harness.catalogue(shop.shopId).trouble = runModel.random.pick(['unauthorized', 'forbidden'] as const);
    const result = await syncOnce(runModel, shop, true);
    assert.ok(result.trouble?.kind === 'unauthorized' || result.trouble?.kind === 'forbidden');
    shop.keyLost = true;
    runModel.harness.catalogue(shop.shopId).trouble = undefined;
  },
  async function showsNothing(runModel, shop) {
    if (shop.paused) return;
    const catalogue = runModel.harness.catalogue(shop.shopId);
    catalogue.empty = true;
    const result = await syncOnce(runModel, shop, true);
    assert.equal(result.wouldRemove, shop.links.size === 0 ? undefined : shop.links.size);
    catalogue.empty = false;
    await readShop(runModel, shop);
  },
  async function showsOnlySome(runModel, shop) {
    if (shop.paused) return;
    await readShop(runModel, shop);
    const catalogue = runModel.harness.catalogue(shop.shopId);
    catalogue.showsAtMost = runModel.random.below(shop.windows.length);
    await syncOnce(runModel, shop, true);
    catalogue.showsAtMost = undefined;
    await checkLinks(runModel, 'a short answer');
  },
  async function isCutOff(runModel, shop) {
    if (shop.paused) return;
    show(runModel, shop);
    const catalogue = runModel.harness.catalogue(shop.shopId);
    catalogue.stopAtPage = runModel.random.below(3);
    await syncOnce(runModel, shop, true);
    catalogue.stopAtPage = undefined;
    await readShop(runModel, shop, 'as it lies');
  },
  async function isReadForChanges(runModel, shop) {
    if (!shop.paused) await readChanges(runModel, shop);
  },
];

export const actions: readonly Action[] = [...inTheShop, ...byPeople, ...goesWrong, ...moves, ...unkind];
