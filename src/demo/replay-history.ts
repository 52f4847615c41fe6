import { type ProductId, type ShopId, toShopId } from '../domain/ids.ts';
import { countGuards } from '../domain/push/push-guards.ts';
import type { Services } from '../services/services.ts';
import type { StockLine } from '../services/stock/stock-service.ts';
import type { SyncProgress } from '../services/sync/sync-service.ts';
import type { DemoServers } from './demo-servers.ts';
import { type DemoServices, nightly, person } from './demo-services.ts';
import { families, onHandOf } from './shops/catalogue.ts';
import { demoShops } from './shops/demo-shops.ts';
import { scenario, skuOf } from './shops/scenarios.ts';
import type { SimulatedClock } from './simulated-clock.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export type ReplayContext = {
  readonly demoServices: DemoServices;
  readonly shops: Pick<DemoServers, 'urls' | 'advanceTo' | 'runLive'>;
  readonly clock: SimulatedClock;
  readonly now: number;
  readonly onProgress?: (progress: SyncProgress) => void;
  readonly signal: AbortSignal;
};

type Reading = { readonly full: boolean; readonly shopIds?: readonly ShopId[] };

/** Goes to a moment of the past, in the shops and here. */
function at({ shops, clock, now }: ReplayContext, daysAgo: number, hours = 0): void {
  const moment = now - daysAgo * day + hours * hour;
  shops.advanceTo(moment);
  clock.set(moment);
}

const productOf = async (services: Services, sku: string): Promise<ProductId> => {
  const [product] = await services.lookup.identify(sku);
  if (product === undefined) throw new Error(`The demo's store does not know ${sku}.`);
  return product.id;
};

/** Reads shops (all, when none is named), and lets a person answer for links that would vanish in a heap. */
async function read(story: ReplayContext, { full, shopIds }: Reading): Promise<void> {
  const { demoServices, onProgress, signal } = story;
  const results = await demoServices.as(nightly).sync.run({ full, shopIds, onProgress }, signal);
  for (const { shopId, wouldRemove, trouble: met } of results) {
    if (met !== undefined) throw new Error(`The demo could not read ${shopId}: ${met.kind}.`);
    if (wouldRemove === undefined) continue;
    await demoServices
      .as(person('lone'))
      .sync.run({ shopIds: [shopId], full, acceptRemovals: wouldRemove, onProgress }, signal);
  }
}

const shelfLines = (): readonly StockLine[] => [
  ...families.flatMap((family) =>
    family.items.map((item) => ({
      sku: item.sku,
      onHand: onHandOf(item),
      reserved: 0,
      cost: { minor: family.cost * 100, currency: 'DKK' },
    })),
  ),
  { sku: skuOf('only-in-warehouse'), onHand: 2, cost: { minor: 210_000, currency: 'DKK' } },
];

/** The day the warehouse got Bindeled: shops added, read, counted, and told. */
async function firstDay(story: ReplayContext): Promise<void> {
  const { demoServices, shops, signal } = story;
  const mette = demoServices.as(person('mette'));
  at(story, 21);
  for (const { id, name, platform, country, negative } of demoShops) {
    await mette.shops.add({ id, name, platform, country, negative, url: shops.urls[id] });
  }
  // Denmark first: names and pictures follow the shop that a product was first fetched from.
  await read(story, { full: true, shopIds: [toShopId('dk')] });
  await read(story, { full: true, shopIds: demoShops.slice(1).map(({ id }) => toShopId(id)) });
  await mette.stock.import(shelfLines(), { create: true, dryRun: false });
  const plan = await mette.push.plan({});
  await mette.push.apply(
    {
      planId: plan.id,
      yes: countGuards(plan.rows),
    },
    signal,
  );
}

/** What people did with good intentions. */
async function byHand({ demoServices, clock, now }: ReplayContext): Promise<void> {
  const mette = demoServices.as(person('mette'));
  const jens = demoServices.as(person('jens'));
  const lost = scenario('removed-by-user');
  clock.set(now - 12 * day + 3 * hour);
  await mette.integrations.remove(
    await productOf(mette, lost.sku ?? ''),
    toShopId(lost.shop ?? ''),
    'Troede den var udgået',
  );

  const banned = scenario('not-for-this-shop');
  clock.set(now - 11 * day);
  await mette.marks.add({
    productId: await productOf(mette, banned.sku ?? ''),
    shopId: toShopId(banned.shop ?? ''),
    kind: 'not-for-this-shop',
    text: 'Må ikke sendes: farligt gods',
  });

  const held = scenario('held-by-another');
  const shopId = toShopId(held.shop ?? '');
  const [right, wrong] = [await productOf(jens, held.sku ?? ''), await productOf(jens, held.holder ?? '')];
  clock.set(now - 10 * day + 5 * hour);
  const stone = await jens.integrations.remove(right, shopId, 'Skal pege på hjulet');
  await jens.integrations.remove(wrong, shopId, 'Skal pege på nettet');
  await jens.integrations.link(wrong, stone.integration.ref);
}

/** This morning's counts, so that there is something to push. */
async function thisMorning({ demoServices, clock, now }: ReplayContext): Promise<void> {
  const lone = demoServices.as(person('lone'));
  const count = async (sku: string, onHand: number, reserved?: number): Promise<void> => {
    await lone.stock.set(await productOf(lone, sku), onHand, reserved);
  };
  clock.set(now - 40 * minute);
  await count(skuOf('negative'), 2, 5);
  await count(skuOf('sold-out'), 0);
  await count('LY7702-SO', 260);
  await count('RY7305-OL', 17, 2);
  await count('HU8001-GA', 9);
  await lone.marks.add({
    productId: await productOf(lone, 'HU8001-GA'),
    kind: 'note',
    text: 'To paller på vej fra Aarhus',
  });
}

/**
 * Three weeks in as many seconds: the shops live, the warehouse reads them, people make their mistakes, and
 * when it ends it is now. Every reading and push goes over real HTTP.
 */
export async function replayHistory(story: ReplayContext): Promise<void> {
  await firstDay(story);
  at(story, 12);
  await byHand(story);
  at(story, 5, -2);
  await read(story, { full: false });
  at(story, 2, 4);
  await read(story, { full: false });
  at(story, 0, -0.5);
  await thisMorning(story);
  story.clock.set(story.now - 10 * minute);
  // Only a complete reading finds out what was deleted.
  await read(story, { full: true, shopIds: [toShopId(scenario('gone').shop ?? '')] });
  await read(story, { full: false });
  story.shops.runLive();
  story.clock.backToNow();
  // A plan lies ready, so that there is something to look through and apply.
  await story.demoServices.as(person('lone')).push.plan({});
}
