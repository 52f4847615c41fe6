import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openInTerminal, type Terminal } from '../support/terminal.ts';

// Each shell asks the program for its words.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

/** How each shell is started without the settings of whoever runs this, and made ready to complete. */
const shells: Readonly<Record<string, { readonly words: readonly string[]; readonly ready: string }>> = {
  bash: { words: ['--norc', '--noprofile', '-i'], ready: '' },
  zsh: { words: ['-f', '-i'], ready: 'autoload -U compinit; compinit -u -D; ' },
  fish: { words: ['--no-config', '-i'], ready: '' },
};
const found = (shell: string): string =>
  spawnSync('/bin/sh', ['-c', `command -v ${shell}`], { encoding: 'utf8' }).stdout.trim();

let folder = '';
let seen: Terminal | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-shells-'));
  symlinkSync(fileURLToPath(new URL('../../bin/bindeled', import.meta.url)), join(folder, 'bindeled'));
});
afterEach(() => seen?.kill('SIGKILL'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const shell of Object.keys(shells))
  test(`in ${shell} a person presses Tab, and the word is completed`, async ({ skip }) => {
    const path = found(shell);
    if (path === '') skip(`${shell} is not on this machine`);
    const { words, ready } = shells[shell] ?? { words: [], ready: '' };
    const program = join(folder, 'bindeled');
    const env = { BINDELED_HOME: folder, BINDELED_LANG: 'en', PATH: `${folder}:${process.env.PATH}`, PS1: 'shell> ' };
    const script = spawnSync(program, ['completion', shell], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    }).stdout;
    const file = join(folder, `completion.${shell}`);
    writeFileSync(file, script);
    const me = openInTerminal({ columns: 100, rows: 24, env, words, installed: { program: path, folder } });
    seen = me;
    await me.quiet();
    me.type(`${ready}source ${file}; echo rea''dy\r`);
    await me.sees(/^ready/m);
    for (const [typed, completed] of [
      ['bindeled refe', 'bindeled refetch'],
      ['bindeled shops pau', 'bindeled shops pause'],
      ['bindeled list --filter mis', 'bindeled list --filter missing'],
    ] as const) {
      await me.quiet();
      me.type(`${typed}\t`);
      await me.sees(completed);
      me.type('\u0015');
      await me.quiet();
    }
    expect(me.shown()).not.toMatch(/error|not found/i);
  });
