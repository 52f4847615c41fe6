import type { StoredEvent } from '../domain/event.ts';
import type { Instant, ProductId, ShopId } from '../domain/ids.ts';
import type { PlaceFacts } from '../domain/place-facts.ts';
import type { Product } from '../domain/product.ts';
import type { StoreReader } from '../ports/store.ts';

/** The last thing a shop refused about a product, when nothing went well since. */
export type Refusals = (productId: ProductId, shopId: ShopId, linked: boolean) => PlaceFacts['refusal'];

/** History is read only for a few products at a time: it lies on disk, and refusals are the weakest of evidence. */
const few = 10;

/** Looks back for what shops refused: fetches where there is no link, pushes where there is one. */
export async function lastRefusals(now: StoreReader, products: readonly Product[], since: Instant): Promise<Refusals> {
  if (products.length > few) return () => undefined;
  const types = ['product-fetched', 'push-refused', 'stock-pushed'] as const;
  const histories = await Promise.all(
    products.map(({ id }) => now.history({ productId: id, types, since, limit: 50 })),
  );
  const historyOf = new Map(products.map(({ id }, place) => [id, histories[place] ?? []]));
  return (productId, shopId, linked) => {
    const events = historyOf.get(productId) ?? [];
    return linked ? refusedPush(events, shopId) : refusedFetch(events, shopId);
  };
}

function refusedFetch(events: readonly StoredEvent[], shopId: ShopId): PlaceFacts['refusal'] {
  const last = events.find((event) => event.type === 'product-fetched' && event.shopId === shopId);
  if (last?.type !== 'product-fetched' || last.outcome !== 'refused') return undefined;
  return { why: 'refused-by-shop', at: last.at };
}

function refusedPush(events: readonly StoredEvent[], shopId: ShopId): PlaceFacts['refusal'] {
  const last = events.find(
    (event) =>
      (event.type === 'push-refused' && event.shopId === shopId) ||
      (event.type === 'stock-pushed' && event.ref.shopId === shopId),
  );
  if (last?.type !== 'push-refused' || last.why === 'no-integration') return undefined;
  return { why: last.why, at: last.at, ...(last.said === undefined ? {} : { said: last.said }) };
}
