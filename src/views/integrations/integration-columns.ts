import { needsAttention } from '../../domain/diagnosis/link-notes.ts';
import type { Instant } from '../../domain/ids.ts';
import { shownRef } from '../../domain/integrations/shown-ref.ts';
import { linkState, type PlaceState, placeState } from '../../domain/lookup/place-state.ts';
import type { IntegrationRow } from '../../services/integrations/integration-service.ts';
import { findingLabel } from '../diagnosis/cause-words.ts';
import { staleLabel } from '../diagnosis/diagnosis-lines.ts';
import { noteLabels } from '../diagnosis/link-note-lines.ts';
import { shopStateSign, shopStateWord, shownFigure } from '../diagnosis/shop-state-lines.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { formatRef } from '../format/refs.ts';
import { age } from '../format/times.ts';
import type { Filterable, FilterFieldId } from '../list/filter-conditions.ts';
import type { Column } from '../list/table.ts';
import { cleanName } from '../text/cell-text.ts';
import type { Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';

export const integrationFields: readonly FilterFieldId[] = ['status', 'why', 'since', 'stock', 'shop-has', 'sku'];

/** What tells one line of a shop's list from another. */
export const integrationId = (row: IntegrationRow): string => {
  // A product's own line stays the same line when its link comes or goes; a claim on it is another.
  const ref =
    row.product === undefined || row.conflict !== undefined ? (row.conflict?.ref ?? row.listing?.ref) : undefined;
  return `${row.product?.id ?? ''} ${ref === undefined ? '' : formatRef(ref)}`;
};
const nameOf = (row: IntegrationRow): string => cleanName(row.product?.content.name ?? row.listing?.content.name ?? '');
const refOf = (row: IntegrationRow): string => {
  const ref = shownRef(row);
  return ref === undefined ? '' : formatRef(ref);
};

/** The state of a line as the card shows it: where nothing flows, goods cannot be bought or another figure stands, a link is not well. */
function placeOfRow(row: IntegrationRow): PlaceState {
  const { diagnosis, state, stockDiffers } = row;
  if (state === 'missing' && diagnosis !== undefined) return placeState({ diagnosis, expected: true, stockDiffers });
  return state === 'linked' ? linkState({ isStale: row.stale !== undefined, notes: row.notes, stockDiffers }) : state;
}

/** The same as the sign and the word of the card; why goods cannot be bought stands in a column of its own. */
export function rowState(row: IntegrationRow): { readonly sign: string; readonly word: (words: Words) => string } {
  const state = placeOfRow(row);
  return {
    sign: shopStateSign(state),
    word: (words) => shopStateWord(state === 'unbuyable' ? 'linked' : state, words),
  };
}
const stateText = (row: IntegrationRow, words: Words): string => `${rowState(row).sign} ${rowState(row).word(words)}`;

/** How the state of a line is meant. */
export const rowTone = (row: IntegrationRow): Tone => {
  if (row.state === 'conflict') return 'wrong';
  if (row.state === 'missing') return 'waiting';
  const isWell =
    !row.stockDiffers &&
    row.stale === undefined &&
    row.conflict === undefined &&
    !(row.notes ?? []).some(needsAttention);
  return isWell ? 'good' : 'waiting';
};
/** What is to be known of a link that stands, in a few words each: first that somebody else wants its id. */
export const linkRemarks = (row: IntegrationRow, words: Words): string =>
  [
    row.stale === undefined ? '' : staleLabel(row.stale, words),
    row.conflict === undefined || row.state !== 'linked' ? '' : words.domain.linkNoteShort['in-conflict'],
    noteLabels(row.notes, words),
  ]
    .filter((part) => part !== '')
    .join(', ');
const whyOf = (row: IntegrationRow, words: Words): string =>
  row.diagnosis === undefined || row.diagnosis.verdict === 'integrated'
    ? linkRemarks(row, words)
    : findingLabel(row.diagnosis.findings[0], words);

/** What the shop has: its figure, or why there is none, with the signs of the card. */
export const hasText = ({ state, listing, shopHas }: IntegrationRow, words: Words): string => {
  if (shopHas !== undefined) return number(shopHas, words);
  return state !== 'linked' || listing === undefined ? '' : shownFigure(listing, words);
};

/** Since when a line stands as it does: its link went or came, or somebody began to want it. */
const sinceOf = (row: IntegrationRow): Instant | undefined =>
  row.conflict?.since ?? row.integration?.createdAt ?? row.tombstone?.at;

/** The columns of a shop's list. */
export function integrationColumns(format: FormatContext): readonly Column<IntegrationRow>[] {
  const { words, now } = format;
  const { column } = words.screen;
  const figure = (value: number | undefined): string => (value === undefined ? '' : number(value, words));
  return [
    {
      id: 'state',
      title: column.state,
      rank: 1,
      min: 11,
      max: 22,
      text: (row) => stateText(row, words),
      tone: rowTone,
    },
    {
      id: 'sku',
      title: column.itemNumber,
      rank: 1,
      min: 8,
      max: 22,
      text: (row) => row.product?.sku ?? row.listing?.sku ?? words.domain.noItemNumber,
      searched: true,
    },
    { id: 'name', title: column.name, rank: 2, min: 20, keepsEnd: true, searched: true, text: nameOf },
    { id: 'ref', title: column.shopProductId, rank: 4, min: 8, max: 30, text: refOf },
    {
      id: 'wanted',
      title: column.wanted,
      rank: 3,
      min: 5,
      max: 8,
      align: 'right',
      text: (row) => figure(row.wanted),
      sortBy: (row) => row.wanted ?? 0,
    },
    {
      id: 'has',
      title: column.shopHas,
      rank: 3,
      min: 5,
      max: 10,
      align: 'right',
      text: (row) => hasText(row, words),
      tone: (row) => (row.stockDiffers ? 'waiting' : undefined),
      sortBy: (row) => row.shopHas ?? 0,
    },
    {
      id: 'age',
      ages: true,
      title: column.age,
      rank: 6,
      min: 4,
      max: 7,
      align: 'right',
      text: (row) => (row.listing === undefined ? '' : age(row.listing.seenAt, now, words)),
      sortBy: (row) => row.listing?.seenAt ?? '',
    },
    { id: 'why', title: column.why, rank: 5, min: 10, max: 28, text: (row) => whyOf(row, words), tone: () => 'quiet' },
  ];
}

/** What the filter sees of a line. */
export const filterableIntegration = (row: IntegrationRow, words: Words): Filterable => ({
  words: `${row.product?.sku ?? ''} ${row.listing?.sku ?? ''} ${nameOf(row)} ${refOf(row)} ${row.product?.gtin ?? ''}`,
  fields: {
    status: [...new Set([row.state, placeOfRow(row)]), ...(row.stockDiffers ? (['differs'] as const) : [])]
      .map((state) => `${state} ${words.domain.place[state]}`)
      .join('\n'),
    why: whyOf(row, words),
    since: sinceOf(row) ?? '',
    stock: row.wanted ?? row.product?.stock.onHand ?? 0,
    'shop-has': row.shopHas ?? 0,
    sku: row.product?.sku ?? row.listing?.sku ?? '',
  },
});
