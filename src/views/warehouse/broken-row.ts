import type { BrokenRow } from '../../ports/shop-connector.ts';
import { fileFaultLine } from '../errors/file-lines.ts';
import { shopReason } from '../errors/shop-reason.ts';
import type { Words } from '../words/words.ts';

type Broken = BrokenRow & { readonly sku?: string };

/** A row of the warehouse that could not be read: where it stands, and why, in the reader's words. */
export function brokenRowText({ shopProductId, sku, where, said, inFile }: Broken, words: Words): string {
  if (inFile !== undefined) return fileFaultLine(inFile, words);
  const whose = sku === undefined || shopProductId === undefined ? (sku ?? shopProductId) : `${sku} (${shopProductId})`;
  const named = whose === undefined ? where : `${whose}, ${where}`;
  return words.warehouse.unreadable(named, shopReason(said, words) ?? said);
}

/** The first of the rows that could not be read, a line each. */
export const brokenRowLines = (rows: readonly Broken[], words: Words, named = 20): readonly string[] =>
  rows.slice(0, named).map((row) => `! ${brokenRowText(row, words)}`);
