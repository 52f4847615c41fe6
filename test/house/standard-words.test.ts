import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { files, root } from './repository.ts';

// Every file is read, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/*
 * Words of our own that the field has standard terms for. They are sought as whole words, in any case, also where
 * they are a part of a name (`costPurse`, `take-down`).
 */

/** Each with what to write instead. */
const replaced: Readonly<Record<string, string>> = {
  desk: 'context',
  errand: 'job',
  errands: 'jobs',
  notebook: 'change set',
  glance: 'observe, look',
  kin: 'related',
  heir: 'replacement',
  seat: 'promote',
  thrifty: 'diff',
  patience: 'retry policy',
  manners: 'retry policy, conventions',
  purse: 'cost budget',
  complaint: 'error, refusal',
  complaints: 'errors, refusals',
  happenings: 'activity',
  street: 'shops',
  dice: 'random',
  door: 'entry point, connector, port',
  doors: 'entry points, connectors, ports',
};
/** Names of two words, and what to write instead. */
const replacedNames: Readonly<Record<string, string>> = {
  takeDown: 'remove',
  letStand: 'setConflict',
  takeIn: 'ingest',
  inTurns: 'orderedBy',
  readWhole: 'fullSync',
  onTold: 'onNotice',
  deathWatch: 'livenessCheck',
  signOfLife: 'heartbeat',
  wounds: 'damage',
};
const maximum = /\bmost(?:Rounds|Rows|Seqs|AtOnce|Calls|Lines|Bytes|Ids|Pages)\b/;

/** Parts of a line as words: `costPurse` is cost and purse. */
const wordsOf = (line: string): readonly string[] =>
  line
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);

const any = new RegExp(`${[...Object.keys(replaced), ...Object.keys(replacedNames)].join('|')}|most[A-Z]`, 'i');

function found(line: string): readonly string[] {
  if (!any.test(line)) return [];
  const words = new Set(wordsOf(line));
  return [
    ...Object.entries(replaced).filter(([word]) => words.has(word)),
    ...Object.entries(replacedNames).filter(([name]) => new RegExp(`\\b${name}`, 'i').test(line)),
  ]
    .map(([word, instead]) => `${word} (write: ${instead})`)
    .concat(maximum.test(line) ? ['most… (write: max…)'] : []);
}

const sought = files.filter((path) =>
  /^(?:src|components)\/.*\.tsx?$|^docs\/[^/]+\.md$|^(?:README|CONTRIBUTING)\.md$/.test(path),
);

test('names, comments and pages use the standard words of the field', () => {
  const wrong = sought.flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .flatMap((line, at) => found(line).map((word) => `${path}:${at + 1} ${word}`)),
  );
  expect(sought.length).toBeGreaterThan(300);
  expect(wrong).toEqual([]);
});

test('a word of our own is found alone, in a name and in a file of its kind', () => {
  expect(found('const costPurse = 1;')).toEqual(['purse (write: cost budget)']);
  expect(found('// the front door')).toHaveLength(1);
  expect(found('store.takeDown(link)')).toHaveLength(1);
  expect(found('const mostRows = 5;')).toHaveLength(1);
  expect(found('indoor seating is not a kind of errands')).toHaveLength(1);
});
