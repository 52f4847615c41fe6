import PQueue from 'p-queue';
import type { Shop } from '../../domain/shop.ts';
import { mayAct } from '../acting.ts';
import { Refusal, type SyncRequest, type SyncResult } from '../services.ts';
import type { World } from '../world.ts';
import { noCounts } from './run-counts.ts';
import { syncShop } from './sync-shop.ts';

/** Reads shops, a few at a time. Each fails alone; paused shops are left in peace. In the order of the shops. */
export async function sync(world: World, request: SyncRequest, signal: AbortSignal): Promise<readonly SyncResult[]> {
  mayAct(world);
  const shops = await shopsAsked(world, request);
  const queue = new PQueue({ concurrency: world.tuning.shopsAtOnce });
  for (const { id: shopId } of shops) request.onProgress?.({ shopId, phase: 'waiting', counts: noCounts });
  const readings = await Promise.allSettled(
    shops.map(async (shop): Promise<SyncResult> => {
      if (shop.paused) return { shopId: shop.id, paused: true, cancelled: false };
      return queue.add(() => syncOrCancel(world, shop, request, signal));
    }),
  );
  return readings.map(resultOf);
}

/** Trouble with the store, or a bug, ends the call; but only once no shop is being read any more. */
function resultOf(reading: PromiseSettledResult<SyncResult>): SyncResult {
  if (reading.status === 'rejected') throw reading.reason;
  return reading.value;
}

async function syncOrCancel(world: World, shop: Shop, request: SyncRequest, signal: AbortSignal): Promise<SyncResult> {
  if (signal.aborted) return { shopId: shop.id, cancelled: true };
  return syncShop(world, shop, request, signal);
}

async function shopsAsked(world: World, { shopIds }: SyncRequest): Promise<readonly Shop[]> {
  const shops = await world.store.shops();
  if (shopIds === undefined) return shops.filter(({ paused }) => !paused);
  return shopIds.map((id) => {
    const shop = shops.find((one) => one.id === id);
    if (shop === undefined) throw new Refusal('unknown-shop', { shop: id });
    return shop;
  });
}
