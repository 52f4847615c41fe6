import { diagnose } from '../../domain/explaining/diagnose.ts';
import type { Diagnosis } from '../../domain/explaining/diagnosis.ts';
import type { ProductId, ShopId } from '../../domain/ids.ts';
import { askShops } from '../asking/ask-shops.ts';
import { gatherEvidence } from '../evidence/gather-evidence.ts';
import type { World } from '../world.ts';

/**
 * Why a product is, or is not, linked: in one shop, or in each. From what is stored, or, with `live`, from what
 * the shops say now. A paused shop is not asked: that it is paused is the answer. Changes nothing.
 */
export async function why(
  world: World,
  asked: { readonly productId: ProductId; readonly shopId?: ShopId },
  live?: { readonly signal: AbortSignal },
): Promise<readonly Diagnosis[]> {
  const products = await world.store.products([asked.productId]);
  const places = { products, ...(asked.shopId === undefined ? {} : { shopIds: [asked.shopId] }) };
  const facts = await gatherEvidence(world, world.store, places);
  if (live === undefined) return facts.map(diagnose);
  const answers = await askShops(world, facts, live.signal);
  return (await gatherEvidence(world, world.store, { ...places, live: answers })).map(diagnose);
}
