import { keyOf, refKey, type TableName, type Tables } from '../../domain/changes.ts';
import { barcodeKey, looseSku } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { available, type Product, warehouseCode } from '../../domain/product.ts';
import { listingsUnderId } from '../../domain/reconcile/duplicates.ts';
import { listingState } from '../lines/is-open-listing.ts';
import { acceptsStock, countsStock, saysSold, sentAt, shownAt } from '../lines/line-facts.ts';
import type { FiguresAt } from '../lines/line-inputs.ts';
import { edge } from '../search/corpus.ts';
import { foldText } from '../search/fold.ts';
import { partsOfProduct } from '../search/search.ts';
import type { Cell, Column } from './engine.ts';

/** How a kind of record lies in its table: columns for what is asked for, and the whole of it in `body`. */
export type TableSpec<Name extends TableName = TableName> = {
  readonly name: Name;
  readonly table: string;
  readonly columns: readonly Column[];
  readonly cells: (record: Tables[Name]) => readonly Cell[];
};

// PostgreSQL keeps no NUL and no half of a pair in a text; what a column holds is for finding, the record is in `body`.
export const plain = (value: string): string => value.replaceAll('\0', '').toWellFormed();
const text = (value: string | undefined): Cell => (value === undefined ? null : plain(value));
const figures = (at: FiguresAt | undefined): Cell => (at === undefined ? null : JSON.stringify(at));
const flag = (value: boolean): Cell => (value ? 1 : 0);

function spec<Name extends TableName>(
  name: Name,
  table: string,
  columns: { readonly [column: string]: ((record: Tables[Name]) => Cell) | NumberOf<Tables[Name]> },
): TableSpec<Name> {
  const given = Object.entries(columns);
  const readers = given.map(([, column]) => (typeof column === 'function' ? column : column.number));
  return {
    name,
    table,
    columns: [
      { name: 'key', holds: 'text' },
      ...given.map(([column, read]) => ({
        name: column,
        holds: typeof read === 'function' ? ('text' as const) : ('number' as const),
      })),
      { name: 'body', holds: 'json' },
    ],
    cells: (record) => [plain(keyOf[name](record)), ...readers.map((read) => read(record)), JSON.stringify(record)],
  };
}
type NumberOf<Row> = { readonly number: (record: Row) => Cell };
const number = <Row>(read: (record: Row) => number | undefined): NumberOf<Row> => ({
  number: (record) => {
    const value = read(record);
    return value !== undefined && Number.isSafeInteger(value) ? value : null;
  },
});
const yes = <Row>(read: (record: Row) => boolean): NumberOf<Row> => ({ number: (record) => flag(read(record)) });

const searchText = (parts: readonly { readonly text: string }[]): Cell =>
  plain(edge + parts.map((part) => foldText(part.text)).join(edge) + edge);

