import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

// Each test starts programs, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const root = fileURLToPath(new URL('../../', import.meta.url));
const launcher = join(root, 'bin/bindeled');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-launcher-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program in a folder of its own, with a Node of whatever age before the real one. */
function install({ built = true, nodeSays }: { built?: boolean; nodeSays?: string }): { start: string; path: string } {
  const home = join(folder, 'program');
  mkdirSync(join(home, 'bin'), { recursive: true });
  mkdirSync(join(folder, 'machine'));
  symlinkSync(join(root, 'bin/require-node-version.js'), join(home, 'bin/require-node-version.js'));
  spawnSync('cp', [launcher, join(home, 'bin/bindeled')]);
  if (built) {
    mkdirSync(join(home, 'dist'));
    for (const [file, said] of Object.entries({ 'main.js': 'started', 'start.cjs': 'started a command' }))
      writeFileSync(join(home, 'dist', file), `console.log("${said}", process.argv.slice(2).join("|"));\n`);
  }
  if (nodeSays !== undefined) {
    // An old Node stops at the guard; this one does so without being old.
    writeFileSync(join(folder, 'machine/node'), `#!/bin/sh\n${nodeSays}\n`, { mode: 0o755 });
  }
  return { start: join(home, 'bin/bindeled'), path: `${join(folder, 'machine')}:/usr/bin:/bin` };
}
const real = `exec ${process.execPath} "$@"`;

const run = (start: string, path: string, words: readonly string[] = []) =>
  spawnSync(start, words, {
    encoding: 'utf8',
    cwd: folder,
    env: { PATH: path },
    timeout: 50_000,
    killSignal: 'SIGKILL',
  });

test('a lookup reads nothing of other commands and services', () => {
  const reads = (...words: readonly string[]): readonly string[] => {
    const cache = join(folder, words.join('-'));
    const env = { PATH: '/usr/bin:/bin', BINDELED_HOME: folder, BINDELED_LANG: 'en', NODE_COMPILE_CACHE: cache };
    spawnSync(launcher, words, { env, timeout: 50_000, killSignal: 'SIGKILL' });
    const kept = readdirSync(cache, { recursive: true, encoding: 'utf8' });
    return [...new Set(kept.flatMap((file) => /\/\w+-([a-z]+)-[\w-]{8}\.cjs\.code$/.exec(file)?.[1] ?? []))].toSorted();
  };
  expect(reads('find', 'x')).toEqual(['call', 'command', 'en', 'json', 'sql', 'sqlite']);
  expect(reads('log')).toEqual(expect.arrayContaining(['commands', 'services']));
});

describe('the launcher', () => {
  test('starts the real program from any folder, through links that lie on links', () => {
    mkdirSync(join(folder, 'some'));
    symlinkSync(launcher, join(folder, 'some/first'));
    symlinkSync('some/first', join(folder, 'second'));
    const { status, stdout } = spawnSync(join(folder, 'second'), ['--version'], {
      encoding: 'utf8',
      cwd: tmpdir(),
      timeout: 50_000,
      killSignal: 'SIGKILL',
    });
    expect([status, stdout.trim()]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+$/)]);
  });

  test('passes on what it was told, blanks and all', () => {
    const { start, path } = install({ nodeSays: real });
    const { stdout } = run(start, path, ['find', 'rød jakke', '--json']);
    expect(stdout).toBe('started a command find|rød jakke|--json\n');
  });

  test('gives what asks and ends room for all that it makes, and nothing that stays open', () => {
    const { start, path } = install({ nodeSays: 'case $1 in */require-*) exit 0 ;; esac; echo "$1"' });
    const firstWord = (...words: readonly string[]) => run(start, path, words).stdout.trim();
    expect([firstWord('find', 'x'), firstWord('list')]).toEqual(Array(2).fill('--min-semi-space-size=16'));
    const open = [
      firstWord(),
      firstWord('dashboard'),
      firstWord('--lang', 'da'),
      firstWord('serve'),
      firstWord('demo'),
    ];
    expect(open).toEqual(Array(5).fill(expect.stringMatching(/main\.js$/)));
  });

  test('prefers the Node that npm put beside it', () => {
    const { start, path } = install({ nodeSays: 'echo the machine; exit 1' });
    mkdirSync(join(folder, 'program/node_modules/.bin'), { recursive: true });
    symlinkSync(process.execPath, join(folder, 'program/node_modules/.bin/node'));
    expect(run(start, path).stdout).toBe('started \n');
  });

  test('finds the one that npm put among its sisters, when it is itself a dependency', () => {
    const { start, path } = install({ nodeSays: 'exit 1' });
    mkdirSync(join(folder, '.bin'));
    symlinkSync(process.execPath, join(folder, '.bin/node'));
    expect(run(start, path).stdout).toBe('started \n');
  });

  test('says in one sentence that every Node there is too old, and what helps', () => {
    const { start, path } = install({ nodeSays: 'exit 1' });
    const { status, stderr, stdout } = run(start, path);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/needs Node 22\.13 or newer.*optional packages/);
  });

  test('says that it is not built', () => {
    const { start, path } = install({ built: false, nodeSays: real });
    const { status, stderr } = run(start, path);
    expect(status).toBe(1);
    expect(stderr).toContain('not built');
  });
});

describe('the guard', () => {
  const under = (version: string) =>
    spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); await import('${join(root, 'bin/require-node-version.js')}');`,
      ],
      { encoding: 'utf8' },
    );

  test.each(['18.20.4', '20.20.2', '22.12.0'])('stops Node %s', (version) => {
    const { status, stderr } = under(version);
    expect(status).toBe(1);
    expect(stderr.trim()).toMatch(new RegExp(`^Bindeled needs .*${version.replaceAll('.', '\\.')}.*npm ci.*$`));
  });

  test.each(['22.13.0', '24.0.0', '26.10.0'])('lets Node %s through', (version) => {
    const { status, stderr } = under(version);
    expect([status, stderr]).toEqual([0, '']);
  });
});
