import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { runCli } from '../e2e/run-cli.ts';
import { storedShop } from '../support/stored-shop.ts';
import { openInTerminal, type Terminal } from '../support/terminal.ts';

// The program is started anew for each test, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let home = '';
let seen: Terminal | undefined;
beforeAll(async () => {
  home = await storedShop();
});
afterEach(() => seen?.kill('SIGKILL'));
afterAll(() => rm(home, { recursive: true, force: true }));

const env = (): Record<string, string> => ({ BINDELED_HOME: home, BINDELED_LANG: 'en' });
const bindeled = (...args: readonly string[]) =>
  runCli({ folder: home, env: { PATH: process.env.PATH ?? '', ...env() }, remove: () => undefined }, args);
const at = async (over: Partial<Parameters<typeof openInTerminal>[0]> = {}): Promise<Terminal> => {
  seen = openInTerminal({ columns: 120, rows: 30, env: env(), ...over });
  await seen.sees('Needs attention');
  return seen;
};

test('what another process changes appears by itself, and the cursor keeps its row', async () => {
  const me = await at({ columns: 100 });
  me.type('2');
  await me.sees(/▌.*SKO-001/);
  me.type('jjj');
  await me.sees(/▌.*SKO-004/);
  expect((await bindeled('stock', 'set', 'SKO-004', '77')).code).toBe(0);
  await me.sees(/▌.*SKO-004.* 75 /);
  expect((await bindeled('remove', 'SKO-002', '--shop', 'dk', '--reason', 'wrong one')).code).toBe(0);
  await me.sees(/missing +SKO-002/);
  await me.sees(/▌.*SKO-004/);
});

test('a sorted list does not move under the hand when a figure changes, and is sorted anew when one reads again', async () => {
  const me = await at({ columns: 100 });
  me.type('2');
  await me.sees(/▌.*SKO-001/);
  me.type('s');
  await me.sees(/5 +Ours/);
  // A question hears nothing at first.
  await me.quiet();
  me.type('5');
  await me.sees(/Ours.?↑|↑.?Ours/);
  // Two of each are promised already.
  await bindeled('stock', 'set', 'SKO-003', '500');
  await me.sees(/SKO-003.* 498 /);
  expect(me.shown().indexOf('SKO-003')).toBeLessThan(me.shown().indexOf('SKO-005'));
  me.type('r');
  await me.seesNoMore('SKO-003');
});

test('an address opens on a click where the terminal knows how, and is plain text elsewhere', async () => {
  const me = await at({ env: { ...env(), FORCE_HYPERLINK: '1' } });
  me.type('SKO-007\r');
  await me.sees('Skovstøvle SKO-007');
  me.type('o');
  await me.sees('In the admin of');
  expect(me.bytes()).toMatch(/\u001b\]8;;https?:\/\//);
});

test('a dashboard that is left alone sends nothing', async () => {
  const me = await at();
  me.type('2');
  await me.sees(/▌.*SKO-001/);
  await me.quiet();
  const sent = me.bytes().length;
  await me.quiet();
  expect(me.bytes().length).toBe(sent);
});
