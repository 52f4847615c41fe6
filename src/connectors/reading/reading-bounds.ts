/**
 * How far a reading may go, so that a shop without end or out of its mind ends by itself. All of it scales with what
 * the shop says it has and with what was there last time.
 */
export type ReadingBounds = {
  /** Rows over twice what is expected that a shop may have grown by. */
  readonly spareRows: number;
  /** Rows of a reading of which nobody knows how long it should be. */
  readonly rowsUnknown: number;
  /** Variations of one product over twice what it says. */
  readonly spareVariations: number;
};

export const readingBounds: ReadingBounds = { spareRows: 2000, rowsUnknown: 200_000, spareVariations: 300 };

/** How many rows a reading may have: twice what the shop says or had, and some. A total beyond belief is cut. */
export function maxRowsOf(expected: readonly (number | undefined)[], bounds: ReadingBounds = readingBounds): number {
  const known = expected.filter((one) => one !== undefined && Number.isSafeInteger(one) && one >= 0);
  if (known.length === 0) return bounds.rowsUnknown;
  return Math.min(2 * Math.max(...known.map(Number)) + bounds.spareRows, 20 * bounds.rowsUnknown);
}

/** What is said of a reading that is given up, for its error. */
export const repeatsItself = (page: number): GivenUp => ({
  found: `the shop repeats itself at page ${page}`,
  distrusted: true,
});
export const hasNoEnd = (page: number, rows: number): GivenUp => ({
  found: `the shop shows more than it has: page ${page} goes over ${rows} rows`,
  distrusted: true,
});
/** The same of a limit that a person may raise, by saying how many listings the shop has by now. */
export const overRowLimit = (page: number, rows: number): GivenUp & { readonly rowLimit: number } => ({
  ...hasNoEnd(page, rows),
  rowLimit: rows,
});

type GivenUp = { readonly found: string; readonly distrusted: true };

/**
 * Counts the rows of a list that is read whole within one page of a reading: variants of some products. Answers what is
 * said of one without end, else nothing.
 */
export function makeRowCounter(maxRows = rowsWithinPage): (sent: number) => GivenUp | undefined {
  let rows = 0;
  let pages = 0;
  return (sent) => {
    rows += sent;
    pages += 1;
    return rows > maxRows ? hasNoEnd(pages, maxRows) : undefined;
  };
}
/** Hundreds of variants for each of a hundred products. */
const rowsWithinPage = 30_000;

/** Whether one id stands before another, as numbers of any length do. */
export const idBefore = (one: string, other: string): boolean =>
  one.length === other.length ? one < other : one.length < other.length;
