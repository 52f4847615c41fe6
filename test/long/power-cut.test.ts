import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeRandom } from '../../src/demo/seeded-random.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { checkStore } from '../../src/stores/maintenance/store-admin.ts';
import { numberedChange, partsThere } from '../store/children/numbered-change.ts';
import { systemClock } from '../store/children/system-clock.ts';
import { afterPowerCut, type DiskOperation, type UnsyncedWrites } from '../store/power-cut.ts';

const [recorder, recordedWriter] = ['record-operations.ts', 'recorded-writer.ts'].map((name) =>
  fileURLToPath(new URL(`../store/children/${name}`, import.meta.url)),
);
const seed = 20261125;
const lucks: readonly (readonly UnsyncedWrites[])[] = [
  ['none', 'some'],
  ['some', 'all'],
];

/** Everything a writer did to its disk, from an empty folder on. */
function record(folder: string): readonly DiskOperation[] {
  const log = join(folder, 'operations.jsonl');
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', recorder!, recordedWriter!, join(folder, 'store'), log],
    {
      encoding: 'utf8',
      timeout: 100_000,
      killSignal: 'SIGKILL',
    },
  );
  if (status !== 0) throw new Error(stderr);
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  return lines.map((line): DiskOperation => JSON.parse(line));
}

const namesOf = (operations: readonly DiskOperation[], does: 'begin' | 'confirm'): readonly string[] =>
  operations.flatMap((operation) => (operation.does === does && 'names' in operation ? operation.names : []));

/** What is wrong with the store that a power cut left, in a sentence. */
async function faultOf(folder: string, operations: readonly DiskOperation[]): Promise<string | undefined> {
  const confirmed = namesOf(operations, 'confirm');
  const check = await checkStore({ folder, clock: systemClock });
  if (!check.ok && confirmed.length === 0 && check.trouble.kind === 'missing') return undefined;
  if (!check.ok) return check.trouble.message;
  const store = await jsonStore({ folder, clock: systemClock });
  try {
    await store.change(async () => numberedChange('after'));
    const parts = await partsThere(store);
    const begun = new Set([...namesOf(operations, 'begin'), 'after']);
    const lost = confirmed.filter((name) => parts.get(name) !== 3);
    const wrong = [...parts].filter(([name, count]) => count !== 3 || !begun.has(name));
    return lost.length + wrong.length === 0 ? undefined : `lost: ${lost.join()}; by halves or made up: ${wrong.join()}`;
  } finally {
    await store.close();
  }
}

test('whatever a power cut leaves of what was not made safe, everything confirmed is there and nothing by halves', {
  timeout: 120_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-power-'));
  try {
    const operations = record(folder);
    expect(operations.filter(({ does }) => does === 'confirm')).toHaveLength(9);
    expect(operations.some((one) => one.does === 'name' && one.path.endsWith('snapshot-000003.jsonl'))).toBe(true);
    const random = makeRandom(seed);
    for (let cut = 1; cut <= operations.length; cut += 1) {
      for (const luck of lucks[cut % lucks.length]!) {
        const done = operations.slice(0, cut);
        const to = join(folder, 'after');
        afterPowerCut(done, { luck, random }, { root: join(folder, 'store'), to });
        const fault = await faultOf(to, done);
        expect(fault, `seed ${seed}, after operation ${cut}, luck: ${luck}`).toBeUndefined();
        rmSync(to, { recursive: true, force: true });
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
