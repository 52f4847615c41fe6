import { type ListingRef, toProductId, toShopId, toShopProductId, toShopVariantId } from '../../domain/ids.ts';
import type { LineCounts, LineFilter, ShopLine } from '../../ports/store-questions.ts';
import { separator } from '../tables/key-in-shop.ts';
import type { Line } from './place-lines.ts';

/** The listing that a key names. */
export function refOfKey(key: string): ListingRef {
  const [shop = '', product = '', variant] = key.split(separator);
  const ref = { shopId: toShopId(shop), shopProductId: toShopProductId(product) };
  return variant === undefined ? ref : { ...ref, shopVariantId: toShopVariantId(variant) };
}

/** A line as the port answers it. */
export const toShopLine = (
  line: Pick<Line, 'state' | 'differs'> & { readonly productId?: string | null; readonly refKey?: string | null },
): ShopLine => ({
  ...(line.productId == null ? {} : { productId: toProductId(line.productId) }),
  ...(line.refKey == null ? {} : { ref: refOfKey(line.refKey) }),
  state: line.state,
  stockDiffers: line.differs,
});

export const noLines: LineCounts = { all: 0, linked: 0, missing: 0, conflict: 0, 'stock-differs': 0 };

export const fitsFilter = ({ state, differs }: Pick<Line, 'state' | 'differs'>, filter: LineFilter): boolean =>
  filter === 'all' || (filter === 'stock-differs' ? differs : state === filter);

export const isShown = ({ hiddenUntil }: Line, at: string): boolean => hiddenUntil === undefined || hiddenUntil <= at;
