import type { StoredEvent } from '../../domain/event.ts';
import { sameContent } from '../../domain/product.ts';
import type { ProductCard } from '../../services/lookup/lookup-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { money } from '../format/numbers.ts';
import { fullRef, shopCode } from '../format/refs.ts';
import { age, ago } from '../format/times.ts';
import { type Column, layoutColumns, rowPieces, titleLine } from '../list/table.ts';
import { clean, cleanName, wrap } from '../text/cell-text.ts';
import type { Piece, Tone } from '../text/tones.ts';
import {
  type ComparedPictures,
  type ContentRow,
  compare,
  contentRows,
  isOtherPicture,
  type Part,
  pictureWord,
  said,
} from './content-compare.ts';

/** The columns of the contents side by side; what a shop says otherwise than we do stands out. */
export function contentColumns(
  { product }: ProductCard,
  format: FormatContext,
  pictures: ComparedPictures,
): readonly Column<ContentRow>[] {
  const { words, now } = format;
  const { content } = words;
  const tone =
    (part: Part) =>
    (row: ContentRow): Tone | undefined =>
      compare(row, product.content, part) === 'other' ? 'waiting' : undefined;
  const word = (row: ContentRow, part: Part): string => {
    const found = compare(row, product.content, part);
    if (found === 'ours') return said(row.content, part) === undefined ? content.none : content.ours;
    return row.content === undefined ? '' : content[found];
  };
  const follows = ({ place }: ContentRow): boolean =>
    place?.listing !== undefined &&
    product.contentFrom !== undefined &&
    fullRef(place.listing.ref) === fullRef(product.contentFrom);
  return [
    {
      id: 'shop',
      title: words.screen.column.shop,
      rank: 1,
      min: 5,
      max: 22,
      text: ({ place }) => (place === undefined ? content.title : shopCode(place.shop.id)),
      tone: () => 'strong',
    },
    {
      id: 'name',
      title: words.screen.column.name,
      rank: 1,
      min: 16,
      keepsEnd: true,
      text: (row) => (row.content === undefined ? content.unknown : cleanName(row.content.name)),
      tone: (row) => (row.content === undefined ? 'quiet' : tone('name')(row)),
    },
    {
      id: 'price',
      title: content.price,
      rank: 1,
      min: 8,
      max: 16,
      align: 'right',
      text: (row) => (row.content?.price === undefined ? '' : money(row.content.price, words)),
      tone: tone('price'),
    },
    {
      id: 'description',
      title: content.description,
      rank: 2,
      min: 8,
      max: 14,
      text: (row) => word(row, 'description'),
      tone: tone('description'),
    },
    {
      id: 'picture',
      title: content.picture,
      rank: 2,
      min: 8,
      max: 28,
      text: (row) => pictureWord(row, product.content, pictures, words),
      tone: (row) => (isOtherPicture(row, pictures) ? 'waiting' : undefined),
    },
    {
      id: 'follows',
      title: content.follows,
      rank: 3,
      min: 8,
      max: 20,
      text: (row) => (follows(row) ? content.followed : ''),
      tone: () => 'accent',
    },
    {
      id: 'age',
      title: words.screen.column.age,
      ages: true,
      rank: 4,
      min: 4,
      max: 8,
      align: 'right',
      text: ({ place }) => (place?.listing === undefined ? '' : age(place.listing.seenAt, now, words)),
      tone: () => 'quiet',
    },
  ];
}

const notCompared: ComparedPictures = { found: new Map(), comparing: false };

/** The contents side by side as lines, for beneath something else: nothing where they do not all fit. */
export function contentLines(
  card: ProductCard,
  format: FormatContext,
  { width, rows }: { readonly width: number; readonly rows: number },
): readonly (readonly Piece[])[] {
  const contents = contentRows(card);
  if (contents.length + 2 > rows) return [];
  // Pictures are compared where one asks for it: on their own tab.
  const columns = contentColumns(card, format, notCompared).filter(({ id }) => id !== 'picture' && id !== 'age');
  const placed = layoutColumns(columns, contents, width);
  return [
    [{ text: format.words.screen.tab.content, tone: 'strong' }],
    [{ text: titleLine(placed, undefined, ['', '']), tone: 'quiet' }],
    ...contents.map((row) => rowPieces(placed, row)),
  ];
}

/** What ours follows, and when an update last came in that way (S3, S7). */
export function contentHead(
  { product }: ProductCard,
  events: readonly StoredEvent[],
  { words, now }: FormatContext,
): readonly Piece[] {
  const { content } = words;
  const [update] = events.flatMap((event) =>
    event.type === 'product-updated' && event.from !== undefined && !sameContent(event.before, event.content)
      ? [{ at: event.at, from: event.from }]
      : [],
  );
  const from =
    product.contentFrom === undefined ? content.followsNone : content.followsShop(fullRef(product.contentFrom));
  const when =
    update === undefined ? content.noUpdate : content.lastUpdate(fullRef(update.from), ago(update.at, now, words));
  return [{ text: from }, { text: `  ·  ${when}`, tone: 'quiet' }];
}

/** What the shop under the cursor says, in full, beneath the table; ours beside it where it says otherwise. */
export function contentDetail(
  row: ContentRow,
  { product }: ProductCard,
  format: FormatContext,
  { width, pictures }: { readonly width: number; readonly pictures: ComparedPictures },
): readonly (readonly Piece[])[] {
  const { content: words } = format.words;
  const own = product.content;
  const lines: (readonly Piece[])[] = [];
  const part = (label: string, text: string | undefined, tone?: Tone): void => {
    for (const [index, line] of wrap(clean(text ?? '') || words.none, Math.max(20, width - 16)).entries())
      lines.push([
        { text: (index === 0 ? label : '').padEnd(14), tone: 'quiet' },
        { text: line, tone: (text ?? '') === '' ? 'quiet' : tone },
      ]);
  };
  const both = (label: string, key: 'name' | 'description'): void => {
    const isOther = compare(row, own, key) === 'other';
    part(label, row.content?.[key], isOther ? 'waiting' : undefined);
    if (isOther) part(words.title, own[key]);
  };
  if (row.content === undefined) return [[{ text: words.unknown, tone: 'quiet' as const }]];
  both(words.name, 'name');
  both(words.description, 'description');
  part(words.picture, row.content.imageUrl);
  if (compare(row, own, 'imageUrl') === 'other') {
    part(words.title, own.imageUrl);
    part('', pictureWord(row, own, pictures, format.words), isOtherPicture(row, pictures) ? 'waiting' : 'quiet');
  }
  return lines;
}
