import { type StoredEvent, shopOf } from '../../domain/event.ts';
import type { Place, ProductCard } from '../../services/services.ts';
import { age, ago } from '../ages.ts';
import { cut, padLeft, padRight, widthOf, wrap } from '../columns.ts';
import { eventLine } from '../happenings/event-lines.ts';
import { shortName, type Telling } from '../telling.ts';
import type { Piece } from '../tones.ts';
import { causeLabel } from '../triage/diagnosis-lines.ts';
import { sharesTone } from './look-up-lines.ts';
import { linkedOf, placeLine } from './place-lines.ts';
import { stockTrail } from './stock-trail.ts';

type LineOf = string | readonly Piece[];

/** Cells of a figure with its age: "1.234 · 59 min". */
const figureCells = 14;

/** What a shop has, with its age; why it is missing where there is no link. */
function placePieces(
  place: Place,
  telling: Telling,
  { width, named }: { readonly width: number; readonly named: number },
): readonly Piece[] {
  const { words, now } = telling;
  const line = placeLine(place, telling);
  const figure =
    place.listing === undefined || line.shopHas === ''
      ? ''
      : `${line.shopHas} · ${age(place.listing.seenAt, now, words)}`;
  const said =
    place.diagnosis.verdict === 'not-integrated' ? causeLabel(place.diagnosis.findings[0].cause, words) : line.word;
  const room = Math.max(4, width - named - figureCells - 4);
  const calm = line.state === 'linked';
  return [
    { text: `${line.sign} `, tone: line.tone },
    { text: `${padRight(widthOf(place.shop.name) <= named ? place.shop.name : place.shop.id, named)}  ` },
    { text: padRight(cut(said, room), room), tone: calm ? 'quiet' : line.tone },
    { text: padLeft(cut(figure, figureCells), figureCells), tone: calm ? 'quiet' : undefined },
  ];
}

/** A sentence without the product's name before it, where everything is about that product. */
const withoutName = (sentence: string, name: string): string =>
  sentence.startsWith(name) ? sentence.slice(name.length).replace(/^:? /, '') : sentence;

/** A product over all shops, the missing links drawn too, and what it went through lately; for a pane of so many rows. */
export function cardPane(
  card: ProductCard,
  events: readonly StoredEvent[],
  telling: Telling,
  room: { readonly width: number; readonly rows: number },
): readonly LineOf[] {
  const { words, now } = telling;
  // Names where all of them fit, else the shops' short ids.
  const names = card.places.map((place) => widthOf(place.shop.name));
  const long = Math.max(0, ...names) <= room.width - figureCells - 16;
  const named = Math.max(0, ...(long ? names : card.places.map((place) => widthOf(place.shop.id))));
  const lines: LineOf[] = [
    [
      { text: words.screen.inTheShops, tone: 'strong' },
      { text: `  ${linkedOf(card.linked, card.expected, words)}`, tone: sharesTone(card.linked, card.expected) },
    ],
    ...card.places.map((place) => placePieces(place, telling, { width: room.width, named })),
  ];
  if (card.lastSale !== undefined)
    lines.push([{ text: words.domain.lastSaleWas(ago(card.lastSale.at, now, words)), tone: 'quiet' }]);
  return [...lines, ...lately(card, events, telling, { ...room, rows: room.rows - lines.length })];
}

/** How a product's stock went, and what happened to it last; as much as so many rows hold. */
export function lately(
  card: ProductCard,
  events: readonly StoredEvent[],
  telling: Telling,
  room: { readonly width: number; readonly rows: number },
): readonly LineOf[] {
  const { words, now } = telling;
  const lines: LineOf[] = [...stockTrail(events, telling, room.width)];
  if (room.rows - lines.length < 4 || events.length === 0) return lines.slice(0, room.rows);
  lines.push('', [{ text: words.screen.lately, tone: 'strong' }]);
  for (const event of events) {
    if (lines.length >= room.rows) break;
    const line = eventLine(event, telling);
    const when = `${padRight(age(event.at, now, words), 7)} `;
    const shop = shopOf(event);
    const sentence = withoutName(line.sentence, shortName(card.product, words));
    const said = wrap(shop === undefined ? sentence : `${shop}: ${sentence}`, room.width - widthOf(when)).slice(0, 2);
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
  return lines.slice(0, room.rows);
}
