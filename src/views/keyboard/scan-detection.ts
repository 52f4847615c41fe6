/** A scanner types faster than a hand: so many characters at least, in one burst. */
const shortestCode = 6;
/** The longest pause inside a scan that comes a character at a time, in milliseconds. */
const betweenCharacters = 35;
/** The same once several characters came as one: no hand does that, and a slow link may cut a scan in two. */
const betweenParts = 120;
const severalCharacters = 4;

const code = /^([\u0021-\u007e\u00a0-\u024f]{6,64})(?:\r\n|\r|\n|\t)/;

/** A scan at the head of what was read, and what came after it. */
export type ParsedScan = { readonly text: string; readonly rest: string };

/**
 * The code that a scanner typed at the head of a burst: six printable characters or more, ended by CR or TAB. A key
 * that was held (`jjjjjj` and Enter) is none.
 */
export function parseScan(burst: string): ParsedScan | undefined {
  const found = code.exec(burst);
  const text = found?.[1];
  if (found === null || text === undefined || text.length < shortestCode) return undefined;
  return new Set(text).size > 1 ? { text, rest: burst.slice(found[0].length) } : undefined;
}

/**
 * Milliseconds to wait for more, where a burst may be the beginning of a scan: it begins with a digit or a capital, as
 * codes do, or came as several different characters at once. 0 where it cannot be one.
 */
export function scanTimeout(burst: string): number {
  if (!/^[\u0021-\u007e\u00a0-\u024f]+$/.test(burst)) return 0;
  const several = burst.length >= severalCharacters && new Set(burst).size > 1;
  if (several) return betweenParts;
  return /^[\dA-ZÆØÅ]/.test(burst) ? betweenCharacters : 0;
}
