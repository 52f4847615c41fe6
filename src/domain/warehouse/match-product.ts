import { type ProductId, parseGtin, parseSku } from '../ids.ts';
import type { Product } from '../product.ts';
import type { WarehouseKey, WarehouseProduct } from './warehouse.ts';

/** By what a product of the warehouse was recognised. */
export type MatchedBy = 'key' | 'sku' | 'host-id' | 'gtin';

export type WarehouseMatch =
  | { readonly kind: 'matched'; readonly by: MatchedBy; readonly product: Product }
  /** Several of ours could be meant; none is chosen. */
  | { readonly kind: 'ambiguous'; readonly by: MatchedBy; readonly products: readonly Product[] }
  /** An id says that it is this one, and the item numbers say that it is not. */
  | { readonly kind: 'differs'; readonly by: MatchedBy; readonly product: Product }
  | { readonly kind: 'unknown' };

/** What is looked up for a match; each answers with all that fit. */
export type ProductFinder = {
  byKey(key: WarehouseKey): readonly Product[];
  bySku(sku: string): readonly Product[];
  byGtin(gtin: string): readonly Product[];
  /** Products that have a link to a shop product of this id, in whichever shop. */
  byHostId(productId: string, variantId: string | undefined): readonly Product[];
};

const unique = (products: readonly Product[]): readonly Product[] => [
  ...new Map<ProductId, Product>(products.map((product) => [product.id, product])).values(),
];

/**
 * Which of our products a product of the warehouse is. What was matched before stays so; then the item number decides,
 * exactly as written; then the id of the webshop it came from; then the GTIN. The last two never overrule an item
 * number that differs: that is for a person to see.
 */
export function matchProduct(one: WarehouseProduct, find: ProductFinder): WarehouseMatch {
  const sku = parseSku(one.sku ?? '');
  const known = find.byKey(one.key);
  const byKey = known.length > 1 ? known.filter((product) => product.sku === sku) : known;
  if (known.length > 0) return chosen('key', byKey.length > 0 ? byKey : known, undefined);
  const bySku = sku === undefined ? [] : unique(find.bySku(sku));
  if (bySku.length > 0) return chosen('sku', bySku, sku);
  const byHost = one.hostProductId === undefined ? [] : unique(find.byHostId(one.hostProductId, one.hostVariantId));
  if (byHost.length > 0) return chosen('host-id', byHost, sku);
  const gtin = parseGtin(one.barcode ?? '');
  const byGtin = gtin === undefined ? [] : unique(find.byGtin(gtin));
  return byGtin.length > 0 ? chosen('gtin', byGtin, sku) : { kind: 'unknown' };
}

function chosen(by: MatchedBy, products: readonly Product[], sku: string | undefined): WarehouseMatch {
  const [product, another] = products;
  if (product === undefined) return { kind: 'unknown' };
  if (another !== undefined) return { kind: 'ambiguous', by, products };
  const differs = sku !== undefined && product.sku !== undefined && product.sku !== sku;
  return { kind: differs ? 'differs' : 'matched', by, product };
}
