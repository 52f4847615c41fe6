import { parseGtin } from '../../domain/ids.ts';
import { gtinInGs1 } from '../../domain/lookup/gs1.ts';

/** The shortest text that is taken for a code. */
export const shortestCode = 4;
/** The longest pause inside a scan that comes a character at a time into a field, in milliseconds. */
const inField = 35;
/** The same once several characters came as one: no hand does that, and a slow link may cut a scan in two. */
const inFieldBetweenParts = 120;
/** Outside a field, how long a key that begins a code or changes something waits for a second one. */
const firstCharacter = 80;
/** No hand presses two keys that are no moves so close together. */
export const fasterThanHands = 100;
/** A scanner's own pause, at the most, with what a busy machine adds: what comes sooner goes with what came before it. */
export const withinScan = 450;
/** How long the end of what can be no keys is waited for: a slow line brings it in pieces. */
const untilEnd = 1_500;
const severalCharacters = 4;

/** What codes are made of: letters of any alphabet, digits, signs, blanks, and the separators of GS1 and ISO 15434 (FS to US). */
const inCode = '\\u001c-\\u007e\\u00a0-\\uffff';
const codeText = new RegExp(`^[${inCode}]+$`);
/** A code and its end, which may be two signs (Tab and CR). One that begins with `/` or `:` opens a field and goes on in it. */
const code = new RegExp(`^(?![/: ])([${inCode}]{4,4096})[\\r\\n\\t]{1,3}`);
/** The same where it ends in ETX or EOT, which from a hand are Ctrl-C and Ctrl-D. */
const codeOfDevice = new RegExp(`^(?![/: ])([${inCode}]{4,4096})[\\u0003\\u0004][\\r\\n\\t]{0,3}`);
/** A code between STX and ETX, as some scanners are set; from a hand the latter is Ctrl-C. */
const framed = new RegExp(`^\\u0002([${inCode}]{1,4096})\\u0003[\\r\\n\\t]{0,3}`);
const frameBegun = new RegExp(`^\\u0002[${inCode}]{0,4096}$`);

const segment = /^\u0002?[^\u0002\u001b\r\n\t]*(?:\r\n|[\r\n\t])?/;

/** The first line or word of what was read, with the CR, LF or TAB that ends it; the STX of a scan behind it begins another. */
export const firstSegment = (text: string): string => segment.exec(text)?.[0] ?? text;

/** Keys that only move the cursor or mark: a hand presses many of them in a row. */
const moves = /[jkgGv* ]/g;
const withoutMoves = (text: string): string => text.replace(moves, '');

/** A scan at the head of what was read, and what came after it. */
export type ParsedScan = { readonly text: string; readonly rest: string };

/**
 * The code that a scanner typed: four characters or more, blanks among them, ended by CR, LF, TAB, ETX or EOT. Keys that
 * only move (`jjjjjj` and Enter) are none; nor, in a field, is a text without a digit and Ctrl-C.
 */
export function parseScan(burst: string, field = false): ParsedScan | undefined {
  const found = code.exec(burst) ?? (field && !/\d/.test(burst) ? undefined : codeOfDevice.exec(burst));
  const text = found?.[1]?.trim();
  if (!found || text === undefined || !looksLikeCode(text)) return undefined;
  return { text, rest: burst.slice(found[0].length) };
}

/** The code that a scanner typed between STX and ETX; `begun` while its end may still come. */
export function parseFramedScan(burst: string): ParsedScan | 'begun' | undefined {
  const found = framed.exec(burst);
  if (found !== null) return { text: found[1]?.trim() ?? '', rest: burst.slice(found[0].length) };
  return frameBegun.test(burst) ? 'begun' : undefined;
}

/** The code before a key that a scanner is set to press at its end (an arrow, F1, Esc), and where that key begins. */
export function codeBeforeKey(burst: string): { readonly text: string; readonly keyAt: number } | undefined {
  const keyAt = burst.indexOf('\u001b');
  const text = burst.slice(0, keyAt).trim();
  return keyAt > 0 && codeText.test(text) && !/^[/:]/.test(text) && looksLikeCode(text) ? { text, keyAt } : undefined;
}

/** The keys that scanners press for the separator of GS1 (FNC1) where they are told to: the right arrow, and F8. */
const fnc1 = '\\u001b(?:[\\[O]C|\\[19~)';
const aroundFnc1 = new RegExp(`^([^\\u001b\\r\\n\\t]+)${fnc1}(?=[1-9])`);
const atFnc1 = new RegExp(`^([^\\u001b\\r\\n\\t]+)${fnc1}$`);

/** A code of GS1 with its separator, where a key stands for it. Behind `0` another code begins. */
export const withSeparators = (burst: string): string =>
  gtinInGs1(aroundFnc1.exec(burst)?.[1] ?? '') === undefined ? burst : burst.replace(aroundFnc1, '$1\u001d');

