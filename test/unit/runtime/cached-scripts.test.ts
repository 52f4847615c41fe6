import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeScriptLoader } from '../../../src/runtime/environment/cached-scripts.ts';

let place = '';
let cache = '';
/** A script as the build writes it. */
const writeScript = (name: string, code: string): void =>
  writeFileSync(join(place, name), `(function(exports,require,module,__filename,__dirname){${code}\n})`);
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'bindeled-scripts-'));
  cache = join(place, 'cache');
  writeScript('sums.cjs', 'exports.add = (one, other) => one + other;');
  writeScript(
    'run.cjs',
    `const sums = require('./sums.cjs');
    const path = require('node:path');
    const crypto = require.late('node:crypto');
    exports.three = () => sums.add(1, 2);
    exports.name = path.basename(__filename);
    exports.hash = () => crypto.createHash('sha1').update('').digest('hex').slice(0, 8);
    exports.whole = () => crypto.default === process.getBuiltinModule('node:crypto');`,
  );
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

type Loaded = { three(): number; name: string; hash(): string; whole(): boolean };
const start = (command = 'find', folder: string | undefined = cache) => {
  const { load, keep } = makeScriptLoader(folder, command);
  return { loaded: load(join(place, 'run.cjs')) as Loaded, keep };
};
const keptIn = (): readonly string[] => readdirSync(join(cache, process.version)).toSorted();
const contents = (): readonly string[] =>
  keptIn().map((name) => readFileSync(join(cache, process.version, name), 'base64'));

test('scripts load each other and modules of Node', () => {
  const { loaded } = start();
  expect([loaded.three(), loaded.name, loaded.hash(), loaded.whole()]).toEqual([3, 'run.cjs', 'da39a3ee', true]);
});

test('what was compiled is kept for each command, once', () => {
  const first = start();
  first.loaded.three();
  first.keep();
  expect(keptIn()).toEqual(['find-run.cjs.code', 'find-sums.cjs.code']);
  const before = contents();
  const second = start();
  expect(second.loaded.three()).toBe(3);
  second.keep();
  expect(contents()).toEqual(before);
  start('list').keep();
  expect(keptIn()).toHaveLength(4);
});

test('what is damaged, cut off or of another script is not believed, and is put right', () => {
  const first = start();
  first.loaded.three();
  first.keep();
  const before = contents();
  const [run = '', sums = ''] = keptIn().map((name) => join(cache, process.version, name));
  const code = readFileSync(run);
  code[code.length >> 1] = (code[code.length >> 1] ?? 0) ^ 1;
  writeFileSync(run, code);
  writeFileSync(sums, readFileSync(sums).subarray(0, 40));
  const second = start();
  expect(second.loaded.three()).toBe(3);
  second.keep();
  expect(contents()).toEqual(before);
  writeScript('sums.cjs', 'exports.add = (one, other) => one + other + 1;');
  expect(start().loaded.three()).toBe(4);
});

test('where nothing can be kept everything runs all the same', () => {
  writeFileSync(cache, 'a file in its place');
  const { loaded, keep } = start();
  expect(loaded.three()).toBe(3);
  keep();
  expect(start('find', undefined).loaded.three()).toBe(3);
});
