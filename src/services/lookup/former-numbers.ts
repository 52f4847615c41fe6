import { type ProductId, type Sku, toSku } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import type { StoreReader } from '../../ports/store.ts';

const historyLimit = 20_000;

/**
 * Products by item numbers that they had before: as they are kept on the product, else as the history tells of them,
 * for what was renamed before numbers were kept.
 */
export async function productsByFormerNumber(
  now: StoreReader,
  skus: readonly Sku[],
): Promise<ReadonlyMap<Sku, readonly Product[]>> {
  if (skus.length === 0) return new Map();
  const found = new Map<Sku, readonly Product[]>();
  for (const product of await now.productsBy({ formerSkus: skus })) {
    for (const sku of product.formerSkus ?? []) found.set(sku, [...(found.get(sku) ?? []), product]);
  }
  const left = new Set<string>(skus.filter((sku) => !found.has(sku)));
  if (left.size === 0) return found;
  const renamed = await now.history({ types: ['product-renamed'], limit: historyLimit });
  const ids = new Map<Sku, ProductId>();
  for (const event of renamed) {
    if (event.type !== 'product-renamed' || event.was === undefined || !left.has(event.was)) continue;
    ids.set(toSku(event.was), event.productId);
  }
  const products = new Map((await now.products([...new Set(ids.values())])).map((product) => [product.id, product]));
  for (const [sku, id] of ids) {
    const product = products.get(id);
    if (product !== undefined && product.sku !== sku) found.set(sku, [product]);
  }
  return found;
}
