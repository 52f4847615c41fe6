import { clean } from './cell-text.ts';

// A spreadsheet reads these as the beginning of a formula, some also behind blanks; and a shop may write anything into
// a name.
const formula = /^'*(?:\s*[=+\-@\uff0b\uff0d\uff1d\uff20]|[\t\r\n])/;

/** The text that `safeCell` was given: one guard less. What we wrote ourselves comes back in as it was. */
export const withoutFormulaGuard = (text: string): string =>
  text.startsWith("'") && formula.test(text) ? text.slice(1) : text;

/** A text that no spreadsheet takes for a formula, and no terminal for a command. */
export const safeCell = (text: string): string => {
  const cleaned = clean(text);
  return formula.test(text) || formula.test(cleaned) ? `'${cleaned}` : cleaned;
};
