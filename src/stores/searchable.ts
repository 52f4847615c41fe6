import { type Corpus, makeCorpus } from './corpus.ts';
import { fold } from './fold.ts';
import type { Address, Table } from './table.ts';

/** One part of a record that can be searched: what it is called in an answer, and its text. */
export type SearchPart<Name extends string> = { readonly matched: Name; readonly text: string };
/** How a record answers a search. */
export type PartMatch<Name extends string> = {
  readonly matched: Name;
  readonly how: 'exact' | 'beginning' | 'middle';
};

/** A table that can be searched for any part of a text. */
export type Searchable<Row, Name extends string> = {
  /** Hands on each record that matches, until told to stop: first come those that were there longest. */
  readonly search: (folded: string, matches: MatchTaker<Row, Name>) => void;
};
export type MatchTaker<Row, Name extends string> = {
  readonly onMatch: (row: Row, match: PartMatch<Name>) => 'go-on' | 'stop';
  /** Asked of a hit that is no beginning, before the record is looked at: there may be enough of those. */
  readonly onMiddle: () => 'look' | 'go-on' | 'stop';
};

const ranks = { exact: 0, beginning: 1, middle: 2 } as const;

/** The best match of a record's parts, or none. */
export function matchOf<Name extends string>(
  parts: readonly SearchPart<Name>[],
  folded: string,
): PartMatch<Name> | undefined {
  let best: PartMatch<Name> | undefined;
  for (const { matched, text } of parts) {
    const foldedText = fold(text);
    const place = foldedText.indexOf(folded);
    if (place < 0) continue;
    const how = foldedText.length === folded.length ? 'exact' : place === 0 ? 'beginning' : 'middle';
    if (best === undefined || ranks[how] < ranks[best.how]) best = { matched, how };
  }
  return best;
}

/**
 * Makes a table searchable. The texts are laid out when somebody first searches; what is written later is kept
 * in a tail until that is long. A hit is always held against the record as it is now.
 */
export function makeSearchable<Row extends object, Name extends string>(
  table: Table<Row>,
  partsOf: (row: Row) => readonly SearchPart<Name>[],
): Searchable<Row, Name> {
  const textOf = (row: Row): string =>
    partsOf(row)
      .map(({ text }) => fold(text))
      .join('\t');
  let corpus: Corpus | undefined;
  let addresses: Address[] = [];
  let tail: { readonly address: Address; readonly text: string }[] = [];

  const layOut = (): Corpus => {
    if (corpus === undefined) {
      table.listen((row, before) => {
        const text = textOf(row);
        if (before === undefined || textOf(before) !== text) tail.push({ address: table.addressOf(row), text });
      });
    }
    addresses = [];
    tail = [];
    const texts = function* (): Generator<string> {
      for (const row of table.all()) {
        addresses.push(table.addressOf(row));
        yield textOf(row);
      }
    };
    return makeCorpus(texts(), table.size());
  };

  return {
    search(folded, { onMatch, onMiddle }) {
      if (corpus === undefined || tail.length > Math.max(20_000, corpus.size / 8)) corpus = layOut();
      const check = (address: Address | undefined): 'go-on' | 'stop' => {
        const row = address && table.find(address.shelf, address.key);
        const match = row && matchOf(partsOf(row), folded);
        return row === undefined || match === undefined ? 'go-on' : onMatch(row, match);
      };
      let stopped = false;
      corpus.find(folded, (entry, isBeginning) => {
        const wanted = isBeginning ? 'look' : onMiddle();
        const said = wanted === 'look' ? check(addresses[entry]) : wanted;
        stopped = said === 'stop';
        return said;
      });
      for (const { address, text } of tail) {
        if (stopped) return;
        if (text.includes(folded)) stopped = check(address) === 'stop';
      }
    },
  };
}
