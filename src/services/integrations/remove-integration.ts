import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { Tombstone } from '../../domain/integration.ts';
import { typedText } from '../../domain/text/typed-text.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { changesFromEvents } from '../dependencies/changes-from-events.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';

/** Takes one link away by a named person, who says why. A sync leaves it so; a fetch or undo brings it back (S9). */
export async function remove(
  deps: ServiceDependencies,
  productId: ProductId,
  shopId: ShopId,
  typed: string,
): Promise<Tombstone> {
  assertCanWrite(deps);
  const note = typedText(typed);
  if (note === '') throw new Refusal('needs-reason', { product: productId, shop: shopId });
  const { put } = await deps.store.change(async (now) => {
    const integration = (await now.integrationsOf([productId])).find(({ ref }) => ref.shopId === shopId);
    if (integration === undefined) {
      const [product] = await now.products([productId]);
      throw new Refusal('not-linked', { product: product?.sku ?? product?.content.name ?? productId, shop: shopId });
    }
    const { actor: by, clock } = deps;
    return changesFromEvents(now, [
      { at: clock.now(), by, type: 'integration-removed', integration, because: 'removed-by-user', note },
    ]);
  });
  const [tombstone] = put.tombstones ?? [];
  if (tombstone === undefined) throw new Error(`a removed link of ${productId} left no trace`);
  return tombstone;
}
