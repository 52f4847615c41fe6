import PQueue from 'p-queue';
import { millisecondsOf, type ShopId } from '../domain/ids.ts';
import type { Shop } from '../domain/shop.ts';
import { mayAct } from './acting.ts';
import type { Errand } from './errand.ts';
import { fetchFromShop } from './fetch-from-shop.ts';
import { identify } from './look-up.ts';
import { type FetchRequest, type FetchResult, Refusal } from './services.ts';
import type { World } from './world.ts';

/**
 * *Hent produkt*: asks shops for products by any identifier and brings their links in line at once, also where a
 * person had taken a link away (S9, S12). A shop that does not answer is a result; the others go on.
 */
export async function fetch(world: World, request: FetchRequest, signal: AbortSignal): Promise<readonly FetchResult[]> {
  mayAct(world);
  const shops = await shopsAsked(world, request.shopIds);
  const errands: Errand[] = [];
  for (const asked of request.asked) {
    const products = await identify(world, asked);
    for (const product of products.length > 0 ? products : [undefined]) {
      for (const shop of shops) errands.push({ asked, product, shop });
    }
  }
  const queue = new PQueue({ concurrency: world.tuning.shopsAtOnce });
  let done = 0;
  const results = await Promise.allSettled(
    errands.map((errand) =>
      queue.add(async () => {
        const result = await run(world, errand, signal);
        done += 1;
        request.onResult?.(result, done, errands.length);
        return result;
      }),
    ),
  );
  return results.map(resultOf);
}

function resultOf(result: PromiseSettledResult<FetchResult>): FetchResult {
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}

async function run(world: World, errand: Errand, signal: AbortSignal): Promise<FetchResult> {
  const began = millisecondsOf(world.clock.now());
  const { shop, asked, product } = errand;
  if (!signal.aborted) return fetchFromShop(world, errand, signal);
  const tookMs = millisecondsOf(world.clock.now()) - began;
  return { shopId: shop.id, productId: product?.id, asked, outcome: 'cancelled', ruledOut: [], tookMs };
}

async function shopsAsked(world: World, ids: readonly ShopId[] | undefined): Promise<readonly Shop[]> {
  const shops = await world.store.shops();
  if (ids === undefined) return shops.filter(({ paused }) => !paused);
  return ids.map((id) => {
    const shop = shops.find((one) => one.id === id);
    if (shop === undefined) throw new Refusal('unknown-shop', { shop: id });
    return shop;
  });
}
