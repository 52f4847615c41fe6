import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { makeRandom } from '../../src/demo/seeded-random.ts';
import { type Instant, toShopId, toSku } from '../../src/domain/ids.ts';
import type { Run } from '../../src/domain/shop.ts';
import { sharedAlarms } from '../../src/server/alarms/memory.ts';
import { defaultServeSettings } from '../../src/server/serve-settings.ts';
import { makeServices } from '../../src/services/facade/make-services.ts';
import { storeEngine } from '../../src/stores/open-store.ts';
import { openWatched } from '../server/open-watched.ts';
import { openTestEnvironment, stockUp, syncAll, type TestEnvironment } from '../services/test-environment.ts';
import {
  careful,
  dayLong,
  goods,
  hour,
  makeLife,
  minute,
  newSku,
  skuAt,
  type WeekShop,
  weekShops,
} from './week/shop-life.ts';

const seed = Number(process.env.BINDELED_TEST_SEED ?? 20261123);
const days = Number(process.env.BINDELED_TEST_DAYS ?? 7);
/** How often time is looked at; the server itself looks every five seconds. */
const stepMs = 30_000;
/** A call is tried for half a minute where a shop does not answer, and what is due in that time comes after it. */
const triesMs = 90_000;
const everyGuard = ['jumps', 'firsts', 'negatives', 'changed'] as const;
const everySku = [
  ...Array.from({ length: goods }, (_, place) => skuAt(place)),
  ...[0, 1, 2, 3, 4, 5, 6].map(newSku),
].map(toSku);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heapAfterCollection = (): number => {
  for (let n = 0; n < 3; n += 1) collect();
  return process.memoryUsage().heapUsed;
};

/** Four shops with the same goods, read and told, over the JSON store. */
async function openWeek(): Promise<{ environment: TestEnvironment; alarms: ReturnType<typeof sharedAlarms> }> {
  // Midnight in Copenhagen.
  const opened = await openTestEnvironment(weekShops, {}, '2026-11-22T23:00:00.000Z');
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-week-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const places = { jsonFolder: folder, sqliteFile: join(folder, 'none') };
  const { store, leases, shared } = await (await storeEngine({ kind: 'json', folder }, opened.clock, places)).open();
  onTestFinished(() => store.close());
  const shops = await opened.store.shops();
  await store.change(async () => ({ put: { shops }, drop: {}, events: [] }));
  const harness = { ...opened.harness, store, leases };
  const environment = { ...opened, store, harness, services: makeServices(harness) };
  for (let place = 0; place < goods; place += 1) stockUp(environment, weekShops, skuAt(place));
  await syncAll(environment);
  for (const { id } of await store.productsBy({ skus: everySku })) await environment.services.stock.set(id, 20);
  return { environment, alarms: sharedAlarms(shared, 'here') };
}

