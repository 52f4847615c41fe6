import { type StoredEvent, shopOf } from '../../domain/event.ts';
import type { Product } from '../../domain/product.ts';
import type { Place, ProductCard } from '../../services/lookup/lookup-service.ts';
import { findingLabel } from '../diagnosis/cause-words.ts';
import { figureAt, linkedShare, shopStateLine } from '../diagnosis/shop-state-lines.ts';
import { type FormatContext, shortName, withoutName } from '../format/format-context.ts';
import { shopCode } from '../format/refs.ts';
import { age, ago } from '../format/times.ts';
import { eventLine } from '../history/event-lines.ts';
import { linkedShareTone } from '../lookup/lookup-lines.ts';
import type { CardTab } from '../navigation/navigation.ts';
import { stockChart } from '../stock/stock-chart.ts';
import { stockSum } from '../stock/stock-lines.ts';
import { cut, padLeft, padRight, widthOf, wrap } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import { differingPlaces } from './card-lines.ts';

type LineOf = string | readonly Piece[];

/** Cells of a figure with its age: "1.234 · 59 min". */
const figureCells = 14;

/** What a shop has, with its age; why it is missing where there is no link. */
function placePieces(
  place: Place,
  product: Product,
  format: FormatContext,
  { width, named }: { readonly width: number; readonly named: number },
): readonly Piece[] {
  const { words, now } = format;
  const line = shopStateLine(place, product, format);
  const figure =
    place.listing === undefined || line.shopHas === ''
      ? ''
      : `${line.shopHas} · ${age(figureAt(place.listing, place.integration), now, words)}`;
  const said =
    place.diagnosis.verdict === 'not-integrated'
      ? findingLabel(place.diagnosis.findings[0], words)
      : `${line.word}${line.difference === '' ? '' : ` ${line.difference}`}`;
  const space = Math.max(4, width - named - figureCells - 4);
  const calm = line.state === 'linked';
  return [
    { text: `${line.sign} `, tone: line.tone },
    { text: `${padRight(widthOf(place.shop.name) <= named ? place.shop.name : shopCode(place.shop.id), named)}  ` },
    { text: padRight(cut(said, space), space), tone: calm ? 'quiet' : line.tone },
    { text: padLeft(cut(figure, figureCells), figureCells), tone: calm ? 'quiet' : undefined },
  ];
}

/** A product over all shops, the missing links drawn too, and what it went through lately; for a pane of so many rows. */
export function cardSummary(
  card: ProductCard,
  events: readonly StoredEvent[],
  format: FormatContext,
  space: { readonly width: number; readonly rows: number },
): readonly LineOf[] {
  const { words, now } = format;
  // Names where all of them fit, else the shops' short ids.
  const names = card.places.map((place) => widthOf(place.shop.name));
  const long = Math.max(0, ...names) <= space.width - figureCells - 16;
  const named = Math.max(0, ...(long ? names : card.places.map((place) => widthOf(place.shop.id))));
  const lines: LineOf[] = [
    [
      { text: words.screen.shopsTitle, tone: 'strong' },
      {
        text: `  ${linkedShare(card.linked, card.expected, words)}`,
        tone: linkedShareTone(card.linked, card.expected, differingPlaces(card).length),
      },
    ],
    ...card.places.map((place) => placePieces(place, card.product, format, { width: space.width, named })),
  ];
  if (card.lastSale !== undefined)
    lines.push([{ text: words.domain.lastSaleWas(ago(card.lastSale.at, now, words)), tone: 'quiet' }]);
  return [...lines, ...recentEvents(card, events, format, { ...space, rows: space.rows - lines.length })];
}

/** What stands beside a tab of the card where there is room: what that tab does not say itself. */
export function cardAside(
  tab: CardTab,
  { card, events }: { readonly card: ProductCard; readonly events: readonly StoredEvent[] },
  format: FormatContext,
  space: { readonly width: number; readonly rows: number },
): readonly LineOf[] {
  if (tab === 'timeline') return cardSummary(card, [], format, space);
  if (tab === 'stock')
    return cardSummary(
      card,
      events.filter((event) => !isOfStock(event)),
      format,
      space,
    );
  if (tab !== 'integrations') return cardSummary(card, events, format, space);
  const sum = stockSum(card, format);
  return [...sum, ...recentEvents(card, events, format, { ...space, rows: space.rows - sum.length })];
}

type ToldEvent = {
  readonly when: string;
  readonly shops: readonly string[];
  readonly sentence: string;
  readonly line: ReturnType<typeof eventLine>;
};

/** What several shops have in common, one after another and at one time, is said once. */
function alikeTogether(told: readonly ToldEvent[]): readonly ToldEvent[] {
  const together: ToldEvent[] = [];
  for (const one of told) {
    const last = together.at(-1);
    const isAlike = last !== undefined && last.when === one.when && last.sentence === one.sentence;
    if (isAlike && last.shops.length > 0 && one.shops.length > 0)
      together[together.length - 1] = { ...last, shops: [...new Set([...last.shops, ...one.shops])] };
    else together.push(one);
  }
  return together;
}

/** What changed a product's stock or sent it to shops, for beneath the figures; as much as so many rows hold. */
export function stockEvents(
  card: ProductCard,
  events: readonly StoredEvent[],
  format: FormatContext,
  space: { readonly width: number; readonly rows: number },
): readonly LineOf[] {
  return recentLines(card, events.filter(isOfStock), format, { ...space, title: format.words.screen.recentStock });
}

const isOfStock = ({ type }: StoredEvent): boolean => type === 'stock-changed' || type === 'stock-pushed';

/** How a product's stock went, and what happened to it last; as much as so many rows hold. */
export function recentEvents(
  card: ProductCard,
  events: readonly StoredEvent[],
  format: FormatContext,
  space: { readonly width: number; readonly rows: number },
): readonly LineOf[] {
  const chart = stockChart(events, format, space.width);
  return [...chart, ...recentLines(card, events, format, { ...space, rows: space.rows - chart.length })].slice(
    0,
    space.rows,
  );
}

function recentLines(
  card: ProductCard,
  events: readonly StoredEvent[],
  format: FormatContext,
  space: { readonly width: number; readonly rows: number; readonly title?: string },
): readonly LineOf[] {
  const { words, now } = format;
  const lines: LineOf[] = [];
  if (space.rows < 4 || events.length === 0) return lines;
  lines.push('', [{ text: space.title ?? words.screen.recentEvents, tone: 'strong' }]);
  const told = events.map((event): ToldEvent => {
    const line = eventLine(event, format);
    const shop = shopOf(event);
    return {
      when: `${padRight(age(event.at, now, words), 7)} `,
      shops: shop === undefined ? [] : [shopCode(shop)],
      sentence: withoutName(line.sentence, shortName(card.product, words)),
      line,
    };
  });
  for (const { when, shops, sentence, line } of alikeTogether(told)) {
    if (lines.length >= space.rows) break;
    const said = wrap(
      shops.length === 0 ? sentence : `${shops.join(', ')}: ${sentence}`,
      space.width - widthOf(when),
    ).slice(0, 2);
    const tone = line.tone === 'wrong' || line.tone === 'waiting' ? line.tone : undefined;
    lines.push(
      ...said.map(
        (text, index): LineOf => [
          { text: index === 0 ? when : ' '.repeat(widthOf(when)), tone: 'quiet' },
          { text, tone },
        ],
      ),
    );
  }
  return lines.slice(0, space.rows);
}
