// A spreadsheet reads these as the beginning of a formula, some also behind blanks; and a shop may write anything into
// a name.
const formula = /^'*(?:\s*[=+\-@\uff0b\uff0d\uff1d\uff20]|[\t\r\n])/;

/** Whether a spreadsheet would reckon with a text instead of showing it. */
export const isFormula = (text: string): boolean => formula.test(text);

/** A text of a CSV file of ours without the apostrophe that keeps a spreadsheet from reckoning with it. */
export const withoutFormulaGuard = (text: string): string =>
  text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
