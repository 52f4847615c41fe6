import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const root = join(import.meta.dirname, '../..');
const config = 'test/fixtures/runs/vitest.config.js';

// A whole run is started for each test, and the machine may be busy.
vi.setConfig({ testTimeout: 300_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-runs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A run of one file of test/fixtures/runs, as `npm test` would make it. */
function run(name: string, minutes = 4): { readonly status: number | null; readonly said: string } {
  const { VITEST, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--root', root, '--config', config, name],
    {
      cwd: root,
      env: {
        ...env,
        NO_COLOR: '1',
        BINDELED_TEST_MINUTES: String(minutes),
        BINDELED_TEST_PIDS: join(folder, 'pids'),
      },
      encoding: 'utf8',
      timeout: 280_000,
      killSignal: 'SIGKILL',
    },
  );
  return { status, said: stdout + stderr };
}

/** Those of the processes that a run named which are still there. */
const left = (): readonly string[] =>
  readFileSync(join(folder, 'pids'), 'utf8')
    .split(' ')
    .filter((pid) => {
      try {
        return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      } catch {
        return false;
      }
    });

// A package that a test loads can end the runner with 0: then no failure would ever be seen.
test('a run with a failed test ends with 1', () => {
  const { status, said } = run('fails.ts');
  expect(said).toMatch(/Tests +1 failed/);
  expect(status).toBe(1);
});

test('a test that runs into its time-out fails, and leaves no process behind', () => {
  const { status, said } = run('hangs.ts');
  expect(said).toMatch(/Tests +1 failed/);
  expect(status).toBe(1);
  expect(left()).toEqual([]);
});

test('a run whose test gives nobody a turn is ended with all that it started', () => {
  const { status, said } = run('spins.ts', 0.3);
  expect(said).toContain('The tests were ended');
  expect(status).toBe(1);
  expect(left()).toEqual([]);
});
