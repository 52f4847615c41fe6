import { clean } from '../../views/text/cell-text.ts';

/** What stands in one cell: figures stay figures, texts are made safe. */
export type Cell = string | number | undefined;

export type CsvForm = {
  readonly delimiter: ',' | ';';
  readonly decimal: '.' | ',';
  /** A byte order mark, so that Excel takes the file for UTF-8. */
  readonly bom: boolean;
};

// A spreadsheet reads these as the beginning of a formula, and a shop may write anything into a name.
const formula = /^'*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/;

/** The text that `safeCell` was given: one guard less. What we wrote ourselves comes back in as it was. */
export const withoutFormulaGuard = (text: string): string =>
  text.startsWith("'") && formula.test(text) ? text.slice(1) : text;

/** A text that no spreadsheet takes for a formula, and no terminal for a command. */
export const safeCell = (text: string): string => {
  const cleaned = clean(text);
  return formula.test(text) || formula.test(cleaned) ? `'${cleaned}` : cleaned;
};

/** Rows as CSV text, the first being the heading. Lines end as RFC 4180 wants it. */
export async function csvText(rows: readonly (readonly Cell[])[], form: CsvForm): Promise<string> {
  const { stringify } = await import('csv-stringify/sync');
  const written = (cell: Cell): string => {
    if (cell === undefined) return '';
    return typeof cell === 'number' ? String(cell).replace('.', form.decimal) : safeCell(cell);
  };
  return stringify(
    rows.map((row) => row.map(written)),
    { delimiter: form.delimiter, bom: form.bom, record_delimiter: '\r\n' },
  );
}
