import type { Integration } from '../../domain/integration.ts';
import type { Product } from '../../domain/product.ts';
import type { Place } from '../../services/lookup/lookup-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { ago } from '../format/times.ts';
import { personName } from '../history/event-lines.ts';
import { wrap } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import { diagnosisHeadline, diagnosisTone, findingLines } from './diagnosis-lines.ts';
import { figureCause, shopFigures } from './shop-state-lines.ts';

type LineOf = string | readonly Piece[];

/** What is known of a product's place in one shop: the verdict, what it rests on, the next step. */
export function shopStateDetail(
  place: Place,
  product: Product,
  format: FormatContext,
  width: number,
): readonly LineOf[] {
  const { diagnosis } = place;
  const lines: LineOf[] = wrap(`${place.shop.name}: ${diagnosisHeadline(diagnosis, format.words)}`, width).map(
    (text) => [{ text, tone: diagnosisTone(diagnosis) === 'good' ? 'good' : 'strong' }],
  );
  if (diagnosis.verdict === 'not-integrated') {
    const top = findingLines(diagnosis.findings[0], format);
    for (const fact of top.evidence) lines.push(...wrap(`+ ${fact}`, width));
    for (const fact of top.against)
      lines.push(...wrap(`- ${fact}`, width).map((text) => [{ text, tone: 'quiet' as const }]));
    lines.push(...wrap(`→ ${top.advice}`, width).map((text) => [{ text, tone: 'accent' as const }]));
  }
  const advice = figureAdvice(place, product, format);
  lines.push(
    ...wrap(advice, width).flatMap((text) => (text === '' ? [] : [[{ text: `→ ${text}`, tone: 'waiting' as const }]])),
  );
  return [...lines, ...shopStateFacts(place, format)];
}

/** How a link came to be and by whom, and the last figure sent over it. */
export function linkFacts(integration: Integration, { words, now }: FormatContext): readonly string[] {
  const { how, by, createdAt, pushed } = integration;
  return [
    words.screen.linkedSince(words.domain.how[how], personName(by), ago(createdAt, now, words)),
    pushed === undefined
      ? words.domain.neverSent
      : `${words.domain.lastSent(number(pushed.quantity, words))} ${ago(pushed.at, now, words)}`,
  ];
}

/** What is on record about a place: the link, how and by whom; what was sent, what the shop has, what came in. */
export function shopStateFacts(place: Place, format: FormatContext): readonly LineOf[] {
  const { words, now } = format;
  const { integration, listing, mark } = place;
  const lines: LineOf[] = [];
  if (integration !== undefined) lines.push(...linkFacts(integration, format));
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

/** Why a linked shop shows another figure than ours, and what mends it; nothing where the figures agree. */
export function figureAdvice(place: Place, product: Product, { words }: FormatContext): string {
  const { wanted, stockDiffers } = shopFigures(place, product);
  return stockDiffers ? words.screen.figureAdvice[figureCause(place, wanted)] : '';
}
