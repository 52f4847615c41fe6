import type { ShopId } from '../../domain/ids.ts';
import type { Shop } from '../../domain/shop.ts';
import { mayAct } from '../acting.ts';
import { identify } from '../looking/look-up.ts';
import { type FetchRequest, type FetchResult, Refusal } from '../services.ts';
import type { World } from '../world.ts';
import type { Errand } from './errand.ts';
import { fetchFromShop } from './fetch-from-shop.ts';
import { runErrands } from './run-errands.ts';

/**
 * *Hent produkt*: asks shops for products by any identifier and brings their links in line at once, also where a
 * person had taken a link away (S9, S12). A shop that does not answer is a result; the others go on.
 */
export async function fetch(world: World, request: FetchRequest, signal: AbortSignal): Promise<readonly FetchResult[]> {
  mayAct(world);
  const errands = request.places === undefined ? await byName(world, request) : await byPlace(world, request.places);
  const run = (errand: Errand): Promise<FetchResult> => fetchFromShop(world, errand, signal);
  return runErrands(errands, { run, signal, onResult: request.onResult });
}

async function byName(world: World, { asked, shopIds }: FetchRequest): Promise<readonly Errand[]> {
  const shops = await shopsAsked(world, shopIds);
  const errands: Errand[] = [];
  for (const text of asked) {
    const products = await identify(world, text);
    for (const product of products.length > 0 ? products : [undefined]) {
      for (const shop of shops) errands.push({ asked: text, product, shop });
    }
  }
  return errands;
}

async function byPlace(world: World, places: NonNullable<FetchRequest['places']>): Promise<readonly Errand[]> {
  const products = new Map(
    (await world.store.products(places.map(({ productId }) => productId))).map((one) => [one.id, one]),
  );
  const shops = new Map((await world.store.shops()).map((shop) => [shop.id, shop]));
  return places.flatMap(({ productId, shopId }): readonly Errand[] => {
    const [product, shop] = [products.get(productId), shops.get(shopId)];
    return product === undefined || shop === undefined ? [] : [{ asked: product.sku ?? product.id, product, shop }];
  });
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
