import { later, type ProductId, type ShopId } from '../../domain/ids.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { gatherPlaceFacts } from '../facts/gather-place-facts.ts';
import { isFaulty, missingPlaces } from '../facts/product-pages.ts';
import type { MissingPlace } from './integration-service.ts';

/** A place asked for so lately need not be asked for again by the same list. */
const latelyMs = 60 * 60_000;
const historyLimit = 50_000;

/**
 * Where a link is expected and missing, shop by shop, paused ones aside, and which of them were fetched within the
 * last hour: a list that was broken off goes on with the others. Nothing is remembered for that; the history tells.
 */
export async function missing(deps: ServiceDependencies, shopId?: ShopId): Promise<readonly MissingPlace[]> {
  const shops = (await deps.store.shops()).filter(
    ({ id, paused }) => !paused && (shopId === undefined || id === shopId),
  );
  const found: MissingPlace[] = [];
  for (const { id } of shops) {
    const products = await missingPlaces(deps, id);
    const faulty = (await gatherPlaceFacts(deps, deps.store, { products, shopIds: [id] })).filter(isFaulty);
    const asked = await askedLately(deps, id);
    found.push(
      ...faulty.map(({ product }) => ({ productId: product.id, shopId: id, askedLately: asked.has(product.id) })),
    );
  }
  return found;
}

async function askedLately({ store, clock }: ServiceDependencies, shopId: ShopId): Promise<ReadonlySet<ProductId>> {
  const since = later(clock.now(), -latelyMs);
  const events = await store.history({ shopId, types: ['product-fetched'], since, limit: historyLimit });
  return new Set(events.flatMap((event) => (event.type === 'product-fetched' ? (event.productId ?? []) : [])));
}
