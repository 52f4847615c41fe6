import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 180_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));
const hasDpkg = spawnSync('dpkg-deb', ['--version']).status === 0;

/** Runs a program with nothing of ours in its environment. */
const run = (file: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): string =>
  execFileSync(file, [...words], { encoding: 'utf8', stdio: 'pipe', timeout: 120_000, env });

// Elsewhere than on Debian there is nothing to build it with.
test.skipIf(!hasDpkg)('the Debian package is built, installed, runs by itself, and leaves nothing when it goes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-deb-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  run('sh', [join(root, 'share/debian/make-deb.sh'), folder], { PATH: process.env.PATH ?? '', HOME: folder });
  const file = readdirSync(folder).find((name) => name.endsWith('.deb')) ?? '';
  const tree = join(folder, 'root');
  const state = join(tree, 'var/lib/dpkg');
  for (const name of ['info', 'updates', 'triggers']) mkdirSync(join(state, name), { recursive: true });
  writeFileSync(join(state, 'status'), '');
  const dpkg = (...words: readonly string[]): string =>
    run('dpkg', [`--root=${tree}`, '--force-depends', '--force-not-root', '--no-triggers', ...words], {
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
    });
  dpkg('-i', join(folder, file));
  const env = { PATH: '/usr/bin:/bin', HOME: folder, BINDELED_HOME: join(folder, 'home'), BINDELED_LANG: 'en' };
  const said = run(join(tree, 'usr/bin/bindeled'), ['--version'], env);
  expect(file).toContain(`bindeled_${said.trim()}_`);
  expect(run(join(tree, 'usr/bin/bindeled'), ['--help'], env)).toContain('Usage: bindeled');
  const placed = dpkg('-L', 'bindeled');
  for (const path of [
    'bash-completion/completions/bindeled',
    'zsh/vendor-completions/_bindeled',
    'fish/vendor_completions.d/bindeled.fish',
    'man/man1/bindeled.1.gz',
    'doc/bindeled/copyright',
  ])
    expect(placed).toContain(`/usr/share/${path}`);
  dpkg('-r', 'bindeled');
  expect(() => readdirSync(join(tree, 'usr'))).toThrow('ENOENT');
});
