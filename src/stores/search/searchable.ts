import type { Table } from '../tables/table.ts';
import { type Corpus, edge, makeCorpus } from './corpus.ts';
import { foldText } from './fold.ts';

/** One part of a record that can be searched: what it is called in an answer, and its text. */
export type SearchPart<Name extends string> = { readonly matched: Name; readonly text: string };
/** How a record answers a search. */
export type PartMatch<Name extends string> = {
  readonly matched: Name;
  readonly how: 'exact' | 'beginning' | 'middle';
};

/** As one text, or, at last, word by word: all of them, in any order and in any part of a record. */
export type Asked = PartMatch<string>['how'] | 'words';

/** A table that can be searched for any part of a text. */
export type Searchable<Row, Name extends string> = {
  /** Hands on records that match as well as is asked for, or better, until told to stop: the longest there come first. */
  readonly search: (folded: string, how: Asked, onMatch: OnMatch<Row, Name>) => void;
};
export type OnMatch<Row, Name extends string> = (row: Row, match: PartMatch<Name>) => 'go-on' | 'stop';

const ranks = { exact: 0, beginning: 1, middle: 2 } as const;

/** The best match of a record's parts, or none. */
export function matchOf<Name extends string>(
  parts: readonly SearchPart<Name>[],
  folded: string,
): PartMatch<Name> | undefined {
  let best: PartMatch<Name> | undefined;
  for (const { matched, text } of parts) {
    const foldedText = foldText(text);
    const place = foldedText.indexOf(folded);
    if (place < 0) continue;
    const how = foldedText.length === folded.length ? 'exact' : place === 0 ? 'beginning' : 'middle';
    if (best === undefined || ranks[how] < ranks[best.how]) best = { matched, how };
  }
  return best;
}

/** What the rarest word matches, when every word is somewhere in the record. */
function matchOfWords<Name extends string>(
  parts: readonly SearchPart<Name>[],
  words: readonly string[],
): PartMatch<Name> | undefined {
  const matches = words.map((word) => matchOf(parts, word));
  const [first] = matches;
  return first === undefined || matches.includes(undefined) ? undefined : { ...first, how: 'middle' };
}

/** The words of a text, the longest first: it is likely to be the rarest. */
export const wordsIn = (folded: string): readonly string[] =>
  [...new Set(folded.split(/\s+/))].filter((word) => word !== '').toSorted((a, b) => b.length - a.length);

/** How a text is asked for in a corpus: with the edges that a part begins and ends with. */
const needles: { readonly [How in Asked]: (folded: string) => readonly string[] } = {
  exact: (folded) => [edge + folded + edge],
  beginning: (folded) => [edge + folded],
  middle: (folded) => [folded],
  words: wordsIn,
};

/**
 * Makes a table searchable. The texts are laid out when somebody first searches; what is written later is kept
 * in a tail until that is long. A hit is always held against the record as it is now.
 */
export function makeSearchable<Row extends object, Name extends string>(
  table: Table<Row>,
  partsOf: (row: Row) => readonly SearchPart<Name>[],
): Searchable<Row, Name> {
  const textsOf = (row: Row): readonly string[] => partsOf(row).map(({ text }) => foldText(text));
  const textOf = (row: Row): string => edge + textsOf(row).join(edge) + edge;
  let corpus: Corpus | undefined;
  let rows: Row[] = [];
  let tail: { readonly row: Row; readonly text: string }[] = [];

  const layOut = (): Corpus => {
    if (corpus === undefined) {
      table.listen((row, before) => {
        if (row === undefined) return;
        const text = textOf(row);
        if (before === undefined || textOf(before) !== text) tail.push({ row, text });
      });
    }
    rows = [];
    tail = [];
    return makeCorpus(allTexts(), table.size());
  };
  function* allTexts(): Generator<readonly string[]> {
    for (const row of table.all()) {
      rows.push(row);
      yield textsOf(row);
    }
  }

  return {
    search(folded, how, onMatch) {
      if (corpus === undefined || tail.length > Math.max(4096, corpus.size / 16)) corpus = layOut();
      const check = (found: Row | undefined): 'go-on' | 'stop' => {
        if (found === undefined) return 'go-on';
        const { partition, key } = table.addressOf(found);
        const row = table.find(partition, key);
        const match = row && (how === 'words' ? matchOfWords(partsOf(row), wanted) : matchOf(partsOf(row), folded));
        // What was laid out may have changed since, and match no longer so well: its turn comes later.
        const isWorse = match !== undefined && how !== 'words' && ranks[match.how] > ranks[how];
        return row === undefined || match === undefined || isWorse ? 'go-on' : onMatch(row, match);
      };
      const wanted = needles[how](folded);
      let stopped = false;
      corpus.find(wanted, (entry) => {
        const said = check(rows[entry]);
        stopped = said === 'stop';
        return said;
      });
      for (const { row, text } of tail) {
        if (stopped) return;
        if (wanted.every((needle) => text.includes(needle))) stopped = check(row) === 'stop';
      }
    },
  };
}
