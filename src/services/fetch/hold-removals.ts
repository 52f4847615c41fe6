import type { DomainEvent } from '../../domain/event.ts';
import { type Instant, later, type ShopProductId } from '../../domain/ids.ts';
import type { RemovalReason } from '../../domain/integration.ts';
import { exceedsRemovalLimit } from '../../domain/reconcile/pending-removals.ts';
import type { Shop, ShopState } from '../../domain/shop.ts';
import type { StoreReader } from '../../ports/store.ts';

/** Links that went, or would go, by what a shop said of its goods. */
const byShopsWord: readonly RemovalReason[] = ['gone-from-shop', 'inactive-in-shop', 'became-parent'];
const dayMs = 86_400_000;
const maxCounted = 5000;

/** Under which ids links go by these events, each of a product that has no other link there afterwards. */
export function idsThatLoseLinks(events: readonly DomainEvent[]): readonly ShopProductId[] {
  const linked = new Set(
    events.flatMap((event) => (event.type === 'integration-created' ? [event.integration.productId] : [])),
  );
  return events.flatMap((event) =>
    event.type === 'integration-removed' &&
    byShopsWord.includes(event.because) &&
    !linked.has(event.integration.productId)
      ? [event.integration.ref.shopProductId]
      : [],
  );
}

/**
 * Whether so many more links are too many to go by what a shop told by itself. Those that went since the last full sync,
 * in a day at most, are counted with them: a flood comes a few at a time.
 */
export async function isTooManyToLose(
  now: StoreReader,
  shop: Shop,
  { more, at, state }: { readonly more: number; readonly at: Instant; readonly state: ShopState },
): Promise<boolean> {
  if (more === 0) return false;
  const links = (await now.counts()).shops.find(({ shopId }) => shopId === shop.id)?.integrations ?? 0;
  const yesterday = later(at, -dayMs);
  const complete = state.lastComplete?.at;
  const since = complete !== undefined && complete > yesterday ? complete : yesterday;
  const query = { shopId: shop.id, types: ['integration-removed'], since, limit: maxCounted } as const;
  const gone = (await now.history(query)).filter(
    (event) => event.type === 'integration-removed' && byShopsWord.includes(event.because),
  ).length;
  return exceedsRemovalLimit(gone + more, links + gone);
}

/** More ids are not told apart. */
const maxHeld = 5000;

/** What is held back of what a shop told, with more of it. */
export function heldAfter(
  before: ShopState['heldSignals'],
  { at, held }: { readonly at: Instant; readonly held: readonly ShopProductId[] },
): ShopState['heldSignals'] {
  if (held.length === 0) return before;
  const products = [...new Set([...(before?.products ?? []), ...held])];
  return { at: before?.at ?? at, products: products.slice(0, maxHeld) };
}
