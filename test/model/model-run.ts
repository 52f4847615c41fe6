import assert from 'node:assert/strict';
import type { Random } from '../../src/demo/seeded-random.ts';
import { millisecondsOf, toShopId, toSku } from '../../src/domain/ids.ts';
import type { Product } from '../../src/domain/product.ts';
import type { SyncResult } from '../../src/services/sync/sync-service.ts';
import type { TestHarness } from '../support/test-harness.ts';
import { linksOf, read } from './expected-links.ts';
import { catalogueOf, type Fleet, type ModelShop, type Thing } from './model-fleet.ts';

/** A fleet being played: the model, the program beside it, and how the two are held together. */
export type ModelRun = {
  readonly fleet: Fleet;
  readonly harness: TestHarness;
  readonly random: Random;
  readonly tally: Tally;
  readonly never: AbortSignal;
};

/** How many missing links were explained, how many as the model knows, and what was said of each cause. */
export type Tally = {
  asked: number;
  right: number;
  confirmed: number;
  confirmedWrong: number;
  readonly byCause: Map<string, number>;
  readonly wrong: string[];
};
export const newTally = (): Tally => ({
  asked: 0,
  right: 0,
  confirmed: 0,
  confirmedWrong: 0,
  byCause: new Map(),
  wrong: [],
});

/** Something that happens in a shop, or that people do about it. */
export type Action = (runModel: ModelRun, shop: ModelShop) => void | Promise<void>;

export const now = ({ harness }: ModelRun): number => millisecondsOf(harness.clock.now());

/** Shows what the shop has now, in an order and in pages of its own. */
export function show({ harness, random }: ModelRun, shop: ModelShop): void {
  const catalogue = harness.catalogue(shop.shopId);
  catalogue.listings = catalogueOf(shop, random);
  catalogue.pageSize = 1 + random.below(9);
}

export async function syncOnce({ harness, never }: ModelRun, shop: ModelShop, full: boolean): Promise<SyncResult> {
  harness.clock.advance(60_000);
  const [result] = await harness.services.sync.run({ shopIds: [toShopId(shop.shopId)], full }, never);
  return result!;
}

/** A full reading to its end. `as it lies`: in the same order and pages as were shown last. */
export async function readShop(
  modelRun: ModelRun,
  shop: ModelShop,
  how: 'anew' | 'as it lies' = 'anew',
): Promise<void> {
  if (shop.paused) return;
  if (how === 'anew') show(modelRun, shop);
  const result = await syncOnce(modelRun, shop, true);
  assert.equal(result.run?.outcome === 'changed' || result.run?.outcome === 'unchanged', true, JSON.stringify(result));
  read(modelRun.fleet, shop, 'all');
}

/** A reading of what changed since the last one, by the shop's own clock: what was deleted goes unnoticed. */
export async function readChanges(modelRun: ModelRun, shop: ModelShop): Promise<void> {
  show(modelRun, shop);
  const { shown } = modelRun.harness.catalogue(shop.shopId);
  shown.length = 0;
  const { run } = await syncOnce(modelRun, shop, false);
  const places = shown.map(({ ref }) =>
    ref.shopVariantId === undefined ? ref.shopProductId : `${ref.shopProductId}/${ref.shopVariantId}`,
  );
  read(modelRun.fleet, shop, run?.kind === 'full' ? 'all' : new Set(places));
  await checkLinks(modelRun, `changes in ${shop.shopId}`);
}

export async function productOf({ harness }: ModelRun, thing: Thing): Promise<Product | undefined> {
  return (await harness.store.productsBy({ skus: [toSku(thing.sku)] }))[0];
}

async function linksIn({ fleet, harness }: ModelRun): Promise<readonly string[]> {
  const links = (
    await Promise.all(fleet.shops.map(({ shopId }) => harness.store.integrationsOn(toShopId(shopId))))
  ).flat();
  const products = await harness.store.products(links.map(({ productId }) => productId));
  const skus = new Map(products.map(({ id, sku }) => [id, sku]));
  return links
    .map(({ ref, productId }) => {
      const variant = ref.shopVariantId === undefined ? '' : `/${ref.shopVariantId}`;
      return `${ref.shopId} ${ref.shopProductId}${variant} = ${skus.get(productId)}`;
    })
    .toSorted();
}

export const checkLinks = async (modelRun: ModelRun, after: string): Promise<void> =>
  assert.deepEqual(await linksIn(modelRun), linksOf(modelRun.fleet), `after ${after}`);
