import { isFormula } from '../../domain/text/formula-guard.ts';
import { clean } from './cell-text.ts';

/** A text that no spreadsheet takes for a formula, and no terminal for a command. */
export const safeCell = (text: string): string => {
  const cleaned = clean(text);
  return isFormula(text) || isFormula(cleaned) ? `'${cleaned}` : cleaned;
};
