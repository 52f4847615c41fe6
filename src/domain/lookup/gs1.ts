import { type Gtin, parseGtin, shownGtin } from '../ids.ts';

/** The sign that ends a field of variable length in a GS1 element string. */
const separator = '\u001d';
/** What many scanners put before a code to say its kind: `]C1`, `]d2`, `]E0`. */
const symbologyPrefix = /^\][A-Za-z][0-9A-Za-z]/;
/** A GS1 Digital Link: any host and path, then the GTIN behind `01` or `gtin`. */
const digitalLink = /^https?:\/\/[^\s/?#]+(?:\/[^\s?#]*?)?\/(?:01|gtin)\/(\d{8}|\d{12,14})(?=[/?#]|$)/i;
/** An element string as people read it: `(01)05701234567899(10)AB12`. */
const bracketed = /\(01\)(\d{14})/;

/** Digits after an application identifier of fixed length, by its first two digits (GS1 General Specifications 7.8.5). */
const fixedLengths: Readonly<Record<string, number>> = {
  '00': 18,
  '01': 14,
  '02': 14,
  '03': 14,
  '04': 16,
  '11': 6,
  '12': 6,
  '13': 6,
  '14': 6,
  '15': 6,
  '16': 6,
  '17': 6,
  '18': 6,
  '19': 6,
  '20': 2,
};
/** The same for those of four digits, such as a weight: `3103000195`. */
const measure = /^3[1-6]\d{2}(\d{6})/;

/** A code without what a scanner put before and around it. */
export const withoutSymbology = (text: string): string =>
  text
    .trim()
    .replace(symbologyPrefix, '')
    .replace(/^\u001d+/, '')
    .trim();

/** The GTIN that a GS1 code carries: an element string, bracketed or as scanned, or a Digital Link; nothing in any other text. */
export function gtinInGs1(text: string): Gtin | undefined {
  const code = withoutSymbology(text);
  const said = digitalLink.exec(code)?.[1] ?? bracketed.exec(code)?.[1];
  return said === undefined ? gtinInElements(code) : parseGtin(said);
}

/** What a scan asks for, as a person would type it: the EAN in a GS1 code, else the code without its prefix. */
export function scannedText(text: string): string {
  const gtin = gtinInGs1(text);
  return gtin === undefined ? withoutSymbology(text) : shownGtin(gtin);
}

function gtinInElements(code: string): Gtin | undefined {
  let rest = code;
  while (rest !== '') {
    const identifier = rest.slice(0, 2);
    const length = fixedLengths[identifier];
    const value = length === undefined ? undefined : rest.slice(2, 2 + length);
    if (identifier === '01') return /^\d{14}$/.test(value ?? '') ? parseGtin(value ?? '') : undefined;
    if (value !== undefined && /^\d+$/.test(value)) rest = rest.slice(2 + value.length);
    else if (measure.test(rest)) rest = rest.slice(10);
    else {
      // A field of variable length: it goes on to the separator.
      const end = rest.indexOf(separator);
      if (end < 0 || !/^\d{2}/.test(rest)) return undefined;
      rest = rest.slice(end);
    }
    rest = rest.replace(/^\u001d+/, '');
  }
  return undefined;
}
