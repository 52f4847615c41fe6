import type { Integration } from '../../domain/integration.ts';
import type { Place } from '../../services/services.ts';
import { ago } from '../ages.ts';
import { wrap } from '../columns.ts';
import { personName } from '../happenings/event-lines.ts';
import { number } from '../numbers.ts';
import type { Telling } from '../telling.ts';
import type { Piece } from '../tones.ts';
import { diagnosisHeadline, diagnosisTone, findingLines } from '../triage/diagnosis-lines.ts';

type LineOf = string | readonly Piece[];

/** What is known of a product's place in one shop: the verdict, what it rests on, the next step. */
export function placeDetail(place: Place, telling: Telling, width: number): readonly LineOf[] {
  const { diagnosis } = place;
  const lines: LineOf[] = wrap(`${place.shop.name}: ${diagnosisHeadline(diagnosis, telling.words)}`, width).map(
    (text) => [{ text, tone: diagnosisTone(diagnosis) === 'good' ? 'good' : 'strong' }],
  );
  if (diagnosis.verdict === 'not-integrated') {
    const top = findingLines(diagnosis.findings[0], telling);
    for (const fact of top.evidence) lines.push(...wrap(`+ ${fact}`, width));
    for (const fact of top.against)
      lines.push(...wrap(`- ${fact}`, width).map((text) => [{ text, tone: 'quiet' as const }]));
    lines.push(...wrap(`→ ${top.advice}`, width).map((text) => [{ text, tone: 'accent' as const }]));
  }
  return [...lines, ...placeFacts(place, telling)];
}

/** How a link came to be and by whom, and the last figure sent over it. */
export function linkFacts(integration: Integration, { words, now }: Telling): readonly string[] {
  const { how, by, createdAt, pushed } = integration;
  return [
    words.screen.linkedSince(words.domain.how[how], personName(by), ago(createdAt, now, words)),
    pushed === undefined
      ? words.domain.neverSent
      : `${words.domain.lastSent(number(pushed.quantity, words))} ${ago(pushed.at, now, words)}`,
  ];
}

/** What is on record about a place: the link, how and by whom; what was sent, what the shop has, what came in. */
export function placeFacts(place: Place, telling: Telling): readonly LineOf[] {
  const { words, now } = telling;
  const { integration, listing, mark } = place;
  const lines: LineOf[] = [];
  if (integration !== undefined) lines.push(...linkFacts(integration, telling));
  if (listing !== undefined) {
    const has = listing.stock.tracked
      ? words.domain.shopHas(listing.stock.quantity === undefined ? '?' : number(listing.stock.quantity, words))
      : words.domain.notTracked;
    lines.push(`${has}, ${ago(listing.seenAt, now, words)}`);
  }
  if (integration !== undefined) {
    const { updatedAt } = integration;
    lines.push(updatedAt === undefined ? words.screen.noUpdateIn : words.screen.updateIn(ago(updatedAt, now, words)));
  }
  if (mark?.text !== undefined) lines.push([{ text: `"${mark.text}" ${mark.by}`, tone: 'quiet' }]);
  return lines;
}

/** Why a linked shop may show another figure than ours, and what mends it; nothing where the figures agree. */
export function figureAdvice({ integration, listing }: Place, wanted: number, telling: Telling): string {
  const { words } = telling;
  const has = listing?.stock.quantity;
  if (integration === undefined || wanted < 0 || has === undefined || listing?.stock.tracked !== true) return '';
  if (has === wanted) return '';
  const sent = integration.pushed?.quantity;
  if (sent === undefined) return words.screen.figureNeverSent;
  return sent === wanted ? words.screen.figureChangedThere : words.screen.figureChangedHere;
}
