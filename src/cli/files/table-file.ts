import { textOfCsvCell } from '../../files/formula-cell.ts';
import { clean } from '../../views/text/cell-text.ts';

/** The text of a cell of a JSON file, fit to be seen. */
export const jsonCellText = (raw: string): string => clean(raw).trim();

/** The same of a CSV file, without what it is hidden behind for a spreadsheet's sake. */
export const csvCellText = (raw: string): string => textOfCsvCell(jsonCellText(raw));
