/** What people and spreadsheets part thousands with and nothing else: blanks of all widths, and apostrophes. */
const blank = "[ \\u00a0\\u2007\\u2009\\u202f'\\u2019]";

const forms: readonly RegExp[] = [
  /^(?<sign>[-\u2212]?)(?<whole>\d+)(?:[.,](?<part>\d{1,2})0{0,3})?$/,
  new RegExp(
    `^(?<sign>[-\\u2212]?)(?<whole>[1-9]\\d{0,2}(?<mark>${blank})\\d{3}(?:\\k<mark>\\d{3})*)(?:[.,](?<part>\\d{1,2})0{0,3})?$`,
  ),
  // A point or a comma parts thousands where it stands twice, or where the other one follows.
  /^(?<sign>[-\u2212]?)(?<whole>[1-9]\d{0,2}(?<mark>[.,])\d{3}(?:\k<mark>\d{3})+)(?:(?!\k<mark>)[.,](?<part>\d{1,2})0{0,3})?$/,
  /^(?<sign>[-\u2212]?)(?<whole>[1-9]\d{0,2}(?<mark>[.,])\d{3})(?!\k<mark>)[.,](?<part>\d{1,2})0{0,3}$/,
];

/**
 * A number of a file as programs write it: without marks between thousands and with a point before the decimals, of which
 * there are two at most, and noughts. `undefined` where it is none, or could be two: "1.000" is a thousand or one.
 */
export function plainNumber(text: string): string | undefined {
  const digits = plainDigits(text);
  const groups = isUnclear(digits) ? undefined : forms.map((form) => form.exec(digits)?.groups).find(Boolean);
  if (groups === undefined) return undefined;
  const { sign = '', whole = '', part } = groups;
  return `${sign === '' ? '' : '-'}${whole.replace(/\D/g, '')}${part === undefined ? '' : `.${part}`}`;
}

/** A figure without the unit that means pieces: "12 stk." is twelve, as "Antal (stk.)" is counted in pieces. */
export const withoutPieces = (text: string): string => text.replace(/ ?(?:stk|st|pcs|pc|stück)\.?$/i, '');

/** Digits and marks of full width, as Chinese and Japanese suppliers write them. */
const plainDigits = (text: string): string =>
  text.replace(/[\uff0b-\uff19]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));

/** A mark and three digits: thousands in one country, decimals in another. */
export const isUnclear = (text: string): boolean => /^[-\u2212]?[1-9]\d{0,2}[.,]\d{3}$/.test(text);
