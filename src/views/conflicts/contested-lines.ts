import type { ConflictCard } from '../../services/conflicts/conflict-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { layoutColumns, rowPieces, titleLine } from '../list/table.ts';
import type { Piece } from '../text/tones.ts';
import { conflictColumns } from './conflict-columns.ts';

/** The product ids that more than one wants, for a search that was not begun yet: a line each. */
export function contestedLines(
  cards: readonly ConflictCard[],
  format: FormatContext,
  width: number,
): readonly (readonly Piece[])[] {
  if (cards.length === 0) return [];
  const placed = layoutColumns(conflictColumns(format), cards, width);
  return [
    [{ text: format.words.screen.contested, tone: 'strong' }],
    // Who holds it and who wants it stand side by side, and look alike.
    [{ text: titleLine(placed, undefined, ['', '']), tone: 'quiet' }],
    ...cards.map((card) => rowPieces(placed, card)),
  ];
}
