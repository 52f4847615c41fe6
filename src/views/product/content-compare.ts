import type { ShopId } from '../../domain/ids.ts';
import type { Content } from '../../domain/product.ts';
import type { Place, ProductCard } from '../../services/lookup/lookup-service.ts';
import type { PictureComparison } from '../../services/pictures/picture-service.ts';
import type { Words } from '../words/words.ts';

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
export type Part = 'name' | 'price' | 'description' | 'imageUrl';

/** The pictures that were compared, by shop; `comparing` while more are on their way. */
export type ComparedPictures = {
  readonly found: ReadonlyMap<ShopId, PictureComparison>;
  readonly comparing: boolean;
};

/** What is known of a shop's picture beside ours. An address of its own says nothing of what it shows. */
export function pictureWord(
  row: ContentRow,
  ours: Content,
  pictures: ComparedPictures,
  { content: words }: Words,
): string {
  const compared = compare(row, ours, 'imageUrl');
  if (compared === 'ours') return ours.imageUrl === undefined ? words.none : words.ours;
  if (compared === 'none') return row.content === undefined ? '' : words.none;
  if (compared === 'same') return words.sameAddress;
  const found = row.place === undefined ? undefined : pictures.found.get(row.place.shop.id);
  if (found === undefined) return pictures.comparing ? words.comparing : words.otherAddress;
  if (found.kind === 'not-fetched') return words.notFetched(words.pictureTrouble[found.why]);
  if (found.kind === 'ours-not-fetched') return words.oursNotFetched(words.pictureTrouble[found.why]);
  return { same: words.samePicture, other: words.otherPicture, 'same-address': words.sameAddress }[found.kind];
}

export const isOtherPicture = ({ place }: ContentRow, { found }: ComparedPictures): boolean =>
  place !== undefined && found.get(place.shop.id)?.kind === 'other';

export const said = (content: Content | undefined, part: Part): string | undefined =>
  part === 'price'
    ? content?.price === undefined
      ? undefined
      : `${content.price.minor} ${content.price.currency}`
    : content?.[part];

/** A part beside ours. Prices in another currency cannot be compared, and are no difference. */
export function compare({ place, content }: ContentRow, ours: Content, part: Part): Compared {
  if (place === undefined) return 'ours';
  const [own, there] = [said(ours, part), said(content, part)];
  if (there === undefined || there === '') return 'none';
  if (part === 'price' && content?.price?.currency !== ours.price?.currency) return 'same';
  return own === there ? 'same' : 'other';
}
