import { shownGtin } from '../../domain/ids.ts';
import type { Place, ProductCard } from '../../services/lookup/lookup-service.ts';
import { linkedShare, shopStateLine } from '../diagnosis/shop-state-lines.ts';
import type { FormatContext } from '../format/format-context.ts';
import { money, number } from '../format/numbers.ts';
import { ago } from '../format/times.ts';
import type { Column } from '../list/table.ts';
import { linkedShareTone } from '../lookup/lookup-lines.ts';
import { cleanName, cut, widthOf } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';

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
    product.gtin === undefined ? '' : `EAN ${shownGtin(product.gtin)}`,
    product.formerSkus === undefined ? '' : words.domain.formerNumbers(product.formerSkus.join(', ')),
    product.content.price === undefined ? '' : money(product.content.price, words),
    card.lastSale === undefined ? '' : words.domain.lastSaleWas(ago(card.lastSale.at, now, words)),
    ...card.marks
      .filter((mark) => mark.kind === 'note' && mark.text !== undefined)
      .map((mark) => `"${mark.text ?? ''}"`),
  ];
  const shares = linkedShare(card.linked, card.expected, words);
  const stands = `${shares}  ·  ${number(card.available, words)} ${words.domain.available}`;
  const name = cut(cleanName(product.content.name) || words.domain.noName, Math.max(10, width - 26));
  return [
    [
      { text: `${product.sku ?? words.domain.noItemNumber}  `, tone: 'accent' },
      { text: name, tone: 'strong' },
    ],
    [
      { text: shares, tone: linkedShareTone(card.linked, card.expected) },
      { text: stands.slice(shares.length) },
      ...fitting(facts, width - widthOf(stands)).map((text): Piece => ({ text, tone: 'quiet' })),
    ],
  ];
}

/** The columns of a product's places: one line a shop, also where the link is missing. */
export function shopStateColumns(format: FormatContext): readonly Column<Place>[] {
  const { words } = format;
  const line = (place: Place) => shopStateLine(place, format);
  const { column } = words.screen;
  return [
    {
      id: 'state',
      title: column.state,
      rank: 1,
      min: 12,
      max: 22,
      text: (place) => `${line(place).sign} ${line(place).word}`,
      tone: (place) => line(place).tone,
    },
    {
      id: 'shop',
      title: column.shop,
      rank: 1,
      min: 8,
      max: 22,
      text: (place) => line(place).shop,
      tone: () => 'strong',
    },
    { id: 'ref', title: column.shopProductId, rank: 3, min: 8, max: 32, text: (place) => line(place).ref },
    { id: 'says', title: column.shopSays, rank: 6, min: 8, max: 14, text: (place) => line(place).shopSays },
    { id: 'has', title: column.shopHas, rank: 4, min: 5, max: 9, align: 'right', text: (place) => line(place).shopHas },
    {
      id: 'sent',
      title: column.lastSent,
      rank: 5,
      min: 5,
      max: 9,
      align: 'right',
      text: (place) => line(place).lastSent,
    },
    {
      id: 'age',
      ages: true,
      title: column.age,
      rank: 7,
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
  ];
}
