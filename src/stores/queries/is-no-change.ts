/** So many are followed one by one, however few there are in all. */
const alwaysFew = 1_000;

/** Whether so much was touched that going through all of it anew costs less: more than a thousand, and than a quarter. */
export const isNoChange = (touched: number, all: number): boolean => touched > Math.max(alwaysFew, all / 4);
