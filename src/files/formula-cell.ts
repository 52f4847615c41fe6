import { withoutFormulaGuard } from '../domain/text/formula-guard.ts';

/**
 * What a cell of a CSV file says: without the formula that keeps its noughts (`="00123"`), and without our own formula
 * guard. JSON is opened in no spreadsheet, and has neither.
 */
export const textOfCsvCell = (text: string): string => withoutFormulaGuard(/^="(.*)"$/.exec(text)?.[1] ?? text);
