import { parseGtin, shownGtin } from '../../domain/ids.ts';
import { cleanLine } from '../clean.ts';

/** One barcode in every way in which a shop may have written it, the likeliest first: as typed, as printed, padded. */
export function spellingsOf(barcode: string): readonly string[] {
  const typed = cleanLine(barcode);
  const gtin = parseGtin(typed);
  if (gtin === undefined) return [typed];
  const shown = shownGtin(gtin);
  const digits = gtin.replace(/^0+/, '');
  const padded = [12, 13, 14].filter((length) => length >= digits.length && (length > 12 || shown.length > 8));
  return [...new Set([shown, typed, ...padded.map((length) => digits.padStart(length, '0'))])];
}
