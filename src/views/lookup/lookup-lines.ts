import { available } from '../../domain/product.ts';
import type { LookupHit } from '../../services/lookup/lookup-service.ts';
import { type FormatContext, longName } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { formatRef } from '../format/refs.ts';
import { ago } from '../format/times.ts';
import { productFacts } from '../integrations/integration-detail.ts';
import type { Column } from '../list/table.ts';
import { cleanName, wrap } from '../text/cell-text.ts';
import type { Piece, Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';

/** What tells one answer from another. */
export const hitId = (hit: LookupHit): string =>
  hit.product?.id ?? (hit.hit.ref === undefined ? '' : `${hit.hit.ref.shopId} ${formatRef(hit.hit.ref)}`);

const nameOf = ({ product, listing }: LookupHit, words: Words): string =>
  cleanName(product?.content.name ?? listing?.content.name ?? '') || words.domain.noName;

/** How complete the links are, as a tone. */
export const linkedShareTone = (linked: number, expected: number): Tone =>
  expected === 0 ? 'quiet' : linked >= expected ? 'good' : linked === 0 ? 'wrong' : 'waiting';

/** Linked and expected as "4/5" with a sign that holds without colour. */
export const linkedShareText = (linked: number, expected: number): string =>
  `${expected === 0 ? '·' : linked >= expected ? '●' : linked === 0 ? '○' : '◐'} ${linked}/${expected}`;

/** Which identifier matched, and in which shop where it is that shop's own. */
export const matchedText = ({ hit, product }: LookupHit, words: Words): string => {
  const what = words.domain.matched[hit.matched];
  const isTheirs =
    hit.ref !== undefined && (hit.matched === 'gtin' || hit.matched === 'barcode' || hit.matched === 'sku');
  if (isTheirs && hit.ref !== undefined) return `${what} (${hit.ref.shopId})`;
  return hit.matched === 'former-sku' && product?.sku !== undefined ? `${what} → ${product.sku}` : what;
};

/** The columns of a lookup's answers. */
export const lookupColumns = (words: Words): readonly Column<LookupHit>[] => [
  {
    id: 'sku',
    title: words.screen.column.itemNumber,
    rank: 1,
    min: 8,
    max: 24,
    text: ({ product, listing }) => product?.sku ?? listing?.sku ?? words.domain.noItemNumber,
    tone: () => 'strong',
  },
  { id: 'name', title: words.screen.column.name, rank: 2, min: 16, text: (hit) => nameOf(hit, words) },
  {
    id: 'shops',
    title: words.screen.column.shops,
    rank: 3,
    min: 6,
    max: 8,
    text: (hit) => linkedShareText(hit.linked, hit.expected),
    tone: (hit) => linkedShareTone(hit.linked, hit.expected),
  },
  {
    id: 'available',
    title: words.screen.column.available,
    rank: 4,
    min: 5,
    max: 9,
    align: 'right',
    text: ({ product }) => (product === undefined ? '' : number(available(product.stock), words)),
    sortBy: ({ product }) => (product === undefined ? 0 : available(product.stock)),
  },
  {
    id: 'matched',
    title: words.screen.column.matched,
    rank: 5,
    min: 10,
    max: 22,
    text: (hit) => matchedText(hit, words),
    tone: () => 'quiet',
  },
];

/** What is known of one answer, for the pane beside the list. */
export function hitLines(hit: LookupHit, format: FormatContext, width: number): readonly (string | readonly Piece[])[] {
  const { words, now } = format;
  const { product, listing } = hit;
  const name = product === undefined ? nameOf(hit, words) : longName(product, words);
  return [
    ...wrap(name, width).map((text): readonly Piece[] => [{ text, tone: 'strong' }]),
    ...(product === undefined ? [] : productFacts(product, format, width)),
    ...(listing === undefined
      ? []
      : [
          [
            { text: `${words.domain.shopProductId}  `, tone: 'quiet' as const },
            { text: `${format.shopName(listing.ref.shopId)} ${formatRef(listing.ref)}` },
          ],
          `${words.domain.activity[listing.activity]} ("${listing.shopSays}"), ${ago(listing.seenAt, now, words)}`,
        ]),
    [{ text: `${matchedText(hit, words)}: ${words.domain.matchedHow[hit.hit.how]}`, tone: 'quiet' }],
  ];
}
