import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Instant, instantOf } from '../../src/domain/ids.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { compactStore } from '../../src/stores/maintenance/store-admin.ts';
import { sqliteStoreEngine } from '../../src/stores/sql/sqlite/store-engine.ts';
import { numberedChange } from './children/numbered-change.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-trim-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const begin = Date.parse('2026-01-05T08:00:00Z');
const dayMs = 24 * 3_600_000;
const at = (days: number): Instant => instantOf(begin + days * dayMs);
const clockAt = (days: number) => ({ now: () => at(days) });

/** Writes one event for each day given, when the clock said so. */
async function written(...days: readonly number[]): Promise<void> {
  const store = await jsonStore({ folder, clock: clockAt(days[0] ?? 0) });
  for (const day of days) {
    await store.change(async () => {
      const change = numberedChange(`day ${day}`);
      return { ...change, events: change.events.map((event) => ({ ...event, at: at(day) })) };
    });
  }
  await store.close();
}
const numbersKept = async (): Promise<readonly number[]> => {
  const store = await jsonStore({ folder, clock: clockAt(0) });
  try {
    return (await store.history({ limit: 999 })).map(({ seq }) => seq);
  } finally {
    await store.close();
  }
};

test.each([
  ['three', 3],
  ['ten', 10],
])('a clock %s years ahead lets no history go, however often, and is named', async (_, years) => {
  await written(0, 1, 2);
  const ahead = clockAt(2 + years * 365);
  for (let round = 0; round < 3; round += 1) {
    const { before, after } = await compactStore({ folder, clock: ahead });
    expect([before.events, after.events]).toEqual([3, 3]);
    expect(after.warnings).toEqual([{ kind: 'clock-off', clock: ahead.now(), newest: at(2) }]);
  }
  expect(await numbersKept()).toEqual([3, 2, 1]);
});

test('a clock set back lets none go either', async () => {
  await written(0, 800);
  const { after } = await compactStore({ folder, clock: clockAt(-3) });
  expect(after).toMatchObject({ events: 2, warnings: [{ kind: 'clock-off', newest: at(800) }] });
});

test('history older than it is kept is let go by a clock that was lived by for a month, from the journal or the past', async () => {
  await written(0, 1, 760, 780, 800);
  expect((await compactStore({ folder, clock: clockAt(800.5) })).after).toMatchObject({ events: 5, warnings: [] });
  expect((await compactStore({ folder, clock: clockAt(800.5) })).after).toMatchObject({ events: 3, warnings: [] });
  expect(await numbersKept()).toEqual([5, 4, 3]);
  // Left alone for years, and used again: that comes to the same as a clock that jumped, until a month is over.
  await written(1600);
  const jumped = { kind: 'clock-jumped', from: at(800), to: at(1600) };
  for (let round = 0; round < 2; round += 1)
    expect((await compactStore({ folder, clock: clockAt(1600) })).after.warnings).toEqual([jumped]);
  expect(await numbersKept()).toEqual([6, 5, 4, 3]);
  await written(1620, 1640);
  await compactStore({ folder, clock: clockAt(1640) });
  expect(await numbersKept()).toEqual([8, 7, 6]);
});

test('what was written by a clock that had jumped does not bear it out, ahead or back, on JSON and on SQLite', async () => {
  const days = [0, 1, 2, 3651, 3650.5];
  await written(...days);
  const engine = sqliteStoreEngine(join(folder, 'store.sqlite'), clockAt(3651));
  const { store } = await engine.open();
  for (const day of days) {
    await store.change(async () => {
      const change = numberedChange(`day ${day}`);
      return { ...change, events: change.events.map((event) => ({ ...event, at: at(day) })) };
    });
  }
  await store.close();
  const ahead = { events: days.length, warnings: [{ kind: 'clock-jumped', from: at(2), to: at(3651) }] };
  for (let round = 0; round < 2; round += 1) {
    expect((await compactStore({ folder, clock: clockAt(3651) })).after).toMatchObject(ahead);
    expect((await engine.maintenance.compact()).after).toMatchObject(ahead);
  }
  await written(3);
  expect((await compactStore({ folder, clock: clockAt(3) })).after).toMatchObject({
    events: days.length + 1,
    warnings: [{ kind: 'clock-jumped', from: at(3650.5), to: at(3) }],
  });
});
