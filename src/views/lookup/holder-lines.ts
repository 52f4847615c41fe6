import { translationOf } from '../../domain/conflict.ts';
import type { IdHolding } from '../../services/lookup/lookup-service.ts';
import { conflictSentence } from '../conflicts/conflict-lines.ts';
import { type FormatContext, longName } from '../format/format-context.ts';
import { formatRef, fullRef } from '../format/refs.ts';
import { ago } from '../format/times.ts';
import { actorName, personName } from '../history/event-lines.ts';
import type { Column } from '../list/table.ts';
import { cleanName, wrap } from '../text/cell-text.ts';
import type { Piece, Tone } from '../text/tones.ts';

type LineOf = string | readonly Piece[];

export const holderRowId = (holding: IdHolding): string => fullRef(holding.ref);

const stateOf = (holding: IdHolding, { words }: FormatContext): { readonly text: string; readonly tone: Tone } => {
  if (holding.conflict !== undefined) return { text: `▲ ${words.domain.place.conflict}`, tone: 'wrong' };
  if (holding.holder !== undefined) return { text: `● ${words.domain.place.linked}`, tone: 'good' };
  return { text: `○ ${words.screen.noHolder}`, tone: 'waiting' };
};

/** The columns of the answers to "who holds this id". */
export function holderColumns(format: FormatContext): readonly Column<IdHolding>[] {
  const { words } = format;
  const { column } = words.screen;
  return [
    {
      id: 'state',
      title: column.state,
      rank: 1,
      min: 11,
      max: 16,
      text: (one) => stateOf(one, format).text,
      tone: (one) => stateOf(one, format).tone,
    },
    { id: 'shop', title: column.shop, rank: 1, min: 8, max: 20, text: (one) => one.shop.name, tone: () => 'strong' },
    { id: 'ref', title: column.shopProductId, rank: 2, min: 8, max: 32, text: (one) => formatRef(one.ref) },
    {
      id: 'holder',
      title: column.holder,
      rank: 2,
      min: 14,
      text: (one) => (one.holder === undefined ? '-' : cleanName(longName(one.holder, words))),
    },
    { id: 'says', title: column.shopSays, rank: 4, min: 8, max: 14, text: (one) => one.listing?.shopSays ?? '' },
    {
      id: 'wants',
      title: column.claimants,
      rank: 3,
      min: 5,
      max: 20,
      text: (one) => one.claimants.map((product) => product.sku ?? product.content.name).join(', '),
    },
  ];
}

/** Who holds it, who held it, who wants it, in whole lines. */
export function holderDetail(holding: IdHolding, format: FormatContext, width: number): readonly LineOf[] {
  const { words, now } = format;
  const { screen, domain } = words;
  const lines: LineOf[] = [];
  const field = (label: string, text: string, tone?: Tone): void => {
    lines.push([
      { text: `${label}  `, tone: 'quiet' },
      { text: cleanName(text), tone },
    ]);
  };
  if (holding.holder !== undefined) field(screen.holds, longName(holding.holder, words), 'strong');
  if (holding.integration !== undefined) {
    const { how, by, createdAt } = holding.integration;
    lines.push(screen.linkedSince(domain.how[how], personName(by), ago(createdAt, now, words)));
  }
  const former = holding.formerHolder;
  if (former !== undefined) {
    field(screen.held, longName(former.product, words));
    lines.push(
      `${domain.removal[former.tombstone.because]}, ${actorName(former.tombstone.by, words)}, ${ago(former.tombstone.at, now, words)}`,
    );
  }
  for (const claimant of holding.claimants) field(screen.wants, longName(claimant, words), 'waiting');
  if (holding.conflict !== undefined) {
    const translation = translationOf(holding.conflict, holding.listing);
    lines.push('', ...wrap(conflictSentence(holding.conflict, format, translation), width));
  }
  const { listing } = holding;
  if (listing !== undefined) {
    lines.push(
      '',
      cleanName(listing.content.name),
      `${domain.activity[listing.activity]} ("${listing.shopSays}"), ${ago(listing.seenAt, now, words)}`,
    );
  }
  return lines;
}
