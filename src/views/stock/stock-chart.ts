import type { StoredEvent } from '../../domain/event.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { ago } from '../format/times.ts';
import { sparkline } from '../text/sparkline.ts';
import type { Piece } from '../text/tones.ts';

/** The stock on hand after each change, the oldest first; the figure before the first change leads. */
export function stockSeries(events: readonly StoredEvent[]): readonly number[] {
  const changes = events.flatMap((event) => (event.type === 'stock-changed' ? [event] : [])).toReversed();
  const [first] = changes;
  return first === undefined ? [] : [first.before.onHand, ...changes.map((change) => change.stock.onHand)];
}

/** The stock as little bars with the lowest, the highest and since when; nothing where it never changed. */
export function stockChart(
  events: readonly StoredEvent[],
  format: FormatContext,
  cells: number,
): readonly (readonly Piece[])[] {
  const { words, now } = format;
  const figures = stockSeries(events);
  const bars = sparkline(figures, Math.max(4, Math.min(24, cells - 30)));
  const oldest = events.findLast((event) => event.type === 'stock-changed');
  // Two figures are a step, and no history; one that never moved has nothing to show.
  if (new Set(figures).size < 2 || figures.length < 3 || bars === '' || oldest === undefined) return [];
  const from = number(Math.min(...figures), words);
  const to = number(Math.max(...figures), words);
  return [
    [
      { text: `${bars}  `, tone: 'accent' },
      { text: words.screen.stockBetween(from, to, ago(oldest.at, now, words)), tone: 'quiet' },
    ],
  ];
}
