import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refKey } from '../../src/domain/changes.ts';
import { checkStore } from '../../src/stores/maintenance/store-admin.ts';
import { systemClock } from '../store/children/system-clock.ts';
import { runConcurrentWriters } from '../store/run-concurrent-writers.ts';
import { runScript } from './run-script.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bindeled-contention-'));
});
afterEach(() => rm(folder, { recursive: true }));

// The bounded run; `npm run test:crash` lets them make 500 each.
test('eight processes change the same products at once: no change is lost and both laws hold', {
  timeout: 120_000,
}, async () => {
  const each = 60;
  const { refused, onHand, seqs, integrations } = await runConcurrentWriters(folder, 8, each);
  expect(onHand).toBe(8 * each);
  expect(seqs).toEqual(Array.from({ length: 8 * each }, (_, place) => 8 * each - place));
  expect(new Set(integrations.map(({ productId }) => productId)).size).toBe(integrations.length);
  expect(new Set(integrations.map(({ ref }) => refKey(ref))).size).toBe(integrations.length);
  expect(refused.every((count) => count > 0)).toBe(true);
  expect(await checkStore({ folder, clock: systemClock })).toMatchObject({ ok: true, found: { events: 8 * each } });
});

test('and so it is in every kind of store, with 500 changes each', { timeout: 1_800_000 }, async () => {
  const said = await runScript('contention.ts', 8, 500);
  for (const kind of ['json', 'sqlite', 'postgres']) expect(said).toContain(`${kind}: 8 processes`);
});