/** Whether a code of GS1 ends in a key that may be its separator: more may follow. */
export const endsInSeparator = (burst: string): boolean => gtinInGs1(atFnc1.exec(burst)?.[1] ?? '') !== undefined;

/** Words that somebody typed, which a slow line brought in one read with their Enter: codes are made of capitals. */
export const isTypedLine = (text: string): boolean => /\p{Ll}{2}/u.test(text) && /\S\s+\S/.test(text);

/** Too much, and too mixed, to be keys that somebody pressed one by one. */
export const looksLikeCode = (text: string): boolean =>
  withoutMoves(text).length >= shortestCode && new Set(text).size > 1;

/** Whether a line that was read whole is a code rather than words: it holds a digit, which words seldom do. */
export const isScannedCode = (text: string): boolean =>
  codeText.test(text) && looksLikeCode(text) && /\d/.test(text) && !isTypedLine(text);

/** Whether a text is a code by its own digits: an EAN, or GS1 data. Nothing typed before it belongs to it. */
export const isWholeCode = (text: string): boolean =>
  parseGtin(text.trim()) !== undefined || gtinInGs1(text) !== undefined;

/**
 * Characters of the ETX or EOT, with what may come behind it, that ends a code which a field took letter by letter; 0
 * where it is a hand's Ctrl-C.
 */
export const endOfSlowCode = (held: string, run: string): number =>
  isScannedCode(run.trim()) ? (/^[\u0003\u0004][\r\n\t]{0,3}/.exec(held)?.[0].length ?? 0) : 0;

/** What is known of a text that may be the beginning of a scan. */
export type Burst = {
  /** What waits to be pressed. */
  readonly held: string;
  /** What was pressed just before it, as far back as a scan's pauses reach; empty where a field took it. */
  readonly before: string;
  /** Milliseconds between the two. */
  readonly gap: number;
  /** A field is open: letters are text there and change nothing. */
  readonly field: boolean;
  /** Whether a key changes something, pressed alone. */
  readonly changes: (key: string) => boolean;
  /** It came behind a code, sooner than hands can press. */
  readonly inCode?: boolean;
};

/** Milliseconds to wait for more before what is held is pressed; 0 where it cannot be a part of a scan. */
export function scanTimeout(burst: Burst): number {
  const { held, before, gap, field } = burst;
  if (!codeText.test(held)) return 0;
  const mixed = new Set(before + held).size > 1;
  const goesOn = before !== '' && mixed && withoutMoves(before + held) !== '' && gap <= fasterThanHands;
  if (field && !goesOn) return fieldTimeout(held);
  if (burst.inCode === true && before === '') return looksLikeCode(held) ? untilEnd : fasterThanHands;
  if (before === '' && /^[/:]/.test(held)) return 0;
  if (!field && looksLikeCode(held)) return untilEnd;
  if (goesOn || (held.length > 1 && mixed && withoutMoves(held) !== '')) return withinScan;
  if (before !== '' && mixed && withoutMoves(held) !== '') return withinScan;
  return held.length === 1 && (/^[\dA-ZÆØÅ]/.test(held) || burst.changes(held)) ? firstCharacter : 0;
}

function fieldTimeout(held: string): number {
  if (held.length >= severalCharacters && new Set(held).size > 1) return inFieldBetweenParts;
  return /^[\dA-ZÆØÅ]/.test(held) ? inField : 0;
}

/** Whether a key was a move only: what comes after it is no part of a scan. */
export const isMoveOnly = (text: string): boolean => withoutMoves(text) === '';

/** Whether what came behind a code, with its end, is a line or field of that code: too short to be a code, and no moves. */
export const isFieldOfCode = (text: string): boolean => /\S[\r\n\t]+$/.test(text) && !isMoveOnly(text.trim());

/** So many codes in one read were not scanned one by one. */
const pastedCodes = 3;

/** A list that was pasted into a terminal that does not mark pastes: whole lines of codes in one read. */
export function isPastedList(text: string): boolean {
  const lines = text.split(/[\r\n]+/).filter((line) => line !== '');
  return !text.includes('\u001b') && lines.length >= pastedCodes && lines.every(looksLikeCode);
}

/** What a terminal sends for Ctrl and a letter: no code has it within. */
const control = /[\u0001-\u0008\u000b\u000c\u000e-\u001a\u007f]/g;

/**
 * The letters of a text that is neither a code nor keys, since Ctrl was pressed in the middle of too many of them;
 * nothing for any other text.
 */
export function spoiledCode(text: string): string | undefined {
  const bare = text.replace(control, '').trim();
  const isCode = looksLikeCode(bare) && !/^[/:]/.test(bare);
  return isCode && bare.length < text.trim().length ? bare : undefined;
}
