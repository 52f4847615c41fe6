import { parseGtin, shownGtin } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { cleanLine } from '../clean.ts';

/** What stood in a platform's barcode fields: the first GTIN among them, and the first that says anything else. */
export function barcodeIn(...written: readonly (string | undefined)[]): Pick<Listing, 'gtin' | 'barcode'> {
  const texts = written.filter((text) => text !== undefined);
  const gtin = texts.map(parseGtin).find((one) => one !== undefined);
  const barcode = texts.find((text) => gtin === undefined || parseGtin(text) !== gtin);
  return { ...(gtin === undefined ? {} : { gtin }), ...(barcode === undefined ? {} : { barcode }) };
}

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

/** Whether a listing carries this GTIN, or exactly this text. */
export function carries(listing: Pick<Listing, 'gtin' | 'barcode'>, barcode: string): boolean {
  const gtin = parseGtin(barcode);
  if (gtin === undefined) return listing.barcode === barcode;
  return listing.gtin === gtin || parseGtin(listing.barcode ?? '') === gtin;
}
