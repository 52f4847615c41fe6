import { hiddenKindOf } from '../../domain/look-alikes.ts';

const codeOf = (letter: string): string =>
  `‹U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`;

/**
 * A text in which everything shows that a reader would miss: blanks as `·`, what nobody sees by its code, and a dash or
 * a letter that is not the one it looks like with its code behind it.
 */
export const visibleText = (text: string): string =>
  [...text]
    .map((letter) => {
      const kind = hiddenKindOf(letter);
      if (kind === undefined) return letter;
      if (kind === 'blank') return letter === ' ' ? '·' : `·${codeOf(letter)}`;
      return kind === 'unseen' ? codeOf(letter) : letter + codeOf(letter);
    })
    .join('');

/** The same where there is more to miss than a plain blank; else as it is, so that it can be copied. */
export const visibleSeparators = (text: string): string =>
  [...text].some((letter) => letter !== ' ' && hiddenKindOf(letter) !== undefined) ? visibleText(text) : text;
