import type { Sellable } from '../../domain/listing.ts';
import type { PrestaProduct } from './schema.ts';
import type { ShopSettings } from './settings.ts';

/** `type` stays "simple" for a product with combinations, so what hangs on it is looked at, too. */
export const hasCombinations = (product: PrestaProduct): boolean =>
  product.product_type === 'combinations' || (product.associations?.combinations ?? []).length > 0;

type PackWords = Pick<PrestaProduct, 'type' | 'product_type' | 'pack_stock_type'>;

const isPack = (product: PackWords): boolean => product.product_type === 'pack' || product.type === 'pack';

/** What a sale of a pack takes from: 3, or nothing, is as the whole shop has it. */
export const packStockOf = (
  { pack_stock_type: own = '3' }: PackWords,
  { packStockType }: ShopSettings,
): string | undefined => (own === '3' ? packStockType : own);

/**
 * Whether a pack's stock comes from what is in it alone, so that nobody writes there. One that is taken from itself, alone
 * or along with what is in it, has a figure of its own. Where nobody tells, it is taken to have none.
 */
export const isComposed = (product: PackWords, settings: ShopSettings): boolean =>
  isPack(product) && !['0', '2'].includes(packStockOf(product, settings) ?? '');

export function sellableOf(product: PrestaProduct, settings: ShopSettings): Sellable {
  if (hasCombinations(product)) return 'parent';
  return isComposed(product, settings) ? 'not-stocked' : 'unit';
}
