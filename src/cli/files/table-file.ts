import { shownByFormula } from '../../files/formula-cell.ts';
import { clean } from '../../views/text/cell-text.ts';
import { withoutFormulaGuard } from '../../views/text/safe-cell.ts';

/** The text of a cell: without what a spreadsheet hides it behind (`="00123"`), and without our own formula guard. */
export const cellText = (raw: string): string => withoutFormulaGuard(shownByFormula(clean(raw).trim()));
