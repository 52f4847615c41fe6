import type { StockComparison } from '../../services/diagnosis/diagnosis-service.ts';
import { shopErrorLines } from '../errors/error-lines.ts';
import { shopReason } from '../errors/shop-reason.ts';
import type { Words } from '../words/words.ts';

type Compared = Pick<StockComparison, 'brokeAt' | 'unreadable'>;

/** Where a figure broke; of a row that nobody can read, with what is wrong with it. */
export function brokeAtText({ brokeAt, unreadable }: Compared, words: Words): string {
  const said = words.domain.brokeAt[brokeAt];
  if (unreadable === undefined) return said;
  const why = `${unreadable.where} ${unreadable.said}`;
  return `${said} (${shopReason(why, words) ?? why})`;
}

/** Why a shop could not be asked, in one line; nothing where it was. */
export function troubleText({ trouble }: StockComparison, shop: string, words: Words): string | undefined {
  if (trouble === undefined) return undefined;
  const { said, details } = shopErrorLines(trouble, shop, words);
  return [said, ...details.slice(0, 1)].join(' ');
}
