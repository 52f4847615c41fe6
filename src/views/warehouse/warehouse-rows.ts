import type { ProductId } from '../../domain/ids.ts';
import type {
  PreviewRow,
  UnmatchedRow,
  WarehouseLocation,
  WarehouseSide,
} from '../../services/warehouse/warehouse-service.ts';
import { number } from '../format/numbers.ts';
import { shopCode } from '../format/refs.ts';
import type { Column } from '../list/table.ts';
import type { Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { unmatchedLine } from './unmatched-lines.ts';

/** What the warehouse screen lists: what lies where, what one side has and the other has not, and what a reading would do. */
export const warehouseSides: readonly WarehouseSide[] = ['locations', 'not-in-warehouse', 'in-no-shop', 'preview'];

/** One line of any of them, made ready to draw. */
export type WarehouseRow = {
  readonly id: string;
  readonly item: string;
  readonly name: string;
  readonly shop: string;
  readonly what: string;
  readonly figure: string;
  readonly tone?: Tone;
  readonly productId?: ProductId;
};

const figureText = (figure: number | undefined, words: Words): string =>
  figure === undefined ? '' : number(figure, words);

export const locationRow = ({ location, products, shops }: WarehouseLocation, words: Words): WarehouseRow => ({
  id: location,
  item: location,
  name: '',
  shop: shops.map(shopCode).join(', '),
  what: '',
  figure: number(products, words),
});

export function unmatchedRow(row: UnmatchedRow, words: Words): WarehouseRow {
  const { ref, what } = unmatchedLine(row, words);
  return {
    id: `${row.shopId ?? ''} ${ref} ${row.productId ?? ''}`,
    item: row.sku ?? ref,
    name: row.name,
    shop: row.shopId === undefined ? '' : shopCode(row.shopId),
    what,
    figure: figureText(row.figure, words),
    productId: row.productId,
  };
}

export function previewRow({ product, kind, by, ours, was, willBe, perShop }: PreviewRow, words: Words): WarehouseRow {
  const { match, by: byWord } = words.warehouse;
  const changed =
    was === willBe ? figureText(willBe, words) : `${figureText(was, words)} → ${figureText(willBe, words)}`;
  return {
    id: product.key,
    item: product.sku ?? product.key,
    name: product.name ?? ours[0]?.name ?? '',
    shop: perShop.map(({ shopId }) => shopCode(shopId)).join(', '),
    what: by === undefined ? match[kind] : `${match[kind]}, ${byWord[by]}`,
    figure: kind === 'matched' ? changed : '',
    tone: kind === 'matched' ? undefined : 'waiting',
    productId: kind === 'matched' ? ours[0]?.id : undefined,
  };
}

/** The columns of a side; those that say nothing there are left out. */
export function warehouseColumns(side: WarehouseSide, words: Words): readonly Column<WarehouseRow>[] {
  const { title, fact } = words.warehouse;
  const column = words.screen.column;
  const isPlace = side === 'locations';
  const columns: readonly (Column<WarehouseRow> & { readonly here: boolean })[] = [
    {
      here: true,
      id: 'item',
      title: isPlace ? title.location : words.cli.title.item,
      rank: 0,
      min: 8,
      max: 24,
      text: ({ item }) => item,
      tone: () => 'strong',
    },
    { here: !isPlace, id: 'name', title: words.cli.title.name, rank: 2, min: 10, text: ({ name }) => name },
    { here: side !== 'in-no-shop', id: 'shop', title: column.shop, rank: 1, min: 4, max: 20, text: ({ shop }) => shop },
    {
      here: !isPlace,
      id: 'what',
      title: title.match,
      rank: 3,
      min: 8,
      max: 28,
      text: ({ what }) => what,
      tone: ({ tone }) => tone,
    },
    {
      here: true,
      id: 'figure',
      title: isPlace ? fact.products : words.domain.available,
      rank: 1,
      min: 6,
      max: 14,
      align: 'right',
      text: ({ figure }) => figure,
    },
  ];
  return columns.filter(({ here }) => here);
}
