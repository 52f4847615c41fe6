/**
 * How long it takes to explain, to list and to plan, beside one plain pass over the same records in the same run:
 * `node bench/triage.ts [products]`. The ratio is what to compare between machines.
 */

import { makeRandom } from '../src/demo/seeded-random.ts';
import { refKey } from '../src/domain/changes.ts';
import { diagnose, topFinding } from '../src/domain/diagnosis/diagnose.ts';
import { type ListingRef, later, toProductId, toShopProductId, toSku } from '../src/domain/ids.ts';
import type { Integration, Tombstone } from '../src/domain/integration.ts';
import type { Listing, Sale } from '../src/domain/listing.ts';
import { available, type Product } from '../src/domain/product.ts';
import type { Shop } from '../src/domain/shop.ts';
import { defaultTuning, type ServiceDependencies } from '../src/services/dependencies/service-dependencies.ts';
import { gatherPlaceFacts } from '../src/services/facts/gather-place-facts.ts';
import { inactiveWithStock } from '../src/services/inactive/inactive-report.ts';
import { integrationsOn } from '../src/services/integrations/integration-list.ts';
import { planPush } from '../src/services/push/plan-push.ts';
import { memoryLeases, memoryStore } from '../src/stores/memory-store.ts';
import { instant, makeShop, makeShopState, mette, program } from '../test/support/builders.ts';
import { catalogueDriver } from '../test/support/catalogue-connector.ts';
import { makeClock } from '../test/support/clock.ts';

const now = instant('2026-11-24T08:00:00.000Z');
const dayMs = 86_400_000;
const random = makeRandom(7);

/** A warehouse of so many products, all sold in one shop, one link in ten taken away. */
function makeRecords(count: number, shop: Shop) {
  const products: Product[] = [];
  const listings: Listing[] = [];
  const integrations: Integration[] = [];
  const tombstones: Tombstone[] = [];
  const sales: Sale[] = [];
  for (let at = 0; at < count; at += 1) {
    const sku = toSku(`A-${at}`);
    const ref: ListingRef = { shopId: shop.id, shopProductId: toShopProductId(String(100_000 + at)) };
    const id = toProductId(`p${at}`);
    const content = { name: `Thing ${at}`, price: { minor: 100 + random.below(50_000), currency: 'DKK' } };
    const onHand = random.below(20);
    const missing = at % 10 === 0;
    const quantity = random.chance(0.1) ? random.below(20) : onHand;
    products.push({
      id,
      sku,
      origin: 'shop',
      contentFrom: ref,
      content,
      stock: { onHand, reserved: 0 },
      createdAt: later(now, -400 * dayMs),
    });
    listings.push({
      ref,
      sku,
      content,
      sellable: 'unit',
      activity: missing ? 'draft' : 'active',
      shopSays: missing ? 'draft' : 'publish',
      stock: { tracked: true, quantity },
      listedAt: later(now, -400 * dayMs),
      seenAt: later(now, -3_600_000),
    });
    const pushed = { quantity, at: later(now, -2 * dayMs) };
    const link: Integration = {
      productId: id,
      ref,
      createdAt: later(now, -300 * dayMs),
      by: program,
      how: 'sync',
      pushed,
    };
    if (missing)
      tombstones.push({ integration: link, at: later(now, -dayMs), by: program, because: 'inactive-in-shop' });
    else integrations.push(link);
    if (random.chance(0.8)) sales.push({ ref, at: later(now, -random.below(360) * dayMs) });
  }
  return { products, listings, integrations, tombstones, sales };
}

