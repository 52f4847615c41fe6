import { parseGtin, shownGtin } from '../../domain/ids.ts';
import { cleanLine } from '../clean.ts';

/** One barcode in every way in which a shop may have written it: 12, 13 or 14 digits, as typed. */
export function spellingsOf(barcode: string): readonly string[] {
  const typed = cleanLine(barcode);
  const gtin = parseGtin(typed);
  if (gtin === undefined) return [typed];
  const digits = gtin.replace(/^0+/, '');
  const padded = [8, 12, 13, 14]
    .filter((length) => length >= digits.length)
    .map((length) => digits.padStart(length, '0'));
  return [...new Set([typed, shownGtin(gtin), ...padded])];
}
