/** What can be wrong with the form of a file of lines. */
export type TableFault =
  | 'column-missing'
  | 'column-twice'
  | 'not-a-row'
  | 'not-a-value'
  | 'too-many-cells'
  /** A quotation mark that begins a cell and is never closed, or only in another line's cell. */
  | 'quote-open'
  /** A cell that says what a line is about goes over several lines. */
  | 'line-break'
  /** Signs that no text has: a damaged file, or another encoding. */
  | 'unreadable-signs'
  /** UTF-8 that was read as Windows-1252 and saved so: "rÃ¸d". */
  | 'ruined-letters'
  /** A second heading, where files were put together, whose columns are others. */
  | 'heading-again'
  /** Nothing stands in it. */
  | 'file-empty';

/** What can be wrong with a file of stock figures as a whole, and with a figure in it. */
export type StockFileFault =
  | TableFault
  | 'file-too-large'
  | 'file-encoding'
  /** A workbook, a web page, a document: no lines of text. */
  | 'file-other'
  | 'file-not-list'
  | 'not-json'
  | 'sku-missing'
  | 'sku-twice'
  /** The word of a line of totals, or a remark, where an item number was due. */
  | 'totals-line'
  /** An item number that a spreadsheet has rewritten: an exponent, a date, digits beyond the fifteenth lost. */
  | 'spreadsheet-number'
  /** No product has the number, and one has nearly the same: what programs put to it, or took away. */
  | 'near-product'
  | 'value-missing'
  | 'not-a-figure'
  /** A mark and three digits: a thousand in one country, one in another. */
  | 'unclear-thousands';

/** A place in a file, by the file's own count of lines, and what is wrong there. */
export type FileFault = {
  readonly file: string;
  readonly line?: number;
  readonly column?: string;
  readonly what: StockFileFault;
  readonly value?: string;
  /** The item number that may have been meant. */
  readonly near?: string;
};

/** A row that is not taken, named by the place in the file; `said` is for scripts, `inFile` becomes words. */
export function brokenIn(inFile: FileFault): {
  readonly where: string;
  readonly said: string;
  readonly inFile: FileFault;
} {
  const { file, line, column, what, value, near } = inFile;
  const where = [file, line === undefined ? undefined : `line ${line}`, column];
  const said = value === undefined ? what : `${what}: ${value}`;
  return {
    where: where.filter((part) => part !== undefined).join(', '),
    said: near === undefined ? said : `${said}, perhaps ${near}`,
    inFile,
  };
}
