import { type Instant, later, type ProductId, type ShopId } from '../../domain/ids.ts';
import { isInForce } from '../../domain/mark.ts';
import type { PushGuard, PushRefusal } from '../../domain/push-plan.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { inactiveWithStock } from '../inactive/inactive-report.ts';
import { integrationsOn } from '../integrations/integration-list.ts';
import type { IntegrationPage } from '../integrations/integration-service.ts';
import { patterns } from '../patterns/patterns.ts';
import { planPush } from '../push/plan-push.ts';
import type { Attention, HeldPushes, StockDifferences } from './overview-service.ts';

const dayMs = 86_400_000;
/** More links than this are not counted one by one for a first page. */
const maxCounted = 50_000;
const maxInactive = 5_000;
/** More differences of a shop are told of, and not looked at one by one. */
const maxDifferences = 1_000;

/** Works out what needs a person, over all shops. */
export async function attention(deps: ServiceDependencies): Promise<Attention> {
  const [report, found, notes, places] = await Promise.all([
    inactiveWithStock(deps, { limit: maxInactive }),
    patterns(deps),
    openNotes(deps),
    countPlaces(deps),
  ]);
  const held = await heldPushes(deps, places.differences.productIds);
  return { report, patterns: found, notes, held, ...places };
}

async function openNotes({ store, clock }: ServiceDependencies): Promise<Attention['notes']> {
  const now = clock.now();
  return (await store.marks())
    .filter((mark) => mark.kind === 'note' && isInForce(mark, now))
    .toSorted((a, b) => (a.at < b.at ? 1 : -1));
}

async function countPlaces(deps: ServiceDependencies): Promise<Pick<Attention, 'counts' | 'differences'>> {
  const counts = new Map<ShopId, IntegrationPage['counts']>();
  const byShop = new Map<ShopId, number>();
  const products = new Set<ProductId>();
  const stuckBy = new Map<PushRefusal, number>();
  const stuck = new Set<ProductId>();
  const yesterday = later(deps.clock.now(), -dayMs);
  let old = 0;
  if ((await deps.store.counts()).integrations <= maxCounted) {
    for (const { id } of await deps.store.shops()) {
      const page = await integrationsOn(deps, id, { filter: 'stock-differs', offset: 0, limit: maxDifferences });
      counts.set(id, page.counts);
      if (page.counts['stock-differs'] > 0) byShop.set(id, page.counts['stock-differs']);
      for (const { product, stale } of page.rows) {
        if (product === undefined) continue;
        products.add(product.id);
        // What keeps all of a shop back has a line of the shop's.
        if (stale !== undefined && stale.why !== 'connection-down' && stale.why !== 'shop-paused') {
          stuckBy.set(stale.why, (stuckBy.get(stale.why) ?? 0) + 1);
          stuck.add(product.id);
        }
        if (isOlder(product.stock.at, yesterday)) old += 1;
      }
    }
  }
  const count = [...byShop.values()].reduce((sum, one) => sum + one, 0);
  const differences: StockDifferences = {
    count,
    old,
    byShop,
    productIds: [...products],
    stuck: { byWhy: stuckBy, productIds: [...stuck] },
  };
  return { counts, differences };
}

const isOlder = (at: Instant | undefined, than: Instant): boolean => at !== undefined && at < than;

/** What of these products would not go out unasked; worked out as a plan is, and kept nowhere. */
async function heldPushes(deps: ServiceDependencies, productIds: readonly ProductId[]): Promise<HeldPushes> {
  const byGuard = new Map<PushGuard, number>();
  const products = new Set<ProductId>();
  if (productIds.length > 0 && productIds.length <= maxDifferences) {
    const { rows } = await planPush({ ...deps, readOnly: true }, { productIds });
    for (const { kind, guards, productId } of rows) {
      const [guard] = guards;
      if (kind !== 'send' || guard === undefined) continue;
      byGuard.set(guard, (byGuard.get(guard) ?? 0) + 1);
      products.add(productId);
    }
  }
  return { byGuard, productIds: [...products] };
}
