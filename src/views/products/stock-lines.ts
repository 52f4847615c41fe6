import type { StoredEvent } from '../../domain/event.ts';
import type { Comparison, ProductCard } from '../../services/services.ts';
import { ago } from '../ages.ts';
import { padLeft, padRight } from '../columns.ts';
import { number } from '../numbers.ts';
import { shopFigure } from '../pushing/push-lines.ts';
import type { Telling } from '../telling.ts';
import type { Piece } from '../tones.ts';
import { stockTrail } from './stock-trail.ts';

type LineOf = string | readonly Piece[];

/** The stock sum with the age of each term, then what each shop was told and says itself. */
export function stockLines(card: ProductCard, events: readonly StoredEvent[], telling: Telling): readonly LineOf[] {
  const { words, now } = telling;
  const { stock } = card.product;
  const figure = (value: number): string => padLeft(number(value, words), 9);
  const when = stock.at === undefined ? '' : `  ${ago(stock.at, now, words)}`;
  const trail = stockTrail(events, telling, 80);
  const lines: LineOf[] = [
    [{ text: `${figure(stock.onHand)}  ${words.domain.onHand}` }, { text: when, tone: 'quiet' }],
    `${padLeft(`- ${number(stock.reserved, words)}`, 9)}  ${words.domain.reserved}`,
    [{ text: `${padLeft(`= ${number(card.available, words)}`, 9)}  ${words.domain.available}`, tone: 'strong' }],
  ];
  if (trail.length > 0) lines.push('', ...trail);
  lines.push('');
  const { column } = words.screen;
  lines.push([
    {
      text: `${padRight(column.shop, 24)}${padLeft(column.wanted, 10)}${padLeft(column.lastSent, 12)}${padLeft(column.shopHas, 16)}`,
      tone: 'quiet',
    },
  ]);
  for (const place of card.places) {
    const sent = place.integration?.pushed;
    const had = place.listing?.stock.quantity;
    const differs = place.integration !== undefined && had !== undefined && had !== card.available;
    lines.push([
      { text: padRight(place.shop.name, 24) },
      { text: padLeft(place.integration === undefined ? '-' : number(card.available, words), 10) },
      { text: padLeft(sent === undefined ? '-' : number(sent.quantity, words), 12) },
      {
        text: padLeft(shopFigure({ shopHad: had, shopHadAt: place.listing?.seenAt }, telling), 16),
        tone: differs ? 'waiting' : undefined,
      },
      { text: differs ? `  ◐ ${words.screen.differs}` : '', tone: 'waiting' },
    ]);
  }
  for (const difference of card.differences) {
    lines.push('', [{ text: words.screen.shopsDisagree(words.domain.difference[difference.field]), tone: 'waiting' }]);
    for (const value of difference.values) lines.push(`  ${padRight(telling.shopName(value.shopId), 22)}${value.said}`);
  }
  return lines;
}

/** Warehouse, last sent and the shop right now, one line a shop, and where between them it broke. */
export function comparisonLines(rows: readonly Comparison[], telling: Telling): readonly LineOf[] {
  const { words, shopName } = telling;
  return rows.map((row) => [
    { text: padRight(shopName(row.shopId), 24) },
    { text: padLeft(number(row.wanted, words), 10) },
    { text: padLeft(row.lastSent === undefined ? '-' : number(row.lastSent, words), 12) },
    { text: padLeft(row.shopNow === undefined ? '?' : number(row.shopNow, words), 16) },
    { text: `  ${words.domain.brokeAt[row.brokeAt]}`, tone: row.brokeAt === 'nowhere' ? 'good' : 'waiting' },
  ]);
}
