import type { Actor } from '../../../domain/actor.ts';
import { type Instant, parseGtin, parseSku } from '../../../domain/ids.ts';
import type { Product } from '../../../domain/product.ts';
import type { ChangeSet } from '../../../domain/reconcile/change-set.ts';
import type { WarehouseProduct, WarehouseSettings } from '../../../domain/warehouse/warehouse.ts';

type Taking = {
  readonly settings: WarehouseSettings;
  readonly changeSet: ChangeSet;
  readonly at: Instant;
  readonly by: Actor;
};

/**
 * Gives a product the name, item number and EAN that a warehouse which decides has for it, and answers it as it is then.
 * No number is taken from another product, and none is taken away: barcodes may be what nobody may read.
 */
export function takeIdentity(
  row: WarehouseProduct,
  product: Product,
  { settings, changeSet, at, by }: Taking,
): Product {
  if (settings.master !== 'warehouse') return product;
  const { id: productId, content: before, sku: was } = product;
  const said = { at, by, productId, source: settings.kind };
  const content = { ...before, name: row.name ?? before.name };
  const ean = parseGtin(row.barcode ?? '');
  const gtin = ean === undefined || ean === product.gtin ? undefined : { was: product.gtin, now: ean };
  if (content.name !== before.name || gtin !== undefined)
    changeSet.record([{ ...said, type: 'product-updated', before, content, gtin }]);
  const sku = parseSku(row.sku ?? '');
  const isFree = sku !== undefined && changeSet.productsBySku(sku).every(({ id }) => id === productId);
  if (isFree && sku !== was) changeSet.record([{ ...said, type: 'product-renamed', was, sku }]);
  return changeSet.product(productId) ?? product;
}
