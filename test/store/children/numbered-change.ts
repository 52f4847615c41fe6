import { type Changes, noChanges } from '../../../src/domain/changes.ts';
import { productsOf } from '../../../src/domain/event.ts';
import { toProductId, toShopId, toShopProductId } from '../../../src/domain/ids.ts';
import type { StoreReader } from '../../../src/ports/store.ts';
import { makeIntegration, makeProduct, mette, morning } from '../../support/builders.ts';

/** A change of three parts that belong together: a product, its integration and what happened. `name` tells it from all others. */
export function numberedChange(name: string): Changes {
  const productId = toProductId(name);
  const integration = makeIntegration({
    productId,
    ref: { shopId: toShopId('dk'), shopProductId: toShopProductId(name) },
  });
  return {
    ...noChanges,
    put: { products: [makeProduct({ id: productId })], integrations: [integration] },
    events: [{ at: morning, by: mette, type: 'integration-created', integration }],
  };
}

/** How many of a change's three parts a store holds, for every change that left any. */
export async function partsThere(store: StoreReader): Promise<ReadonlyMap<string, number>> {
  const parts = new Map<string, number>();
  const count = (name: string): void => void parts.set(name, (parts.get(name) ?? 0) + 1);
  for (const { id } of await store.productPage({ limit: Number.MAX_SAFE_INTEGER })) count(id);
  for (const { productId } of await store.integrationsOn(toShopId('dk'))) count(productId);
  for (const event of await store.history({ limit: Number.MAX_SAFE_INTEGER })) productsOf(event).forEach(count);
  return parts;
}
