import type { ProductId } from '../../domain/ids.ts';
import { type InactiveRow, rungs } from '../../domain/inactive/inactive-row.ts';
import { wholeUnits } from '../../domain/money.ts';
import type { PlaceSummary } from '../../services/lookup/lookup-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { shopCode } from '../format/refs.ts';
import type { Filterable, FilterFieldId } from '../list/filter-conditions.ts';
import type { Column } from '../list/table.ts';
import { heatStrip, maxStripShops, stripPieces } from '../lookup/heat-strip.ts';
import { cleanName } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { inactiveLine, rungSign, rungTone, rungWord, signalKind } from './inactive-lines.ts';

/** A product of the report with its rows, one a shop, the surest first. */
export type InactiveProduct = {
  readonly productId: ProductId;
  /** The row that its place in the list comes from. */
  readonly worst: InactiveRow;
  readonly rows: readonly InactiveRow[];
};

export const inactiveProductId = ({ productId }: InactiveProduct): string => productId;
export const inactiveProductFields: readonly FilterFieldId[] = [
  'shop',
  'status',
  'why',
  'since',
  'stock',
  'value',
  'sku',
];

/** The rows of the report gathered by product, in the order of each product's first. */
export const inactiveProducts = (rows: readonly InactiveRow[]): readonly InactiveProduct[] =>
  [...Map.groupBy(rows, ({ productId }) => productId)].flatMap(([productId, own]) => {
    const [worst] = own;
    return worst === undefined ? [] : [{ productId, worst, rows: own }];
  });

/** How a product stands in every shop, once that is known. */
export type PlacesOf = (id: ProductId) => readonly PlaceSummary[] | undefined;

const stripOf = (product: InactiveProduct, places: PlacesOf): string => {
  const known = places(product.productId);
  return known === undefined || known.length > maxStripShops
    ? product.rows.map(({ shopId, rung }) => `${shopCode(shopId)}${rungSign(rung)}`).join(' ')
    : heatStrip(known);
};

/** The columns of the report, a product a line: how sure, which, where, how much of it. */
export function inactiveProductColumns(format: FormatContext, places: PlacesOf): readonly Column<InactiveProduct>[] {
  const { column } = format.words.screen;
  const line = ({ worst }: InactiveProduct) => inactiveLine(worst, format);
  return [
    {
      id: 'rung',
      title: column.sure,
      rank: 1,
      min: 12,
      max: 24,
      text: (one) => `${line(one).sign} ${line(one).rung}`,
      tone: (one) => line(one).tone,
      sortBy: ({ worst }) => rungs.indexOf(worst.rung),
    },
    {
      id: 'sku',
      title: column.itemNumber,
      rank: 1,
      min: 8,
      max: 20,
      text: (one) => line(one).item,
      tone: () => 'strong',
      searched: true,
    },
    {
      id: 'name',
      title: column.name,
      rank: 5,
      min: 16,
      keepsEnd: true,
      searched: true,
      text: ({ worst }) => cleanName(worst.name),
    },
    {
      id: 'shops',
      title: column.shops,
      rank: 2,
      min: 6,
      max: 60,
      text: (one) => stripOf(one, places),
      pieces: (shown, { productId }) => stripPieces(shown, places(productId) ?? []),
      sortBy: ({ rows }) => -rows.length,
    },
    {
      id: 'onHand',
      title: column.onHand,
      rank: 3,
      min: 5,
      max: 8,
      align: 'right',
      text: (one) => line(one).onHand,
      sortBy: ({ worst }) => worst.onHand,
    },
    {
      id: 'value',
      title: column.value,
      rank: 3,
      min: 8,
      max: 14,
      align: 'right',
      text: (one) => line(one).value,
      sortBy: ({ worst }) => (worst.value === undefined ? -1 : wholeUnits(worst.value)),
    },
    {
      id: 'days',
      ages: true,
      title: column.days,
      rank: 6,
      min: 4,
      max: 6,
      align: 'right',
      text: (one) => line(one).days,
      sortBy: ({ worst }) => worst.since ?? '',
    },
    { id: 'tick', title: column.checked, rank: 7, min: 8, max: 26, text: (one) => line(one).tick },
  ];
}

/** What the filter sees of a product of the report: every shop that it lies still in, and why. */
export const filterableInactiveProduct = ({ worst, rows }: InactiveProduct, words: Words): Filterable => {
  const distinct = (values: readonly string[]): string => [...new Set(values)].join('\n');
  return {
    words: `${worst.sku ?? ''} ${worst.name} ${rows.map(({ ref }) => ref?.shopProductId ?? '').join(' ')}`,
    fields: {
      shop: distinct(rows.map(({ shopId }) => shopId)),
      status: distinct(rows.map(({ rung }) => `${rung} ${rungWord(rung, words)}`)),
      why: distinct(rows.flatMap(({ signals }) => signals.map((signal) => signalKind(signal, words)))),
      since: worst.since ?? '',
      stock: worst.onHand,
      value: worst.value === undefined ? 0 : wholeUnits(worst.value),
      sku: worst.sku ?? '',
    },
  };
};

/** What a product is called and why it is told of; how sure it is of each shop where that is not the same of all. */
export function inactiveFooter({ rows, worst }: InactiveProduct, format: FormatContext): readonly Piece[] {
  const bySureness = [...Map.groupBy(rows, ({ rung }) => rung)];
  const why = inactiveLine(worst, format).signals[0] ?? '';
  const shops = bySureness.flatMap(([rung, alike]): readonly Piece[] => [
    { text: ` · ${alike.map(({ shopId }) => shopCode(shopId)).join(', ')} ` },
    { text: rungWord(rung, format.words), tone: rungTone(rung) },
  ]);
  return [
    { text: cleanName(worst.name), tone: 'strong' },
    ...(bySureness.length > 1 ? shops : []),
    { text: why === '' ? '' : `: ${why}`, tone: 'quiet' },
  ];
}

/** How many products and places stand in the report. */
export const reportSize = (products: number, places: number, words: Words): string =>
  words.lists.productsIn(words.domain.products(number(products, words)), number(places, words));
