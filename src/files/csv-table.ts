import {
  type CleanCell,
  type Columns,
  cellOf,
  columnsOf,
  columnsTwice,
  type Table,
  type TableLine,
  type TableProblem,
} from './table.ts';

type Row = { readonly line: number; readonly cells: readonly string[] };

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');

const delimiters = [';', '\t', ',', '|'];
/** Lines at the top of a file among which its heading is looked for: programs put a title or a date above it. */
const maxLinesAbove = 10;

const unquoted = (cell: string): string => cell.trim().replace(/^"(.*)"$/, '$1');

type IsHeading = (cells: readonly string[]) => boolean;

// The heading decides: Danish Excel parts cells by semicolon, and a tab comes with what is pasted.
function delimiterOf(text: string, headings: readonly IsHeading[]): string {
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, maxLinesAbove);
  const parts = lines.flatMap((line) => delimiters.map((mark) => [mark, line.split(mark).map(unquoted)] as const));
  for (const isHeading of headings) {
    const found = parts.find(([, cells]) => cells.length > 1 && isHeading(cells));
    if (found !== undefined) return found[0];
  }
  const counts = delimiters.map((mark) => [mark, (lines[0] ?? '').split(mark).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

// "sep=;" on the first line is Excel's way of naming the separator.
const named = /^[\s\n]*"?sep=(.)"?[ ;,\t]*\n/i;

/** Called between two pieces of a long text, with the share that is read (0 to 1): to give way, to tell, or to end it. */
export type BetweenPieces = (share: number) => Promise<void>;

const pieceBytes = 1024 * 1024;

async function rowsOf(
  text: string,
  {
    delimiter,
    above,
    between,
  }: { readonly delimiter: string; readonly above: number; readonly between?: BetweenPieces },
): Promise<readonly Row[] | TableProblem> {
  const { parse } = await import('csv-parse');
  const rows: Row[] = [];
  /** The last line of the last record that was whole. */
  let wholeUntil = 0;
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    record_delimiter: '\n',
    trim: true,
    on_record: (cells: string[], { lines }) => {
      wholeUntil = lines;
      // A record ends on the line that is counted; it begins as many lines above as its cells have line breaks.
      const breaks = cells.reduce((sum, cell) => sum + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0);
      rows.push({ line: above + lines - breaks, cells });
      return undefined;
    },
  });
  const ended = new Promise<void>((resolve, reject) => {
    parser.on('end', resolve).on('error', reject).resume();
  });
  // What it throws is awaited below, also where a piece before it was refused.
  ended.catch(() => undefined);
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length && parser.writable; at += pieceBytes) {
      parser.write(bytes.subarray(at, at + pieceBytes));
      if (at + pieceBytes < bytes.length) await between?.((at + pieceBytes) / bytes.length);
    }
    parser.end();
    await ended;
    return rows;
  } catch (error) {
    parser.destroy();
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_'))) throw error;
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 1;
    const isWritten = (written: string, at: number): boolean => at >= wholeUntil && written.trim() !== '';
    const begun = text.split('\n').findIndex(isWritten) + 1;
    // What is no row in the middle of a record is what a quotation mark above it has swallowed.
    const isOpen = begun < line || (error instanceof Error && 'code' in error && error.code === 'CSV_QUOTE_NOT_CLOSED');
    return isOpen ? { line: above + begun, what: 'quote-open' } : { line: above + line, what: 'not-a-row' };
  }
}

/**
 * Reads a CSV file with a heading, as spreadsheets, hand-held terminals and suppliers write it: any of four
 * separators, blank lines anywhere, a title above the heading, rows of separators alone. Lines that do not hold together are problems, each with
 * the line number of the file; a heading that lacks a needed column, or has one twice, is the only problem told.
 */
export async function tableOfCsv(
  raw: string,
  { names, lesser, needed }: Columns,
  cellText: CleanCell,
  between?: BetweenPieces,
): Promise<Table> {
  const text = raw.replace(/\r\n?/g, '\n');
  const separator = named.exec(text);
  const above = separator === null ? 0 : separator[0].split('\n').length - 1;
  const body = separator === null ? text : text.slice(separator[0].length);
  const columnsIn = (cells: readonly string[]): readonly string[] => columnsOf(cells.map(cellText), { names, lesser });
  const hasNeeded = (found: readonly string[]): boolean => needed.every((column) => found.includes(column));
  const isHeading: IsHeading = (cells) => hasNeeded(columnsIn(cells));
  const isSureHeading: IsHeading = (cells) => hasNeeded(columnsOf(cells.map(cellText), { names }));
  const delimiter = separator?.[1] ?? delimiterOf(body, [isSureHeading, isHeading]);
  const rows = await rowsOf(body, { delimiter, above, between });
  if ('what' in rows) return { lines: [], problems: [rows] };
  const written = rows.filter((row) => !isBlank(row.cells));
  const top = written.slice(0, maxLinesAbove);
  const found = top.find(({ cells }) => isSureHeading(cells)) ?? top.find(({ cells }) => isHeading(cells));
  const [heading, ...filled] = written.slice(found === undefined ? 0 : written.indexOf(found));
  if (heading === undefined) return { lines: [], problems: [{ line: 1, what: 'file-empty' }] };
  const columns = columnsIn(heading.cells);
  const titles = heading.cells
    .map(cellText)
    .filter((title) => title !== '')
    .join(', ');
  const wrong: readonly TableProblem[] = [
    ...columnsTwice(heading.cells.map(cellText), columns, heading.line),
    ...needed
      .filter((column) => !columns.includes(column))
      .map((column): TableProblem => ({ line: heading.line, column, what: 'column-missing', value: titles })),
  ];
  if (wrong.length > 0) return { lines: [], problems: wrong };
  const problems: TableProblem[] = [];
  const first = columns.indexOf(needed[0] ?? '');
  // Most item numbers have a digit, and no title has: a million rows are not looked at as headings.
  const isAgain = ({ cells }: Row): boolean => !/\d/.test(cells[first] ?? '') && isHeading(cells);
  const lines = filled.flatMap((row) => {
    if (!isAgain(row)) return [lineOf(row, columns, { cellText, needed, problems })];
    // Exports that were put together: the same heading once more says nothing new, another one moves the columns.
    const again = columnsIn(row.cells);
    if (again.join() !== columns.join())
      problems.push({ line: row.line, what: 'heading-again', value: row.cells.map(cellText).join(', ') });
    return [];
  });
  return { lines, problems };
}

type Reading = {
  readonly cellText: CleanCell;
  readonly needed: readonly string[];
  readonly problems: TableProblem[];
};

function lineOf({ line, cells }: Row, columns: readonly string[], { cellText, needed, problems }: Reading): TableLine {
  if (!isBlank(cells.slice(columns.length))) problems.push({ line, what: 'too-many-cells' });
  const read = columns.flatMap((column, index) => {
    if (column === '') return [];
    const { text, fault } = cellOf(cells[index] ?? '', cellText, needed.includes(column));
    if (fault !== undefined) problems.push({ line, column, what: fault });
    return [[column, text] as const];
  });
  return { line, cells: Object.fromEntries(read) };
}
