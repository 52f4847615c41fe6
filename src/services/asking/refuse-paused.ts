import type { ShopId } from '../../domain/ids.ts';
import { findShop } from '../acts/shops.ts';
import { Refusal } from '../services.ts';
import type { World } from '../world.ts';

/** A paused shop is not asked: one that was named is refused, so that nobody takes silence for an answer. */
export async function refusePaused(world: World, shopId: ShopId | undefined): Promise<void> {
  if (shopId === undefined) return;
  const { id, paused } = await findShop(world, shopId);
  if (paused) throw new Refusal('shop-paused', { shop: id });
}
