import type { ShopId } from '../../domain/ids.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { findShop } from '../shops/manage-shops.ts';

/** A paused shop is not asked: one that was named is refused, so that nobody takes silence for an answer. */
export async function refusePaused(deps: ServiceDependencies, shopId: ShopId | undefined): Promise<void> {
  if (shopId === undefined) return;
  const { id, paused } = await findShop(deps, shopId);
  if (paused) throw new Refusal('shop-paused', { shop: id });
}
