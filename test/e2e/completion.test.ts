import { execFileSync } from 'node:child_process';
import { describe, expect, test, vi } from 'vitest';
import { makeHome, runCli } from './run-cli.ts';

vi.setConfig({ testTimeout: 60_000 });

const script = async (shell: string): Promise<string> => {
  const home = makeHome();
  const result = await runCli(home, ['completion', shell]);
  home.remove();
  expect(result.code).toBe(0);
  return result.stdout;
};

/** What a real bash would offer after these words, the last of which is being typed. */
const offered = (source: string, words: readonly string[]): readonly string[] => {
  const typed = ['bindeled', ...words].map((word) => `'${word}'`).join(' ');
  const asked = `COMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _bindeled; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', `${source}\n${asked}`], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '');
};

describe('completion', () => {
  test('bash offers commands, their options, and the values of those that have a few', async () => {
    const source = await script('bash');
    expect(offered(source, ['fi'])).toEqual(['find']);
    expect(offered(source, ['shops', 'pa'])).toEqual(['pause']);
    expect(offered(source, ['shops', 'add', '--plat'])).toEqual(['--platform']);
    expect(offered(source, ['shops', 'add', '--platform', 'w'])).toEqual(['woocommerce']);
    expect(offered(source, ['--lang', ''])).toEqual(['da', 'en']);
    expect(offered(source, ['list', '--shop', 'no', '--filter', 'm'])).toEqual(['missing']);
    expect(offered(source, ['refetch', '--mis'])).toEqual(['--missing']);
    expect(offered(source, ['settle', 'dk', '10', 'k'])).toEqual(['keep']);
  });

  test('zsh and fish are told the same commands', async () => {
    for (const source of [await script('zsh'), await script('fish')]) {
      expect(source).toContain('inactive-with-stock');
      expect(source).toContain('woocommerce shopify');
      expect(source).toContain('keep move not-the-same accept-rename');
    }
  });
});
