import type { StoredEvent } from '../../domain/event.ts';
import { countedQuantity } from '../../domain/push/shop-figure.ts';
import type { StockComparison } from '../../services/diagnosis/diagnosis-service.ts';
import type { Place, ProductCard } from '../../services/lookup/lookup-service.ts';
import { figureSentence } from '../diagnosis/shop-state-detail.ts';
import { figureAt, figureText, locationFigure, shopFigures, shopStateLine } from '../diagnosis/shop-state-lines.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { shopCode } from '../format/refs.ts';
import { ago } from '../format/times.ts';
import { shopQuantity } from '../push/push-lines.ts';
import { cleanName, cut, padLeft, padRight, widthOf, wrap } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import { warehouseWord } from '../warehouse/compared-word.ts';
import { figureOrigin } from '../warehouse/figure-lines.ts';
import type { Words } from '../words/words.ts';
import { brokeAtText, troubleText } from './compared-words.ts';
import { partLines } from './part-lines.ts';
import { stockChart } from './stock-chart.ts';

type LineOf = string | readonly Piece[];

type StockSpace = {
  /** Cells of a line. */
  readonly width: number;
  /** Asked just now. */
  readonly live?: readonly StockComparison[];
};

/** From so many cells on shops stand with their names, else with their codes. */
const roomForNames = 100;

/** The sum behind the figure, with its age. */
export function stockSum(card: ProductCard, format: FormatContext): readonly LineOf[] {
  const { words, now } = format;
  const { stock } = card.product;
  const origin = figureOrigin(card, format);
  const when = origin !== '' ? `  ${origin}` : stock.at === undefined ? '' : `  ${ago(stock.at, now, words)}`;
  return [
    [{ text: `${padLeft(number(stock.onHand, words), 9)}  ${words.domain.onHand}` }, { text: when, tone: 'quiet' }],
    `${padLeft(`- ${number(stock.reserved, words)}`, 9)}  ${words.domain.reserved}`,
    [{ text: `${padLeft(`= ${number(card.available, words)}`, 9)}  ${words.domain.available}`, tone: 'strong' }],
  ];
}

/**
 * The stock sum with the age of each term, then what each shop was told and says itself, then what takes room: the
 * locations, the curve. So an answer of just now stands where it is seen without scrolling.
 */
export function stockLines(
  card: ProductCard,
  events: readonly StoredEvent[],
  format: FormatContext,
  { width, live }: StockSpace,
): readonly LineOf[] {
  const { words } = format;
  const trail = stockChart(events, format, Math.min(80, width));
  const layout = layoutOf(card, words, { width, live });
  const lines: LineOf[] = [
    ...stockSum(card, format),
    '',
    tableHead(layout, words),
    ...card.places.flatMap((place) => [
      ...placeLines(place, card, format, layout),
      ...locationLines(place, card, format, layout),
    ]),
  ];
  if (card.parts.length > 0) lines.push('', ...partLines(card, words));
  if (trail.length > 0) lines.push('', ...trail);
  for (const difference of card.differences) {
    lines.push('', [{ text: words.screen.shopsDisagree(words.domain.difference[difference.field]), tone: 'strong' }]);
    for (const value of difference.values) lines.push(`  ${padRight(format.shopName(value.shopId), 22)}${value.said}`);
  }
  return lines;
}

type Layout = StockSpace & {
  readonly shop: (place: Place) => string;
  /** Cells of the shop's name, of the warehouse's answer (0: not asked), and of each figure. */
  readonly cells: Readonly<Record<'shop' | 'warehouse' | 'wanted' | 'sent' | 'has', number>>;
};

function layoutOf({ places }: ProductCard, words: Words, { width, live }: StockSpace): Layout {
  const isNarrow = width < roomForNames;
  const gap = isNarrow ? 1 : 3;
  const { column, liveTitle } = words.screen;
  const shop = ({ shop: { id, name } }: Place): string => (isNarrow ? shopCode(id) : name);
  const answers = live?.flatMap(({ warehouse }) => (warehouse === undefined ? [] : [warehouseWord(warehouse, words)]));
  const widest = (texts: readonly string[]): number => Math.max(...texts.map(widthOf));
  return {
    width,
    live,
    shop,
    cells: {
      shop: Math.min(24, widest([column.shop, ...places.map(shop)]) + gap),
      warehouse:
        answers === undefined || answers.length === 0 ? 0 : widest([words.warehouse.title.warehouse, ...answers]) + gap,
      wanted: Math.max(7, widthOf(column.wanted) + gap),
      sent: widthOf(column.lastSent) + gap,
      has: live === undefined ? 16 : Math.max(7, widthOf(liveTitle) + gap),
    },
  };
}

