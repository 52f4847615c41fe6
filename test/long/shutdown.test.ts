import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { runCli } from '../e2e/run-cli.ts';
import { storedShop } from '../support/stored-shop.ts';
import { openInTerminal, type Terminal } from '../support/terminal.ts';

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
  for (const mode of ['1000', '1006'])
    expect(bytes.lastIndexOf(`\u001b[?${mode}l`)).toBeGreaterThan(bytes.lastIndexOf(`\u001b[?${mode}h`));
  expect(bytes).toContain('\u001b[?1006h');
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

test('Ctrl-Z gives the terminal to the shell, and fg brings the screen back', async () => {
  const env = { BINDELED_HOME: home, BINDELED_LANG: 'da', PS1: 'shell> ', PROMPT_COMMAND: '' };
  const shell = { program: '/bin/bash', folder: home };
  seen = openInTerminal({ columns: 80, rows: 24, env, installed: shell, words: ['--norc', '--noprofile', '-i'] });
  const me = seen;
  await me.sees('shell>');
  me.type(`${process.execPath} ${fileURLToPath(new URL('../../dist/main.js', import.meta.url))}\r`);
  await me.sees('Kræver handling');
  await me.quiet();
  me.type('\u001a');
  await me.sees(/Stopped|Stoppet/);
  const isPlain = (): boolean =>
    !me.alternate() && me.bytes().lastIndexOf('\u001b[?1000l') > me.bytes().lastIndexOf('\u001b[?1000h');
  expect(isPlain()).toBe(true);
  me.type('fg\r');
  await me.sees('Kræver handling');
  expect(me.alternate()).toBe(true);
  me.type('7');
  await me.sees('Fuld synk');
  me.type('\u0003');
  await me.sees(/shell> *\s*$/);
  expect(isPlain()).toBe(true);
  me.type('exit\r');
  await me.ended;
});

test('the mouse is not asked for where the settings say so', async () => {
  const home = await storedShop(3);
  try {
    await mkdir(join(home, 'config'), { recursive: true });
    await writeFile(join(home, 'config', 'config.json'), '{"mouse":false}');
    const me = await at({ env: { BINDELED_HOME: home, BINDELED_LANG: 'da' } });
    await me.quiet();
    expect(me.bytes()).not.toContain('[?1000h');
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

test('a line that is cut ends the program, and leaves no crash behind', async () => {
  const logged = await readFile(join(home, 'state', 'bindeled.log'), 'utf8').catch(() => '');
  const me = await at();
  me.cut();
  await me.ended;
  expect((await readdir(join(home, 'state')).catch(() => [])).filter((name) => name.startsWith('crash'))).toEqual([]);
  const log = (await readFile(join(home, 'state', 'bindeled.log'), 'utf8')).slice(logged.length);
  expect(log).toContain('"exit":130');
  expect(log).not.toMatch(/"msg":"bug"|EIO/);
});

test('a fault gives the terminal back, and leaves a report without keys that only its owner can read', async () => {
  const fault = fileURLToPath(new URL('../e2e/children/fault-on-signal.mjs', import.meta.url));
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
