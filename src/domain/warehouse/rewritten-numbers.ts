import { latePattern } from '../text/late-pattern.ts';

// What a spreadsheet shows where a formula failed, in English and Danish, and its two truths.
const failed =
  /^(?:#(?:N\/A|I\/T|(?:REF|REFERENCE|VALUE|VÆRDI|NULL|NUL|NUM|DIV\/0|DIVISION\/0|SPILL|OVERLØB|CALC)!|(?:NAME|NAVN)\?|#+)|TRUE|FALSE|SAND|FALSK)$/i;
const exponent = /^(\d+)(?:[.,](\d+))?E\+?(\d{1,2})$/i;
/** Programs that reckon in floating point keep fifteen digits for sure; a spreadsheet puts noughts for the rest. */
const certainDigits = 15;

const months = [
  ['jan', 'januar', 'january'],
  ['feb', 'februar', 'february'],
  ['mar', 'mrz', 'mär', 'marts', 'march'],
  ['apr', 'april'],
  ['maj', 'may', 'mai'],
  ['jun', 'juni', 'june'],
  ['jul', 'juli', 'july'],
  ['aug', 'august'],
  ['sep', 'sept', 'september'],
  ['okt', 'oct', 'oktober', 'october'],
  ['nov', 'november'],
  ['dec', 'dez', 'des', 'december'],
];
const monthOf = (name: string): number => months.findIndex((names) => names.includes(name.toLowerCase())) + 1;
// Excel writes months small, or with one capital: "FEB-01" was somebody's item number before and is it still.
const dayMonth = latePattern(() => /^(\d{1,2})(?:\. |[-. /])(\p{Lu}?\p{Ll}{2,8})\.?$/u);
const monthDay = latePattern(() => /^(\p{Lu}?\p{Ll}{2,8})\.?[-. /](\d{2}|\d{4})$/u);
const wholeDate = /^(\d{1,2})[-./](\d{1,2})[-./]((?:19|20)\d{2})$/;
const isoDate = /^((?:19|20)\d{2})-(\d{2})-(\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?$/;

/** Words that begin a line of totals; nothing else is called so. */
const totals =
  /^(?:i\s?alt|ialt|totalt?|sub\s?total|grand total|total sum|sum(?:ma|me)?|tilsammen|til sammen|gesamt(?:summe)?|total(?:er|en|s)?|antal i alt)\s*[:=]?$/i;

/** Whether a cell in the column of item numbers is the word of a line of totals, or a remark between the lines. */
export const isTotalsLine = (text: string): boolean => totals.test(text.trim()) || /^(?:#|\/\/|--)\s/.test(text.trim());

/** Whether it is what a spreadsheet shows in place of a text, and no number anybody gave. */
export const isFailedFormula = (sku: string): boolean => failed.test(sku);

/** Whether a spreadsheet made an exponent of it: `5,70123E+12`. */
export const isExponent = (sku: string): boolean => exponent.test(sku);

/** What a spreadsheet may have rewritten, and what it may have been: these texts, or digits that begin so. */
export type Originals = {
  readonly texts: readonly string[];
  readonly digits?: { readonly beginning: string; readonly fits: (candidate: string) => boolean };
};

/**
 * What an item number that no product has was before a spreadsheet rewrote it: `01-feb` was `1-2`, `5,70123E+12` thirteen
 * digits. Nothing where no spreadsheet writes so.
 */
export function originalsOf(sku: string): Originals | undefined {
  if (isFailedFormula(sku)) return { texts: [] };
  const [, whole = '', part = '', power = ''] = exponent.exec(sku) ?? [];
  if (power !== '') return ofExponent(whole, part, Number(power));
  if (new RegExp(`^\\d{${certainDigits}}0+$`).test(sku)) return roundedFrom(sku);
  const texts = ofDate(sku);
  return texts === undefined ? undefined : { texts };
}

function ofExponent(whole: string, part: string, power: number): Originals {
  const length = power + whole.length;
  const written = `${whole}${part}`;
  // The last digit was rounded.
  const beginning = written.slice(0, -1);
  const fits = (candidate: string): boolean =>
    candidate.length === length &&
    Number(candidate)
      .toExponential(written.length - 1)
      .startsWith(mantissa(written));
  return { texts: [`${whole}E${power}`], digits: beginning === '' ? undefined : { beginning, fits } };
}

const mantissa = (digits: string): string => (digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`);

/** Digits of which only so many are sure: those that floating point makes the same number of. */
export function roundedFrom(sku: string): Originals | undefined {
  if (!/^\d{16,}$/.test(sku)) return undefined;
  const beginning = sku.slice(0, certainDigits);
  const rounded = `${beginning}${'0'.repeat(sku.length - certainDigits)}`;
  const fits = (candidate: string): boolean =>
    candidate.length === sku.length && (Number(candidate) === Number(sku) || sku === rounded);
  return { texts: [], digits: { beginning, fits } };
}

/**
 * What an item number may be called without what programs put to it: the apostrophe of a spreadsheet's text, and the
 * decimals of one that takes it for a figure (`5701234567899.0`). To be named, never taken: somebody may call it so.
 */
export function barelyNamed(sku: string): Originals | undefined {
  const bare = sku.replace(/^'+(?=.)/, '').replace(/^(\d+)[.,]0{1,2}$/, '$1');
  return bare === sku ? undefined : { texts: [bare] };
}

function ofDate(sku: string): readonly string[] | undefined {
  const [, first = '', word = ''] = dayMonth().exec(sku) ?? [];
  if (monthOf(word) > 0) return bothWays(Number(first), monthOf(word));
  const [, name = '', last = ''] = monthDay().exec(sku) ?? [];
  if (monthOf(name) > 0) return [...bothWays(monthOf(name), Number(last)), `${name}${Number(last)}`, `${name}${last}`];
  const [, a = '', b = '', year = ''] = wholeDate.exec(sku) ?? [];
  const [, isoYear = '', month = '', day = ''] = isoDate.exec(sku) ?? [];
  if (year !== '') return isDate(a, b) ? [...bothWays(Number(a), Number(b)), ...withYear(a, b, year)] : undefined;
  if (isoYear !== '')
    return isDate(day, month) ? [...bothWays(Number(day), Number(month)), ...withYear(day, month, isoYear)] : undefined;
  return undefined;
}

const isDate = (a: string, b: string): boolean => {
  const [low, high] = [Number(a), Number(b)].toSorted((x, y) => x - y);
  return (low ?? 0) >= 1 && (low ?? 0) <= 12 && (high ?? 0) <= 31;
};

const padded = (value: number): string => String(value).padStart(2, '0');

/** A day and a month as somebody may have written them who meant none: `1-2`, `01-02`, `1/2`, and the other way round. */
const bothWays = (one: number, other: number): readonly string[] =>
  [
    [one, other],
    [other, one],
  ].flatMap(([a = 0, b = 0]) =>
    ['-', '/', '.'].flatMap((mark) => [`${a}${mark}${b}`, `${padded(a)}${mark}${padded(b)}`]),
  );

const withYear = (a: string, b: string, year: string): readonly string[] =>
  [year, year.slice(-2)].flatMap((shown) =>
    ['-', '/', '.'].flatMap((mark) => [
      `${Number(a)}${mark}${Number(b)}${mark}${shown}`,
      `${padded(Number(a))}${mark}${padded(Number(b))}${mark}${shown}`,
    ]),
  );
