import { parseGtin, shownGtin } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';

/** What stood in a platform's barcode fields: the first GTIN among them, else the first text. */
export function barcodeIn(...written: readonly (string | undefined)[]): Pick<Listing, 'gtin' | 'barcode'> {
  const texts = written.filter((text) => text !== undefined);
  const gtin = texts.map(parseGtin).find((one) => one !== undefined);
  if (gtin !== undefined) return { gtin };
  const [barcode] = texts;
  return barcode === undefined ? {} : { barcode };
}

/** Every way that a barcode may be written in a field that is searched by its exact text: an EAN-13 with or without its zero. */
export function spellingsOf(barcode: string): readonly string[] {
  const gtin = parseGtin(barcode);
  if (gtin === undefined) return [barcode];
  const lengths = [8, 12, 13, 14].filter((length) => /^0*$/.test(gtin.slice(0, 14 - length)));
  return [...new Set([barcode, shownGtin(gtin), ...lengths.map((length) => gtin.slice(14 - length))])];
}

/** Whether a listing carries this GTIN, or exactly this text. */
export function carries(listing: Pick<Listing, 'gtin' | 'barcode'>, barcode: string): boolean {
  const gtin = parseGtin(barcode);
  return gtin === undefined ? listing.barcode === barcode : listing.gtin === gtin;
}
