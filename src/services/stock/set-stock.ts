import type { ProductId } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { assertOwnStock } from '../dependencies/assert-own-stock.ts';
import { changesFromEvents } from '../dependencies/changes-from-events.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';

const wholeNumber = (field: string, value: number): void => {
  if (!Number.isSafeInteger(value)) throw new Refusal('bad-value', { field, value: String(value) });
};

/** Writes down a count on our own shelf. Tells no shop: that is a push, which looks at what is wanted then. */
export async function setStock(
  deps: ServiceDependencies,
  productId: ProductId,
  onHand: number,
  reserved?: number,
): Promise<Product> {
  assertCanWrite(deps);
  assertOwnStock(deps);
  wholeNumber('onHand', onHand);
  if (reserved !== undefined) wholeNumber('reserved', reserved);
  if (reserved !== undefined && reserved < 0)
    throw new Refusal('bad-value', { field: 'reserved', value: String(reserved) });
  const { put } = await deps.store.change(async (now) => {
    const [product] = await now.products([productId]);
    if (product === undefined) throw new Refusal('unknown-product', { product: productId });
    const at = deps.clock.now();
    const stock = { onHand, reserved: reserved ?? product.stock.reserved, at };
    return changesFromEvents(now, [
      { at, by: deps.actor, type: 'stock-changed', productId, before: product.stock, stock, why: 'count' },
    ]);
  });
  const [counted] = put.products ?? [];
  if (counted === undefined) throw new Error(`a count of ${productId} wrote no product`);
  return counted;
}
