import PQueue from 'p-queue';
import type { Shop } from '../../domain/shop.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { noCounts } from './run-counts.ts';
import type { SyncRequest, SyncResult } from './sync-service.ts';
import { syncShop } from './sync-shop.ts';

/**
 * Reads shops, a few at a time. Each fails alone; paused shops, and those of a platform that this version does not know,
 * are left in peace. In the order of the shops.
 */
export async function sync(
  deps: ServiceDependencies,
  request: SyncRequest,
  signal: AbortSignal,
): Promise<readonly SyncResult[]> {
  assertCanWrite(deps);
  const shops = await shopsAsked(deps, request);
  const queue = new PQueue({ concurrency: deps.tuning.shopsAtOnce });
  for (const { id: shopId } of shops) request.onProgress?.({ shopId, phase: 'waiting', counts: noCounts });
  const readings = await Promise.allSettled(
    shops.map(async (shop): Promise<SyncResult> => {
      if (shop.paused) return { shopId: shop.id, paused: true, cancelled: false };
      return queue.add(() => syncOrCancel(deps, shop, request, signal));
    }),
  );
  return readings.map(resultOf);
}

/** Trouble with the store, or a bug, ends the call; but only once no shop is being read any more. */
function resultOf(session: PromiseSettledResult<SyncResult>): SyncResult {
  if (session.status === 'rejected') throw session.reason;
  return session.value;
}

async function syncOrCancel(
  deps: ServiceDependencies,
  shop: Shop,
  request: SyncRequest,
  signal: AbortSignal,
): Promise<SyncResult> {
  if (signal.aborted) return { shopId: shop.id, cancelled: true };
  return syncShop(deps, shop, request, signal);
}

async function shopsAsked(deps: ServiceDependencies, { shopIds }: SyncRequest): Promise<readonly Shop[]> {
  const shops = await deps.store.shops();
  const isKnown = ({ platform }: Shop): boolean => deps.connectors.driver(platform) !== undefined;
  if (shopIds === undefined) return shops.filter((shop) => !shop.paused && isKnown(shop));
  return shopIds.map((id) => {
    const shop = shops.find((one) => one.id === id);
    if (shop === undefined) throw new Refusal('unknown-shop', { shop: id });
    if (!isKnown(shop)) throw new Refusal('unknown-platform', { shop: id, platform: shop.platform });
    return shop;
  });
}
