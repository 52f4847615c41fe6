import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// Processes are started, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const module = new URL('../../../src/runtime/environment/compile-cache.ts', import.meta.url).href;
let place = '';
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'bindeled-compiled-'));
  writeFileSync(join(place, 'program.mjs'), 'export const answer = (one) => one + 1;');
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

/** Starts a program that keeps what is compiled, and answers where Node keeps it. */
const start = (cache = join(place, 'cache')): string => {
  const { NODE_COMPILE_CACHE: _, NODE_DISABLE_COMPILE_CACHE: __, ...env } = process.env;
  const code = `
    const { keepCompiled } = await import(${JSON.stringify(module)});
    keepCompiled(${JSON.stringify(cache)}, ${JSON.stringify(join(place, 'program.mjs'))});
    await import(${JSON.stringify(join(place, 'program.mjs'))});
    const { getCompileCacheDir } = await import('node:module');
    process.stdout.write(getCompileCacheDir() ?? 'nowhere');`;
  return execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', code], {
    env,
    encoding: 'utf8',
    timeout: 30_000,
  });
};

test('a build keeps what was compiled of it, and takes away what a build before it kept', () => {
  const first = start();
  expect(first.startsWith(join(place, 'cache', 'compiled'))).toBe(true);
  expect(readdirSync(first).length).toBeGreaterThan(0);
  expect(start()).toBe(first);
  utimesSync(join(place, 'program.mjs'), 1_000, 1_000);
  expect(start()).not.toBe(first);
  expect(readdirSync(join(place, 'cache', 'compiled'))).toHaveLength(1);
});

test('a folder that others may write is not believed, and one that cannot be made stops nobody', () => {
  const own = join(start(), '..');
  chmodSync(own, 0o777);
  expect(start()).toBe('nowhere');
  rmSync(join(place, 'cache'), { recursive: true });
  writeFileSync(join(place, 'cache'), 'a file in its place');
  expect(start()).toBe('nowhere');
  // There, and it takes no new folders: Node's own way of making them never ends.
  if (process.platform === 'linux') expect(start('/proc/.cache/bindeled')).toBe('nowhere');
});