/** Every kind of record, as it lies in its table. */
export const specs: { readonly [Name in TableName]: TableSpec<Name> } = {
  shops: spec('shops', 'shops', {}),
  shopStates: spec('shopStates', 'shop_states', {}),
  products: spec('products', 'products', {
    sku: ({ sku }) => text(sku),
    gtin: ({ gtin }) => text(gtin),
    loose_sku: ({ sku }) => text(sku === undefined ? undefined : looseSku(sku)),
    origin_ref: ({ contentFrom }) => text(contentFrom && refKey(contentFrom)),
    name: ({ content }) => text(content.name),
    search: (product) => searchText(partsOfProduct(product)),
    on_hand: number(({ stock }) => stock.onHand),
    available: number(({ stock }) => available(stock)),
  }),
  stockLevels: spec('stockLevels', 'stock_levels', {
    product_id: ({ productId }) => text(productId),
    location: ({ location }) => text(location),
    hundredths: number(({ available: free }) => Math.round(free * 100)),
  }),
  listings: spec('listings', 'listings', {
    shop_id: ({ ref }) => text(ref.shopId),
    shop_product_id: ({ ref }) => text(ref.shopProductId),
    shop_variant_id: ({ ref }) => text(ref.shopVariantId),
    sku: ({ sku }) => text(sku),
    gtin: ({ gtin }) => text(gtin),
    barcode: ({ barcode }) => text(barcode === undefined ? undefined : barcodeKey(barcode)),
    loose_sku: ({ sku }) => text(sku === undefined ? undefined : looseSku(sku)),
    name: ({ content }) => text(content.name),
    activity: ({ activity }) => text(activity),
    listed_at: ({ listedAt }) => text(listedAt),
    seen_in: ({ seenIn }) => text(seenIn),
    // Worked out when its product is known: see writing/own-texts.ts.
    search: () => '',
    quantity: number(({ stock }) => (stock.tracked ? stock.quantity : undefined)),
    quantities_at: (listing) => figures(shownAt(listing)),
    sold: yes(saysSold),
    counted: yes(countsStock),
    tellable: yes(acceptsStock),
    parent: yes(({ sellable }) => sellable === 'parent'),
    besides: yes((listing) => listingState(listing).besides),
    linkable: yes((listing) => listingState(listing).linkable),
    resting: yes((listing) => listingState(listing).resting),
  }),
  integrations: spec('integrations', 'integrations', {
    product_id: ({ productId }) => text(productId),
    shop_id: ({ ref }) => text(ref.shopId),
    ref_key: ({ ref }) => text(refKey(ref)),
    pushed: number(({ pushed }) => pushed?.quantity),
    pushed_at: ({ pushed }) => figures(sentAt(pushed)),
  }),
  tombstones: spec('tombstones', 'tombstones', {
    product_id: ({ integration }) => text(integration.productId),
    shop_id: ({ integration }) => text(integration.ref.shopId),
    ref_key: ({ integration }) => text(refKey(integration.ref)),
  }),
  conflicts: spec('conflicts', 'conflicts', {
    shop_id: ({ ref }) => text(ref.shopId),
    kind: ({ kind }) => text(kind),
    since: ({ since }) => text(since),
  }),
  rulings: spec('rulings', 'rulings', {
    shop_id: ({ ref }) => text(ref.shopId),
    ref_key: ({ ref }) => text(refKey(ref)),
    product_id: (ruling) => (ruling.kind === 'not-the-same' ? text(ruling.productId) : null),
  }),
  sales: spec('sales', 'sales', { shop_id: ({ ref }) => text(ref.shopId), sold_at: ({ at }) => text(at) }),
  marks: spec('marks', 'marks', {
    product_id: ({ productId }) => text(productId),
    shop_id: ({ shopId }) => text(shopId),
    kind: ({ kind }) => text(kind),
    until: ({ until }) => text(until),
  }),
  plans: spec('plans', 'plans', { made_at: ({ madeAt }) => text(madeAt) }),
};

/** What else a product is found by: the item numbers that it had before, and its key in the warehouse. */
export const productCodesOf = ({
  id,
  formerSkus = [],
  warehouse,
}: Product): readonly (readonly [string, string, string])[] => [
  ...[...new Set(formerSkus)].map((sku) => [id, 'former_sku', plain(sku)] as const),
  ...(warehouse === undefined ? [] : [[id, 'warehouse', plain(warehouseCode(warehouse))] as const]),
];

/** The identifiers of what lies beside a listing, under the same id: it is found by them too. */
export const codesOf = (listing: Listing): readonly (readonly [key: string, kind: string, code: string])[] =>
  listingsUnderId(listing)
    .slice(1)
    .flatMap(({ sku, gtin, barcode, seenIn }) => {
      const key = refKey(listing.ref);
      const codes = [
        ['sku', sku],
        ['gtin', gtin],
        ['barcode', barcode === undefined ? undefined : barcodeKey(barcode)],
        ['loose_sku', sku === undefined ? undefined : looseSku(sku)],
        ['seen_in', seenIn],
      ] as const;
      return codes.flatMap(([kind, code]) => (code === undefined ? [] : [[key, kind, plain(code)] as const]));
    });
