import { type BetweenPieces, tableOfCsv } from '../../files/csv-table.ts';
import type { FileText } from '../../files/decode-text.ts';
import type { Columns, Table } from '../../files/table.ts';
import { clean, cut } from '../../views/text/cell-text.ts';
import type { Words } from '../../views/words/words.ts';
import { UsageError } from '../usage-error.ts';
import { readFileText } from './file-text.ts';
import { csvCellText } from './table-file.ts';

/** A table, and the old encoding its file was written in, which is worth saying. */
export type FileTable = Table & Pick<FileText, 'encoding' | 'sample'>;

/** What a person is told of the encoding, with a word to judge it by. */
export const encodingNote = ({ encoding, sample }: FileTable, { cli }: Words): string | undefined =>
  encoding && (sample === undefined ? cli.file.readAs(encoding) : cli.file.readAsFor(encoding, cut(clean(sample), 40)));

/** A heading alone is told: "0 changed" would look as if all figures had been right. */
export function withRows(table: FileTable, file: string, words: Words): FileTable {
  if (table.lines.length > 0 || table.problems.length > 0) return table;
  throw new UsageError(words.cli.file.noRows(file), words.cli.file.noRowsAdvice);
}

/** Reads a CSV file as `tableOfCsv` does. A `UsageError` where the file cannot be read at all. */
export async function readTable(
  file: string,
  columns: Columns,
  words: Words,
  between?: BetweenPieces,
): Promise<FileTable> {
  const { text, encoding, sample } = await readFileText(file, words);
  if (/^\s*[[{]\s*["{[]/.test(text)) throw new UsageError(words.cli.file.isJson(file), words.cli.file.nameItJson);
  return withRows({ ...(await tableOfCsv(text, columns, csvCellText, between)), encoding, sample }, file, words);
}
