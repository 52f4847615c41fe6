import type { TableFault } from '../domain/warehouse/file-fault.ts';
import { hasRuinedLetters } from './decode-text.ts';

export type TableProblem = {
  readonly line: number;
  readonly column?: string;
  readonly what: TableFault;
  readonly value?: string;
};

/** One line of a file: where it stood, and its cells by the name of the column. */
export type TableLine = { readonly line: number; readonly cells: Readonly<Record<string, string>> };
export type Table = { readonly lines: readonly TableLine[]; readonly problems: readonly TableProblem[] };

/** What a column may be called in a file, by what we call it; case, blanks and signs say nothing. */
export type ColumnNames = Readonly<Record<string, readonly string[]>>;
/** Titles that may mean another thing beside a surer one, or by themselves. */
export type LesserTitles = {
  readonly column: string;
  readonly titles: readonly string[];
  /** One of these stands beside them; without it they may be anything. */
  readonly beside?: readonly string[];
  /** A column that says as much: where it stands surely, they are not needed. */
  readonly unless?: string;
};
/** The columns of a file, and those without which it says nothing. */
export type Columns = {
  readonly names: ColumnNames;
  /** Each counts only where no title of `names` says its column. */
  readonly lesser?: readonly LesserTitles[];
  readonly needed: readonly string[];
};
/** Makes a cell's text fit to be seen. */
export type CleanCell = (raw: string) => string;

/** A title as it is compared: its letters and digits alone, since `Vare nr.`, `Vare-nr` and `VARENR` are one. */
const plainName = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    // "Antal (stk.)" is counted in pieces, as all is here.
    .replace(/\((?:stk|st|pcs|pc|stück)\.?\)\s*$/, '')
    // "In stock?" is answered by yes or no: it is another column than "In stock".
    .replace(/[^\p{L}\p{N}?]|\?(?!\s*$)/gu, '');

/** A million rows of JSON ask for the same titles: what each list says is put together once. */
const lookups = new WeakMap<ColumnNames, ReadonlyMap<string, string>>();

function lookupOf(names: ColumnNames): ReadonlyMap<string, string> {
  const known = lookups.get(names);
  if (known !== undefined) return known;
  const pairs = Object.entries(names).flatMap(([column, titles]) =>
    titles.map((one) => [plainName(one), column] as const),
  );
  // The first list that has a title decides.
  const made = new Map(pairs.toReversed());
  lookups.set(names, made);
  return made;
}

/** What we call a column with this title; an empty text for one that says nothing to us. */
export function columnNamed(title: string, names: ColumnNames): string {
  const plain = plainName(title);
  return plain === '' ? '' : (lookupOf(names).get(plain) ?? '');
}

/** What we call each column of a heading; an empty text for one that says nothing to us. */
export function columnsOf(
  titles: readonly string[],
  { names, lesser = [] }: Pick<Columns, 'names' | 'lesser'>,
): readonly string[] {
  const sure = titles.map((title) => columnNamed(title, names));
  const open = lesserFor(lesser, sure);
  if (open.length === 0) return sure;
  const plain = titles.map(plainName);
  const has = (list: readonly string[], title = ''): boolean => list.some((one) => plainName(one) === title);
  const counting = open.filter(({ beside }) => beside === undefined || plain.some((title) => has(beside, title)));
  return sure.map((column, index) =>
    column === '' ? (counting.find((one) => has(one.titles, plain[index]))?.column ?? '') : column,
  );
}

/** Which lesser titles may count in a file that has these columns surely. */
export const lesserFor = (lesser: readonly LesserTitles[], sure: readonly string[]): readonly LesserTitles[] =>
  lesser.filter(({ column, unless = column }) => !sure.includes(column) && !sure.includes(unless));

// What a text in a cell may hold; anything else comes from a damaged file or a wrong encoding, and without it a figure
// would be another one.
const damaged = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\ufffd]/;

/** A cell as text, and what is wrong with its form. */
export type Cell = { readonly text: string; readonly fault?: 'unreadable-signs' | 'ruined-letters' | 'line-break' };

/**
 * A cell without the marks that hand-held terminals pad it with. One that is needed names what its line is about: a line
 * break in it comes from a quotation mark that was closed lines later, and would make one name of several lines.
 */
export function cellOf(raw: string, cellText: CleanCell, isNeeded: boolean): Cell {
  const bare = raw.replace(/^[\u0000-\u0008\s]+|[\u0000-\u0008\u001a\s]+$/g, '');
  const text = cellText(bare);
  if (damaged.test(bare)) return { text, fault: 'unreadable-signs' };
  if (hasRuinedLetters(bare)) return { text, fault: 'ruined-letters' };
  return isNeeded && /[\n\v\f\u2028\u2029]/.test(bare) ? { text, fault: 'line-break' } : { text };
}

/** Titles that mean the same column: which of them holds the figure is not ours to guess. */
export function columnsTwice(
  titles: readonly string[],
  columns: readonly string[],
  line: number,
): readonly TableProblem[] {
  const byColumn = Map.groupBy(titles.keys(), (index) => columns[index] ?? '');
  return [...byColumn].flatMap(([column, same]): readonly TableProblem[] =>
    column === '' || same.length < 2
      ? []
      : [{ line, column, what: 'column-twice', value: same.map((index) => titles[index]?.trim()).join(', ') }],
  );
}
