import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { storedShop } from '../support/stored-shop.ts';
import { openInTerminal, type Terminal } from '../support/terminal.ts';
import { runCli } from './run-cli.ts';

// The program is started anew for each test, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let home = '';
let seen: Terminal | undefined;
const key = 'ck_0123456789abcdef0123456789abcdef';
beforeAll(async () => {
  home = await storedShop();
});
afterEach(() => seen?.kill('SIGKILL'));
afterAll(() => rm(home, { recursive: true, force: true }));

const at = async (over: Partial<Parameters<typeof openInTerminal>[0]> = {}): Promise<Terminal> => {
  const env = {
    BINDELED_HOME: home,
    BINDELED_LANG: 'da',
    BINDELED_DK_KEY: key,
    BINDELED_DK_SECRET: 'cs_fedcba9876543210',
  };
  seen = openInTerminal({ columns: 80, rows: 24, env, ...over });
  await seen.sees('Kræver handling');
  return seen;
};
const givenBack = (terminal: Terminal): void => {
  const bytes = terminal.bytes();
  expect(terminal.alternate()).toBe(false);
  expect(bytes.lastIndexOf('\u001b[?2004l')).toBeGreaterThan(bytes.lastIndexOf('\u001b[?2004h'));
  expect(bytes.lastIndexOf('\u001b[?25h')).toBeGreaterThan(bytes.lastIndexOf('\u001b[?25l'));
};

test.each([
  ['q', 'q', 0],
  ['Ctrl-C', '\u0003', 0],
  [':quit', ':quit\r', 0],
])('%s gives the terminal back', async (_, bytes, code) => {
  const me = await at();
  me.type(bytes);
  expect(await me.ended).toBe(code);
  givenBack(me);
});

test.each([
  'SIGHUP',
  'SIGTERM',
  'SIGINT',
])('%s gives the terminal back and says that it was interrupted', async (signal) => {
  const me = await at();
  me.kill(signal);
  expect(await me.ended).toBe(130);
  givenBack(me);
});

test('a line that is cut ends the program, and leaves no crash behind', async () => {
  const me = await at();
  me.cut();
  await me.ended;
  expect((await readdir(join(home, 'state')).catch(() => [])).filter((name) => name.startsWith('crash'))).toEqual([]);
});

test('a fault gives the terminal back, and leaves a report without keys that only its owner can read', async () => {
  const fault = fileURLToPath(new URL('children/fault-on-signal.mjs', import.meta.url));
  const me = await at({ nodeOptions: ['--import', fault] });
  me.kill('SIGUSR2');
  expect(await me.ended).toBe(70);
  givenBack(me);
  await me.sees('fejl');
  const [report] = (await readdir(join(home, 'state'))).filter((name) => name.startsWith('crash'));
  const path = join(home, 'state', report ?? '');
  expect(me.shown().replaceAll('\n', '')).toContain(report);
  const text = await readFile(path, 'utf8');
  expect(text).toContain('the unforeseen');
  expect(text).not.toContain(key);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('a dashboard without a terminal is refused on stderr, with the way to do the same', async () => {
  const env = { BINDELED_HOME: home, BINDELED_LANG: 'en' };
  const result = await runCli(
    { folder: home, env: { PATH: process.env.PATH ?? '', ...env }, remove: () => undefined },
    [],
    {
      stdin: 'j\n',
    },
  );
  expect(result.code).toBe(2);
  expect(result.stdout).toBe('');
  expect(result.stderr).toContain('bindeled');
});
