/** What can be wrong with the form of a file. */
export type TableFault = 'column-missing' | 'column-twice' | 'not-a-row' | 'not-a-value' | 'too-many-cells';
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
    .replace(/ ?:$/, '');

/** What we call a column with this title; an empty text for one that says nothing to us. */
export const columnNamed = (title: string, names: ColumnNames): string =>
  Object.entries(names).find(([, titles]) => titles.includes(plainName(title)))?.[0] ?? '';

// What a text in a cell may hold; anything else comes from a damaged file or a wrong encoding, and without it a figure
// would be another one.
const damaged = /[\u0000-\u0008\u000e-\u001f\u007f]/;

/** A cell without the marks that hand-held terminals pad it with; `damaged` where there are others inside. */
export function cellOf(raw: string, cellText: CleanCell): { readonly text: string; readonly damaged: boolean } {
  const bare = raw.replace(/^[\u0000-\u0008\s]+|[\u0000-\u0008\u001a\s]+$/g, '');
  return { text: cellText(bare), damaged: damaged.test(bare) };
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
