import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { type Instant, toShopId } from '../../src/domain/ids.ts';
import { sqliteEngine } from '../../src/stores/sql/sqlite/engine.ts';
import { sqlStore } from '../../src/stores/sql/store/store.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { keys, open, type Person } from '../support/screen.tsx';

vi.setConfig({ testTimeout: 60_000 });

let person: Person | undefined;
afterEach(() => {
  person?.close();
  vi.useRealTimers();
});

const minutes = 60_000;
const signal = new AbortController().signal;

/** What the card says of a shop, on one line. */
const rowOf = (me: Person, shop: string): string =>
  me
    .screen()
    .split('\n')
    .find((line) => line.includes(`Nordlys ${shop}`)) ?? '';

test('a sync in which every shop failed makes no figure younger', async () => {
  const harness = await nordlys();
  harness.clock.advance(10 * minutes);
  for (const { shopId } of harness.catalogues) harness.catalogue(shopId).trouble = 'unreachable';
  await harness.services.sync.run({ full: true }, signal);
  person = await open(harness.services, { columns: 120, rows: 40 });
  const me = person;
  await me.sees('Needs attention');
  await me.sees(/synced 10 min ago/);
  await me.press('BB2010-M\r');
  await me.sees('3 of 3 shops');
  for (const shop of ['DK', 'NO', 'SE']) expect(rowOf(me, shop)).toMatch(/\b10 min\b/);
});

test('a figure that was just pushed is as old as the push, not as the reading before', async () => {
  const harness = await nordlys();
  const { services, clock } = harness;
  const [jacket] = await services.lookup.identify('BB2010-M');
  if (jacket === undefined) throw new Error('no jacket');
  clock.advance(10 * minutes);
  await services.stock.set(jacket.id, 7);
  const plan = await services.push.plan({ productIds: [jacket.id], shopIds: [toShopId('dk')] });
  await services.push.apply({ planId: plan.id, yes: { firsts: 1 } }, signal);
  person = await open(services, { columns: 120, rows: 40 });
  const me = person;
  await me.press('BB2010-M\r');
  await me.sees('3 of 3 shops');
  expect(rowOf(me, 'DK')).toMatch(/ 7 +7 .*\bnow\b/);
  expect(rowOf(me, 'NO')).toMatch(/\b10 min\b/);
  await me.press(keys.up);
  await me.sees('shop has 7, just now');
  // Nor is it in the next plan.
  await services.stock.set(jacket.id, 9);
  await me.press('p');
  await me.sees(/DK .*7 \(now\) +9/);
});

test('ages move while one looks', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { services, clock } = await nordlys();
  person = await open(services, { columns: 120, rows: 40 });
  const me = person;
  await me.press('BB2010-M\r');
  await me.sees('3 of 3 shops');
  expect(rowOf(me, 'NO')).toMatch(/\bnow\b/);
  clock.advance(5 * minutes);
  vi.advanceTimersByTime(20_000);
  await me.sees(/Nordlys NO.*\b5 min\b/);
});

test('a screen that rests looks at the clock less often, and at once when somebody comes back', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const { services, clock } = await nordlys();
  let looks = 0;
  const now = (): Instant => {
    looks += 1;
    return services.now();
  };
  person = await open({ ...services, now }, { columns: 120, rows: 40 });
  const me = person;
  await me.press('BB2010-M\r');
  await me.sees('3 of 3 shops');
  const rest = (minutesOfRest: number): number => {
    looks = 0;
    for (let second = 0; second < minutesOfRest * 60; second += 20) vi.advanceTimersByTime(20_000);
    return looks;
  };
  expect(rest(2)).toBe(6);
  expect(rest(10)).toBe(10);
  rest(80);
  expect(rest(60)).toBe(6);
  vi.advanceTimersByTime(20_000);
  // From here on the intervals stand still.
  vi.useRealTimers();
  clock.advance(5 * minutes);
  await me.press(keys.down);
  await me.sees(/Nordlys NO.*\b5 min\b/);
});

test('a database that is gone is said on the first line, beside what was read; and no more when it is back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-gone-'));
  const file = join(folder, 'store.sqlite');
  const store = sqlStore(await sqliteEngine({ path: file, lookEveryMs: 20 }));
  const { services } = await nordlys({ store });
  person = await open(services, { columns: 140, rows: 40 });
  const me = person;
  await me.press('BB2010-M\r');
  await me.sees('3 of 3 shops');
  renameSync(file, `${file}-aside`);
  await me.sees(/^.*✗ The data files are gone\. Figures are old\./);
  expect(me.screen()).toContain('3 of 3 shops');
  renameSync(`${file}-aside`, file);
  await me.seesNoMore('Figures are old');
  const [jacket] = await services.lookup.identify('BB2010-M');
  if (jacket === undefined) throw new Error('no jacket');
  await services.stock.set(jacket.id, 471);
  await me.sees('471 available');
  me.close();
  await store.close();
  rmSync(folder, { recursive: true });
});
