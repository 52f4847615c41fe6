import { refKey } from '../../domain/changes.ts';
import { conflictProducts } from '../../domain/event.ts';
import type { ListingRef, ProductId } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import { listingsUnderId } from '../../domain/reconcile/duplicates.ts';
import { ourSku, type Shop } from '../../domain/shop.ts';
import { acceptsStock, countsStock, lineShop, saysSold, shownAt } from '../lines/line-facts.ts';
import { lineSort } from '../lines/place-lines.ts';
import { integrationAtRef, productBySku } from '../tables/indexes.ts';
import { keyInShop } from '../tables/key-in-shop.ts';
import type { StoreTables } from '../tables/table.ts';
import { isNoChange } from './is-no-change.ts';

/** What has been touched since the lists of the shops were last brought up to date. */
export type LinesTouched = {
  /** Products whose lines have to be placed anew, and where their lines stand: nowhere where there was no product. */
  readonly products: Map<ProductId, string | undefined>;
  /** Listings whose conflicts have to be. */
  readonly conflicts: Map<string, ListingRef>;
  /** All of them: too much was touched to be named, or a shop came, went or changed hands. */
  isAll: boolean;
};

export const lineSortOf = ({ sku, content }: Product): string => lineSort(sku, content.name);

/** Notes from now on what every change of the tables touches, once somebody has brought `isAll` down. */
export function noteTouchedLines(tables: StoreTables): LinesTouched {
  const { products, listings, integrations, conflicts, sales, shops } = tables;
  const touched: LinesTouched = { products: new Map(), conflicts: new Map(), isAll: true };

  const touchAll = (): void => {
    touched.isAll = true;
    touched.products.clear();
    touched.conflicts.clear();
  };
  // The first touch finds a product as it was when the lists were brought up to date, since each change of it is one.
  const note = (id: ProductId, stood: Product | undefined): void => {
    if (touched.isAll || touched.products.has(id)) return;
    touched.products.set(id, stood && lineSortOf(stood));
    if (isNoChange(touched.products.size, products.size())) touchAll();
  };
  const touchProduct = (id: ProductId): void => note(id, products.find('', id));
  const touchConflict = (ref: ListingRef): void => {
    if (!touched.isAll) touched.conflicts.set(refKey(ref), ref);
  };
  /** Whoever holds a listing, and the conflict about it. */
  const touchAt = (ref: ListingRef): void => {
    const key = keyInShop(ref);
    for (const { productId } of integrations.by(integrationAtRef, key, ref.shopId)) touchProduct(productId);
    if (conflicts.find(ref.shopId, key) !== undefined) touchConflict(ref);
  };
  /** Products that bear an item number of a listing, of whatever lies under its id. */
  const touchNamed = (listing: Listing): void => {
    const shop = shops.find('', listing.ref.shopId);
    for (const { sku } of listingsUnderId(listing)) {
      if (sku === undefined || shop === undefined) continue;
      for (const { id } of products.by(productBySku, ourSku(shop, sku))) touchProduct(id);
    }
  };
  const whenNoting =
    <Row>(onChange: (row: Row | undefined, before: Row | undefined) => void) =>
    (row: Row | undefined, before: Row | undefined): void => {
      if (!touched.isAll) onChange(row, before);
    };
  const each = <Row>(onRow: (row: Row) => void) =>
    whenNoting<Row>((row, before) => {
      if (before !== undefined) onRow(before);
      if (row !== undefined) onRow(row);
    });

  products.listen(
    whenNoting((row, before) => {
      const id = (row ?? before)?.id;
      if (id !== undefined) note(id, before);
    }),
  );
  listings.listen(
    whenNoting((row, before) => {
      if (row !== undefined && before !== undefined && shownOf(row) === shownOf(before)) return;
      for (const listing of [before, row]) {
        if (listing === undefined) continue;
        touchAt(listing.ref);
        touchNamed(listing);
      }
    }),
  );
  integrations.listen(
    each(({ productId, ref }) => {
      touchProduct(productId);
      touchAt(ref);
    }),
  );
  conflicts.listen(
    each((conflict) => {
      for (const id of conflictProducts(conflict)) touchProduct(id);
      touchConflict(conflict.ref);
    }),
  );
  sales.listen(each(({ ref }) => touchAt(ref)));
  tables.tombstones.listen(each(({ integration }) => touchProduct(integration.productId)));
  tables.marks.listen(each(({ productId }) => touchProduct(productId)));
  tables.stockLevels.listen(each(({ productId }) => touchProduct(productId)));
  tables.rulings.listen(each((ruling) => ruling.kind === 'not-the-same' && touchProduct(ruling.productId)));
  shops.listen(
    whenNoting((row, before) => {
      if (scopeOf(row) !== scopeOf(before)) touchAll();
    }),
  );
  return touched;
}

const scopeOf = (shop: Shop | undefined): string => (shop === undefined ? '' : JSON.stringify(lineShop(shop)));

/** All of a listing that a line may show, or that it is found by. */
const shownOf = (listing: Listing): string => {
  const { sku, gtin, barcode, content, stock, listedAt } = listing;
  return JSON.stringify([
    ...[sku, gtin, barcode, content.name, listedAt, stock.tracked ? stock.quantity : null, shownAt(listing)],
    ...[saysSold(listing), countsStock(listing), acceptsStock(listing)],
    listing.beside?.map((one) => one.sku),
  ]);
};
