import type { BrokenRow } from '../../ports/shop-connector.ts';
import { fileFaultLine } from '../errors/file-lines.ts';
import { shopReason } from '../errors/shop-reason.ts';
import type { Words } from '../words/words.ts';

/** A row of the warehouse that could not be read: where it stands, and why, in the reader's words. */
export function brokenRowText({ shopProductId, where, said, inFile }: BrokenRow, words: Words): string {
  if (inFile !== undefined) return fileFaultLine(inFile, words);
  const named = shopProductId === undefined ? where : `${shopProductId}, ${where}`;
  return words.warehouse.unreadable(named, shopReason(said, words) ?? said);
}

/** The first of the rows that could not be read, a line each. */
export const brokenRowLines = (rows: readonly BrokenRow[], words: Words, named = 20): readonly string[] =>
  rows.slice(0, named).map((row) => `! ${brokenRowText(row, words)}`);
