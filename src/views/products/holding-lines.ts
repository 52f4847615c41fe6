import type { IdHolding } from '../../services/services.ts';
import { ago } from '../ages.ts';
import { cleanName, wrap } from '../columns.ts';
import { actorName, personName } from '../happenings/event-lines.ts';
import { fullRef, shownRef } from '../refs.ts';
import type { Column } from '../table.ts';
import { longName, type Telling } from '../telling.ts';
import type { Piece, Tone } from '../tones.ts';
import { conflictSentence } from '../triage/conflict-lines.ts';

type LineOf = string | readonly Piece[];

export const holdingId = (holding: IdHolding): string => fullRef(holding.ref);

const stateOf = (holding: IdHolding, { words }: Telling): { readonly text: string; readonly tone: Tone } => {
  if (holding.conflict !== undefined) return { text: `▲ ${words.domain.place.conflict}`, tone: 'wrong' };
  if (holding.holder !== undefined) return { text: `● ${words.domain.place.linked}`, tone: 'good' };
  return { text: `○ ${words.screen.heldByNobody}`, tone: 'waiting' };
};

/** The columns of the answers to "who holds this id". */
export function holdingColumns(telling: Telling): readonly Column<IdHolding>[] {
  const { words } = telling;
  const { column } = words.screen;
  return [
    {
      id: 'state',
      title: column.state,
      rank: 1,
      min: 11,
      max: 16,
      text: (one) => stateOf(one, telling).text,
      tone: (one) => stateOf(one, telling).tone,
    },
    { id: 'shop', title: column.shop, rank: 1, min: 8, max: 20, text: (one) => one.shop.name, tone: () => 'strong' },
    { id: 'ref', title: column.shopProductId, rank: 2, min: 8, max: 32, text: (one) => shownRef(one.ref) },
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
export function holdingDetail(holding: IdHolding, telling: Telling, width: number): readonly LineOf[] {
  const { words, now } = telling;
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
  if (holding.conflict !== undefined) lines.push('', ...wrap(conflictSentence(holding.conflict, telling), width));
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
