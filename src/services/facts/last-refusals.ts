import type { PlaceFacts } from '../../domain/diagnosis/place-facts.ts';
import { productsOf, type StoredEvent } from '../../domain/event.ts';
import { type Instant, later, type ProductId, type ShopId } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import { isAboutShop, type Shop } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';

/** What a shop refused to tell of a product, when it was last asked for and there is no link; a link keeps its own refusals. */
export type Refusals = (productId: ProductId, shop: Shop) => PlaceFacts['refusal'];

/** So many are looked up one by one; for a page of a list their histories are read in one go. */
const individualLimit = 10;
/** Beyond a page nobody reads each cause; history lies on disk, and refusals are the weakest of evidence. */
const pageLimit = 1_000;
const pageSinceMs = 7 * 86_400_000;
/** Events a product of a page has in a week, at most; what goes beyond is left to others. */
const eventsEach = 20;
const types = ['product-fetched'] as const;

/** Looks back for fetches that shops refused. */
export async function lastRefusals(now: StoreReader, products: readonly Product[], at: Instant): Promise<Refusals> {
  if (products.length === 0 || products.length > pageLimit) return () => undefined;
  const historyOf = await (products.length > individualLimit ? ofPage : ofEach)(now, products, at);
  return (productId, shop) => {
    const events = (historyOf.get(productId) ?? []).filter((event) => isAboutShop(shop, event.at));
    return refusedFetch(events, shop.id);
  };
}

type Histories = ReadonlyMap<ProductId | undefined, readonly StoredEvent[]>;

async function ofEach(now: StoreReader, products: readonly Product[], at: Instant): Promise<Histories> {
  const since = later(at, -30 * 86_400_000);
  const histories = await Promise.all(
    products.map(({ id }) => now.history({ productId: id, types, since, limit: 50 })),
  );
  return new Map(products.map(({ id }, place) => [id, histories[place] ?? []]));
}

async function ofPage(now: StoreReader, products: readonly Product[], at: Instant): Promise<Histories> {
  const productIds = products.map(({ id }) => id);
  const asked = new Set(productIds);
  const limit = products.length * eventsEach;
  const events = await now.history({ productIds, types, since: later(at, -pageSinceMs), limit });
  return Map.groupBy(events, (event) => productsOf(event).find((id) => asked.has(id)));
}

function refusedFetch(events: readonly StoredEvent[], shopId: ShopId): PlaceFacts['refusal'] {
  const last = events.find((event) => event.type === 'product-fetched' && event.shopId === shopId);
  if (last?.type !== 'product-fetched' || last.outcome !== 'refused') return undefined;
  return { why: 'refused-by-shop', at: last.at, said: last.said };
}
