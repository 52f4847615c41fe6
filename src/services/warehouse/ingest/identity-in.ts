import { parseGtin, parseSku } from '../../../domain/ids.ts';
import type { Product } from '../../../domain/product.ts';
import type { ChangeSet } from '../../../domain/reconcile/change-set.ts';
import { renamed } from '../../../domain/reconcile/event-edits.ts';
import type { WarehouseProduct, WarehouseSettings } from '../../../domain/warehouse/warehouse.ts';

/**
 * Name, item number and EAN that a warehouse which decides gives a product by now. No number that another product bears, and none is
 * taken away: barcodes may be what nobody may read.
 */
export function identityIn(
  row: WarehouseProduct,
  product: Product,
  { settings, changeSet }: { readonly settings: WarehouseSettings; readonly changeSet: ChangeSet },
): Partial<Pick<Product, 'sku' | 'formerSkus' | 'gtin'>> & { readonly name?: string } {
  if (settings.master !== 'warehouse') return {};
  const sku = parseSku(row.sku ?? '');
  const gtin = parseGtin(row.barcode ?? '');
  const isFree = sku !== undefined && changeSet.productsBySku(sku).every(({ id }) => id === product.id);
  return {
    ...(row.name === undefined ? {} : { name: row.name }),
    ...(isFree && sku !== product.sku ? renamed(product, sku) : {}),
    ...(gtin === undefined || gtin === product.gtin ? {} : { gtin }),
  };
}
