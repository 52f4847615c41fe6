import type { BetweenPieces } from '../../files/csv-table.ts';
import { tableOfJson } from '../../files/json-table.ts';
import type { Columns } from '../../files/table.ts';
import type { Words } from '../../views/words/words.ts';
import { UsageError } from '../usage-error.ts';
import { type FileTable, withRows } from './csv-file.ts';
import { readFileText } from './file-text.ts';
import { jsonCellText } from './table-file.ts';

/** Reads a JSON file as `tableOfJson` does. A `UsageError` where it is no list in JSON. */
export async function readObjects(
  file: string,
  columns: Columns,
  words: Words,
  between?: BetweenPieces,
): Promise<FileTable> {
  const { text, encoding } = await readFileText(file, words);
  const table = await tableOfJson(text, columns, jsonCellText, between);
  const said = words.cli.file;
  if (table === 'not-array') throw new UsageError(said.notArray(file), said.advice);
  if ('notJson' in table) throw new UsageError(said.notJson(file, String(table.notJson)), said.advice);
  return withRows({ ...table, encoding }, file, words);
}
