import PQueue from 'p-queue';
import type { LiveAnswer, PlaceFacts } from '../../domain/diagnosis/place-facts.ts';
import type { ListingRef, ShopId } from '../../domain/ids.ts';
import { shopSku } from '../../domain/shop.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { queryShop } from './query-shop.ts';

/** Asks each shop about its place, a few shops at a time. */
export async function queryShops(
  deps: ServiceDependencies,
  facts: readonly PlaceFacts[],
  signal: AbortSignal,
): Promise<ReadonlyMap<ShopId, LiveAnswer>> {
  const queue = new PQueue({ concurrency: deps.tuning.shopsAtOnce });
  const answers = await Promise.all(
    facts
      .filter(({ shop }) => !shop.paused)
      .map((place) =>
        queue.add(
          async () => [place.shop.id, await queryShop(deps, place.shop, { ...questionOf(place), signal })] as const,
        ),
      ),
  );
  return new Map(answers);
}

/** What a shop can be asked about a place: everything it once gave an id, the item number and the EAN. */
export function questionOf({ product, shop, integration, tombstone, listings, unknownRefs }: PlaceFacts) {
  const refs: readonly ListingRef[] = [
    ...(integration === undefined ? [] : [integration.ref]),
    ...(tombstone === undefined ? [] : [tombstone.integration.ref]),
    ...listings.map(({ listing }) => listing.ref),
    ...unknownRefs.map(({ ref }) => ref),
  ];
  const sku = product.sku === undefined ? undefined : shopSku(shop, product.sku);
  const distinct = new Map(refs.map((ref) => [`${ref.shopProductId}/${ref.shopVariantId ?? ''}`, ref]));
  return { refs: [...distinct.values()], sku, gtin: product.gtin };
}
