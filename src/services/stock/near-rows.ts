import { parseSku, type Sku } from '../../domain/ids.ts';
import { brokenIn } from '../../domain/warehouse/file-fault.ts';
import { matchProduct, type ProductFinder } from '../../domain/warehouse/match-product.ts';
import { originalsOf } from '../../domain/warehouse/rewritten-numbers.ts';
import type { WarehouseProduct } from '../../domain/warehouse/warehouse.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import type { StoreReader } from '../../ports/store.ts';
import { maxRewritten, nearNumbers } from './near-numbers.ts';

/**
 * Rows of a file that are none of ours while a product is called nearly so, as `stock import` names them. Where the file
 * holds that product as well, the two are two.
 */
export async function nearRows(
  now: StoreReader,
  rows: readonly WarehouseProduct[],
  find: ProductFinder,
): Promise<ReadonlyMap<WarehouseProduct, BrokenRow>> {
  const unknown = rows.flatMap((row) => {
    const sku = row.inFile === undefined ? undefined : parseSku(row.sku ?? '');
    return sku === undefined || matchProduct(row, find).kind !== 'unknown' ? [] : [{ row, sku }];
  });
  const near = await nearNumbers(
    now,
    unknown.map(({ sku }) => sku),
    { rewrittenLeft: maxRewritten },
  );
  const named = near.size === 0 ? new Set() : new Set(rows.map(({ sku }) => parseSku(sku ?? '')));
  return new Map(
    unknown.flatMap(({ row, sku }) => {
      const meant = near.get(sku);
      if (meant === undefined || named.has(meant) || row.inFile === undefined) return [];
      return [[row, brokenRow(row.inFile, sku, meant)] as const];
    }),
  );
}

const brokenRow = (inFile: NonNullable<WarehouseProduct['inFile']>, sku: Sku, near: Sku): BrokenRow => {
  const what = originalsOf(sku) === undefined ? 'near-product' : 'spreadsheet-number';
  return { shopProductId: sku, ...brokenIn({ ...inFile, column: 'sku', what, value: sku, near }) };
};
