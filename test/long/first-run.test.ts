import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type FakeShop, fakeShop, rightKey } from '../../src/demo/simulators/fake-shop.ts';
import { type ServedShop, serve } from '../../src/demo/simulators/server.ts';
import { wooCommerceDialect } from '../../src/demo/simulators/woocommerce.ts';
import { runCli } from '../e2e/run-cli.ts';
import { type Installed, installPacked } from '../support/installed.ts';
import { openInTerminal, type Terminal } from '../support/terminal.ts';

// npm packs and installs, and the demo plays three weeks.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let installed: Installed;
let home = '';
let seen: Terminal | undefined;
beforeAll(() => {
  installed = installPacked();
});
afterAll(() => installed.remove());
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'bindeled-first-run-'));
});
afterEach(() => {
  seen?.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

const start = (...words: readonly string[]): Terminal => {
  const env = { BINDELED_HOME: home, BINDELED_LANG: 'en', TMPDIR: home };
  seen = openInTerminal({ columns: 100, rows: 30, env, words, installed });
  return seen;
};

test('an install says no warning, and help works from any folder and names the demo', async () => {
  expect(installed.said).not.toMatch(/warn/i);
  const me = start('--help');
  expect(await me.ended).toBe(0);
  expect(me.bytes()).toContain('demo');
  expect(me.bytes()).not.toContain('npm run');
});

test('the manual page is installed where man looks beside the program', () => {
  const page = join(dirname(dirname(installed.program)), 'share', 'man', 'man1', 'bindeled.1');
  expect(readFileSync(page, 'utf8')).toContain('.SH SYNOPSIS');
});

test('an empty home: a slip is asked again, and the demo is tried and left', async () => {
  const me = start();
  await me.sees('Choose 1, 2, 3 or 0');
  me.type('demo\r');
  await me.sees('"demo" is none of the choices.');
  me.type('1\r');
  await me.sees(/Needs (somebody|attention)/);
  me.type('q');
  expect(await me.ended).toBe(0);
});

test('"bindeled demo" opens the dashboard on the made-up shops', async () => {
  const me = start('demo');
  await me.sees(/Needs (somebody|attention)/);
  await me.sees(/DK +█+[▏▎▍▌▋▊▉]?░* +38\d\/387/);
  me.type('q');
  expect(await me.ended).toBe(0);
});

test('0 leaves, and so does the end of the input', async () => {
  const me = start();
  await me.sees('Choose 1, 2, 3 or 0');
  me.type('0\r');
  expect(await me.ended).toBe(0);
  const other = start();
  await other.sees('Choose 1, 2, 3 or 0');
  other.type('\u0004');
  expect(await other.ended).toBe(0);
});

test('a store from elsewhere is read in, whatever was mistyped before', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'bindeled-elsewhere-'));
  const env = { ...(process.env as Record<string, string>), BINDELED_HOME: elsewhere, BINDELED_LANG: 'en' };
  const there = { folder: elsewhere, env, remove: () => undefined };
  const file = join(elsewhere, 'all.json');
  try {
    const added = await runCli(there, ['shops', 'add', 'dk', 'http://127.0.0.1:9', '--platform', 'woocommerce']);
    expect(added.code).toBe(0);
    expect((await runCli(there, ['store', 'export', file])).code).toBe(0);
    const me = start();
    await me.sees('Choose 1, 2, 3 or 0');
    me.type('3\r');
    await me.sees('Folder or file');
    me.type('/no/such/file\r');
    await me.sees('There is nothing at /no/such/file.');
    me.type('3\r');
    me.type(`${file}\r`);
    await me.sees(/Needs (somebody|attention)/);
    me.type('7');
    await me.sees(/\bDK\b/);
    me.type('q');
    await me.sees(/Needs attention/);
    me.type('q');
    expect(await me.ended).toBe(0);
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
});

/** A shop with three products in it. */
const filled = (): FakeShop => {
  const shop = fakeShop();
  for (const number of [1, 2, 3]) shop.add({ sku: `SKU-${number}`, quantity: number });
  return shop;
};

test('no choice of the welcome is broken inside a word, and what is typed ahead of the form is kept', async () => {
  const me = start('--lang', 'da');
  await me.sees('Vælg 1, 2, 3 eller 0');
  const lines = me.shown().split('\n');
  // A terminal breaks by itself where a line is full: none of ours is.
  expect(Math.max(...lines.map((line) => line.trimEnd().length))).toBeLessThan(80);
  expect(lines.some((line) => /^ {3}\S/.test(line))).toBe(true);
  me.type('2http://127.0.0.1:9/\r');
  await me.sees(/Adresse +http:\/\/127\.0\.0\.1:9\/ *$/m);
});

test('a shop is connected by any of its addresses: its fields, a test, the first sync, its card; Esc to the first page, q out', async () => {
  const shop: ServedShop = await serve(filled(), wooCommerceDialect);
  try {
    const me = start();
    await me.sees('Choose 1, 2, 3 or 0');
    me.type('2');
    await me.sees('any address of the shop');
    me.type(`${shop.url}/wp-admin/plugins.php\r`);
    await me.sees('WooCommerce answers there: "Fake shop".');
    me.type('\r');
    await me.sees(/▌ Consumer key/);
    await me.sees('The key needs: Read/Write');
    me.type(`${rightKey.key}\r`);
    await me.sees(/▌ Consumer secret/);
    me.type(`${rightKey.secret}\r`);
    await me.sees(/▌\[ Test connection \]/);
    me.type('\r');
    await me.sees(/✓ write stock/);
    me.type('\t\r');
    await me.sees(/Full sync +just now/);
    await me.sees(/Links +3/);
    me.type('\u001b');
    await me.sees(/Needs (somebody|attention)/);
    await me.sees(/FAKE-SHOP.*3\/3/);
    me.type('q');
    expect(await me.ended).toBe(0);
  } finally {
    await shop.close();
  }
});
