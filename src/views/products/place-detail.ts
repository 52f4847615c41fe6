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
  const { words, now } = telling;
  const { diagnosis, integration, listing, mark } = place;
  const lines: LineOf[] = wrap(`${place.shop.name}: ${diagnosisHeadline(diagnosis, words)}`, width).map((text) => [
    { text, tone: diagnosisTone(diagnosis) === 'good' ? 'good' : 'strong' },
  ]);
  if (diagnosis.verdict === 'not-integrated') {
    const top = findingLines(diagnosis.findings[0], telling);
    for (const fact of top.evidence) lines.push(...wrap(`+ ${fact}`, width));
    for (const fact of top.against)
      lines.push(...wrap(`- ${fact}`, width).map((text) => [{ text, tone: 'quiet' as const }]));
    lines.push(...wrap(`→ ${top.advice}`, width).map((text) => [{ text, tone: 'accent' as const }]));
  }
  if (integration !== undefined) {
    const sent =
      integration.pushed === undefined
        ? words.domain.neverSent
        : `${words.domain.lastSent(number(integration.pushed.quantity, words))} ${ago(integration.pushed.at, now, words)}`;
    lines.push(
      words.screen.linkedSince(
        words.domain.how[integration.how],
        personName(integration.by),
        ago(integration.createdAt, now, words),
      ),
      sent,
    );
  }
  if (listing !== undefined) {
    const has = listing.stock.tracked
      ? words.domain.shopHas(listing.stock.quantity === undefined ? '?' : number(listing.stock.quantity, words))
      : words.domain.notTracked;
    lines.push(`${has}, ${ago(listing.seenAt, now, words)}`);
  }
  if (mark?.text !== undefined) lines.push([{ text: `"${mark.text}" ${mark.by}`, tone: 'quiet' }]);
  return lines;
}
