import { tableOfCsv } from '../../files/csv-table.ts';
import type { FileText } from '../../files/decode-text.ts';
import type { Columns, Table } from '../../files/table.ts';
import type { Words } from '../../views/words/words.ts';
import { UsageError } from '../usage-error.ts';
import { readFileText } from './file-text.ts';
import { cellText } from './table-file.ts';

/** A table, and the old encoding its file was written in, which is worth saying. */
export type FileTable = Table & Pick<FileText, 'encoding'>;

/** Reads a CSV file as `tableOfCsv` does. A `UsageError` where the file cannot be read at all. */
export async function readTable(file: string, columns: Columns, words: Words): Promise<FileTable> {
  const { text, encoding } = await readFileText(file, words);
  if (/^\s*[[{]\s*["{[]/.test(text)) throw new UsageError(words.cli.file.isJson(file), words.cli.file.nameItJson);
  return { ...(await tableOfCsv(text, columns, cellText)), encoding };
}
