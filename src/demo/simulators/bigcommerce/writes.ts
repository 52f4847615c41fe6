import type { FakeShop } from '../fake-shop.ts';
import type { FakeProduct, FakeVariant } from '../shelf.ts';
import { firstLocation, trackingOf } from './rows.ts';

/** A write that was taken and is not done yet. */
export type Pending = { readonly due: number; readonly apply: () => void };

type Item = {
  readonly location_id?: unknown;
  readonly variant_id?: unknown;
  readonly product_id?: unknown;
  readonly quantity?: unknown;
};

type Target = { readonly product: FakeProduct; readonly variant?: FakeVariant };

/**
 * An absolute adjustment: refused whole for one item that is wrong, and named by that one; else taken, and done
 * later.
 */
export function adjust(
  shop: FakeShop,
  sent: { readonly items?: readonly Item[] },
  stuck: ReadonlySet<string> = new Set(),
): { readonly refused: string } | { readonly apply: () => void } {
  const items = sent.items ?? [];
  if (items.length === 0) return { refused: 'items: must not be empty' };
  if (items.length > 2000) return { refused: 'items: more than 2000' };
  const writes: (() => void)[] = [];
  for (const item of items) {
    const target = targetOf(shop, item);
    if (typeof target === 'string') return { refused: `[${target}]` };
    if (!stuck.has(String(item.variant_id ?? item.product_id))) writes.push(() => write(shop, target, item));
  }
  return {
    apply: () => {
      for (const one of writes) one();
    },
  };
}

function targetOf(shop: FakeShop, item: Item): Target | string {
  const { quantity, location_id: location } = item;
  if (typeof quantity !== 'number' || !Number.isInteger(quantity)) return 'quantity is not an integer';
  if (quantity < 0) return 'total quantity must not be negative';
  if (!shop.locations.some(({ id }) => id === String(location)))
    return `Location with id ${String(location)} was not found`;
  const id = String(item.variant_id ?? item.product_id);
  if (shop.temper.failItems.has(id)) return `Item with id ${id} is locked`;
  const byVariant = item.variant_id !== undefined;
  const product = shop.shelf.find((one) =>
    byVariant ? one.variants.some((variant) => variant.id === id) : one.id === id,
  );
  if (product === undefined) return `Item with ${byVariant ? 'variant_id' : 'product_id'} ${id} was not found`;
  const tracking = trackingOf(product);
  if (tracking === 'none') return `Item with id ${id} is not tracked`;
  if (byVariant && tracking === 'product') {
    return `Item with variant_id ${id} is tracked by product, please update stock by product id`;
  }
  if (!byVariant && tracking === 'variant') {
    return `Item with product_id ${id} is tracked by variant, please update stock by variant id`;
  }
  const variant = byVariant ? product.variants.find((one) => one.id === id) : product.variants[0];
  return { product, variant: product.kind === 'variable' && !byVariant ? undefined : variant };
}

/** The figure moves; a product's date does not. */
function write(shop: FakeShop, { product, variant }: Target, item: Item): void {
  const quantity = Number(item.quantity);
  const location = String(item.location_id);
  const before = product.updatedAt;
  if (variant !== undefined && location !== firstLocation(shop)) variant.elsewhere[location] = quantity;
  else shop.writeQuantity(product, variant, quantity);
  product.updatedAt = before;
}
