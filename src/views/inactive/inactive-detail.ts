import { rungs } from '../../domain/inactive/inactive-row.ts';
import type { InactiveReport } from '../../services/inactive/inactive-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { shopCode } from '../format/refs.ts';
import { cleanName, widthOf, wrap } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { inactiveLine, rungSentence, rungSign, rungTone, rungWord } from './inactive-lines.ts';
import type { InactiveProduct } from './inactive-products.ts';

type LineOf = string | readonly Piece[];

/** How many stand on each rung of the ladder, the surest first; where the words do not fit, the signs of the rows speak. */
export function rungCounts(report: InactiveReport, words: Words, width: number): readonly Piece[] {
  const counted = rungs.filter((rung) => report.byRung[rung] > 0);
  const named = counted.flatMap((rung): readonly Piece[] => [
    { text: `${rungSign(rung)} ${number(report.byRung[rung], words)} `, tone: rungTone(rung) },
    { text: `${rungWord(rung, words)}   `, tone: 'quiet' },
  ]);
  if (
    widthOf(
      named
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    ) <= width
  )
    return named;
  return counted.map((rung) => ({
    text: `${rungSign(rung)} ${number(report.byRung[rung], words)}   `,
    tone: rungTone(rung),
  }));
}

/** Why a product stands in the report: for each shop the rung, every signal and who looked; what it is worth. */
export function inactiveDetail(product: InactiveProduct, format: FormatContext, width: number): readonly LineOf[] {
  const { words } = format;
  const { worst, rows } = product;
  const line = inactiveLine(worst, format);
  const toned = (text: string, tone: Piece['tone']): readonly LineOf[] =>
    wrap(text, width).map((part) => [{ text: part, tone }]);
  return [
    ...toned(cleanName(worst.name), 'strong'),
    [{ text: line.item, tone: 'accent' }],
    ...toned(`${line.onHand} ${words.domain.onHand}, ${line.exactValue}`, 'quiet'),
    '',
    ...toned(`${line.sign} ${line.rung}: ${rungSentence(worst.rung, words)}`, line.tone),
    ...rows.flatMap((row): readonly LineOf[] => {
      const own = inactiveLine(row, format);
      return [
        [
          { text: `${own.sign} ${shopCode(row.shopId)} `, tone: own.tone },
          { text: `${own.rung} ${own.ref}`, tone: 'quiet' },
        ],
        ...own.signals.flatMap((signal) => wrap(`  + ${signal}`, width)),
        ...(own.tick === '' ? [] : toned(`  ${own.tick}`, 'quiet')),
      ];
    }),
  ];
}