async function makeWorld(records: ReturnType<typeof makeRecords>, shop: Shop): Promise<ServiceDependencies> {
  const store = memoryStore();
  const state = makeShopState({
    shopId: shop.id,
    sales: { from: later(now, -365 * dayMs), to: now },
    lastAnswerAt: now,
  });
  const complete = { ...state.lastComplete!, startedAt: later(now, -3_600_000), at: now };
  await store.change(async () => ({
    put: { ...records, shops: [shop], shopStates: [{ ...state, lastComplete: complete }] },
    drop: {},
    events: [],
  }));
  const clock = makeClock({ start: now });
  let ids = 0;
  return {
    store,
    leases: memoryLeases(clock),
    clock,
    connectors: {
      connect: () => undefined,
      driver: () => catalogueDriver,
      drivers: () => [catalogueDriver],
      detect: async () => [],
      sharesVariables: () => false,
      reservedVariable: () => undefined,
      forgetCredentials: async () => undefined,
      hasCredentials: () => false,
      credentialNames: () => [],
      saveCredentials: async () => {},
    },
    newId: () => String(++ids),
    actor: mette,
    readOnly: true,
    tuning: defaultTuning,
  };
}

/** Processor time, since the machine may have other things to do. */
async function spent(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The middle one of five runs, in milliseconds. */
async function timed(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 5; run += 1) times.push(await spent(work));
  return times.toSorted((a, b) => a - b)[2]!;
}

function tell(what: string, took: number, baseline: { readonly what: string; readonly took: number }): void {
  const ratio = (took / baseline.took).toFixed(1);
  console.log(
    `${what.padEnd(46)} ${took.toFixed(0).padStart(6)} ms   ${ratio.padStart(6)} x ${baseline.what} (${baseline.took.toFixed(1)} ms)`,
  );
}

const count = Number(process.argv[2] ?? 100_000);
const shop = makeShop();
const records = makeRecords(count, shop);
const world = await makeWorld(records, shop);
const missing = records.products.filter((_, at) => at % 10 === 0);

/** One plain pass: each record met once, by a key made of its reference, its figure added up. */
const plainPass = (products: readonly Product[]) => (): number => {
  const at = new Map(records.listings.slice(0, products.length).map((listing) => [refKey(listing.ref), listing]));
  let sum = 0;
  for (const { contentFrom, stock } of products) {
    if (contentFrom !== undefined) sum += available(stock) + (at.get(refKey(contentFrom))?.stock.quantity ?? 0);
  }
  return sum;
};
const small = { what: 'one plain pass over these', took: await timed(plainPass(missing)) };
const whole = { what: 'one plain pass over all', took: await timed(plainPass(records.products)) };

const sure = new Map<string, number>();
const explained = await timed(async () => {
  const facts = await gatherPlaceFacts(world, world.store, { products: missing });
  sure.clear();
  for (const place of facts) {
    const top = topFinding(diagnose(place));
    const key = `${top?.cause}: ${top?.certainty}`;
    sure.set(key, (sure.get(key) ?? 0) + 1);
  }
});
const number = (value: number): string => value.toLocaleString('en');
console.log(
  `${number(count)} products in one shop, in memory, Node ${process.versions.node}; the middle of five runs\n`,
);
tell(`why, for ${number(missing.length)} missing links`, explained, small);
console.log(`  top causes: ${[...sure].map(([cause, times]) => `${cause} (${number(times)})`).join(', ')}`);

let rows = 0;
const reported = await timed(async () => {
  rows = (await inactiveWithStock(world, {})).total;
});
tell(`inactive with stock, over ${number(count)} products`, reported, whole);
console.log(`  rows: ${number(rows)}`);

let planned = 0;
const previewed = await timed(async () => {
  planned = (await planPush(world, {})).rows.length;
});
tell(`push plan, over ${number(records.integrations.length)} integrations`, previewed, whole);
console.log(`  rows with something to say: ${number(planned)}`);

const list = (filter: 'all' | 'stock-differs') => () =>
  integrationsOn(world, shop.id, { filter, offset: 500, limit: 50 });
tell('first page of a shop list, store changed', await spent(list('all')), whole);
tell('another page of it, filtered', await timed(list('stock-differs')), whole);
