import { type InactiveRow, rungs } from '../../domain/inactive/inactive-row.ts';
import { wholeUnits } from '../../domain/money.ts';
import type { InactiveReport } from '../../services/inactive/inactive-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import type { Filterable, FilterFieldId } from '../list/filter-conditions.ts';
import type { Column } from '../list/table.ts';
import { cleanName, wrap } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { inactiveLine, rungSentence, rungSign, rungTone, rungWord } from './inactive-lines.ts';

export const inactiveFields: readonly FilterFieldId[] = ['shop', 'status', 'stock', 'value', 'sku'];
export const inactiveId = (row: InactiveRow): string => `${row.productId} ${row.shopId}`;

/** How many stand on each rung of the ladder, the surest first. */
export const rungCounts = (report: InactiveReport, words: Words): readonly Piece[] =>
  rungs.flatMap((rung): readonly Piece[] => [
    { text: `${rungSign(rung)} ${number(report.byRung[rung], words)} `, tone: rungTone(rung) },
    { text: `${rungWord(rung, words)}   `, tone: 'quiet' },
  ]);

/** The columns of the report. */
export function inactiveColumns(format: FormatContext): readonly Column<InactiveRow>[] {
  const { column } = format.words.screen;
  const line = (row: InactiveRow) => inactiveLine(row, format);
  return [
    {
      id: 'rung',
      title: column.sure,
      rank: 1,
      min: 12,
      max: 24,
      text: (row) => `${line(row).sign} ${line(row).rung}`,
      tone: (row) => line(row).tone,
      sortBy: (row) => rungs.indexOf(row.rung),
    },
    {
      id: 'sku',
      title: column.itemNumber,
      rank: 1,
      min: 8,
      max: 20,
      text: (row) => line(row).item,
      tone: () => 'strong',
    },
    { id: 'name', title: column.name, rank: 4, min: 12, text: (row) => cleanName(row.name) },
    {
      id: 'shop',
      title: column.shop,
      rank: 2,
      min: 4,
      max: 18,
      text: (row) => line(row).shop,
      short: (row) => row.shopId,
    },
    {
      id: 'onHand',
      title: column.onHand,
      rank: 2,
      min: 5,
      max: 8,
      align: 'right',
      text: (row) => line(row).onHand,
      sortBy: (row) => row.onHand,
    },
    {
      id: 'value',
      title: column.value,
      rank: 3,
      min: 8,
      max: 14,
      align: 'right',
      text: (row) => line(row).value,
      sortBy: (row) => (row.value === undefined ? -1 : wholeUnits(row.value)),
    },
    {
      id: 'days',
      ages: true,
      title: column.days,
      rank: 5,
      min: 4,
      max: 6,
      align: 'right',
      text: (row) => line(row).days,
      sortBy: (row) => row.since ?? '',
    },
    {
      id: 'age',
      ages: true,
      title: column.age,
      rank: 7,
      min: 5,
      max: 7,
      align: 'right',
      text: (row) => line(row).age,
      tone: () => 'quiet',
    },
    { id: 'tick', title: column.checked, rank: 6, min: 8, max: 26, text: (row) => line(row).tick, tone: () => 'good' },
  ];
}

/** What the filter sees of a row. */
export const filterableInactive = (row: InactiveRow, words: Words): Filterable => ({
  words: `${row.sku ?? ''} ${row.name} ${row.shopId} ${row.ref?.shopProductId ?? ''}`,
  fields: {
    shop: row.shopId,
    status: `${row.rung} ${rungWord(row.rung, words)}`,
    stock: row.onHand,
    value: row.value === undefined ? 0 : wholeUnits(row.value),
    sku: row.sku ?? '',
  },
});

/** Why a row stands in the report: the rung, every signal, the value, who looked. */
export function inactiveDetail(
  row: InactiveRow,
  format: FormatContext,
  width: number,
): readonly (string | readonly Piece[])[] {
  const { words } = format;
  const line = inactiveLine(row, format);
  const toned = (text: string, tone: Piece['tone']): readonly (readonly Piece[])[] =>
    wrap(text, width).map((part) => [{ text: part, tone }]);
  return [
    ...toned(cleanName(row.name), 'strong'),
    [
      { text: `${line.item}  `, tone: 'accent' },
      { text: `${line.shop} ${line.ref}`, tone: 'quiet' },
    ],
    '',
    ...toned(`${line.sign} ${line.rung}`, line.tone),
    ...toned(rungSentence(row.rung, words), 'quiet'),
    '',
    ...line.signals.flatMap((signal) => wrap(`+ ${signal}`, width)),
    '',
    `${line.onHand} ${words.domain.onHand}, ${line.exactValue}`,
    ...(line.tick === '' ? [] : toned(`● ${line.tick}`, 'good')),
  ];
}
