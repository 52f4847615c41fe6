import { latePattern } from './text/late-pattern.ts';

/**
 * Letters of other alphabets, in lower case, that look like a Latin one when written as capitals or as small letters
 * (Unicode's list of confusables, as far as item numbers go).
 */
const alike: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: '\u0430\u03b1\u0251',
    b: '\u0432\u03b2',
    c: '\u0441\u03f2',
    d: '\u0501',
    e: '\u0435\u03b5',
    g: '\u0261',
    h: '\u043d\u03b7\u04bb\u0570',
    i: '\u0456\u03b9\u0131\u04cf',
    j: '\u0458\u0237\u03f3',
    k: '\u043a\u03ba',
    m: '\u043c\u03bc',
    n: '\u03bd\u0578',
    o: '\u043e\u03bf\u0585',
    p: '\u0440\u03c1',
    q: '\u051b',
    s: '\u0455',
    t: '\u0442\u03c4',
    u: '\u057d',
    w: '\u051d',
    x: '\u0445\u03c7',
    y: '\u0443\u03c5\u04af',
    z: '\u03b6',
  }).flatMap(([latin, others]) => [...others].map((other) => [other, latin] as const)),
);

/** A digit of another script as an Arabic one; runs of ten lie together in Unicode. */
function digitOf(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

/** A text with every letter and digit that only looks like a plain one made plain. Expects lower case. */
export const plainLetters = (text: string): string =>
  text.replace(
    /[^\x00-\x7f]/gu,
    (letter) => alike.get(letter) ?? (/^\p{Nd}$/u.test(letter) ? digitOf(letter) : letter),
  );

/** Nothing of it is seen, or only a gap: blanks of every width, soft hyphens, direction marks, joiners, fillers. */
const gap = '\\p{Z}\\p{C}\\p{M}\\s\\u115f\\u1160\\u3164\\uffa0\\u2800';
/** Every stroke that a hand or an office program writes for a hyphen. */
const stroke = '\\p{Pd}\\u2212\\u2043\\u02d7\\u00af\\u30fc';
const passedOver = latePattern(() => new RegExp(`[${gap}${stroke}_./\\\\\\u00b7]`, 'gu'));
const isAscii = /^[\0-\x7f]*$/;
/** What `passedOver` finds in ASCII. */
const passedOverInAscii = /[\0-\x20\x7f_./\\-]/g;

/**
 * A text as a careless hand would write it: case, width, blanks, strokes, what nobody sees, letters of other
 * alphabets that look the same, and leading noughts no longer matter. For *searching* near spellings only.
 */
export function looseText(text: string): string {
  const passed = isAscii.test(text)
    ? text.toLowerCase().replace(passedOverInAscii, '')
    : plainLetters(text.normalize('NFKC').toLowerCase()).replace(passedOver(), '');
  const loose = passed.replace(/^0+(?=.)/, '');
  return loose === '' ? text : loose;
}

/** What a letter hides, where it is not what it seems. */
export type HiddenKind = 'blank' | 'unseen' | 'stroke' | 'look-alike';

const kinds: readonly (readonly [HiddenKind, () => RegExp])[] = [
  ['blank', latePattern(() => /^[\p{Z}\t]$/u)],
  ['unseen', latePattern(() => new RegExp(`^[${gap}]$`, 'u'))],
  ['stroke', latePattern(() => new RegExp(`^[${stroke}]$`, 'u'))],
];

/** Whether a letter is another than it looks; a plain hyphen and plain letters are not. */
export function hiddenKindOf(letter: string): HiddenKind | undefined {
  if (letter !== ' ' && /^[\x20-\x7e]$/.test(letter)) return undefined;
  const found = kinds.find(([, pattern]) => pattern().test(letter));
  if (found !== undefined) return found[0];
  const plain = plainLetters(letter.normalize('NFKC').toLowerCase());
  return /^[\x21-\x7e]+$/.test(plain) ? 'look-alike' : undefined;
}
