import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { documentOf, type Home, makeHome, runCli } from './run-cli.ts';

// The program is started several times, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

let home: Home;
beforeEach(() => {
  home = makeHome();
});
afterEach(() => home.remove());

test('a warehouse is there first: goods are taken in before there is a shop, and found again', async () => {
  const file = join(home.folder, 'stock.csv');
  writeFileSync(file, 'varenummer;antal\nSOK-1;12\nHUE-2;0\n');
  const tried = await runCli(home, ['stock', 'import', file, '--create', '--dry-run', '--json']);
  expect(tried.code, tried.stderr).toBe(0);
  expect(documentOf(tried)).toMatchObject({ created: 2, changed: 0, dryRun: true });
  const taken = await runCli(home, ['stock', 'import', file, '--create', '--json']);
  expect(taken.code, taken.stderr).toBe(0);
  expect(documentOf(taken)).toMatchObject({ created: 2 });
  const again = await runCli(home, ['stock', 'import', file, '--create']);
  expect(again.stdout).toContain('2 unchanged');
  expect(again.stderr).toContain('bindeled demo');
  const shown = await runCli(home, ['show', 'SOK-1']);
  expect(shown.code, shown.stderr).toBe(0);
  expect(shown.stdout).toContain('12');
});
