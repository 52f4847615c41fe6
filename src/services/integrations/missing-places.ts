import { later, type ProductId, type ShopId } from '../../domain/ids.ts';
import { isAboutShop, type Shop } from '../../domain/shop.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { missingProducts } from '../facts/missing-lines.ts';
import type { MissingPlace } from './integration-service.ts';

/** A place asked for so lately need not be asked for again by the same list. */
const latelyMs = 60 * 60_000;
/** Fetches of a page of places within that hour. */
const historyLimit = 5_000;

/**
 * Where a link is expected and missing, shop by shop, paused ones aside, and which of them were fetched within the
 * last hour: a list that was broken off goes on with the others. Nothing is remembered for that; the history tells.
 */
export async function missing(deps: ServiceDependencies, shopId?: ShopId): Promise<readonly MissingPlace[]> {
  const shops = (await deps.store.shops()).filter(
    ({ id, paused }) => !paused && (shopId === undefined || id === shopId),
  );
  const found: MissingPlace[] = [];
  for (const shop of shops) {
    for await (const productIds of missingProducts(deps, shop.id)) {
      const asked = await askedLately(deps, shop, productIds);
      found.push(...productIds.map((productId) => ({ productId, shopId: shop.id, askedLately: asked.has(productId) })));
    }
  }
  return found;
}

async function askedLately(
  { store, clock }: ServiceDependencies,
  shop: Shop,
  productIds: readonly ProductId[],
): Promise<ReadonlySet<ProductId>> {
  const since = later(clock.now(), -latelyMs);
  const asked = { productIds, shopId: shop.id, types: ['product-fetched'], since, limit: historyLimit } as const;
  const events = (await store.history(asked)).filter(({ at }) => isAboutShop(shop, at));
  return new Set(events.flatMap((event) => (event.type === 'product-fetched' ? (event.productId ?? []) : [])));
}
