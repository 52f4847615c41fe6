import { type Column, layoutColumns, type PlacedColumn, rowPieces, titleLine } from '../../views/list/table.ts';
import { widthOf } from '../../views/text/cell-text.ts';
import type { CommandContext } from '../command-context.ts';
import { type Cell, csvText } from './csv.ts';
import { jsonDocument } from './json.ts';

/**
 * A column of a list. `value` is what a spreadsheet gets, the text where it is left out; a column with `only` is
 * for a spreadsheet alone, where what stands beside a figure elsewhere wants a cell of its own.
 */
export type ListColumn<Row> = Column<Row> & { readonly value?: (row: Row) => Cell; readonly only?: 'csv' };

/** A list that is answered in whatever form was asked for. */
export type List<Row> = {
  /** What the JSON document is called. */
  readonly kind: string;
  readonly columns: readonly ListColumn<Row>[];
  readonly rows: readonly Row[];
  /** What JSON holds instead of the drawn rows. */
  readonly content: object;
  /** Said when there are no rows. */
  readonly empty: string;
};

const linear = <Row>(columns: readonly ListColumn<Row>[], row: Row): string =>
  columns
    .map((column) => ({ title: column.title, text: column.text(row).trim() }))
    .filter(({ text }) => text !== '')
    .map(({ title, text }) => (title.trim() === '' ? text : `${title}: ${text}`))
    .join('; ');

/** Draws rows as a table fitted to the terminal; one line a row without columns when plain. */
export function printTable<Row>(context: CommandContext, all: readonly ListColumn<Row>[], rows: readonly Row[]): void {
  const { out } = context;
  const columns = all.filter(({ only }) => only === undefined);
  if (context.format === 'plain') {
    for (const row of rows) out.say(linear(columns, row));
    return;
  }
  // Nobody looks at a file's width: there every column is as wide as its longest cell, and nothing is cut.
  const placed = Number.isFinite(out.width) ? layoutColumns(columns, rows, out.width) : columns.map(fullWidth(rows));
  out.say([{ text: titleLine(placed, undefined, ['', '']).trimEnd(), tone: 'quiet' }]);
  for (const row of rows) out.say(rowPieces(placed, row));
}

const fullWidth =
  <Row>(rows: readonly Row[]) =>
  (column: ListColumn<Row>): PlacedColumn<Row> => ({
    column,
    width: rows.reduce((widest, row) => Math.max(widest, widthOf(column.text(row))), widthOf(column.title)),
  });

/** Answers with a list: JSON, CSV, plain lines or a table. */
export async function printList<Row>(context: CommandContext, list: List<Row>): Promise<void> {
  const { out, words } = context;
  if (context.format === 'json') return out.data(jsonDocument(list.kind, list.content));
  if (context.format === 'csv') {
    const columns = list.columns.filter((column) => column.title.trim() !== '');
    const heading = columns.map((column) => column.title);
    const body = list.rows.map((row) => columns.map((column) => column.value?.(row) ?? column.text(row)));
    const danish = context.language === 'da';
    const form = { delimiter: danish ? ';' : ',', decimal: danish ? ',' : '.', bom: context.bom } as const;
    return out.data(await csvText([heading, ...body], form));
  }
  if (list.rows.length === 0) return out.note(list.empty);
  printTable({ ...context, words }, list.columns, list.rows);
}

/** Facts as aligned pairs: a name, and what it is. Empty ones are left out. */
export function printFacts(context: CommandContext, facts: readonly (readonly [string, string])[], indent = ''): void {
  const shown = facts.filter(([, text]) => text !== '');
  const wide = Math.max(0, ...shown.map(([name]) => widthOf(name)));
  for (const [name, text] of shown) {
    const gap = context.format === 'plain' ? ': ' : ' '.repeat(wide - widthOf(name) + 2);
    context.out.say([indent, { text: name, tone: 'quiet' }, gap, text]);
  }
}
