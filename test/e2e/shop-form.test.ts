import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { storedShop } from '../support/stored-shop.ts';
import { openInTerminal, type Terminal } from '../support/terminal.ts';

// The program is started anew for each test, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let home = '';
let seen: Terminal | undefined;
const secret = 'cs_5f1c0ffee5f1c0ffee5f1c0ffee';
beforeAll(async () => {
  home = await storedShop(3);
});
afterEach(() => seen?.kill('SIGKILL'));
afterAll(() => rm(home, { recursive: true, force: true }));

/** The first sync runs meanwhile: a file of its own that is gone by now holds nothing. */
const goneMeanwhile = (error: NodeJS.ErrnoException): string => {
  if (error.code !== 'ENOENT') throw error;
  return '';
};

/** The files under a folder that hold a text. */
async function filesWith(folder: string, text: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const held = await Promise.all(
    files.map(async (file) => ((await readFile(file, 'utf8').catch(goneMeanwhile)).includes(text) ? [file] : [])),
  );
  return held.flat();
}

test('a key typed in the form is hidden, is saved by Save alone, and lies in the owner-only file and nowhere else', async () => {
  const me = openInTerminal({ columns: 80, rows: 24, env: { BINDELED_HOME: home, BINDELED_LANG: 'en' } });
  seen = me;
  await me.sees('Needs attention');
  me.type('7N');
  await me.sees('Connect a shop');
  me.type('http://127.0.0.1:1\r');
  await me.sees('No platform was recognised at http://127.0.0.1:1');
  // The platforms in their order: the first is chosen by hand, since nobody answers.
  me.type('\u001b[C');
  await me.sees(/▌ Platform +WooCommerce/);
  me.type('\r');
  await me.sees(/▌ Consumer key/);
  me.type('ck_0123456789abcdef\r');
  await me.sees(/▌ Consumer secret/);
  me.type(secret);
  await me.sees(/Consumer secret +•{20}/);
  me.type('\r');
  await me.sees(/▌ Short name/);
  me.type('fi\r');
  await me.sees(/▌\[ Test connection \]/);
  me.type('\r');
  await me.sees('The test of fi failed');
  expect(await filesWith(home, secret)).toEqual([]);
  me.type('\t');
  await me.sees(/▌\[ Save \]/);
  me.type('\r');
  await me.sees('fi is saved');
  expect(me.bytes()).not.toContain(secret);
  const files = await filesWith(home, secret);
  expect(files).toEqual([join(home, 'config', 'credentials.json')]);
  expect((await stat(files[0] ?? '')).mode & 0o777).toBe(0o600);
});
