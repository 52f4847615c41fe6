import { refKey } from '../../domain/changes.ts';
import type { ListingRef, ProductId } from '../../domain/ids.ts';
import { lineShop } from '../lines/line-facts.ts';
import type { LineShop } from '../lines/line-inputs.ts';
import { type Line, productLine, showsConflict } from '../lines/place-lines.ts';
import { conflictOfProduct } from '../tables/indexes.ts';
import type { SortedList } from '../tables/sorted-list.ts';
import type { StoreTables } from '../tables/table.ts';
import { type LinesTouched, lineSortOf, noteTouchedLines } from './lines-touched.ts';
import { compareText, makeShopList, type ProductPlace, productLines, type ShopList } from './shop-list.ts';
import { conflictLineAt, linesOfProduct } from './table-lines.ts';

/** The lists of all shops. */
export type KeptLines = {
  readonly shops: ReadonlyMap<string, ShopList>;
  /** The lines of goods on the shelf, in all shops, by their products. */
  readonly shelf: () => SortedList<Line, ProductPlace>;
};

/** Answers the lists as they stand: made when somebody first asks, and from then on moved by what was touched. */
export function makeKeptLines(tables: StoreTables): () => KeptLines {
  let touched: LinesTouched | undefined;
  let lists: Lists | undefined;
  return () => {
    touched ??= noteTouchedLines(tables);
    if (lists === undefined || touched.isAll) {
      // The old ones go before the new ones come: both at once would be much memory.
      lists = undefined;
      lists = makeLists(tables);
      touched.isAll = false;
    } else lists.replace(touched);
    touched.products.clear();
    touched.conflicts.clear();
    return lists;
  };
}

type Lists = KeptLines & { readonly replace: (touched: LinesTouched) => void };

function makeLists(tables: StoreTables): Lists {
  const lineShops = [...tables.shops.all()].map(lineShop);
  const shops = new Map([...linesInOrder(tables, lineShops)].map(([id, lines]) => [id, makeShopList(lines)]));
  const conflicts = new Map<string, Line>();
  const shelf = productLines((line) => line.inStock && line.productId !== undefined);

  const put = (line: Line): void => {
    shops.get(line.shopId)?.put(line);
    shelf.put(line);
  };
  const drop = (line: Line): void => {
    shops.get(line.shopId)?.drop(line);
    shelf.drop(line);
  };
  const replaceProduct = (id: ProductId, sort: string | undefined): void => {
    const key = productLine(id);
    const stood = sort === undefined ? [] : [...shops.values()].flatMap(({ lines }) => lines.find({ sort, key }) ?? []);
    stood.forEach(drop);
    linesOfProduct(tables, id, lineShops).forEach(put);
  };
  /** Whether a product's own line tells of a conflict. */
  const tells = (shopId: string, id: ProductId): boolean => {
    const product = tables.products.find('', id);
    const place = product && { sort: lineSortOf(product), key: productLine(id) };
    return showsConflict(place && shops.get(shopId)?.lines.find(place));
  };
  const replaceConflict = (key: string, ref: ListingRef): void => {
    const stood = conflicts.get(key);
    if (stood !== undefined) drop(stood);
    conflicts.delete(key);
    const line = conflictLineAt(tables, ref, tells);
    if (line === undefined) return;
    conflicts.set(key, line);
    put(line);
  };
  const allLines = function* (): Generator<Line> {
    for (const { lines } of shops.values()) yield* lines.from();
  };
  for (const { ref } of tables.conflicts.all()) replaceConflict(refKey(ref), ref);
  return {
    shops,
    shelf: () => shelf.of(allLines()),
    replace(touched) {
      for (const [id, sort] of touched.products) {
        replaceProduct(id, sort);
        for (const { ref } of tables.conflicts.by(conflictOfProduct, id)) touched.conflicts.set(refKey(ref), ref);
      }
      for (const [key, ref] of touched.conflicts) replaceConflict(key, ref);
    },
  };
}

/** The lines of all products, shop by shop, in order: of products that are in order already. */
function linesInOrder(tables: StoreTables, lineShops: readonly LineShop[]): ReadonlyMap<string, readonly Line[]> {
  const lines = new Map(lineShops.map(({ id }): [string, Line[]] => [id, []]));
  const products = [...tables.products.all()].map((product) => ({ id: product.id, sort: lineSortOf(product) }));
  products.sort((a, b) => compareText(a.sort, b.sort) || compareText(a.id, b.id));
  for (const { id } of products)
    for (const line of linesOfProduct(tables, id, lineShops)) lines.get(line.shopId)?.push(line);
  return lines;
}
