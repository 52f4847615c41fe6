import { type PushPlan, type PushRow, type PushRowResult, pushRowKey } from '../../domain/push-plan.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { atLocation, shopCode } from '../format/refs.ts';
import type { Filterable, FilterFieldId } from '../list/filter-conditions.ts';
import type { Column } from '../list/table.ts';
import { cleanName, wrap } from '../text/cell-text.ts';
import type { Piece, Tone } from '../text/tones.ts';
import { mappedSum, rowOrigin } from '../warehouse/figure-lines.ts';
import type { Words } from '../words/words.ts';
import { guardLabel, guardSentence, pushLine, pushSummary, refusalReason, sumSentence } from './push-lines.ts';
import { type RowResults, rowRemark, rowState } from './row-state.ts';

export const pushFields: readonly FilterFieldId[] = ['shop', 'status', 'why', 'was', 'stock', 'sku'];

const reasonsOf = (row: PushRow, words: Words): string =>
  row.kind === 'send' ? `send ${row.guards.map((guard) => `${guard} ${guardLabel(guard, words)}`).join(' ')}` : row.why;

/** The columns of a push plan: the whole sum, was, will be, why or why not; after apply, how each row ended. */
export function pushColumns(
  format: FormatContext,
  results: RowResults,
  { narrow = false }: { readonly narrow?: boolean } = {},
): readonly Column<PushRow>[] {
  const { words } = format;
  const { column } = words.screen;
  const line = (row: PushRow) => pushLine(row, format);
  const state = (row: PushRow) => rowState(row, results, words);
  const remark = (row: PushRow) => rowRemark(row, results.get(pushRowKey(row)), format);
  return [
    {
      id: 'state',
      title: column.state,
      rank: 1,
      min: 9,
      max: 14,
      text: (row) => `${state(row).sign} ${state(row).text}`,
      tone: (row) => state(row).tone,
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
    // Wider than the sum: where only one of them fits, the sum stays.
    {
      id: 'name',
      title: column.name,
      rank: 6,
      min: 20,
      keepsEnd: true,
      searched: true,
      text: (row) => cleanName(row.name),
    },
    {
      id: 'shop',
      title: column.shop,
      rank: 2,
      min: 4,
      max: 18,
      text: (row) => atLocation(shopCode(row.shopId), row, ' '),
    },
    {
      id: 'sum',
      title: column.sum,
      rank: 5,
      min: 9,
      max: 18,
      align: 'right',
      text: (row) => line(row).sum,
      sortBy: (row) => row.available,
    },
    {
      id: 'was',
      ages: true,
      title: column.was,
      rank: 4,
      min: 5,
      max: 14,
      align: 'right',
      text: (row) => line(row).was,
      sortBy: (row) => row.shopHad ?? row.lastSent ?? 0,
    },
    {
      id: 'willBe',
      title: column.willBe,
      rank: 2,
      min: 6,
      max: 9,
      align: 'right',
      text: (row) => line(row).willBe,
      tone: () => 'strong',
      sortBy: (row) => row.willBe,
    },
    {
      id: 'remark',
      title: column.remark,
      rank: 3,
      // Once it went out, how each row ended is what one came for.
      min: results.size === 0 ? 12 : 24,
      // Beneath the list stands the whole of it.
      text: (row) =>
        narrow && results.size === 0 && row.kind === 'skip' && row.why !== 'unchanged'
          ? words.domain.refusalBrief[row.why]
          : remark(row).text,
      tone: (row) => remark(row).tone,
    },
  ];
}

/** What the filter sees of a row of a plan, and of how it ended. */
export const filterablePush =
  (results: RowResults) =>
  (row: PushRow, words: Words): Filterable => ({
    words: `${row.sku ?? ''} ${row.name} ${row.shopId} ${row.shopLocation?.name ?? ''} ${row.kind === 'skip' ? refusalReason(row.why, words) : ''}`,
    fields: {
      shop: row.shopId,
      status: `${rowState(row, results, words).text} ${reasonsOf(row, words)}`,
      why:
        row.kind === 'skip'
          ? `${row.why} ${refusalReason(row.why, words)}`
          : row.guards.map((guard) => `${guard} ${guardLabel(guard, words)}`).join('\n'),
      was: row.shopHad ?? row.lastSent ?? 0,
      stock: row.available,
      sku: row.sku ?? '',
    },
  });

/** A plan in one line: how many go out, how many ask, how many do not; they add up to its rows. After it went out, how many did. */
export function planHead(plan: PushPlan, words: Words, results: RowResults = new Map()): readonly Piece[] {
  const { send, unchanged, skipped, asks } = pushSummary(plan.rows);
  const { pushState } = words.screen;
  const ended = (kind: PushRowResult['kind']): number =>
    [...results.values()].filter((result) => result.kind === kind).length;
  const sent = ended('sent');
  const there = ended('already-there');
  // A row that asked and got no answer says that it is held back; it is counted among those.
  const held = ended('held-by-guard');
  const asking = plan.rows.filter((row) => row.kind === 'send' && row.guards.length > 0).length;
  const part = (count: number, text: string, tone: Tone): readonly Piece[] =>
    count === 0
      ? []
      : [
          { text: `${number(count, words)} `, tone },
          { text: `${text}   `, tone: 'quiet' },
        ];
  return [
    ...(results.size > 0
      ? [
          ...part(sent, words.domain.pushed.sent, 'good'),
          ...part(send - sent - there - held, pushState.left, 'waiting'),
        ]
      : [...part(send - asking, pushState.send, 'accent'), ...part(asking, pushState.asks, 'waiting')]),
    ...part(unchanged + there, pushState.same, 'quiet'),
    ...part(skipped + held, pushState.skip, skipped > 0 ? 'wrong' : 'waiting'),
    ...(asks.zeroes > 0 && results.size === 0
      ? [{ text: `${words.domain.guard.zero}: ${number(asks.zeroes, words)}`, tone: 'waiting' as const }]
      : []),
  ];
}

/** What is known of one row of a plan, for the pane beside it. */
export function pushDetail(
  row: PushRow,
  format: FormatContext,
  width: number,
  results: RowResults = new Map(),
): readonly (string | readonly Piece[])[] {
  const { words } = format;
  const line = pushLine(row, format);
  const result = results.get(pushRowKey(row));
  const remark = rowRemark(row, result, format);
  return [
    ...wrap(cleanName(row.name), width).map((text): readonly Piece[] => [{ text, tone: 'strong' }]),
    [{ text: `${line.item}  ${line.shop}`, tone: 'accent' }],
    '',
    ...wrap(sumSentence(row, words), width),
    ...[mappedSum(row, words), rowOrigin(row, format)].filter((text) => text !== ''),
    `${words.screen.column.was}  ${line.was}`,
    [{ text: `${words.screen.column.willBe}  ${line.willBe}`, tone: 'strong' }],
    '',
    ...(remark.text === ''
      ? []
      : wrap(remark.text, width).map((text): readonly Piece[] => [{ text, tone: remark.tone }])),
    ...(result === undefined ? row.guards.flatMap((guard) => ['', ...wrap(guardSentence(guard, words), width)]) : []),
  ];
}
