import stringWidth from 'string-width';
import { latePattern } from '../../domain/text/late-pattern.ts';

/** Which side of a cell its text leans on: words left, figures right. */
export type Align = 'left' | 'right';

// One that nobody ends is no sequence: only its beginning goes, or it would take the rest of our sentence along.
const escapeSequence =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]P^_X]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -~]/g;
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
/** Control and half characters, and the invisible ones that reorder or join what stands around them. */
const invisible = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}]';
const allInvisible = latePattern(() => new RegExp(invisible, 'gu'));
/** More marks on one letter than any script puts there: a flood of them runs over the lines above and below. */
const markFlood = latePattern(() => /(\p{M}{6})\p{M}+/gu);
/** Pictures whose width terminals disagree about. */
const picture = /[\u{1f000}-\u{1faff}\u{e0000}-\u{e0fff}\u2600-\u26ff\u2700-\u2712\u2714-\u2716\u2719-\u27bf]/gu;
const dangerous = latePattern(() => new RegExp(`${invisible}|\\p{M}{7}`, 'u'));
const oneCellEach = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u024f\u2010-\u2026\u2190-\u2193\u2500-\u259f\u25a0-\u25ff]*$/;
// Made with the first text that needs it: it loads tables for as long as Node itself takes to start.
let segmenter: Intl.Segmenter | undefined;
const graphemes = (): Intl.Segmenter => {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return segmenter;
};

/**
 * A text that no terminal can stumble over: one line, no escape sequences, nothing invisible. Connectors clean
 * what shops send; this is the last line, for all that is drawn or printed.
 */
export const clean = (text: string): string =>
  oneCellEach.test(text) || !dangerous().test(text)
    ? text
    : text
        .toWellFormed()
        .replace(escapeSequence, '')
        .replace(breaks, ' ')
        .replace(allInvisible(), '')
        .replace(markFlood(), '$1');

/** The same of a text of ours that has several lines, line for line. */
export const cleanLines = (text: string): string => text.split('\n').map(clean).join('\n');

/** A name out of a shop as it stands in a cell: clean, composed, and without pictures of doubtful width. */
export const cleanName = (text: string): string =>
  oneCellEach.test(text) ? text : clean(text).normalize('NFC').replace(picture, '').replace(/ {2,}/g, ' ').trim();

/** Cells of a line of sentences at the most: no longer than an eye can follow back. */
export const readable = 110;

/** How many terminal cells a text takes. */
export const widthOf = (text: string): number => (oneCellEach.test(text) ? text.length : stringWidth(text));

/** A text's characters as a person counts them. */
export const charactersOf = (text: string): readonly string[] =>
  oneCellEach.test(text) ? [...text] : Array.from(graphemes().segment(text), (part) => part.segment);

/** The beginning of a text that fits, ending in `…` when something was left out. Never longer than `width`. */
export function cut(text: string, width: number, ellipsis = '…'): string {
  if (width <= 0) return '';
  if (widthOf(text) <= width) return text;
  const availableWidth = width - widthOf(ellipsis);
  if (availableWidth <= 0) return ellipsis.slice(0, width);
  let kept = '';
  let used = 0;
  for (const character of charactersOf(text)) {
    const wide = widthOf(character);
    if (used + wide > availableWidth) break;
    kept += character;
    used += wide;
  }
  return kept.trimEnd() + ellipsis;
}

/** Cells of the end that stay where a text is cut in its middle: a colour and a size. */
const endCells = 14;

/** A text without its middle where it does not fit: names begin with what it is and end in colour and size. */
export function cutMiddle(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const end = Math.min(endCells, Math.floor((width - 1) / 2));
  if (end < 4) return cut(text, width);
  let tail = '';
  for (const character of charactersOf(text).toReversed()) {
    if (widthOf(character) + widthOf(tail) > end) break;
    tail = character + tail;
  }
  return `${cut(text, width - widthOf(tail))}${tail.trimStart()}`;
}

/** The text with blanks after it, to at least `width` cells. */
export const padRight = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

/** The text with blanks before it, to at least `width` cells. */
export const padLeft = (text: string, width: number): string => ' '.repeat(Math.max(0, width - widthOf(text))) + text;

/** A text made to take exactly `width` cells: cleaned, cut, padded. */
export function cell(text: string, width: number, align: Align = 'left', cutting: typeof cut = cut): string {
  const fitting = cutting(clean(text), width);
  return align === 'right' ? padLeft(fitting, width) : padRight(fitting, width);
}

/** Lines of at most `width` cells, broken between words where that can be. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of clean(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (widthOf(line) > width) {
      const head = cut(line, width, '');
      if (head === '') break;
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}
