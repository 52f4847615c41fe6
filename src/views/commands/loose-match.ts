import { nearestName } from './nearest-name.ts';

/** How well a text fits what was typed, the best first. `typo` is offered, never done. */
export const fits = ['begins', 'word-begins', 'within', 'in-order', 'typo'] as const;
export type Fit = (typeof fits)[number];

/** The shortest text that is looked for letter by letter, and the shortest that may hold a slip of the finger. */
const shortest = { inOrder: 2, typo: 4 } as const;

const wordsOf = (text: string): readonly string[] => text.split(/[\s-]+/).filter((word) => word !== '');

/** Whether each typed part begins a word, in their order: "inac st" is "inactive with stock". */
function beginsWords(parts: readonly string[], words: readonly string[]): boolean {
  let at = 0;
  return parts.every((part) => {
    const found = words.findIndex((word, index) => index >= at && word.startsWith(part));
    at = found + 1;
    return found >= 0;
  });
}

/** Whether the letters stand in the text in their order, the first of them at the beginning of a word. */
function lettersInOrder(typed: string, text: string): boolean {
  const letters = typed.replaceAll(' ', '');
  const starts = [...text.matchAll(/(?<![^\s-])\S/g)].map(({ index }) => index);
  return starts.some((start) => {
    if (text[start] !== letters[0]) return false;
    let at = start;
    for (const letter of letters.slice(1)) {
      at = text.indexOf(letter, at + 1);
      if (at < 0) return false;
    }
    return true;
  });
}

/** How a text fits what was typed; nothing where it does not. Neither case nor what is between words counts. */
export function fitOf(typed: string, text: string): Fit | undefined {
  const wanted = typed.trim().toLowerCase();
  const candidate = text.toLowerCase();
  if (candidate.startsWith(wanted)) return 'begins';
  const words = wordsOf(candidate);
  if (beginsWords(wordsOf(wanted), words)) return 'word-begins';
  if (candidate.includes(wanted)) return 'within';
  if (wanted.length >= shortest.inOrder && lettersInOrder(wanted, candidate)) return 'in-order';
  const isNear = wanted.length >= shortest.typo && nearestName(wanted, [candidate, ...words]) !== undefined;
  return isNear ? 'typo' : undefined;
}
