import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Instant, instantOf } from '../../src/domain/ids.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { compactStore } from '../../src/stores/maintenance/store-admin.ts';
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

test('history older than it is kept is let go by a clock that the newest record bears out, from the journal or the past', async () => {
  await written(0, 1, 800);
  expect((await compactStore({ folder, clock: clockAt(800.5) })).after).toMatchObject({ events: 3, warnings: [] });
  expect((await compactStore({ folder, clock: clockAt(800.5) })).after).toMatchObject({ events: 1, warnings: [] });
  expect(await numbersKept()).toEqual([3]);
  await written(1600);
  await compactStore({ folder, clock: clockAt(1600) });
  expect(await numbersKept()).toEqual([4]);
});
