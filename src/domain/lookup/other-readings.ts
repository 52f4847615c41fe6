import { parseGtin, shownGtin } from '../ids.ts';
import { digitsInGs1, scannedText, withoutSymbology } from './gs1.ts';
import { namedInRecord } from './named-in-record.ts';
import { printedReadings } from './printed-readings.ts';

/** What each sign was on the scanner, where it types as an American keyboard into a computer with a Danish one. */
const americanOnDanish = layout('+?-_&)=(ÆæøØåÅ¨^;:*\'/"', '-_/?^()*:;\'"[{]}<>|\\&@');
/** The same the other way round. */
const danishOnAmerican = layout('/?-_&*()><;:\'"[{', '-_+?/()=:;æÆøØåÅ');

/** An American scanner on a German computer: Y and Z change places, and a hyphen is an ß. */
const americanOnGerman = layout('yzYZß?´`üÜ+*#\'öÖäÄ;:-_"§&/()=', 'zyZY-_=+[{]}\\|;:\'"<>/?@#^&*()');
/** The same on a French one, where figures have the shift key and four letters change places. */
const figuresOnFrench = '&é"\'(-è_çà';
const othersOnFrench = ')°azqwAZQWmMù%,?;.:/!§$*1234567890';
const othersMeant = '-_qwazQWAZ;:\'"mM,<.>/?]\\!@#$%^&*()';
const americanOnFrench = layout(figuresOnFrench + othersOnFrench, `1234567890${othersMeant}`);
/** Belgian keyboards, and French ones of a Mac, have two of the figures under other signs. */
const americanOnBelgian = new Map([...americanOnFrench, ['§', '6'], ['!', '8'], ['-', '=']]);
/** Figures with the shift key, by a scanner that is set for a French keyboard: on a Danish, a German, an American one. */
const shifted = ['!"#¤%&/()=', '!"§$%&/()=', '!@#$%^&*()'].map((read) => layout(read, '1234567890'));

function layout(read: string, meant: string): ReadonlyMap<string, string> {
  return new Map([...read].map((sign, place) => [sign, meant[place] ?? sign]));
}

const typedBy = (text: string, signs: ReadonlyMap<string, string>): string =>
  [...text].map((sign) => signs.get(sign) ?? sign).join('');

/** Under Caps Lock a sign that shares its key with a letter comes as the other one of the two; and a dead key takes the letter behind it. */
function inverted(typed: string): readonly string[] | undefined {
  const deadKey = /^[ËÏÄÖÜëïäöü]\d/.test(typed);
  if (deadKey) return [`¨${typed[0]?.normalize('NFD')[0] ?? ''}${typed.slice(1)}`];
  if (!/[æøåÆØÅ]/.test(typed)) return undefined;
  return [
    typed.replace(/[æøåÆØÅ]/g, (sign) => (sign === sign.toLowerCase() ? sign.toUpperCase() : sign.toLowerCase())),
  ];
}

const count = (text: string, sign: RegExp): number => text.match(sign)?.length ?? 0;

/** What a text was on the scanner, by each pair of keyboards that can have made it. */
function byKeyboard(typed: string): readonly string[] {
  const danish = [typed, ...(inverted(typed) ?? [])].flatMap((one) =>
    [americanOnDanish, danishOnAmerican].map((signs) => typedBy(one, signs)),
  );
  const german = /[\dßäöüÄÖÜ]/.test(typed) ? [typedBy(typed, americanOnGerman)] : [];
  const isFrench = count(typed, /[&é"'(\-è_çà§!]/g) > count(typed, /\d/g);
  const french = isFrench ? [americanOnFrench, americanOnBelgian].map((signs) => typedBy(typed, signs)) : [];
  const figures = shifted.map((signs) => typedBy(typed, signs)).filter((text) => /^\d{6,}$/.test(text));
  return [...danish, ...german, ...french, ...figures];
}

/** The signs that a keyboard has in place of those that text programs and web pages write: dashes, blanks, what nobody sees. */
const plainSigns = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\s+/g, ' ')
    .trim();

/** What a label or a list writes before a number. */
const title =
  /^(?:ean|gtin|upc|isbn|sku|varenr|varenummer|art(?:ikel)?\.?\s?nr|item\s?(?:no|number))\.?\s*[:#=]?\s+|^(?:ean|gtin|upc|isbn|sku|varenr|varenummer)\.?[:#=]/i;
/** Code 39 sends the asterisks at its ends where a scanner is told so; the others come with what is copied. */
const around = /^[*"'#;,<([{]+|[*"'#;,>)\]}]+$/g;

/** The item numbers in a label of ISO 15434 with data identifiers: the customer's (P) and the supplier's (1P, 30P). */
const labelled = (text: string): readonly string[] =>
  /^\[\)>/.test(text)
    ? text.split(/[\u001c-\u001e]/).flatMap((field) => /^(?:30P|1P|P)(.{2,50})$/.exec(field)?.[1] ?? [])
    : [];

/** The GTIN of one piece, where a carton's says by its first digit how many are packed together. */
function pieceOf(digits: string): string | undefined {
  if (!/^[1-8]\d{13}$/.test(digits) || parseGtin(digits) === undefined) return undefined;
  const stem = `0${digits.slice(1, 13)}`;
  const gtin = Array.from({ length: 10 }, (_, check) => parseGtin(`${stem}${check}`)).find((one) => one !== undefined);
  return gtin && shownGtin(gtin);
}

/**
 * What else a scan may have been that names nothing as it stands: typed with the wrong keyboard, with signs around it,
 * a carton of the goods, a code whose check digit is wrong, a short or a longer code, one field of several. To be
 * proposed, never taken: the likeliest first.
 */
export function otherReadings(text: string): readonly string[] {
  const typed = text.trim();
  const bare = typed.replace(title, '').replace(around, '').trim();
  const layouts = byKeyboard(typed);
  const forms = [typed, bare, ...layouts];
  const digits = forms.flatMap((form) => digitsInGs1(form) ?? []).map((found) => found.replace(/^0(?=\d{13}$)/, ''));
  const pieces = [...forms, ...digits].flatMap((form) => pieceOf(form.replace(/\s/g, '')) ?? []);
  const printed = [typed, bare].flatMap((form) => printedReadings(withoutSymbology(form)));
  return [
    ...new Set([
      ...[plainSigns(typed), bare, ...layouts.map(scannedText), ...labelled(typed), ...digits, ...pieces],
      ...[...printed, ...namedInRecord(typed)],
    ]),
  ].filter((reading) => reading !== '' && reading !== typed);
}
