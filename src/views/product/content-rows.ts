import type { StoredEvent } from '../../domain/event.ts';
import { type Content, sameContent } from '../../domain/product.ts';
import type { Place, ProductCard } from '../../services/lookup/lookup-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { money } from '../format/numbers.ts';
import { fullRef, shopCode } from '../format/refs.ts';
import { age, ago } from '../format/times.ts';
import type { Column } from '../list/table.ts';
import { clean, cleanName, wrap } from '../text/cell-text.ts';
import type { Piece, Tone } from '../text/tones.ts';

/** What one shop tells its customers of a product, or what we have ourselves. */
export type ContentRow = {
  readonly id: string;
  /** Absent: our own. */
  readonly place?: Place;
  /** Absent: nothing is known of it there. */
  readonly content?: Content;
};

/** Ours first, then the shops in their order. */
export const contentRows = ({ product, places }: ProductCard): readonly ContentRow[] => [
  { id: 'ours', content: product.content },
  ...places.map((place) => ({ id: place.shop.id, place, content: place.listing?.content })),
];

type Compared = 'ours' | 'same' | 'other' | 'none';
type Part = 'name' | 'price' | 'description' | 'imageUrl';

const said = (content: Content | undefined, part: Part): string | undefined =>
  part === 'price'
    ? content?.price === undefined
      ? undefined
      : `${content.price.minor} ${content.price.currency}`
    : content?.[part];

/** A part beside ours. Prices in another currency cannot be compared, and are no difference. */
function compare({ place, content }: ContentRow, ours: Content, part: Part): Compared {
  if (place === undefined) return 'ours';
  const [own, there] = [said(ours, part), said(content, part)];
  if (there === undefined || there === '') return 'none';
  if (part === 'price' && content?.price?.currency !== ours.price?.currency) return 'same';
  return own === there ? 'same' : 'other';
}

/** The columns of the contents side by side; what a shop says otherwise than we do stands out. */
export function contentColumns({ product }: ProductCard, format: FormatContext): readonly Column<ContentRow>[] {
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
      max: 18,
      text: (row) =>
        compare(row, product.content, 'imageUrl') === 'other' ? content.otherAddress : word(row, 'imageUrl'),
      tone: tone('imageUrl'),
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

/** What ours follows, and when an update last came in that way (S3, S7). */
export function contentHead(
  { product }: ProductCard,
  events: readonly StoredEvent[],
  { words, now }: FormatContext,
): readonly Piece[] {
  const { content } = words;
  const update = events.find((event) => event.type === 'product-updated' && !sameContent(event.before, event.content));
  const from =
    product.contentFrom === undefined ? content.followsNone : content.followsShop(fullRef(product.contentFrom));
  const when =
    update?.type === 'product-updated'
      ? content.lastUpdate(fullRef(update.from), ago(update.at, now, words))
      : content.noUpdate;
  return [{ text: from }, { text: `  ·  ${when}`, tone: 'quiet' }];
}

/** What the shop under the cursor says, in full, beneath the table; ours beside it where it says otherwise. */
export function contentDetail(row: ContentRow, { product }: ProductCard, format: FormatContext, width: number) {
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
  const both = (label: string, key: 'name' | 'description' | 'imageUrl'): void => {
    const isOther = compare(row, own, key) === 'other';
    part(label, row.content?.[key], isOther ? 'waiting' : undefined);
    if (isOther) part(words.title, own[key]);
  };
  if (row.content === undefined) return [[{ text: words.unknown, tone: 'quiet' as const }]];
  both(words.name, 'name');
  both(words.description, 'description');
  both(words.picture, 'imageUrl');
  return lines;
}