test(`a week of rounds: none missed, every loss told once, its end too, and nothing else (seed ${seed})`, {
  // A day costs about a minute of processor time; a busy machine takes longer, and that is no fault.
  timeout: 2_700_000,
}, async () => {
  const { environment, alarms } = await openWeek();
  const { clock, store } = environment;
  const midnight = Date.parse('2026-11-22T23:00:00.000Z');
  const life = makeLife(environment, environment.services, makeRandom(seed), { midnight, days });
  const push = Object.fromEntries(weekShops.map((id) => [id, [...everyGuard, ...(id === careful ? [] : ['zeroes'])]]));
  const start = () =>
    openWatched(environment, {
      memory: alarms,
      // No webhook is subscribed here; each server of the week goes by one name.
      alarms: { silentHours: 24 * 30 },
      settings: { push } as Partial<typeof defaultServeSettings>,
      serverId: 'week',
    });
  let watched = await start();
  const told: { event: string; kind: string; shopId: string; key: string; at: number }[] = [];
  const open = new Set<string>();
  const runs = new Map<WeekShop, Run[]>(weekShops.map((id) => [id, []]));
  const heaps: number[] = [];

  const note = async (): Promise<void> => {
    const at = Date.parse(clock.now());
    for (const { event, alarms: some } of watched.told.splice(0)) {
      for (const { kind, key, shopId = '' } of some) {
        if (event === 'raised') expect(open, `${key} is told again`).not.toContain(key);
        else expect(open, `${key} is over and was never told`).toContain(key);
        if (event === 'raised') open.add(key);
        else open.delete(key);
        told.push({ event, kind, key, shopId, at });
      }
    }
    for (const { shopId, run } of await store.shopStates()) {
      const known = runs.get(shopId as string as WeekShop);
      if (run !== undefined && run.status !== 'running' && known?.at(-1)?.id !== run.id) known?.push(run);
    }
  };
  const endOfDay = async (day: number): Promise<void> => {
    const figures = new Map((await store.productsBy({ skus: everySku })).map((one) => [one.id, one]));
    for (const id of weekShops) {
      const active = environment.shop(id).shelf.filter(({ status }) => status === 'active');
      const links = await store.integrationsOn(toShopId(id));
      const linked = links.map(({ productId }) => String(figures.get(productId)?.sku));
      const skus = active.map(({ variants }) => variants[0]?.sku ?? '');
      expect(linked.toSorted(), `links in ${id} on day ${day}`).toEqual(skus.toSorted());
      const ours = new Map([...figures.values()].map(({ sku, stock }) => [String(sku), stock.onHand]));
      const wrong = active.filter(({ variants: [one] }) => one?.quantity !== ours.get(one?.sku ?? ''));
      expect(
        wrong.map(({ variants: [one] }) => [one?.sku, one?.quantity]),
        `figures in ${id} on day ${day}`,
      ).toEqual([]);
    }
    heaps.push(heapAfterCollection());
  };

  for (let day = 1; day <= days; day += 1) {
    const end = midnight + day * dayLong;
    let counted = false;
    while (Date.parse(clock.now()) < end) {
      clock.advance(stepMs);
      await life.liveTo(Date.parse(clock.now()));
      await watched.server.tick();
      await watched.server.idle();
      await note();
      if (counted || Date.parse(clock.now()) < end - hour) continue;
      counted = true;
      // What a simulated shop remembers of being asked is no memory of the program.
      for (const id of weekShops) environment.shop(id).memory.requests.length = 0;
      await endOfDay(day);
    }
    if (day === 3) {
      // A start anew, in which nothing is told again.
      await watched.server.close();
      watched = await start();
    }
  }

  const isAway = (id: WeekShop, from: number, to: number): boolean =>
    life.away.some(([shop, gone, back]) => shop === id && from < back + triesMs && to > gone);
  const at = (instant: Instant | undefined): number => Date.parse(instant ?? '');
  const { changesMinutes, jitterSeconds } = defaultServeSettings.rounds;
  for (const [id, done] of runs) {
    // A round comes five minutes after the one before, shifted by the jitter; also one that finds nobody there.
    const late = done.slice(1).flatMap((run, place) => {
      const due = at(done[place]?.endedAt ?? done[place]?.startedAt) + changesMinutes * minute;
      const bound = due + jitterSeconds * 1000 + stepMs + triesMs;
      return at(run.startedAt) > bound ? [`${done[place]?.endedAt} then ${run.startedAt}`] : [];
    });
    expect(late, `late rounds of ${id}`).toEqual([]);
    for (let day = 0; day < days; day += 1) {
      const due = midnight + day * dayLong + 2.5 * hour;
      const whole = done.find(
        ({ kind, startedAt, status, trouble }) =>
          kind === 'full' && status === 'finished' && trouble === undefined && at(startedAt) >= due,
      );
      const away = life.away.find(([shop, gone, back]) => shop === id && gone - minute < due && back > due);
      const bound = away === undefined ? due + jitterSeconds * 1000 + stepMs + triesMs : away[2] + 8 * minute;
      expect(at(whole?.startedAt), `whole reading of ${id} in night ${day}`).toBeLessThan(bound);
    }
    const failed = done.filter(
      ({ status, trouble, startedAt, endedAt }) =>
        (status !== 'finished' || trouble !== undefined) && !isAway(id, at(startedAt), at(endedAt ?? startedAt)),
    );
    expect(failed, `rounds of ${id} that failed without a cause`).toEqual([]);
    expect(done.length).toBeGreaterThan(days * 230);
  }

  const slack = 2 * minute;
  for (const cause of life.causes) {
    const { kind, shopId, from, within, until } = cause;
    const about = `${kind} ${shopId} ${new Date(from).toISOString()}`;
    const of = (event: string, begin: number, end: number) =>
      told.filter(
        (one) => one.event === event && one.kind === kind && one.shopId === shopId && one.at >= begin && one.at <= end,
      );
    expect(of('raised', from, until), `${about} told`).toHaveLength(1);
    expect(of('raised', from, from + within + slack), `${about} told in time`).toHaveLength(1);
    expect(of('solved', until, until + 17 * minute + slack), `${about} solved`).toHaveLength(1);
  }
  expect(told.filter(({ event }) => event === 'raised')).toHaveLength(life.causes.length);
  expect(told.filter(({ event }) => event === 'solved')).toHaveLength(life.causes.length);

  const [early, late] = [heaps[1] ?? Number.POSITIVE_INFINITY, heaps.at(-1) ?? 0];
  expect(late / early, `heap by day: ${heaps.map((bytes) => Math.round(bytes / 1e6)).join(', ')} MB`).toBeLessThan(
    1.15,
  );
});
