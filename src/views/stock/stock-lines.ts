import type { StoredEvent } from '../../domain/event.ts';
import { countedQuantity } from '../../domain/push/shop-figure.ts';
import type { StockComparison } from '../../services/diagnosis/diagnosis-service.ts';
import type { ProductCard } from '../../services/lookup/lookup-service.ts';
import { figureSentence } from '../diagnosis/shop-state-detail.ts';
import { shopStateLine } from '../diagnosis/shop-state-lines.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { ago } from '../format/times.ts';
import { shopQuantity } from '../push/push-lines.ts';
import { padLeft, padRight } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { stockChart } from './stock-chart.ts';

type LineOf = string | readonly Piece[];

/** The stock sum with the age of each term, then what each shop was told and says itself. */
export function stockLines(
  card: ProductCard,
  events: readonly StoredEvent[],
  format: FormatContext,
): readonly LineOf[] {
  const { words, now } = format;
  const { stock } = card.product;
  const figure = (value: number): string => padLeft(number(value, words), 9);
  const when = stock.at === undefined ? '' : `  ${ago(stock.at, now, words)}`;
  const trail = stockChart(events, format, 80);
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
    const had = countedQuantity(place.listing);
    const differs = place.integration !== undefined && had !== undefined && had !== card.available;
    lines.push([
      { text: padRight(place.shop.name, 24) },
      { text: padLeft(place.integration === undefined ? '-' : number(card.available, words), 10) },
      { text: padLeft(sent === undefined ? '-' : number(sent.quantity, words), 12) },
      {
        text: padLeft(
          had === undefined && place.listing !== undefined
            ? shopStateLine(place, format).shopHas
            : shopQuantity({ shopHad: had, shopHadAt: place.listing?.seenAt }, format),
          16,
        ),
        tone: differs ? 'waiting' : undefined,
      },
      {
        text: differs ? `  ◐ ${words.screen.differs}` : stateBeside(place, words),
        tone: differs ? 'waiting' : 'quiet',
      },
    ]);
  }
  for (const difference of card.differences) {
    lines.push('', [{ text: words.screen.shopsDisagree(words.domain.difference[difference.field]), tone: 'waiting' }]);
    for (const value of difference.values) lines.push(`  ${padRight(format.shopName(value.shopId), 22)}${value.said}`);
  }
  return lines;
}

/** Told where stock is told: that it is not counted there, or not on this, or cannot be read. */
const stateBeside = ({ listing }: ProductCard['places'][number], words: Words): string => {
  if (listing === undefined || listing.goneAt !== undefined || countedQuantity(listing) !== undefined) return '';
  return `  ${figureSentence(listing, words)}`;
};

/** Warehouse, last sent and the shop right now, one line a shop, and where between them it broke. */
export function comparisonLines(rows: readonly StockComparison[], format: FormatContext): readonly LineOf[] {
  const { words, shopName } = format;
  return rows.map((row) => [
    { text: padRight(shopName(row.shopId), 24) },
    { text: padLeft(number(row.wanted, words), 10) },
    { text: padLeft(row.lastSent === undefined ? '-' : number(row.lastSent, words), 12) },
    { text: padLeft(row.shopNow === undefined ? '?' : number(row.shopNow, words), 16) },
    { text: `  ${words.domain.brokeAt[row.brokeAt]}`, tone: row.brokeAt === 'nowhere' ? 'good' : 'waiting' },
  ]);
}
