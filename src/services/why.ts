import PQueue from 'p-queue';
import { diagnose } from '../domain/diagnose.ts';
import type { Diagnosis } from '../domain/diagnosis.ts';
import type { ListingRef, ProductId, ShopId } from '../domain/ids.ts';
import type { LiveAnswer, PlaceFacts } from '../domain/place-facts.ts';
import { shopSku } from '../domain/shop.ts';
import { askShop } from './ask-shop.ts';
import { gatherEvidence } from './gather-evidence.ts';
import type { World } from './world.ts';

/**
 * Why a product is, or is not, linked: in one shop, or in each. From what is stored, or, with `live`, from what
 * the shops say now; a paused shop is not asked. Changes nothing.
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

/** Asks each shop about its place, a few shops at a time. */
export async function askShops(
  world: World,
  facts: readonly PlaceFacts[],
  signal: AbortSignal,
): Promise<ReadonlyMap<ShopId, LiveAnswer>> {
  const queue = new PQueue({ concurrency: world.tuning.shopsAtOnce });
  const answers = await Promise.all(
    facts
      .filter(({ shop }) => !shop.paused)
      .map((place) =>
        queue.add(
          async () => [place.shop.id, await askShop(world, place.shop, { ...questionOf(place), signal })] as const,
        ),
      ),
  );
  return new Map(answers);
}

function questionOf({ product, shop, integration, tombstone, listings }: PlaceFacts) {
  const refs: readonly ListingRef[] = [
    ...(integration === undefined ? [] : [integration.ref]),
    ...(tombstone === undefined ? [] : [tombstone.integration.ref]),
    ...listings.map(({ listing }) => listing.ref),
  ];
  const sku = product.sku === undefined ? undefined : shopSku(shop, product.sku);
  const distinct = new Map(refs.map((ref) => [`${ref.shopProductId}/${ref.shopVariantId ?? ''}`, ref]));
  return { refs: [...distinct.values()], ...(sku === undefined ? {} : { sku }) };
}
