import type { StoredEvent } from '../../domain/event.ts';
import { countedQuantity } from '../../domain/push/shop-figure.ts';
import type { StockComparison } from '../../services/diagnosis/diagnosis-service.ts';
import type { Place, ProductCard } from '../../services/lookup/lookup-service.ts';
import { figureSentence } from '../diagnosis/shop-state-detail.ts';
import { figureAt, shopFigures, shopStateLine } from '../diagnosis/shop-state-lines.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { ago } from '../format/times.ts';
import { shopQuantity } from '../push/push-lines.ts';
import { padLeft, padRight } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import { warehouseWord } from '../warehouse/compared-word.ts';
import { figureOrigin, partLine } from '../warehouse/figure-lines.ts';
import type { Words } from '../words/words.ts';
import { stockChart } from './stock-chart.ts';

type LineOf = string | readonly Piece[];

/** The stock sum with the age of each term, then what each shop was told and says itself; `live`: when asked just now. */
export function stockLines(
  card: ProductCard,
  events: readonly StoredEvent[],
  format: FormatContext,
  live?: readonly StockComparison[],
): readonly LineOf[] {
  const { words, now } = format;
  const { stock } = card.product;
  const figure = (value: number): string => padLeft(number(value, words), 9);
  const origin = figureOrigin(card, format);
  const when = origin !== '' ? `  ${origin}` : stock.at === undefined ? '' : `  ${ago(stock.at, now, words)}`;
  const trail = stockChart(events, format, 80);
  const lines: LineOf[] = [
    [{ text: `${figure(stock.onHand)}  ${words.domain.onHand}` }, { text: when, tone: 'quiet' }],
    `${padLeft(`- ${number(stock.reserved, words)}`, 9)}  ${words.domain.reserved}`,
    [{ text: `${padLeft(`= ${number(card.available, words)}`, 9)}  ${words.domain.available}`, tone: 'strong' }],
  ];
  if (card.parts.length > 0) lines.push('', ...partLines(card, words));
  if (trail.length > 0) lines.push('', ...trail);
  lines.push('');
  const { column } = words.screen;
  lines.push([
    {
      text: `${padRight(column.shop, 24)}${live?.some(({ warehouse }) => warehouse !== undefined) ? padLeft(words.warehouse.title.warehouse, 22) : ''}${padLeft(column.wanted, 10)}${padLeft(column.lastSent, 12)}${padLeft(live === undefined ? column.shopHas : words.screen.liveTitle, live === undefined ? 16 : 10)}`,
      tone: 'quiet',
    },
  ]);
  lines.push(...card.places.map((place) => placeLine(place, card, format, liveIn(live, place))));
  for (const difference of card.differences) {
    lines.push('', [{ text: words.screen.shopsDisagree(words.domain.difference[difference.field]), tone: 'waiting' }]);
    for (const value of difference.values) lines.push(`  ${padRight(format.shopName(value.shopId), 22)}${value.said}`);
  }
  return lines;
}

/** What lies at each location; shown so many, since a large product lies in many places. */
const maxParts = 8;

function partLines({ parts, product }: ProductCard, words: Words): readonly LineOf[] {
  const shown = parts.slice(0, maxParts).map((part): LineOf => `  ${partLine(part, words)}`);
  const left = parts.length - shown.length;
  const { onHand } = product.stock;
  const sum = Math.round(parts.reduce((total, part) => total + part.onHand, 0) * 100) / 100;
  const other = sum === onHand ? '' : `  ${words.warehouse.partsDiffer(number(sum, words))}`;
  return [
    [
      { text: words.warehouse.locations, tone: 'strong' },
      { text: other, tone: 'quiet' },
    ],
    ...shown,
    ...(left > 0 ? [`  + ${number(left, words)}`] : []),
  ];
}

/** Told where stock is told: that it is not counted there, or not on this, or cannot be read. */
const stateBeside = ({ listing }: Place, words: Words): string => {
  if (listing === undefined || listing.goneAt !== undefined || countedQuantity(listing) !== undefined) return '';
  return `  ${figureSentence(listing, words)}`;
};

const liveIn = (live: readonly StockComparison[] | undefined, { shop }: Place): StockComparison | undefined =>
  live?.find(({ shopId }) => shopId === shop.id);

/** One shop: ours, last sent, and what it has; when it was asked just now, its answer and where between the two it broke. */
function placeLine(
  place: Place,
  card: ProductCard,
  format: FormatContext,
  live: StockComparison | undefined,
): readonly Piece[] {
  const { words } = format;
  const { wanted, stockDiffers } = shopFigures(place, card.product);
  const sent = live?.lastSent ?? place.integration?.pushed?.quantity;
  const start: readonly Piece[] = [
    { text: padRight(place.shop.name, 24) },
    ...(live?.warehouse === undefined ? [] : [{ text: padLeft(warehouseWord(live.warehouse, words), 22) }]),
    { text: padLeft(wanted === undefined ? '-' : number(live?.wanted ?? wanted, words), 10) },
    { text: padLeft(sent === undefined ? '-' : number(sent, words), 12) },
  ];
  if (live !== undefined) {
    const tone = live.brokeAt === 'nowhere' ? 'good' : 'waiting';
    return [
      ...start,
      { text: padLeft(live.shopNow === undefined ? '?' : number(live.shopNow, words), 10), tone },
      { text: `  ${words.domain.brokeAt[live.brokeAt]}`, tone },
    ];
  }
  const had = countedQuantity(place.listing);
  return [
    ...start,
    {
      text: padLeft(
        had === undefined && place.listing !== undefined
          ? shopStateLine(place, card.product, format).shopHas
          : shopQuantity(
              { shopHad: had, shopHadAt: place.listing && figureAt(place.listing, place.integration) },
              format,
            ),
        16,
      ),
      tone: stockDiffers ? 'waiting' : undefined,
    },
    {
      text: stockDiffers ? `  ◐ ${words.screen.differs}` : stateBeside(place, words),
      tone: stockDiffers ? 'waiting' : 'quiet',
    },
  ];
}
