import PQueue from 'p-queue';
import type { LiveAnswer } from '../../domain/diagnosis/place-facts.ts';
import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { placeFactsOf } from '../facts/gather-place-facts.ts';
import { queryShop } from '../fetch/query-shop.ts';
import { questionOf } from '../fetch/query-shops.ts';

/**
 * Asks the shops of a product what they show of it now, in the background: after everything that a person waits for,
 * a few shops at a time. Not asked are those that are paused, have no key, or do not expect the product. Each answer
 * is told as it comes; nothing is written down, and no link changes by it.
 */
export async function askShops(
  deps: ServiceDependencies,
  productId: ProductId,
  { signal, onAnswer }: { readonly signal: AbortSignal; readonly onAnswer: (shop: ShopId, answer: LiveAnswer) => void },
): Promise<void> {
  const facts = await placeFactsOf(deps, deps.store, { productIds: [productId] });
  const asked = facts.filter(
    ({ shop, expected, integration }) =>
      !shop.paused && (expected || integration !== undefined) && deps.connectors.hasCredentials(shop),
  );
  const queue = new PQueue({ concurrency: deps.tuning.shopsAtOnce });
  await Promise.all(
    asked.map((place) =>
      queue.add(async () => {
        signal.throwIfAborted();
        const question = { ...questionOf(place), signal, urgency: 'background' } as const;
        onAnswer(place.shop.id, await queryShop(deps, place.shop, question));
      }),
    ),
  );
}
