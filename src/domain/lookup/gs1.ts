import { type Gtin, parseGtin, shownGtin } from '../ids.ts';
import { percentDecoded } from '../text/percent-decoded.ts';

/** The sign that ends a field of variable length in a GS1 element string. */
const separator = '\u001d';
/** What many scanners put before a code to say its kind: `]C1`, `]d2`, `]E0`. */
const symbologyPrefix = /^\][A-Za-z][0-9A-Za-z]/;
/** How scanners and label programs write the separator where they cannot send it. */
const writtenSeparator = /\{(?:GS|FNC1)\}|<(?:GS|FNC1)>|\\x1d|\^\]|\u241d|~(?:1|d029)/gi;
/** GS1 data in an envelope of ISO 15434, as suppliers of parts write it. */
const envelope = /^\[\)>\u001e?05\u001d([^\u001e\u0004]*)[\u001e\u0004]*$/;
/** A GS1 Digital Link: any host and path, then the GTIN behind `01` or `gtin`; a scanner may leave `https://` out. */
const digitalLink =
  /^(?:https?:\/\/)?[^\s/?#.]+\.[^\s/?#]+(?:\/[^\s?#]*?)?\/(?:01|gtin)\/(\d{8}|\d{12,14})(?=[/?#%;&\s]|$)/i;
/** The form of Digital Links before version 1.1 of the standard, which labels still bear: `?01=` behind any address. */
const oldLink = /^https?:\/\/[^\s?#]+\?(?:[^\s#]*&)?01=(\d{14})(?=[&#]|$)/i;
/** An element string as people read it, `(01)05701234567899(10)AB12`: the goods' own GTIN, else that of what a carton holds. */
const bracketed = [/[([]01[)\]] ?(\d{13,14})(?!\d)/, /[([]02[)\]] ?(\d{13,14})(?!\d)/];

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
/** The same for those of three and four digits: a place (`410` to `417`), a weight (`3103000195`). */
const longerIdentifier = /^(?:41[0-7]\d{13}|3[1-6]\d{2}\d{6})/;

/** A code without what a scanner put before and around it. */
export const withoutSymbology = (text: string): string =>
  text
    .trim()
    .replace(symbologyPrefix, '')
    .replace(/^\u001d+/, '')
    .trim();

/** The GTIN that a GS1 code carries: an element string, bracketed or as scanned, or a Digital Link; nothing in any other text. */
export function gtinInGs1(text: string): Gtin | undefined {
  const said = digitsInGs1(text);
  return said === undefined ? undefined : parseGtin(said);
}

/** The digits where a GS1 code has its GTIN, whether their check digit is right or not. */
export function digitsInGs1(text: string): string | undefined {
  const bare = withoutSymbology(withoutSymbology(text).replace(writtenSeparator, separator));
  const inside = envelope.exec(bare)?.[1] ?? bare;
  const code = /^\S+\.\S+\//.test(inside) ? percentDecoded(inside) : inside;
  const patterns = [digitalLink, oldLink, ...bracketed];
  const said = patterns.map((pattern) => pattern.exec(code)?.[1]).find((digits) => digits !== undefined);
  return said ?? digitsInElements(code);
}

/** What a scan asks for, as a person would type it: the EAN in a GS1 code, else the code without its prefix. */
export function scannedText(text: string): string {
  const gtin = gtinInGs1(text);
  return gtin === undefined ? withoutSymbology(text) : shownGtin(gtin);
}

function digitsInElements(code: string): string | undefined {
  let rest = code;
  let contained: string | undefined;
  while (rest !== '') {
    const identifier = rest.slice(0, 2);
    const length = fixedLengths[identifier];
    const value = length === undefined ? undefined : rest.slice(2, 2 + length);
    const isWhole = value?.length === length && /^\d+$/.test(value ?? '');
    if (identifier === '01') return isWhole ? value : undefined;
    // What a carton holds counts where the carton has no GTIN of its own, and only where a number of pieces follows.
    if (identifier === '02' && isWhole) contained = value;
    if (value !== undefined && isWhole) rest = rest.slice(2 + value.length);
    else if (longerIdentifier.test(rest)) rest = rest.replace(longerIdentifier, '');
    else {
      if (identifier === '37' && contained !== undefined && /^37\d{1,8}/.test(rest)) return contained;
      // A field of variable length: it goes on to the separator.
      const end = rest.indexOf(separator);
      if (end < 0 || !/^\d{2}/.test(rest)) return undefined;
      rest = rest.slice(end);
    }
    rest = rest.replace(/^\u001d+/, '');
  }
  return undefined;
}
