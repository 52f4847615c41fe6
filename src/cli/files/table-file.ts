import type { ImportProblem } from '../../services/dependencies/refusal.ts';
import { clean } from '../../views/text/cell-text.ts';
import { withoutFormulaGuard } from '../output/csv.ts';

/** One line of a file: where it stood, and its cells by the name of the column. */
export type TableLine = { readonly line: number; readonly cells: Readonly<Record<string, string>> };
export type Table = {
  readonly lines: readonly TableLine[];
  readonly problems: readonly ImportProblem[];
  /** The file was written in an old encoding, which is worth saying. */
  readonly encoding?: 'windows-1252' | 'utf-16';
};

/** What a column may be called in a file, by what we call it. */
export type ColumnNames = Readonly<Record<string, readonly string[]>>;
/** The columns of a file, and those without which it says nothing. */
export type Columns = { readonly names: ColumnNames; readonly needed: readonly string[] };

const plainName = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');

/** What we call a column with this title; an empty text for one that says nothing to us. */
export const columnNamed = (title: string, names: ColumnNames): string =>
  Object.entries(names).find(([, titles]) => titles.includes(plainName(title)))?.[0] ?? '';

/** Titles that mean the same column: which of them holds the figure is not ours to guess. */
export function columnsTwice(titles: readonly string[], names: ColumnNames, line: number): readonly ImportProblem[] {
  const byColumn = Map.groupBy(titles, (title) => columnNamed(title, names));
  return [...byColumn].flatMap(([column, same]): readonly ImportProblem[] =>
    column === '' || same.length < 2
      ? []
      : [{ line, column, what: 'column-twice', value: same.map((title) => title.trim()).join(', ') }],
  );
}

/** The text of a cell: without what a spreadsheet hides it behind (`="00123"`), and without our own formula guard. */
export function cellText(raw: string): string {
  const text = clean(raw).trim();
  const shown = /^="(.*)"$/.exec(text)?.[1] ?? text;
  return withoutFormulaGuard(shown);
}
