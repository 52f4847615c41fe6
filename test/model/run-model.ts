import assert from 'node:assert/strict';
import { makeRandom, type Random } from '../../src/demo/seeded-random.ts';
import { causes, type Finding } from '../../src/domain/diagnosis/diagnosis.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { makeShop } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { makeTestHarness } from '../support/test-harness.ts';
import { actions } from './actions.ts';
import { trueCauses } from './expected-links.ts';
import { addWindow, type ModelShop, makeFleet, newThing, type Thing } from './model-fleet.ts';
import { checkLinks, type ModelRun, now, productOf, readShop, show, type Tally } from './model-run.ts';

const shopIds = ['dk', 'no', 'se', 'de'];

/** Lets so much happen to a made-up fleet, and holds links and explanations against the model all the way. */
export async function runModel(seed: number, steps: number, tally: Tally): Promise<void> {
  const modelRun = await startRun(makeRandom(seed), tally);
  await checkLinks(modelRun, 'the first reading');
  for (let step = 0; step < steps; step += 1) {
    const shop = modelRun.random.pick(modelRun.fleet.shops);
    const action = modelRun.random.pick(actions);
    modelRun.harness.clock.advance(modelRun.random.below(40) * 60_000);
    await action(modelRun, shop);
    if (modelRun.random.chance(0.2)) await checkLiveDiagnoses(modelRun, shop);
    if (shop.paused || (shop.keyLost && modelRun.random.chance(0.7))) await checkDiagnoses(modelRun, shop);
    if (shop.paused || modelRun.random.chance(0.4)) continue;
    await readShop(modelRun, shop);
    await checkLinks(modelRun, `step ${step}: ${shop.shopId} ${action.name}`);
    if (modelRun.random.chance(0.3)) await checkDiagnoses(modelRun, shop);
  }
  assert.deepEqual(tally.wrong, []);
}

async function startRun(random: Random, tally: Tally): Promise<ModelRun> {
  const fleet = makeFleet(shopIds);
  const shops = shopIds.map((id) => makeShop({ id: toShopId(id), name: id, url: `http://${id}.example` }));
  const catalogues = fleet.shops.map(({ shopId, aheadMs }) => ({ ...makeCatalogue(shopId), aheadMs }));
  const harness = await makeTestHarness(shops, catalogues);
  const modelRun: ModelRun = { fleet, harness, random, tally, never: new AbortController().signal };
  for (let count = 0; count < 20; count += 1) {
    const thing = newThing(fleet);
    for (const shop of fleet.shops) if (random.chance(0.7)) addWindow(fleet, shop, thing, { now: now(modelRun) });
  }
  for (const shop of fleet.shops) await readShop(modelRun, shop);
  return modelRun;
}

/** Holds the program's explanation of every missing link of a shop against what the model knows. */
async function checkDiagnoses(modelRun: ModelRun, shop: ModelShop): Promise<void> {
  if (shop.ghosts.length > 0 || shop.windows.some(({ seen, activity }) => seen?.activity !== activity)) return;
  for (const thing of modelRun.fleet.things) await checkAgainstModel(modelRun, shop, thing, 'stored');
}

/** The same of what the shop says this moment, read or not, where nothing else lies under the same ids. */
async function checkLiveDiagnoses(modelRun: ModelRun, shop: ModelShop): Promise<void> {
  show(modelRun, shop);
  const everything = [...shop.windows, ...shop.ghosts];
  const places = new Map<string, number>();
  for (const { id } of everything) places.set(id, (places.get(id) ?? 0) + 1);
  const fit = modelRun.fleet.things.filter(
    (thing) => !thing.respelled && everything.every((window) => window.of !== thing || places.get(window.id) === 1),
  );
  const unread = fit.filter((thing) =>
    everything.some(({ of, seen, activity }) => of === thing && seen?.activity !== activity),
  );
  for (const from of [fit, fit, unread])
    if (from.length > 0) await checkAgainstModel(modelRun, shop, modelRun.random.pick(from), 'live');
}

async function checkAgainstModel(
  modelRun: ModelRun,
  shop: ModelShop,
  thing: Thing,
  by: 'stored' | 'live',
): Promise<void> {
  const { fleet, harness, tally } = modelRun;
  const isLive = by === 'live';
  const catalogue = harness.catalogue(shop.shopId);
  if (isLive && shop.keyLost) catalogue.trouble = 'unauthorized';
  const known = trueCauses(fleet, shop, thing, isLive);
  const product = await productOf(modelRun, thing);
  if (known.length > 0 && product !== undefined) {
    const [diagnosis] = await harness.services.diagnosis.explain(
      product.id,
      toShopId(shop.shopId),
      isLive ? { signal: modelRun.never } : undefined,
    );
    const top = diagnosis?.verdict === 'not-integrated' ? diagnosis.findings[0] : undefined;
    count(tally, known, `${thing.sku} in ${shop.shopId}, ${by}`, top);
  }
  catalogue.trouble = undefined;
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
