import { shownGtin } from '../../domain/ids.ts';
import { isUncounted } from '../../domain/integrations/figure-cause.ts';
import type { Product } from '../../domain/product.ts';
import type { Place, ProductCard } from '../../services/lookup/lookup-service.ts';
import { linkedShare, shopFigures, shopStateLine } from '../diagnosis/shop-state-lines.ts';
import type { FormatContext } from '../format/format-context.ts';
import { money, number } from '../format/numbers.ts';
import { ago } from '../format/times.ts';
import type { Column } from '../list/table.ts';
import { linkedShareTone } from '../lookup/lookup-lines.ts';
import { clean, cleanName, cut, widthOf } from '../text/cell-text.ts';
import type { Piece, Tone } from '../text/tones.ts';
import { figureOrigin } from '../warehouse/figure-lines.ts';

/** Facts parted by dots, as many as stand whole in so many cells. */
function fitting(facts: readonly string[], width: number): readonly string[] {
  const parts = facts.filter((fact) => fact !== '').map((fact) => `  ·  ${fact}`);
  return parts.filter((_, index) => parts.slice(0, index + 1).reduce((sum, part) => sum + widthOf(part), 0) <= width);
}

/** The two lines at the head of a card: what it is, and how it stands. */
export function cardHead(card: ProductCard, format: FormatContext, width: number): readonly (readonly Piece[])[] {
  const { words, now } = format;
  const { product } = card;
  const facts = [
    figureOrigin(card, format),
    product.gtin === undefined ? '' : `EAN ${shownGtin(product.gtin)}`,
    product.formerSkus === undefined ? '' : words.domain.formerNumbers(product.formerSkus.join(', ')),
    product.content.price === undefined ? '' : money(product.content.price, words),
    card.lastSale === undefined ? '' : words.domain.lastSaleWas(ago(card.lastSale.at, now, words)),
  ];
  const shares = linkedShare(card.linked, card.expected, words);
  const differing = differingPlaces(card).length;
  const other = differing === 0 ? '' : `, ${words.screen.otherFigure(number(differing, words))}`;
  const stands = `${shares}${other}  ·  ${words.domain.availableFigure(number(card.available, words))}`;
  const name = cut(cleanName(product.content.name) || words.domain.noName, Math.max(10, width - 26));
  return [
    [
      { text: `${product.sku ?? words.domain.noItemNumber}  `, tone: 'accent' },
      { text: name, tone: 'strong' },
    ],
    [
      { text: `${shares}${other}`, tone: linkedShareTone(card.linked, card.expected, differing) },
      { text: stands.slice(shares.length + other.length) },
      ...fitting(facts, width - widthOf(stands)).map((text): Piece => ({ text, tone: 'quiet' })),
    ],
    ...noteLines(card, format, width),
  ];
}

/** The most notes that are pinned; the rest stand in the timeline. */
const maxNotes = 2;

/** The open notes of a product, each on a line of its own, newest first. */
function noteLines({ marks }: ProductCard, format: FormatContext, width: number): readonly (readonly Piece[])[] {
  const { words, now, shopName } = format;
  const notes = marks
    .filter(({ kind, text }) => kind === 'note' && text !== undefined)
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
  const lines = notes.slice(0, maxNotes).map(({ text, by, at, shopId }, index): readonly Piece[] => {
    const left = index === maxNotes - 1 ? notes.length - maxNotes : 0;
    const where = shopId === undefined ? '' : `${shopName(shopId)}, `;
    const about = `  ${where}${by}, ${ago(at, now, words)}${left > 0 ? ` (+${number(left, words)})` : ''}`;
    const said = `${words.screen.note}: ${clean(text ?? '')}`;
    return [
      { text: cut(said, Math.max(10, width - widthOf(about))), tone: 'waiting' },
      { text: about, tone: 'quiet' },
    ];
  });
  return lines;
}

/** The linked shops that show another figure than they ought to. */
export const differingPlaces = (card: ProductCard): readonly Place[] =>
  card.places.filter((place) => shopFigures(place, card.product).stockDiffers);

/** The next key in a sentence: "p sends 260 to 5 shops"; nothing where every figure is right. */
export function nextKeyLine(card: ProductCard, { words }: FormatContext): string {
  const places = differingPlaces(card);
  const [first, ...others] = new Set(places.map((place) => shopFigures(place, card.product).wanted ?? 0));
  if (first === undefined) return '';
  if (isUncounted(card.product)) return words.screen.countFirst;
  const shops = words.domain.shops(number(places.length, words));
  return others.length === 0 ? words.screen.pushNext(number(first, words), shops) : words.screen.pushNextMany(shops);
}

/** From so many cells on the shops have their names; beneath, their short codes. */
const namesFrom = 95;

/** The columns of a product's places: one line a shop, also where the link is missing. */
export function shopStateColumns(product: Product, format: FormatContext, width: number): readonly Column<Place>[] {
  const { words } = format;
  const line = (place: Place) => shopStateLine(place, product, format);
  const { column } = words.screen;
  const differs = (place: Place): Tone | undefined => (line(place).difference === '' ? undefined : 'waiting');
  return [
    {
      id: 'shop',
      title: column.shop,
      rank: 1,
      min: 4,
      max: 22,
      text: (place) => (width < namesFrom ? place.shop.id.toUpperCase() : line(place).shop),
      tone: () => 'strong',
    },
    {
      id: 'state',
      title: column.state,
      rank: 1,
      min: 9,
      max: 22,
      text: (place) => `${line(place).sign} ${line(place).word}`,
      tone: (place) => line(place).tone,
    },
    {
      id: 'ours',
      title: column.wanted,
      rank: 2,
      min: 4,
      max: 9,
      align: 'right',
      text: (place) => line(place).ours,
    },
    {
      id: 'has',
      title: column.shopHas,
      rank: 2,
      min: 4,
      max: 9,
      align: 'right',
      text: (place) => line(place).shopHas,
      tone: differs,
    },
    {
      id: 'difference',
      title: column.difference,
      rank: 3,
      min: 4,
      max: 9,
      align: 'right',
      text: (place) => line(place).difference,
      tone: differs,
    },
    {
      id: 'age',
      ages: true,
      title: column.age,
      rank: 4,
      min: 5,
      max: 8,
      align: 'right',
      text: (place) => line(place).age,
      tone: () => 'quiet',
    },
    {
      id: 'why',
      title: column.why,
      rank: 2,
      min: 24,
      text: (place) => line(place).why,
      tone: (place) => line(place).tone,
    },
    { id: 'ref', title: column.shopProductId, rank: 5, min: 8, max: 32, text: (place) => line(place).ref },
    { id: 'says', title: column.shopSays, rank: 6, min: 8, max: 14, text: (place) => line(place).shopSays },
    {
      id: 'sent',
      title: column.lastSent,
      rank: 7,
      min: 5,
      max: 9,
      align: 'right',
      text: (place) => line(place).lastSent,
    },
  ];
}
