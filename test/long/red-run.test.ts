import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

// A package that a test loads can end the runner with 0: then no failure would ever be seen.
test('a run with a failed test ends with 1', { timeout: 300_000 }, () => {
  const { VITEST, ...env } = process.env;
  const { status, stdout } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--root', root, '--config', 'test/fixtures/red-run/vitest.config.js'],
    { cwd: root, env: { ...env, NO_COLOR: '1' }, encoding: 'utf8' },
  );
  expect(stdout).toMatch(/Tests +1 failed/);
  expect(status).toBe(1);
});
