import { parseGtin, parseSku } from '../../../domain/ids.ts';
import type { Product } from '../../../domain/product.ts';
import type { ChangeSet } from '../../../domain/reconcile/change-set.ts';
import { renamed } from '../../../domain/reconcile/event-edits.ts';
import type { WarehouseProduct } from '../../../domain/warehouse/warehouse.ts';

/**
 * The item number and the EAN that the warehouse gives a product by now. None that another product bears, and none is
 * taken away: barcodes may be what nobody may read.
 */
export function identityIn(row: WarehouseProduct, product: Product, changeSet: ChangeSet): Partial<Product> {
  const sku = parseSku(row.sku ?? '');
  const gtin = parseGtin(row.barcode ?? '');
  const isFree = sku !== undefined && changeSet.productsBySku(sku).every(({ id }) => id === product.id);
  return {
    ...(isFree && sku !== product.sku ? renamed(product, sku) : {}),
    ...(gtin === undefined || gtin === product.gtin ? {} : { gtin }),
  };
}
