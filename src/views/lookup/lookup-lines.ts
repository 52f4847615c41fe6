import { available } from '../../domain/product.ts';
import type { LookupHit } from '../../services/lookup/lookup-service.ts';
import { type FormatContext, longName } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { formatRef, shopCode } from '../format/refs.ts';
import { ago } from '../format/times.ts';
import { productFacts } from '../integrations/integration-detail.ts';
import type { Filterable, FilterFieldId } from '../list/filter-conditions.ts';
import type { Column } from '../list/table.ts';
import { cleanName, wrap } from '../text/cell-text.ts';
import type { Piece, Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { heatStrip, maxStripShops, stripPieces, stripWords } from './heat-strip.ts';

/** What tells one answer from another. */
export const hitId = (hit: LookupHit): string =>
  hit.product?.id ?? (hit.hit.ref === undefined ? '' : `${hit.hit.ref.shopId} ${formatRef(hit.hit.ref)}`);

const nameOf = ({ product, listing }: LookupHit, words: Words): string =>
  cleanName(product?.content.name ?? listing?.content.name ?? '') || words.domain.noName;

/** How complete the links are and whether every shop shows our figure, as a tone. */
export const linkedShareTone = (linked: number, expected: number, differing: number): Tone => {
  if (expected === 0) return 'quiet';
  if (linked === 0) return 'wrong';
  return linked >= expected && differing === 0 ? 'good' : 'waiting';
};

/** Linked and expected as "4/5" with a sign that holds without colour. */
export const linkedShareText = (linked: number, expected: number, differing: number): string => {
  const full = linked >= expected && differing === 0;
  return `${expected === 0 ? '·' : linked === 0 ? '○' : full ? '●' : '◐'} ${linked}/${expected}`;
};

/** Which identifier matched, and in which shop where it is that shop's own. */
export const matchedText = ({ hit, product }: LookupHit, words: Words): string => {
  const what = words.domain.matched[hit.matched];
  const isTheirs =
    hit.ref !== undefined && (hit.matched === 'gtin' || hit.matched === 'barcode' || hit.matched === 'sku');
  if (isTheirs && hit.ref !== undefined) return `${what} (${shopCode(hit.ref.shopId)})`;
  return hit.matched === 'former-sku' && product?.sku !== undefined ? `${what} → ${product.sku}` : what;
};

/** The words of what was asked, to be found again in the answers. */
export const askedWords = (asked: string): readonly string[] => asked.split(/\s+/).filter((word) => word !== '');

/** Shops of a product that are not as they should be: what a list is sorted by. */
const troubles = ({ places }: Pick<LookupHit, 'places'>): number =>
  places.filter(({ state }) => state !== 'linked' && state !== 'unexpected').length;

const stripOf = (hit: LookupHit): string => (hit.places.length > maxStripShops ? shareOf(hit) : heatStrip(hit.places));

const shareOf = (hit: LookupHit): string => linkedShareText(hit.linked, hit.expected, hit.differing);

/** The columns of a list of products: what was asked stands out, and every shop says how it is there. */
export const lookupColumns = (words: Words): readonly Column<LookupHit>[] => [
  {
    id: 'sku',
    title: words.screen.column.itemNumber,
    rank: 1,
    min: 8,
    max: 24,
    keepsEnd: true,
    text: ({ product, listing }) => product?.sku ?? listing?.sku ?? words.domain.noItemNumber,
    tone: () => 'strong',
    searched: true,
  },
  {
    id: 'name',
    title: words.screen.column.name,
    rank: 2,
    min: 16,
    keepsEnd: true,
    text: (hit) => nameOf(hit, words),
    searched: true,
  },
  {
    id: 'shops',
    title: words.screen.column.shops,
    rank: 3,
    min: 6,
    max: 60,
    text: stripOf,
    short: shareOf,
    tone: (hit) => linkedShareTone(hit.linked, hit.expected, hit.differing),
    pieces: (shown, hit) =>
      shown.trim() === shareOf(hit)
        ? [{ text: shown, tone: linkedShareTone(hit.linked, hit.expected, hit.differing) }]
        : stripPieces(shown, hit.places),
    sortBy: (hit) => -troubles(hit),
  },
  {
    id: 'available',
    title: words.screen.column.available,
    rank: 2,
    min: 6,
    max: 9,
    align: 'right',
    text: ({ product }) => (product === undefined ? '' : number(available(product.stock), words)),
    sortBy: ({ product }) => (product === undefined ? 0 : available(product.stock)),
  },
];

/** The line under a list of products: the shops of the row in words, and what matched where the row does not show it. */
export function hitFooter(hit: LookupHit, words: Words, asked: readonly string[] = []): readonly Piece[] {
  const isShown = hit.hit.matched === 'name' || hit.hit.matched === 'sku' || asked.length === 0;
  const matched = isShown ? '' : words.lists.matchedBy(matchedText(hit, words));
  const places = stripWords(hit.places, words);
  return [
    ...(matched === '' ? [] : [{ text: matched, tone: 'accent' as const }]),
    ...(matched === '' || places.length === 0 ? [] : [{ text: '  ' }]),
    ...places,
  ];
}

export const hitFields: readonly FilterFieldId[] = ['shop', 'status', 'stock', 'sku'];

/** What the filter sees of a product: a shop is named where something is not as it should be there. */
export const filterableHit = (hit: LookupHit, words: Words): Filterable => {
  const { product, places } = hit;
  const wrong = places.filter(({ state }) => state !== 'linked' && state !== 'unexpected');
  return {
    words: `${product?.sku ?? ''} ${nameOf(hit, words)} ${product?.gtin ?? ''}`,
    fields: {
      shop: wrong.map(({ shopId }) => shopId).join('\n'),
      status: [...new Set(places.map(({ state }) => `${state} ${words.domain.place[state]}`))].join('\n'),
      stock: product === undefined ? 0 : available(product.stock),
      sku: product?.sku ?? '',
    },
  };
};

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
    ...wrap(words.lists.matchedBy(matchedWithHow(hit, words)), width).map((text): readonly Piece[] => [
      { text, tone: 'quiet' },
    ]),
  ];
}

const matchedWithHow = (hit: LookupHit, words: Words): string =>
  hit.hit.how === 'exact'
    ? matchedText(hit, words)
    : `${matchedText(hit, words)} (${words.domain.matchedHow[hit.hit.how]})`;
