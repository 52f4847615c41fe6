import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { openInTerminal, type Terminal } from '../support/terminal.ts';

// The demo plays three weeks first.
vi.setConfig({ testTimeout: 180_000 });

const folder = mkdtempSync(join(tmpdir(), 'bindeled-demo-warehouse-'));
let seen: Terminal | undefined;
afterEach(() => seen?.kill('SIGKILL'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ['peakwms', 'PeakWMS', /1 product is not in the warehouse any more/],
  ['tryton', 'Tryton', /386 read, 4 changed, 2 none of ours/],
])('the demo on %s shows where the goods lie, what a reading would do, and reads', async (kind, label, read) => {
  const env = { BINDELED_LANG: 'en', TMPDIR: folder };
  const me = openInTerminal({ columns: 200, rows: 30, env, words: ['demo', '--warehouse', kind] });
  seen = me;
  await me.sees(/links lost/);
  me.type(':');
  await me.sees('Command');
  me.type('warehouse');
  await me.sees('warehouse▏');
  me.type('\r');
  await me.sees(new RegExp(`${label}, read`));
  await me.sees(/A-01/);
  me.type('l');
  await me.sees(/16 → /);
  me.type('S');
  await me.sees(read);
  expect(me.shown()).not.toMatch(/Error|undefined/);
});
