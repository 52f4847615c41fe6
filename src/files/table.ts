import type { TableFault } from '../domain/warehouse/file-fault.ts';

export type TableProblem = {
  readonly line: number;
  readonly column?: string;
  readonly what: TableFault;
  readonly value?: string;
};

/** One line of a file: where it stood, and its cells by the name of the column. */
export type TableLine = { readonly line: number; readonly cells: Readonly<Record<string, string>> };
export type Table = { readonly lines: readonly TableLine[]; readonly problems: readonly TableProblem[] };

/** What a column may be called in a file, in lower case, by what we call it. */
export type ColumnNames = Readonly<Record<string, readonly string[]>>;
/** The columns of a file, and those without which it says nothing. */
export type Columns = { readonly names: ColumnNames; readonly needed: readonly string[] };
/** Makes a cell's text fit to be seen. */
export type CleanCell = (raw: string) => string;

const plainName = (text: string): string =>
  text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    // "Antal (stk.)", "Beholdning:", "Varenummer*".
    .replace(/ ?(?:[:*]|\((?:stk|st|pcs|pc|stück)\.?\))$/, '');

/** What we call a column with this title; an empty text for one that says nothing to us. */
export const columnNamed = (title: string, names: ColumnNames): string =>
  Object.entries(names).find(([, titles]) => titles.includes(plainName(title)))?.[0] ?? '';

// What a text in a cell may hold; anything else comes from a damaged file or a wrong encoding, and without it a figure
// would be another one.
const damaged = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufffd]/;

/** A cell as text, and what is wrong with its form. */
export type Cell = { readonly text: string; readonly fault?: 'unreadable-signs' | 'line-break' };

/**
 * A cell without the marks that hand-held terminals pad it with. One that is needed names what its line is about: a line
 * break in it comes from a quotation mark that was closed lines later, and would make one name of several lines.
 */
export function cellOf(raw: string, cellText: CleanCell, isNeeded: boolean): Cell {
  const bare = raw.replace(/^[\u0000-\u0008\s]+|[\u0000-\u0008\u001a\s]+$/g, '');
  const text = cellText(bare);
  if (damaged.test(bare)) return { text, fault: 'unreadable-signs' };
  return isNeeded && /[\n\v\f\u2028\u2029]/.test(bare) ? { text, fault: 'line-break' } : { text };
}

/** Titles that mean the same column: which of them holds the figure is not ours to guess. */
export function columnsTwice(titles: readonly string[], names: ColumnNames, line: number): readonly TableProblem[] {
  const byColumn = Map.groupBy(titles, (title) => columnNamed(title, names));
  return [...byColumn].flatMap(([column, same]): readonly TableProblem[] =>
    column === '' || same.length < 2
      ? []
      : [{ line, column, what: 'column-twice', value: same.map((title) => title.trim()).join(', ') }],
  );
}
