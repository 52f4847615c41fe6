import { printableJson } from '../../domain/printable-json.ts';
import { safeCell } from '../text/safe-cell.ts';
import type { Column } from './table.ts';

/** A whole figure with a mark between its thousands: programs that read the file would take it for a text or for decimals. */
const grouped = /^[-\u2212]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/;
const figure = /^-?\d+([.,]\d+)?$/;
const quoted = (text: string): string => {
  const safe = figure.test(text) ? text : safeCell(text);
  return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** What stands in a cell, figures without marks between their thousands: they stand on the right. */
function cellOf<Row>({ text, align }: Column<Row>, row: Row): string {
  const shown = text(row);
  return align === 'right' && grouped.test(shown) ? shown.replaceAll(/[.,]/g, '') : shown;
}

/** A list as CSV for a Danish spreadsheet: semicolons, UTF-8 with its mark, nothing that is reckoned as a formula. */
function asCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const lines = [
    columns.map((column) => quoted(column.title)),
    ...rows.map((row) => columns.map((column) => quoted(cellOf(column, row)))),
  ];
  return `\ufeff${lines.map((line) => line.join(';')).join('\r\n')}\r\n`;
}

/** A list as JSON: one object a row, by the columns' ids. */
const asJson = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string =>
  `${printableJson(
    JSON.stringify(
      rows.map((row) => Object.fromEntries(columns.map((column) => [column.id, cellOf(column, row)]))),
      undefined,
      2,
    ),
  )}\n`;

/** A list ready to be written: how many lines, and the lines in either format. */
export type Exported = { readonly count: number; readonly csv: () => string; readonly json: () => string };

export const exportedOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Exported => ({
  count: rows.length,
  csv: () => asCsv(columns, rows),
  json: () => asJson(columns, rows),
});
