import { diagnose } from '../../domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../domain/diagnosis/diagnosis.ts';
import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { gatherPlaceFacts } from '../facts/gather-place-facts.ts';
import { queryShops } from '../fetch/query-shops.ts';

/**
 * Why a product is, or is not, linked: in one shop, or in each. From what is stored, or, with `live`, from what
 * the shops say now. A paused shop is not asked: that it is paused is the answer. Changes nothing.
 */
export async function why(
  deps: ServiceDependencies,
  asked: { readonly productId: ProductId; readonly shopId?: ShopId },
  live?: { readonly signal: AbortSignal },
): Promise<readonly Diagnosis[]> {
  const products = await deps.store.products([asked.productId]);
  const places = { products, shopIds: asked.shopId === undefined ? undefined : [asked.shopId] };
  const facts = await gatherPlaceFacts(deps, deps.store, places);
  if (live === undefined) return facts.map(diagnose);
  const answers = await queryShops(deps, facts, live.signal);
  return (await gatherPlaceFacts(deps, deps.store, { ...places, live: answers })).map(diagnose);
}
