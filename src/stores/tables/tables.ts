import type { Changes, RecordKey, TableName, Tables } from '../../domain/changes.ts';
import { keyOf } from '../../domain/changes.ts';
import type { ListingRef } from '../../domain/ids.ts';
import { keyInShop, separator } from './key-in-shop.ts';
import { makeTable, type RecordAddress, type StoreTables, type Table } from './table.ts';

export type { StoreTables };

export const tableNames = [
  'shops',
  'shopStates',
  'products',
  'stockLevels',
  'listings',
  'integrations',
  'tombstones',
  'conflicts',
  'rulings',
  'sales',
  'marks',
  'plans',
] as const satisfies readonly TableName[];

const shopFirst = (key: RecordKey): RecordAddress => {
  const cut = key.indexOf(separator);
  return { partition: key.slice(0, cut), key: key.slice(cut + 1) };
};
const shopLast = (key: RecordKey): RecordAddress => {
  const cut = key.indexOf(separator);
  return { partition: key.slice(cut + 1), key: key.slice(0, cut) };
};
const noShop = (key: RecordKey): RecordAddress => ({ partition: '', key });
const plain = <Name extends TableName>(name: Name): Table<Tables[Name]> =>
  makeTable<Tables[Name]>({ addressOf: (row) => noShop(keyOf[name](row)), split: noShop });
const byRef = <Row extends { readonly ref: ListingRef }>(): Table<Row> =>
  makeTable<Row>({ addressOf: ({ ref }) => ({ partition: ref.shopId, key: keyInShop(ref) }), split: shopFirst });

export function makeTables(): StoreTables {
  return {
    shops: plain('shops'),
    shopStates: plain('shopStates'),
    products: plain('products'),
    stockLevels: plain('stockLevels'),
    listings: byRef(),
    integrations: makeTable({
      addressOf: ({ productId, ref }) => ({ partition: ref.shopId, key: productId }),
      split: shopLast,
    }),
    tombstones: makeTable({
      addressOf: ({ integration: { productId, ref } }) => ({ partition: ref.shopId, key: productId }),
      split: shopLast,
    }),
    conflicts: byRef(),
    rulings: makeTable({ addressOf: (ruling) => shopFirst(keyOf.rulings(ruling)), split: shopFirst }),
    sales: byRef(),
    marks: plain('marks'),
    plans: plain('plans'),
  };
}

/** Writes a change that has been checked already: one's own, or a line of the journal. */
export function applyUnchecked(tables: StoreTables, changes: Pick<Changes, 'put' | 'drop'>): void {
  for (const name of tableNames) {
    for (const key of changes.drop[name] ?? []) tables[name].drop(key);
    putAll(tables, name, changes.put[name]);
  }
}

function putAll<Name extends TableName>(
  tables: StoreTables,
  name: Name,
  rows: readonly Tables[Name][] | undefined,
): void {
  if (rows === undefined) return;
  const table: Table<Tables[Name]> = tables[name];
  for (const row of rows) table.put(row);
}
