import { readFile } from 'node:fs/promises';
import type { ImportProblem } from '../services/dependencies/refusal.ts';
import { clean } from '../views/text/cell-text.ts';
import type { Words } from '../views/words/words.ts';
import { UsageError } from './usage-error.ts';

/** One line of a file: where it stood, and its cells by the name of the column. */
export type TableLine = { readonly line: number; readonly cells: Readonly<Record<string, string>> };
export type Table = { readonly lines: readonly TableLine[]; readonly problems: readonly ImportProblem[] };

/** What a column may be called in a file, by what we call it. */
export type ColumnNames = Readonly<Record<string, readonly string[]>>;
/** The columns of a file, and those without which it says nothing. */
export type Columns = { readonly names: ColumnNames; readonly needed: readonly string[] };

const plainName = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ');

// The heading decides: Danish Excel parts cells by semicolon, and a tab comes with what is pasted.
const delimiterOf = (text: string): string => {
  const [heading = ''] = text.split(/\r?\n/, 1);
  const counts = [';', '\t', ','].map((mark) => [mark, heading.split(mark).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
};

const readText = async (file: string, words: Words): Promise<string> => {
  try {
    const bytes = await readFile(file);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replace(/^\ufeff/, '');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const said = code === 'ENOENT' ? words.cli.file.missing(file) : words.cli.file.unreadable(file);
    throw new UsageError(said, words.cli.file.advice);
  }
};

/**
 * Reads a CSV file with a heading. Lines that do not hold together are problems, each with its number; a heading
 * without a column that is needed is the only one.
 */
export async function readTable(file: string, { names, needed }: Columns, words: Words): Promise<Table> {
  const text = await readText(file, words);
  const { parse } = await import('csv-parse/sync');
  let records: readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[];
  try {
    records = parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof records;
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1;
    return { lines: [], problems: [{ line, what: 'not-a-row' }] };
  }
  const [heading, ...body] = records;
  if (heading === undefined) return { lines: [], problems: [{ line: 1, what: 'column-missing' }] };
  const columns = heading.record.map((title) => columnNamed(title, names));
  const absent = needed.filter((column) => !columns.includes(column));
  if (absent.length > 0)
    return { lines: [], problems: absent.map((column) => ({ line: 1, column, what: 'column-missing' })) };
  const problems = body
    .filter(({ record }) => record.length > columns.length)
    .map(({ info }): ImportProblem => ({ line: info.lines, what: 'too-many-cells' }));
  return { lines: body.map(({ record, info }) => ({ line: info.lines, cells: cellsOf(record, columns) })), problems };
}

const columnNamed = (title: string, names: ColumnNames): string =>
  Object.entries(names).find(([, titles]) => titles.includes(plainName(title)))?.[0] ?? '';

const cellsOf = (record: readonly string[], columns: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    columns.flatMap((column, index) => (column === '' ? [] : [[column, clean(record[index] ?? '')] as const])),
  );

/** Reads a JSON file that holds an array of objects; the number of an object stands for its line. */
export async function readObjects(file: string, { names }: Columns, words: Words): Promise<Table> {
  const text = await readText(file, words);
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw new UsageError(words.cli.file.notJson(file), words.cli.file.advice);
  }
  if (!Array.isArray(found)) throw new UsageError(words.cli.file.notArray(file), words.cli.file.advice);
  const lines: TableLine[] = [];
  const problems: ImportProblem[] = [];
  for (const [index, item] of found.entries()) {
    const line = index + 1;
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      problems.push({ line, what: 'not-a-row' });
      continue;
    }
    const cells = Object.entries(item).flatMap(([title, value]) => {
      const column = columnNamed(title.replace(/([a-z])([A-Z])/g, '$1 $2'), names);
      return column === '' || value === null || value === undefined ? [] : [[column, clean(String(value))] as const];
    });
    lines.push({ line, cells: Object.fromEntries(cells) });
  }
  return { lines, problems };
}
