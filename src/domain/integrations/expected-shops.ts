import type { ShopId } from '../ids.ts';
import type { Mark } from '../mark.ts';
import type { Product } from '../product.ts';
import type { Shop } from '../shop.ts';

/** Whether two shops belong to one goods owner; shops without an owner belong together. */
const sameOwner = (a: Shop, b: Shop): boolean =>
  a.owner?.name === b.owner?.name && a.owner?.skuPostfix === b.owner?.skuPostfix;

/**
 * The shops in which a product should have a link: all of the owner's whose shops know it, less those marked
 * "not for this shop". A product made in the warehouse and listed nowhere is expected nowhere (S2, S8).
 */
export function expectedShops(
  product: Product,
  shops: readonly Shop[],
  known: { readonly knownIn: readonly ShopId[]; readonly marks: readonly Mark[] },
): readonly ShopId[] {
  const related = shops.filter((shop) => known.knownIn.includes(shop.id));
  const unwanted = known.marks.filter((mark) => mark.kind === 'not-for-this-shop' && mark.productId === product.id);
  return shops
    .filter((shop) => related.some((other) => sameOwner(shop, other)))
    .filter((shop) => !unwanted.some((mark) => mark.shopId === shop.id || mark.shopId === undefined))
    .map((shop) => shop.id);
}
