import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openInTerminal } from '../support/terminal.ts';

vi.setConfig({ testTimeout: 120_000 });

async function contentTab(env: Readonly<Record<string, string>>, term: string) {
  const home = mkdtempSync(join(tmpdir(), 'bindeled-pictures-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const terminal = openInTerminal({
    columns: 120,
    rows: 40,
    term,
    env: { BINDELED_HOME: home, BINDELED_LANG: 'en', TERM: term, ...env },
    words: ['demo'],
  });
  onTestFinished(() => terminal.kill());
  await terminal.sees('Needs attention');
  await terminal.quiet();
  terminal.type('SK6001-SO-42\r');
  await terminal.sees('7 shops');
  terminal.type(']]]');
  await terminal.sees('Ours follows');
  await terminal.quiet();
  return terminal;
}

test.each([
  ['xterm-kitty', {}, /\u001b_Ga=T,f=100,[^;]*;[A-Za-z0-9+/=]+\u001b\\/, /\u001b_Ga=d,d=I,i=\d+,q=2\u001b\\/],
  ['xterm-256color', { LC_TERMINAL: 'iTerm2' }, /\u001b\]1337;File=inline=1;[^:]*:[A-Za-z0-9+/=]+\u0007/, undefined],
] as const)('the demo draws a picture of its shops in %s, which goes with its tab', async (term, env, drawn, erased) => {
  const terminal = await contentTab(env, term);
  await expect.poll(terminal.bytes).toMatch(drawn);
  // Those of the other shops may still be on their way.
  await terminal.quiet();
  const before = terminal.bytes().length;
  terminal.type('[');
  await terminal.seesNoMore('Ours follows');
  await terminal.quiet();
  if (erased !== undefined) await expect.poll(() => terminal.bytes().slice(before)).toMatch(erased);
  expect(terminal.bytes().slice(before)).not.toMatch(drawn);
});

test('a terminal that says Sixel when it is asked gets Sixel, and one that does not is sent none', async () => {
  const terminal = await contentTab({}, 'xterm-256color');
  await expect.poll(terminal.bytes).toContain('\u001b[16t\u001b[c');
  expect(terminal.bytes()).not.toMatch(/\u001bP[\d;]*q/);
  terminal.type('\u001b[6;20;10t\u001b[?62;4;22c');
  await expect.poll(terminal.bytes).toMatch(/\u001b7\u001bP[\d;]*q"1;1;\d+;\d+#[^\u001b]*\u001b\\\u001b8/);
  // The answer was no key.
  await terminal.sees('Ours follows');
});

test('no picture is sent where colours are not wanted', async () => {
  const terminal = await contentTab({ NO_COLOR: '1' }, 'xterm-kitty');
  expect(terminal.bytes()).not.toMatch(/\u001b_G|\u001b\]1337|\u001bP|\u001b\[c/);
});
