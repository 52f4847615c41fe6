import assert from 'node:assert/strict';
import { toShopId } from '../../src/domain/ids.ts';
import { linkedAt, read } from './expected-links.ts';
import { addWindow, type ModelShop, newThing, placeOf, takeDown, type Window } from './model-fleet.ts';
import { type Action, checkLinks, type ModelRun, now, readShop, show, syncOnce } from './model-run.ts';

/** Goods that come to lie elsewhere in a shop, and goods that are gone in such numbers that a person is asked. */

/** So many that a shop which loses most of them is not believed before a person was asked. */
const season = 40;

/** Linked, alone under its id and as the only one of its thing: what it becomes is not in doubt. */
const movable = (shop: ModelShop): readonly Window[] =>
  shop.windows.filter(
    (window) =>
      !shop.inDoubt.has(window) &&
      !window.of.respelled &&
      window.sku === window.of.sku &&
      linkedAt(shop, window.of) === placeOf(window) &&
      [...shop.windows, ...shop.ghosts].every(
        (other) => other === window || (placeOf(other) !== placeOf(window) && other.of !== window.of),
      ),
  );

async function move(modelRun: ModelRun, shop: ModelShop, window: Window, to: Partial<Window>): Promise<void> {
  takeDown(shop, [window]);
  const { name, price, quantity, gtin } = window;
  addWindow(modelRun.fleet, shop, window.of, { now: now(modelRun), name, price, quantity, gtin, ...to });
  if (shop.paused) return;
  await readShop(modelRun, shop);
  await checkLinks(modelRun, `a move in ${shop.shopId}`);
}

export const moves: readonly Action[] = [
  async function isPutUpAnewUnderAnotherId(modelRun, shop) {
    const fit = movable(shop);
    if (fit.length > 0) await move(modelRun, shop, modelRun.random.pick(fit), {});
  },
  async function becomesAVariant(modelRun, shop) {
    const fit = movable(shop).filter(({ variant }) => variant === undefined);
    const families = [...shop.families];
    if (fit.length === 0 || families.length === 0) return;
    modelRun.fleet.made += 1;
    const variant = `v${modelRun.fleet.made}`;
    await move(modelRun, shop, modelRun.random.pick(fit), { id: modelRun.random.pick(families), variant });
  },
  async function becomesAProductOfItsOwn(modelRun, shop) {
    const fit = movable(shop).filter(({ variant }) => variant !== undefined);
    if (fit.length > 0) await move(modelRun, shop, modelRun.random.pick(fit), {});
  },
  async function losesMostAndAPersonAcceptsIt(modelRun, shop) {
    const { fleet, harness, random, never } = modelRun;
    if (shop.paused || !random.chance(0.2)) return;
    // A season that is put up, and most of it taken down again.
    for (let count = 0; count < season; count += 1) addWindow(fleet, shop, newThing(fleet), { now: now(modelRun) });
    await readShop(modelRun, shop);
    const fit = movable(shop);
    const gone = random.shuffle(fit).slice(0, Math.ceil(fit.length * 0.8));
    takeDown(shop, gone);
    show(modelRun, shop);
    const asked = await syncOnce(modelRun, shop, true);
    assert.equal(asked.wouldRemove, gone.length, 'as many as are gone are asked about');
    await checkLinks(modelRun, 'a question that nobody answered');
    const shopIds = [toShopId(shop.shopId)];
    // The number of another question answers nothing.
    harness.clock.advance(60_000);
    await harness.services.sync.run({ shopIds, full: true, acceptRemovals: gone.length + 1 }, never);
    await checkLinks(modelRun, 'another number');
    harness.clock.advance(60_000);
    const [accepted] = await harness.services.sync.run({ shopIds, full: true, acceptRemovals: gone.length }, never);
    assert.equal(accepted?.wouldRemove, undefined);
    read(fleet, shop, 'all');
    await checkLinks(modelRun, 'what is gone, and accepted');
    // From a backup, under the ids that they had.
    const back = random.shuffle(gone).slice(0, random.below(gone.length + 1));
    for (const { of, id, variant, name, price, quantity } of back)
      addWindow(fleet, shop, of, { now: now(modelRun), id, variant, name, price, quantity });
    await readShop(modelRun, shop);
    await checkLinks(modelRun, 'what came back');
  },
];
