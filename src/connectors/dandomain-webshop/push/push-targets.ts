import type { PushRefusal } from '../../../domain/push-plan.ts';
import type { BrokenRow, Quantity } from '../../../ports/shop-connector.ts';
import type { FieldContent } from '../../driver-parts/push/figure-outcome.ts';
import { missingTarget, unreadTarget } from '../../driver-parts/push/unread-target.ts';
import { sellableOf, stateOf, stockOf, variantState } from '../map.ts';
import type { WebshopOptions } from '../options.ts';
import type { WebshopProduct } from '../schema.ts';

export type Products = ReadonlyMap<string, WebshopProduct>;
/** One figure to write, and what stands there now. */
export type Write = {
  readonly quantity: Quantity;
  readonly productId: string;
  readonly variantId?: string;
  readonly was?: number;
  readonly unreadable?: FieldContent['unreadable'];
};
/** What the shop shows of the products that are written to, and where a variant is that is not under its own. */
export type Now = {
  readonly fresh: Products;
  readonly broken: readonly BrokenRow[];
  readonly parents: ReadonlyMap<string, string>;
};
export type Refused = { readonly why: PushRefusal; readonly said?: string };

/** Judges one target by what the shop says now. Nothing is switched on, moved or created to make a write fit. */
export function targetOf(quantity: Quantity, now: Now, options: WebshopOptions): Write | Refused {
  const { shopProductId, shopVariantId } = quantity.ref;
  if (shopVariantId !== undefined) return variantTarget(quantity, now, options);
  const product = now.fresh.get(shopProductId);
  if (product === undefined) return missingTarget(now.broken, quantity.ref);
  const sellable = sellableOf(product);
  if (sellable !== 'unit')
    return { why: 'not-a-unit', said: sellable === 'parent' ? 'it has variants' : product.TypeLabel };
  const { activity, shopSays } = stateOf(product, options);
  if (activity !== 'active') return { why: 'inactive-in-shop', said: shopSays };
  const stock = stockOf(product, product, options);
  if (!stock.tracked) return { why: 'not-tracked-in-shop', said: 'AutoStock 0' };
  return withLocation({ quantity, productId: product.Id, ...fieldOf(stock) }, options);
}

function variantTarget(quantity: Quantity, { fresh, broken, parents }: Now, options: WebshopOptions): Write | Refused {
  const { shopProductId, shopVariantId } = quantity.ref;
  const product = fresh.get(shopProductId);
  const variant = product?.variants.find(({ Id }) => Id === shopVariantId);
  if (product === undefined || variant === undefined) {
    const unread = unreadTarget(broken, quantity.ref);
    if (unread !== undefined) return unread;
    const parent = parents.get(shopVariantId ?? '');
    const elsewhere = parent !== undefined && parent !== shopProductId;
    return elsewhere ? { why: 'variant-moved', said: `now under product ${parent}` } : { why: 'not-found-in-shop' };
  }
  const { activity, shopSays } = variantState(variant, product, options);
  if (activity !== 'active') return { why: 'inactive-in-shop', said: shopSays };
  const stock = stockOf(variant, product, options);
  if (!stock.tracked) return { why: 'not-tracked-in-shop', said: 'AutoStock 0' };
  return withLocation({ quantity, productId: product.Id, variantId: variant.Id, ...fieldOf(stock) }, options);
}

const fieldOf = ({ quantity: was, unreadable }: FieldContent): Pick<Write, 'was' | 'unreadable'> => ({
  was,
  unreadable,
});

/** A location that the product does not have is not made: there is no figure to set. */
const withLocation = (write: Write, options: WebshopOptions): Write | Refused =>
  options.stockLocation !== undefined && write.was === undefined && write.unreadable === undefined
    ? { why: 'location-missing', said: `no stock location ${options.stockLocation}` }
    : write;
