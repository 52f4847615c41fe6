import { number } from '../format/numbers.ts';
import type { Words } from '../words/words.ts';
import type { ListState } from './list-state.ts';

/** Where one is in a list: "61-77 of 1,000"; the number alone where all of it is on the screen. */
export function positionOf({ top, height, total }: ListState, words: Words): string {
  const all = number(total, words);
  if (total <= height) return all;
  return words.lists.position(number(top + 1, words), number(Math.min(top + height, total), words), all);
}
