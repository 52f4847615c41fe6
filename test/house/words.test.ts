import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../src/views/words/words.ts';
import { files, textOf } from './repository.ts';

type Leaf = { readonly path: string; readonly value: unknown };

function leaves(value: unknown, path = ''): readonly Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, value }];
  return Object.entries(value).flatMap(([name, one]) => leaves(one, path === '' ? name : `${path}.${name}`));
}

/** What a list says when every blank is filled with a word of its own. */
function said(value: unknown): string {
  const filled =
    typeof value === 'function' ? value(...Array.from({ length: value.length }, (_, index) => `<${index}>`)) : value;
  return typeof filled === 'string'
    ? filled
    : leaves(filled)
        .map((leaf) => String(leaf.value))
        .join('\n');
}

const blanks = (value: unknown): readonly string[] => [...new Set(said(value).match(/<\d>/g) ?? [])].toSorted();

const english = leaves(wordsOf('en'));
const danish = new Map(leaves(wordsOf('da')).map((leaf) => [leaf.path, leaf.value]));

describe('the two word lists', () => {
  test('say the same things', () => {
    expect([...danish.keys()].toSorted()).toEqual(english.map((leaf) => leaf.path).toSorted());
  });

  test('say something, everywhere', () => {
    const silent = [...english, ...leaves(wordsOf('da'))].filter((leaf) => said(leaf.value).trim() === '');
    expect(silent.map((leaf) => leaf.path)).toEqual([]);
  });

  test('tell a person the same facts', () => {
    const different = english.filter(
      (leaf) => typeof leaf.value === 'function' && blanks(leaf.value).join() !== blanks(danish.get(leaf.path)).join(),
    );
    expect(different.map((leaf) => leaf.path)).toEqual([]);
  });

  test('hold no control character and no blank at either end of a line', () => {
    const all = [...english, ...leaves(wordsOf('da'))];
    const bad = all.filter((leaf) => /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(said(leaf.value)));
    expect(bad.map((leaf) => leaf.path)).toEqual([]);
  });

  test('do not leave English standing in Danish: sentences differ', () => {
    const same = english.filter((leaf) => {
      const text = said(leaf.value);
      return text.split(' ').length > 3 && text === said(danish.get(leaf.path)) && !/bindeled|^[^a-z]*$/i.test(text);
    });
    expect(same.map((leaf) => `${leaf.path}: ${said(leaf.value)}`)).toEqual([]);
  });

  test('call the link and the item number what PeakWMS calls them', () => {
    const all = [...danish.values()].map(said).join('\n').toLowerCase();
    for (const word of ['produktintegration', 'varenummer', 'hent', 'inaktiv', 'kladde', 'arkiveret']) {
      expect(all).toContain(word);
    }
  });
});

test('what a shop or a warehouse is asked for has a word in both languages', () => {
  const named = files
    .filter((path) => /^src\/(connectors|warehouses|services)\/.*\.ts$/.test(path))
    .flatMap((path) => [...textOf(path).matchAll(/\bdoing(?::| =) '([^']+)'/g)].map(([, doing]) => ({ path, doing })));
  expect(named.length).toBeGreaterThan(50);
  const known = Object.keys(wordsOf('da').requests);
  expect(named.filter(({ doing }) => !known.includes(doing ?? ''))).toEqual([]);
});
