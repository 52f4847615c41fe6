import type { ConflictCard } from '../../services/conflicts/conflict-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { formatRef, fullRef, shopCode } from '../format/refs.ts';
import { age } from '../format/times.ts';
import type { Filterable, FilterFieldId } from '../list/filter-conditions.ts';
import type { Column } from '../list/table.ts';
import { cleanName, cut, padRight, wrap } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { conflictKindLabel, conflictLines, contenderName } from './conflict-lines.ts';

type LineOf = string | readonly Piece[];

export const conflictFields: readonly FilterFieldId[] = ['shop', 'kind', 'since'];
export const conflictId = (card: ConflictCard): string => fullRef(card.conflict.ref);

const names = (card: ConflictCard, role: 'holder' | 'claimant', format: FormatContext): string =>
  card.contenders
    .filter((one) => one.role === role)
    .map((one) => cleanName(contenderName(one, format.words)))
    .join(', ');

/** The same by item number alone, for where a name would be cut to nothing. */
const numbers = (card: ConflictCard, role: 'holder' | 'claimant', format: FormatContext): string =>
  card.contenders
    .filter((one) => one.role === role)
    .map((one) => one.product?.sku ?? one.listing?.sku ?? cleanName(contenderName(one, format.words)))
    .join(', ');

/** Cells that an item number and the beginning and end of a name take. */
const namedCells = 28;

/** The columns of the list of conflicts. */
export function conflictColumns(format: FormatContext): readonly Column<ConflictCard>[] {
  const { words, now } = format;
  const { column } = words.screen;
  const contenders = (role: 'holder' | 'claimant', title: string): Column<ConflictCard> => ({
    id: role,
    title,
    rank: 3,
    min: namedCells,
    text: (card) => names(card, role, format) || '-',
    short: (card) => numbers(card, role, format) || '-',
    shortMin: 10,
  });
  return [
    {
      id: 'kind',
      title: column.conflict,
      rank: 1,
      min: 14,
      max: 30,
      text: (card) => `▲ ${conflictKindLabel(card.conflict.kind, words)}`,
      tone: () => 'wrong',
    },
    {
      id: 'shop',
      title: column.shop,
      rank: 2,
      min: 4,
      max: 18,
      text: (card) => card.shop.name,
      short: (card) => shopCode(card.shop.id),
      tone: () => 'strong',
    },
    { id: 'ref', title: column.shopProductId, rank: 1, min: 8, max: 32, text: (card) => formatRef(card.conflict.ref) },
    contenders('holder', column.holder),
    contenders('claimant', column.claimants),
    {
      id: 'age',
      ages: true,
      title: column.age,
      rank: 5,
      min: 5,
      max: 8,
      align: 'right',
      text: (card) => age(card.conflict.since, now, words),
      tone: () => 'quiet',
      sortBy: (card) => card.conflict.since,
    },
  ];
}

/** What the filter sees of a conflict. */
export const filterableConflict = (card: ConflictCard, words: Words): Filterable => ({
  words: [
    formatRef(card.conflict.ref),
    card.shop.name,
    ...card.contenders.map(
      (one) => `${one.product?.sku ?? ''} ${one.product?.content.name ?? one.listing?.content.name ?? ''}`,
    ),
  ].join(' '),
  fields: {
    shop: card.shop.id,
    kind: `${card.conflict.kind} ${conflictKindLabel(card.conflict.kind, words)}`,
    since: card.conflict.since,
  },
});

/** Both contenders beside each other, as wide as the room; the one that stands today to the left, the one under the cursor marked. */
export function contenderTable(
  card: ConflictCard,
  format: FormatContext,
  { width, chosen }: { readonly width: number; readonly chosen?: number },
): readonly LineOf[] {
  const { contenders } = conflictLines(card, format);
  const wide = Math.max(20, Math.floor((width - 3 * (contenders.length - 1)) / Math.max(1, contenders.length)));
  const columns = contenders.map((one, index) => [
    index === chosen ? { text: `▌ ${one.role}`, tone: 'accent' as const } : { text: one.role, tone: 'quiet' as const },
    ...wrap(cleanName(one.name), wide).map((text) => ({ text, tone: 'strong' as const })),
    ...one.facts.flatMap((fact) => wrap(fact, wide)).map((text) => ({ text, tone: undefined })),
  ]);
  const high = Math.max(0, ...columns.map((column) => column.length));
  return Array.from({ length: high }, (_, line) =>
    columns.flatMap((column, index): readonly Piece[] => {
      const piece = column[line] ?? { text: '', tone: undefined };
      return [
        { text: padRight(cut(piece.text, wide), wide), tone: piece.tone },
        ...(index === columns.length - 1 ? [] : [{ text: ' │ ', tone: 'quiet' as const }]),
      ];
    }),
  );
}

/** A conflict for the pane beside the list. */
export function conflictDetail(card: ConflictCard, format: FormatContext, width: number): readonly LineOf[] {
  const lines = conflictLines(card, format);
  return [
    ...wrap(lines.sentence, width).map((text): LineOf => [{ text, tone: 'strong' }]),
    '',
    ...lines.contenders.flatMap((one): readonly LineOf[] => [
      [{ text: one.role, tone: 'quiet' }],
      ...wrap(cleanName(one.name), width).map((text): LineOf => [{ text, tone: 'accent' }]),
      ...one.facts.flatMap((fact) => wrap(`  ${fact}`, width)),
      '',
    ]),
    ...lines.choices.flatMap((choice): readonly LineOf[] => [
      [{ text: choice.label, tone: 'accent' }],
      ...wrap(`  ${choice.does}`, width),
    ]),
  ];
}
