import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { storedShop } from '../support/stored-shop.ts';
import { openInTerminal, type Terminal } from '../support/terminal.ts';
import { runCli } from './run-cli.ts';

// The program is started anew for each test, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const slowStore = fileURLToPath(new URL('children/slow-store.mjs', import.meta.url));
let home = '';
let seen: Terminal | undefined;
beforeAll(async () => {
  home = await storedShop();
});
afterEach(() => seen?.kill('SIGKILL'));
afterAll(() => rm(home, { recursive: true, force: true }));

const at = (over: Partial<Parameters<typeof openInTerminal>[0]> = {}): Terminal => {
  const env = { BINDELED_HOME: home, BINDELED_LANG: 'da' };
  seen = openInTerminal({ columns: 80, rows: 24, env, nodeOptions: ['--import', slowStore], ...over });
  return seen;
};
const opening = async (over: Parameters<typeof at>[0] = {}): Promise<Terminal> => {
  const me = at(over);
  await me.sees(/Bindeled[\s\S]*henter[\s\S]*\? hjælp/);
  expect(me.alternate()).toBe(true);
  return me;
};
const givenBack = (me: Terminal): void => {
  const bytes = me.bytes();
  expect(me.alternate()).toBe(false);
  expect(bytes.lastIndexOf('\u001b[?25h')).toBeGreaterThan(bytes.lastIndexOf('\u001b[?25l'));
};
/** A place like ours, with something changed in it. */
const like = async (change: (folder: string) => Promise<void>): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'bindeled-opening-'));
  await cp(home, folder, { recursive: true });
  await change(folder);
  return folder;
};

test('the first frame stands before the store is opened, and the dashboard goes on from it', async () => {
  const me = await opening();
  me.kill('SIGUSR2');
  await me.sees('Kræver handling');
  expect(me.bytes().split('\u001b[?1049h')).toHaveLength(2);
  me.type('q');
  expect(await me.ended).toBe(0);
  givenBack(me);
});

test('keys typed while the store is opened are not lost, nor echoed', async () => {
  const me = await opening();
  const before = me.shown();
  me.type('2');
  await me.quiet();
  expect(me.shown()).toBe(before);
  me.kill('SIGUSR2');
  await me.sees('Lagertal afviger');
});

test.each([
  ['q', 'q'],
  ['Ctrl-C', '\u0003'],
])('%s leaves while the store is opened', async (_, bytes) => {
  const me = await opening();
  me.type(bytes);
  expect(await me.ended).toBe(0);
  givenBack(me);
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s gives the terminal back while the store is opened', async (signal) => {
  const me = await opening();
  me.kill(signal);
  expect(await me.ended).toBe(130);
  givenBack(me);
});

test('a window made smaller meanwhile is drawn anew', async () => {
  const me = await opening({ columns: 120, rows: 36 });
  await me.resize(70, 20);
  await me.sees(/^ Bindeled[\s\S]*\? hjælp/);
  expect(me.shown().split('\n')[19]).toContain('? hjælp');
  me.kill('SIGUSR2');
  await me.sees('Kræver handling');
});

test('a store that cannot be opened ends with its words on the ordinary screen', async () => {
  const damaged = await like((folder) => writeFile(join(folder, 'data', 'store', 'store.json'), '{"half'));
  try {
    const me = await opening({ env: { BINDELED_HOME: damaged, BINDELED_LANG: 'da' } });
    me.kill('SIGUSR2');
    expect(await me.ended).toBe(5);
    givenBack(me);
    expect(me.shown()).toContain('store.json');
  } finally {
    await rm(damaged, { recursive: true, force: true });
  }
});

test('a store whose last shop was removed asks for the first step on the ordinary screen', async () => {
  const bare = await like(async (folder) => {
    const env = { PATH: process.env.PATH ?? '', BINDELED_HOME: folder, BINDELED_LANG: 'da' };
    const result = await runCli({ folder, env, remove: () => undefined }, ['shops', 'remove', 'dk', '--yes', 'dk']);
    expect(result.code).toBe(0);
  });
  try {
    const me = await opening({ env: { BINDELED_HOME: bare, BINDELED_LANG: 'da' } });
    me.kill('SIGUSR2');
    await me.sees('Vælg 1, 2, 3 eller 0');
    givenBack(me);
    me.type('0\r');
    expect(await me.ended).toBe(0);
  } finally {
    await rm(bare, { recursive: true, force: true });
  }
});

test('what the settings are warned about is said on the ordinary screen, once the dashboard is left', async () => {
  const odd = await like(async (folder) => {
    await mkdir(join(folder, 'config'), { recursive: true });
    await writeFile(join(folder, 'config', 'config.json'), '{"themme":"dark"}');
  });
  try {
    const me = await opening({ env: { BINDELED_HOME: odd, BINDELED_LANG: 'da' } });
    me.kill('SIGUSR2');
    await me.sees('Kræver handling');
    expect(me.shown()).not.toContain('themme');
    me.type('q');
    expect(await me.ended).toBe(0);
    expect(me.shown()).toContain('themme');
  } finally {
    await rm(odd, { recursive: true, force: true });
  }
});
