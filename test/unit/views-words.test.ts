import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../src/views/words/words.ts';

type Leaf = { readonly path: string; readonly said: string };

/** What a list says when its blanks are filled: by a name where it takes texts, by names where it takes a record. */
function said(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'function') return JSON.stringify(value);
  const record = new Proxy({}, { get: (_target, name) => `<${String(name)}>` });
  const takesRecord = /^\(\{/.test(value.toString());
  return said(value(...Array.from({ length: value.length }, (_, index) => (takesRecord ? record : `<${index}>`))));
}

const leaves = (value: unknown, path: string): readonly Leaf[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, one]) => leaves(one, `${path}.${name}`))
    : [{ path, said: said(value) }];

const parts = ['domain', 'cli'] as const;
const of = (language: 'da' | 'en') => parts.flatMap((part) => leaves(wordsOf(language)[part], part));

/** Words that are the same in both languages, and meant to be. */
const equalOnPurpose = [
  /^domain\.(minute|day|program|evidence\.note|event\.(marked|productUpdated)|mark\.note|stockReason\.import|blindSpot)$/,
  /^domain\.content\.|^domain\.shops$|^domain\.matched\.gtin$|^domain\.shopErrorDetail\.status$|^domain\.ticket\.(shops?|title)$/,
  /^cli\.(now|title\.(shops?|platform|id)|fileColumn\.(shop|variantId)|fact\.(version|platform|terminal|journal)|storeKind\.(sqlite|postgres))$/,
];

describe('the words of the trade and the command line', () => {
  const danish = new Map(of('da').map((leaf) => [leaf.path, leaf.said]));

  test('are there in both languages, and never empty', () => {
    expect([...danish.keys()]).toEqual(of('en').map((leaf) => leaf.path));
    expect([...of('en'), ...of('da')].filter((leaf) => leaf.said.trim() === '')).toEqual([]);
    expect(danish.size).toBeGreaterThan(500);
  });

  test('for a narrow table are brief', () => {
    const brief = [...of('en'), ...of('da')].filter(({ path }) => path.startsWith('domain.refusalBrief.'));
    expect(brief.filter(({ said }) => said.length > 15)).toEqual([]);
    expect(brief.length).toBeGreaterThan(30);
  });

  test('differ, unless they are the same on purpose', () => {
    const same = of('en').filter((leaf) => leaf.said === danish.get(leaf.path));
    expect(same.filter((leaf) => !equalOnPurpose.some((known) => known.test(leaf.path)))).toEqual([]);
  });
});
