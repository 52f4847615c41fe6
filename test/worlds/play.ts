import assert from 'node:assert/strict';
import { causes, type Finding } from '../../src/domain/explaining/diagnosis.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { type Dice, makeDice } from '../support/dice.ts';
import { makeShop } from '../support/make.ts';
import { makeShelf } from '../support/shelf-connector.ts';
import { makeTestWorld } from '../support/world.ts';
import { checkLinks, now, type Play, productOf, readShop, show, type Tally } from './game.ts';
import { happenings } from './happenings.ts';
import { addWindow, type ModelShop, makeFleet, newThing, type Thing } from './model-fleet.ts';
import { trueCauses } from './rules.ts';

const shopIds = ['dk', 'no', 'se', 'de'];

/** Lets so much happen to a made-up fleet, and holds links and explanations against the model all the way. */
export async function play(seed: number, steps: number, tally: Tally): Promise<void> {
  const game = await begin(makeDice(seed), tally);
  await checkLinks(game, 'the first reading');
  for (let step = 0; step < steps; step += 1) {
    const shop = game.dice.pick(game.fleet.shops);
    const happening = game.dice.pick(happenings);
    game.world.clock.advance(game.dice.roll(40) * 60_000);
    await happening(game, shop);
    if (game.dice.chance(0.2)) await askNow(game, shop);
    if (shop.paused || (shop.keyLost && game.dice.chance(0.7))) await askWhy(game, shop);
    if (shop.paused || game.dice.chance(0.4)) continue;
    await readShop(game, shop);
    await checkLinks(game, `step ${step}: ${shop.shopId} ${happening.name}`);
    if (game.dice.chance(0.3)) await askWhy(game, shop);
  }
  assert.deepEqual(tally.wrong, []);
}

async function begin(dice: Dice, tally: Tally): Promise<Play> {
  const fleet = makeFleet(shopIds);
  const shops = shopIds.map((id) => makeShop({ id: toShopId(id), name: id, url: `http://${id}.example` }));
  const shelves = fleet.shops.map(({ shopId, aheadMs }) => ({ ...makeShelf(shopId), aheadMs }));
  const world = await makeTestWorld(shops, shelves);
  const game: Play = { fleet, world, dice, tally, never: new AbortController().signal };
  for (let count = 0; count < 20; count += 1) {
    const thing = newThing(fleet);
    for (const shop of fleet.shops) if (dice.chance(0.7)) addWindow(fleet, shop, thing, { now: now(game) });
  }
  for (const shop of fleet.shops) await readShop(game, shop);
  return game;
}

/** Holds the program's explanation of every missing link of a shop against what the model knows. */
async function askWhy(game: Play, shop: ModelShop): Promise<void> {
  if (shop.ghosts.length > 0 || shop.windows.some(({ seen, activity }) => seen?.activity !== activity)) return;
  for (const thing of game.fleet.things) await holdAgainst(game, shop, thing, 'stored');
}

/** The same of what the shop says this moment, read or not, where nothing else lies under the same ids. */
async function askNow(game: Play, shop: ModelShop): Promise<void> {
  show(game, shop);
  const everything = [...shop.windows, ...shop.ghosts];
  const places = new Map<string, number>();
  for (const { id } of everything) places.set(id, (places.get(id) ?? 0) + 1);
  const fit = game.fleet.things.filter(
    (thing) => !thing.respelled && everything.every((window) => window.of !== thing || places.get(window.id) === 1),
  );
  const unread = fit.filter((thing) =>
    everything.some(({ of, seen, activity }) => of === thing && seen?.activity !== activity),
  );
  for (const from of [fit, fit, unread])
    if (from.length > 0) await holdAgainst(game, shop, game.dice.pick(from), 'live');
}

async function holdAgainst(game: Play, shop: ModelShop, thing: Thing, by: 'stored' | 'live'): Promise<void> {
  const { fleet, world, tally } = game;
  const isLive = by === 'live';
  const shelf = world.shelf(shop.shopId);
  if (isLive && shop.keyLost) shelf.trouble = 'unauthorized';
  const known = trueCauses(fleet, shop, thing, isLive);
  const product = await productOf(game, thing);
  if (known.length > 0 && product !== undefined) {
    const [diagnosis] = await world.services.why(
      product.id,
      toShopId(shop.shopId),
      isLive ? { signal: game.never } : undefined,
    );
    const top = diagnosis?.verdict === 'not-integrated' ? diagnosis.findings[0] : undefined;
    count(tally, known, `${thing.sku} in ${shop.shopId}, ${by}`, top);
  }
  shelf.trouble = undefined;
}

function count(tally: Tally, known: readonly string[], where: string, top: Finding | undefined): void {
  const isRight = top !== undefined && known.includes(top.cause);
  const isSure = top?.certainty === 'confirmed';
  tally.asked += 1;
  if (isRight) tally.right += 1;
  if (isSure) tally.confirmed += 1;
  if (isSure && !isRight) tally.confirmedWrong += 1;
  const cause = top?.cause ?? 'linked';
  tally.byCause.set(cause, (tally.byCause.get(cause) ?? 0) + 1);
  if (!isRight) tally.wrong.push(`${where}: ${known.join(' or ')}, not ${cause} (${top?.certainty})`);
}

/** What was counted, in lines: the share of right top causes, and how often each cause was the top one. */
export function tallyLines({ asked, right, confirmed, confirmedWrong, byCause }: Tally): string {
  const share = ((100 * right) / Math.max(1, asked)).toFixed(2);
  return [
    `${right} of ${asked} missing links (${share} %) explained as the model knows; of ${confirmed} confirmed, ${confirmedWrong} wrong`,
    ...causes.map((cause) => `${String(byCause.get(cause) ?? 0).padStart(8)} ${cause}`),
  ].join('\n');
}