function tableHead({ cells, live }: Layout, words: Words): readonly Piece[] {
  const { column, liveTitle } = words.screen;
  const warehouse = cells.warehouse === 0 ? '' : padLeft(words.warehouse.title.warehouse, cells.warehouse);
  const has = padLeft(live === undefined ? column.shopHas : liveTitle, cells.has);
  return [
    {
      text: `${padRight(column.shop, cells.shop)}${warehouse}${padLeft(column.wanted, cells.wanted)}${padLeft(column.lastSent, cells.sent)}${has}`,
      tone: 'quiet',
    },
  ];
}

/** Told where stock is told: that it is not counted there, or not on this, or cannot be read. */
const stateBeside = ({ listing }: Place, words: Words): string => {
  if (listing === undefined || listing.goneAt !== undefined || countedQuantity(listing) !== undefined) return '';
  return `  ${figureSentence(listing, words)}`;
};

/** The same of each location of a shop that is told at several, under the shop's own line. */
function locationLines(
  place: Place,
  { product }: ProductCard,
  { words }: FormatContext,
  { cells, live: answers }: Layout,
): readonly LineOf[] {
  const live = answers?.find(({ shopId }) => shopId === place.shop.id);
  const states = live?.atLocations ?? shopFigures(place, product).atLocations ?? [];
  const sentTo = (id: string): number | undefined =>
    place.integration?.pushed?.locations?.find((one) => one.id === id)?.quantity;
  return states.map((state): LineOf => {
    const sent = sentTo(state.id);
    const isSame = state.wanted === state.shopHas;
    return [
      {
        text: padRight(`  ${cut(cleanName(state.name), cells.shop - 3)}`, cells.shop + cells.warehouse),
        tone: 'quiet',
      },
      { text: padLeft(state.wanted === undefined ? '-' : number(state.wanted, words), cells.wanted), tone: 'quiet' },
      { text: padLeft(sent === undefined ? '-' : number(sent, words), cells.sent), tone: 'quiet' },
      { text: padLeft(locationFigure(state, words), cells.has), tone: isSame ? 'quiet' : 'waiting' },
    ];
  });
}

/** One shop: ours, last sent, and what it has; when it was asked just now, its answer and where between the two it broke. */
function placeLines(
  place: Place,
  card: ProductCard,
  format: FormatContext,
  { cells, live: answers, shop, width }: Layout,
): readonly LineOf[] {
  const { words } = format;
  const { wanted, stockDiffers } = shopFigures(place, card.product);
  const live = answers?.find(({ shopId }) => shopId === place.shop.id);
  const sent = live?.lastSent ?? place.integration?.pushed?.quantity;
  const start: readonly Piece[] = [
    { text: padRight(cut(shop(place), cells.shop - 1), cells.shop) },
    {
      text: padLeft(live?.warehouse === undefined ? '' : warehouseWord(live.warehouse, words), cells.warehouse),
    },
    { text: padLeft(wanted === undefined ? '-' : number(live?.wanted ?? wanted, words), cells.wanted) },
    { text: padLeft(sent === undefined ? '-' : number(sent, words), cells.sent) },
  ];
  if (live !== undefined) {
    const tone = live.brokeAt === 'nowhere' ? 'good' : 'waiting';
    const answer = {
      text: padLeft(live.shopFigure === undefined ? '?' : figureText(live.shopFigure, words), cells.has),
      tone,
    } as const;
    const broke = brokeAtText(live, words);
    const used = cells.shop + cells.warehouse + cells.wanted + cells.sent + cells.has + 2;
    // Beside the figures where it fits, else under them: cut off it would say nothing.
    const beneath = (text: string): readonly LineOf[] =>
      wrap(text, width - cells.shop).map((part) => [{ text: `${' '.repeat(cells.shop)}${part}`, tone }]);
    const trouble = troubleText(live, format.shopName(place.shop.id), words);
    const why = trouble === undefined ? [] : beneath(trouble);
    return used + widthOf(broke) <= width
      ? [[...start, answer, { text: `  ${broke}`, tone }], ...why]
      : [[...start, answer], ...beneath(broke), ...why];
  }
  const had = countedQuantity(place.listing);
  const has =
    had === undefined && place.listing !== undefined
      ? shopStateLine(place, card.product, format).shopHas
      : shopQuantity({ shopHad: had, shopHadAt: place.listing && figureAt(place.listing, place.integration) }, format);
  return [
    [
      ...start,
      { text: padLeft(has, cells.has), tone: stockDiffers ? 'waiting' : undefined },
      {
        text: stockDiffers ? `  ◐ ${words.screen.differs}` : stateBeside(place, words),
        tone: stockDiffers ? 'waiting' : 'quiet',
      },
    ],
  ];
}
