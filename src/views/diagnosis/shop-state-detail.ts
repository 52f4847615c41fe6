import { shownGtin } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import { figureCause } from '../../domain/integrations/figure-cause.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import { shopFigure } from '../../domain/push/shop-figure.ts';
import type { Place } from '../../services/lookup/lookup-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { ago } from '../format/times.ts';
import { personName } from '../history/event-lines.ts';
import { wrap } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { diagnosisHeadline, diagnosisTone, findingLines } from './diagnosis-lines.ts';
import { noteLines } from './link-note-lines.ts';
import { figureAt, locationFigures, shopFigures } from './shop-state-lines.ts';

type LineOf = string | readonly Piece[];

/** What is known of a product's place in one shop: the verdict, what it rests on, the next step. */
export function shopStateDetail(
  place: Place,
  product: Product,
  format: FormatContext,
  width: number,
): readonly LineOf[] {
  const { diagnosis } = place;
  const lines: LineOf[] = wrap(`${place.shop.name}: ${diagnosisHeadline(diagnosis, format)}`, width).map((text) => [
    { text, tone: diagnosisTone(diagnosis) === 'good' ? 'good' : 'strong' },
  ]);
  if (diagnosis.verdict === 'not-integrated') {
    const top = findingLines(diagnosis.findings[0], format);
    for (const fact of top.evidence) lines.push(...wrap(`+ ${fact}`, width));
    for (const fact of top.against)
      lines.push(...wrap(`- ${fact}`, width).map((text) => [{ text, tone: 'quiet' as const }]));
    lines.push(...wrap(`→ ${top.advice}`, width).map((text) => [{ text, tone: 'accent' as const }]));
  }
  for (const note of noteLines(diagnosis, format))
    lines.push(...wrap(`! ${note}`, width).map((text) => [{ text, tone: 'waiting' as const }]));
  const advice = figureAdvice(place, product, format);
  lines.push(
    ...wrap(advice, width).flatMap((text) => (text === '' ? [] : [[{ text: `→ ${text}`, tone: 'waiting' as const }]])),
  );
  const atLocations = locationFigures(shopFigures(place, product).atLocations, format.words);
  return [
    ...lines,
    ...shopStateFacts(place, format),
    ...(atLocations.length === 0 ? [] : wrap(atLocations.join(', '), width)),
  ];
}

/** How a link came to be and by whom, and the last figure sent over it. */
export function linkFacts(integration: Integration, { words, now }: FormatContext): readonly string[] {
  const { how, by, createdAt, pushed } = integration;
  return [
    words.screen.linkedSince(words.domain.how[how], personName(by), ago(createdAt, now, words)),
    pushed === undefined
      ? words.domain[integration.refused === undefined ? 'neverSent' : 'neverTaken']
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
    lines.push(`${figureSentence(listing, words)}, ${ago(figureAt(listing, integration), now, words)}`);
    const label = labelThere(place, words);
    if (label !== '') lines.push(label);
  }
  if (integration !== undefined) {
    const { updatedAt } = integration;
    lines.push(updatedAt === undefined ? words.screen.noUpdateIn : words.screen.updateIn(ago(updatedAt, now, words)));
  }
  if (mark?.text !== undefined) lines.push([{ text: `"${mark.text}" ${mark.by}`, tone: 'quiet' }]);
  return lines;
}

/** What the shop says of its stock, in each of the states that there are. */
export function figureSentence(listing: Listing, words: Words): string {
  const figure = shopFigure(listing);
  switch (figure.kind) {
    case 'counted':
      return words.domain.shopHas(number(figure.quantity, words));
    case 'unknown':
      return words.domain.shopHas('?');
    case 'not-counted':
      return figure.outOfStock ? words.domain.outOfStock : words.domain.notTracked;
    case 'on-parent':
      return words.domain.countedOnParent;
    case 'unreadable':
      return words.domain.figureUnreadable(figure.field, figure.value);
    default:
      return figure satisfies never;
  }
}

/** The EAN or barcode that the shop has, where the product's own is another or none. */
const labelThere = ({ listing, ourGtin }: Place, words: Words): string => {
  const { gtin, barcode } = listing ?? {};
  const labels = [
    gtin === undefined || gtin === ourGtin ? '' : words.domain.eanThere(shownGtin(gtin)),
    barcode === undefined ? '' : words.domain.barcodeThere(barcode),
  ];
  return labels.filter((label) => label !== '').join(', ');
};

/** Why a linked shop shows another figure than ours, and what mends it; nothing where the figures agree. */
export function figureAdvice(place: Place, product: Product, { words }: FormatContext): string {
  const { stockDiffers, ...figures } = shopFigures(place, product);
  return stockDiffers ? words.screen.figureAdvice[figureCause({ ...place, product }, figures)] : '';
}
