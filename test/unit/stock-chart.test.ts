import { expect, test } from 'vitest';
import type { StoredEvent } from '../../src/domain/event.ts';
import { toProductId } from '../../src/domain/ids.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import { stockChart, stockSeries } from '../../src/views/stock/stock-chart.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { instant, mette } from '../support/builders.ts';

const said = formatContext({ words: wordsOf('en'), now: instant('2026-11-24T08:00:00.000Z'), timeZone: 'UTC' });
/** Counts as the timeline tells them: the newest first. */
const counts = (...figures: readonly number[]): readonly StoredEvent[] =>
  figures
    .slice(1)
    .map(
      (onHand, at): StoredEvent => ({
        type: 'stock-changed',
        seq: at + 1,
        at: instant(`2026-11-${String(10 + at).padStart(2, '0')}T08:00:00.000Z`),
        by: mette,
        productId: toProductId('p1'),
        before: { onHand: figures[at] ?? 0, reserved: 0 },
        stock: { onHand, reserved: 0 },
        why: 'count',
      }),
    )
    .toReversed();

test('the figures run from before the first change to the last', () => {
  expect(stockSeries(counts(0, 40, 12, 12, 7))).toEqual([0, 40, 12, 12, 7]);
  expect(stockSeries([])).toEqual([]);
});

test('three figures are a history, with the lowest, the highest and how far back', () => {
  const [line] = stockChart(counts(0, 40, 12), said, 60);
  expect(line?.map((piece) => piece.text).join('')).toBe('▁█▃  on hand 0-40, oldest figure 14 d ago');
});

test.each([
  ['nothing', counts()],
  ['a single step', counts(0, 40)],
  ['a figure that never moved', counts(7, 7, 7)],
])('%s draws no bars', (_, events) => {
  expect(stockChart(events, said, 60)).toEqual([]);
});
