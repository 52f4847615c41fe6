import { number } from '../format/numbers.ts';
import type { Words } from '../words/words.ts';
import { hiddenMarks, type ListState } from './list-state.ts';

/** Where one is in a list: "61-77 of 1,000"; the number alone where all of it is on the screen. */
export function positionOf({ top, height, total }: ListState, words: Words): string {
  const all = number(total, words);
  if (total <= height) return all;
  return words.lists.position(number(top + 1, words), number(Math.min(top + height, total), words), all);
}

type CountOptions = {
  readonly words: Words;
  readonly total: number;
  /** All rows are at hand, so that what is shown may be a part of them. */
  readonly isWhole: boolean;
  readonly isReading: boolean;
};

/** What stands at the end of a list's head: the marks, and where the cursor is among how many. */
export function countLine(state: ListState, { words, total, isWhole, isReading }: CountOptions): string {
  const { size } = state.marks;
  const hidden = hiddenMarks(state);
  const marks = size === 0 ? '' : words.screen.marked(String(size), hidden === 0 ? '' : String(hidden));
  // What is not there at all is said beneath; a nought of a filter says that it is the filter.
  if (total === 0 && !isReading) return marks;
  const position = positionOf(state, words);
  const rows = isReading
    ? words.screen.reading
    : isWhole
      ? words.screen.countOf(position, number(total, words))
      : position;
  return [marks, rows].filter((part) => part !== '').join(' · ');
}
