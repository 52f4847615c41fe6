import { type ListingRef, parseGtin, parseSku, toShopProductId, toShopVariantId } from '../../../domain/ids.ts';
import type { Integration } from '../../../domain/integration.ts';
import { type Product, warehouseCode } from '../../../domain/product.ts';
import type { ProductFinder } from '../../../domain/warehouse/match-product.ts';
import type { WarehouseId, WarehouseProduct } from '../../../domain/warehouse/warehouse.ts';
import type { StoreReader } from '../../../ports/store.ts';

const grouped = <Item>(items: readonly Item[], keyOf: (item: Item) => string | undefined) => Map.groupBy(items, keyOf);

/** All that a page of the warehouse may match, in a handful of questions however long the page is. */
export async function findProducts(
  now: StoreReader,
  rows: readonly WarehouseProduct[],
  source: WarehouseId,
): Promise<{ readonly find: ProductFinder; readonly products: readonly Product[] }> {
  const skus = rows.flatMap(({ sku }) => parseSku(sku ?? '') ?? []);
  const gtins = rows.flatMap(({ barcode }) => parseGtin(barcode ?? '') ?? []);
  const warehouseCodes = rows.map(({ key }) => warehouseCode({ source, key }));
  const hosted = await linksAt(now, rows);
  const [identified, linked] = await Promise.all([
    now.productsBy({ skus, gtins, warehouseCodes }),
    now.products(hosted.map(({ productId }) => productId)),
  ]);
  const products = [...new Map([...identified, ...linked].map((one) => [one.id, one])).values()];
  const byId = new Map(products.map((product) => [product.id, product]));
  const byKey = grouped(products, ({ warehouse }) => (warehouse?.source === source ? warehouse.key : undefined));
  const [bySku, byGtin] = [grouped(products, ({ sku }) => sku), grouped(products, ({ gtin }) => gtin)];
  const byHost = grouped(hosted, ({ ref }) => hostKey(ref.shopProductId, ref.shopVariantId));
  const find: ProductFinder = {
    byKey: (key) => byKey.get(key) ?? [],
    bySku: (sku) => bySku.get(sku) ?? [],
    byGtin: (gtin) => byGtin.get(gtin) ?? [],
    byHostId: (productId, variantId) =>
      (byHost.get(hostKey(productId, variantId)) ?? []).flatMap((link) => byId.get(link.productId) ?? []),
  };
  return { find, products };
}

const hostKey = (productId: string, variantId: string | undefined): string => JSON.stringify([productId, variantId]);

/** The links at the ids that the warehouse names, in whichever shop: it does not say which one it means. */
async function linksAt(now: StoreReader, rows: readonly WarehouseProduct[]): Promise<readonly Integration[]> {
  const hosted = rows.filter(({ hostProductId }) => hostProductId !== undefined);
  if (hosted.length === 0) return [];
  const shops = await now.shops();
  const refs = shops.flatMap(({ id: shopId }) =>
    hosted.map(
      ({ hostProductId = '', hostVariantId }): ListingRef => ({
        shopId,
        shopProductId: toShopProductId(hostProductId),
        shopVariantId: hostVariantId === undefined ? undefined : toShopVariantId(hostVariantId),
      }),
    ),
  );
  return now.integrationsAt(refs);
}
