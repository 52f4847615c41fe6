/** A scanner types faster than a hand: so many characters at least, in one burst. */
const shortestCode = 6;
/** The longest pause inside a scan, in milliseconds. */
export const scanPause = 35;

const code = /^([\u0021-\u007e\u00a0-\u024f]{6,64})(?:\r\n|\r|\n|\t)$/;

/**
 * The code in a burst that a scanner typed: six printable characters or more, ended by CR or TAB. A key that
 * was held (`jjjjjj` and Enter) is none.
 */
export function scannedCode(burst: string): string | undefined {
  const text = code.exec(burst)?.[1];
  if (text === undefined || text.length < shortestCode) return undefined;
  return new Set(text).size > 1 ? text : undefined;
}

/** Whether a burst may be the beginning of a scan that comes a character at a time: it begins with digits, as codes do. */
export const mayBecomeScan = (burst: string): boolean => /^\d[\u0021-\u007e]*$/.test(burst);
