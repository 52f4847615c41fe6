import type { ShopId } from '../../domain/ids.ts';
import type { Shop } from '../../domain/shop.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { makeVerifiedConnectors } from '../dependencies/connect-verified.ts';
import { groupBy } from '../dependencies/group-by.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { identify } from '../lookup/search.ts';
import { fetchFromShop } from './fetch-from-shop.ts';
import type { FetchJob } from './fetch-job.ts';
import type { FetchRequest, FetchResult } from './fetch-service.ts';
import { ingestSignalled } from './ingest-signalled.ts';
import { countLinks, runFetchJobs } from './run-fetch-jobs.ts';

/**
 * *Hent produkt*: asks shops for products by any identifier and brings their links in line at once, also where a
 * person had taken a link away (S9, S12). A shop that does not answer is a result; the others go on.
 */
export async function fetch(
  deps: ServiceDependencies,
  request: FetchRequest,
  signal: AbortSignal,
): Promise<readonly FetchResult[]> {
  assertCanWrite(deps);
  const connect = makeVerifiedConnectors(deps);
  if (request.signalled !== undefined) {
    const jobs = await jobsFromSignals(deps, request.signalled);
    const ofShops = [...groupBy<FetchJob, ShopId>(jobs, ({ shop }) => shop.id).values()];
    const how = { signal, connect, onResult: request.onResult };
    return (await Promise.all(ofShops.map((ofShop) => ingestSignalled(deps, ofShop, how)))).flat();
  }
  const jobs = await jobsOf(deps, request);
  const run = (job: FetchJob): Promise<FetchResult> => fetchFromShop(deps, job, { signal, connect });
  return runFetchJobs(jobs, { run, linksIn: countLinks(deps), signal, onResult: request.onResult });
}

async function jobsOf(deps: ServiceDependencies, request: FetchRequest): Promise<readonly FetchJob[]> {
  return request.places === undefined ? jobsByIdentifier(deps, request) : jobsByPlace(deps, request.places);
}

async function jobsFromSignals(
  deps: ServiceDependencies,
  signalled: NonNullable<FetchRequest['signalled']>,
): Promise<readonly FetchJob[]> {
  const shops = new Map((await deps.store.shops()).map((shop) => [shop.id, shop]));
  return signalled.flatMap(({ shopId, shopProductId, sku }): readonly FetchJob[] => {
    const [shop, asked] = [shops.get(shopId), shopProductId ?? sku];
    if (shop === undefined || asked === undefined) return [];
    return [{ asked, shop, signalled: shopProductId === undefined ? 'sku' : 'id', oneOfMany: true }];
  });
}

async function jobsByIdentifier(
  deps: ServiceDependencies,
  { asked, shopIds }: FetchRequest,
): Promise<readonly FetchJob[]> {
  const shops = await shopsAsked(deps, shopIds);
  const jobs: FetchJob[] = [];
  for (const text of asked) {
    const products = await identify(deps, text);
    for (const product of products.length > 0 ? products : [undefined]) {
      for (const shop of shops) jobs.push({ asked: text, product, shop });
    }
  }
  return jobs;
}

async function jobsByPlace(
  deps: ServiceDependencies,
  places: NonNullable<FetchRequest['places']>,
): Promise<readonly FetchJob[]> {
  const products = new Map(
    (await deps.store.products(places.map(({ productId }) => productId))).map((one) => [one.id, one]),
  );
  const shops = new Map((await deps.store.shops()).map((shop) => [shop.id, shop]));
  return places.flatMap(({ productId, shopId }): readonly FetchJob[] => {
    const [product, shop] = [products.get(productId), shops.get(shopId)];
    return product === undefined || shop === undefined ? [] : [{ asked: product.sku ?? product.id, product, shop }];
  });
}

async function shopsAsked(deps: ServiceDependencies, ids: readonly ShopId[] | undefined): Promise<readonly Shop[]> {
  const shops = await deps.store.shops();
  if (ids === undefined) return shops.filter(({ paused }) => !paused);
  return ids.map((id) => {
    const shop = shops.find((one) => one.id === id);
    if (shop === undefined) throw new Refusal('unknown-shop', { shop: id });
    return shop;
  });
}
