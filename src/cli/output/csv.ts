import { safeCell } from '../../views/text/safe-cell.ts';

/** What stands in one cell: figures stay figures, texts are made safe. */
export type Cell = string | number | undefined;

export type CsvForm = {
  readonly delimiter: ',' | ';';
  readonly decimal: '.' | ',';
  /** A byte order mark, so that Excel takes the file for UTF-8. */
  readonly bom: boolean;
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
