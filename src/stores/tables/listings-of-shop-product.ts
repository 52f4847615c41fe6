import type { ShopProductId } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { variantByProductId } from './indexes.ts';
import type { Table } from './table.ts';

/** The product itself where it is sold without variants, and its variants where it is not. */
export function listingsOfShopProduct(
  listings: Table<Listing>,
  shop: string,
  id: ShopProductId | string,
): readonly Listing[] {
  const itself = listings.find(shop, id);
  const variants = listings.by(variantByProductId, id, shop);
  return itself === undefined ? variants : [itself, ...variants];
}
