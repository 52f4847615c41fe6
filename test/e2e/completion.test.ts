import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Home, makeHome, runCli } from './run-cli.ts';

// Each offer starts a shell, and some of them the program.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const has = (shell: string): boolean => {
  try {
    execFileSync(shell, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

let home: Home;
beforeAll(async () => {
  home = makeHome();
  mkdirSync(join(home.folder, 'bin'));
  symlinkSync(fileURLToPath(new URL('../../bin/bindeled', import.meta.url)), join(home.folder, 'bin', 'bindeled'));
  for (const id of ['dk', 'no']) {
    const { code } = await runCli(home, ['shops', 'add', id, `https://${id}.example`, '--platform', 'woocommerce']);
    expect(code).toBe(0);
  }
});
afterAll(() => home.remove());

/** Runs a script in a shell that finds the program, as a person's would. */
const inShell = (shell: string, args: readonly string[], source: string): readonly string[] => {
  const file = join(home.folder, `script-${shell}`);
  writeFileSync(file, source);
  const env = { ...home.env, PATH: `${join(home.folder, 'bin')}:${home.env.PATH}` };
  return execFileSync(shell, [...args, file], { encoding: 'utf8', env, timeout: 50_000, killSignal: 'SIGKILL' })
    .split('\n')
    .map((line) => line.split('\t')[0]?.trim() ?? '')
    .filter((line) => line !== '');
};

const quoted = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(' ');

/** What each shell offers after these words, the last of which is being typed. */
const offers: Readonly<Record<string, (script: string, words: readonly string[]) => readonly string[]>> = {
  bash: (script, words) =>
    inShell(
      'bash',
      [],
      `${script}\nCOMP_WORDS=(bindeled ${quoted(words)}); COMP_CWORD=${words.length}; _bindeled; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ),
  zsh: (script, words) =>
    inShell(
      'zsh',
      ['-f'],
      [
        'compdef() { : }',
        `compadd() { shift; for one in "$@"; do [[ $one == "\${words[CURRENT]}"* ]] && print -r -- $one; done; true }`,
        script,
        `words=(bindeled ${quoted(words)}); CURRENT=${words.length + 1}; _bindeled`,
      ].join('\n'),
    ),
  fish: (script, words) => inShell('fish', ['--no-config'], `${script}\ncomplete -C 'bindeled ${words.join(' ')}'`),
};

describe.each(Object.keys(offers))('completion for %s', (shell) => {
  const isThere = has(shell);

  test.skipIf(!isThere)(
    'offers commands, options, and values: fixed ones, and those that only the program knows',
    async () => {
      const script = await runCli(home, ['completion', shell]);
      expect(script.code).toBe(0);
      const offered = (...words: readonly string[]): readonly string[] =>
        offers[shell]!(script.stdout, words).toSorted();
      expect(offered('fi')).toEqual(['find']);
      expect(offered('shops', 'pa')).toEqual(['pause']);
      expect(offered('--lang', '')).toEqual(['da', 'en']);
      expect(offered('list', '--shop', 'no', '--filter', 'm')).toEqual(['missing']);
      expect(offered('refetch', '--mis')).toEqual(['--missing']);
      expect(offered('settle', 'dk', '10', 'k')).toEqual(['keep']);
      expect(offered('shops', 'add', '--plat')).toEqual(['--platform']);
      expect(offered('shops', 'add', '--platform', 'w')).toContain('woocommerce');
      expect(offered('shops', 'add', '--platform', 'sho')).toContain('shopify');
      expect(offered('why', 'SOK-1', '--shop', '')).toEqual(['dk', 'no']);
      expect(offered('shops', 'test', 'n')).toEqual(['no']);
    },
  );
});

test('a word that completion asks for is answered a line each, and an unknown place with nothing', async () => {
  expect((await runCli(home, ['completion-values', 'shops show'])).stdout).toBe('dk\nno\n');
  expect((await runCli(home, ['completion-values', 'shops show', 'shop'])).stdout).toBe('');
  expect((await runCli(home, ['--help'])).stdout).not.toContain('completion-values');
});
