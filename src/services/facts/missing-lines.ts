import type { PlaceFacts } from '../../domain/diagnosis/place-facts.ts';
import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { gatherPlaceFacts } from './gather-place-facts.ts';

const pageSize = 500;

/** Products whose link is expected in a shop and is not there, a page at a time: what costs are those alone. */
export async function* missingProducts(
  deps: ServiceDependencies,
  shopId: ShopId,
): AsyncGenerator<readonly ProductId[]> {
  const at = deps.clock.now();
  for (const filter of ['missing', 'conflict'] as const) {
    for (let offset = 0; ; offset += pageSize) {
      const { lines } = await deps.store.shopLines({ shopId, filter, at, offset, limit: pageSize });
      // A line with a listing of its own is of a conflict, and no product's place.
      const ids = lines.flatMap(({ productId, ref }) =>
        productId === undefined || ref !== undefined ? [] : [productId],
      );
      if (ids.length > 0) yield ids;
      if (lines.length < pageSize) break;
    }
  }
}

/** The same with all that is known of each place; what shops refused for the first page alone. */
export async function* missingFacts(deps: ServiceDependencies, shopId: ShopId): AsyncGenerator<readonly PlaceFacts[]> {
  let withoutRefusals = false;
  for await (const ids of missingProducts(deps, shopId)) {
    const products = await deps.store.products(ids);
    const facts = await gatherPlaceFacts(deps, deps.store, { products, shopIds: [shopId], withoutRefusals });
    withoutRefusals = true;
    yield facts.filter(({ expected, integration }) => expected && integration === undefined);
  }
}
