import assert from 'node:assert/strict';
import { millisecondsOf, toShopId, toSku } from '../../src/domain/ids.ts';
import type { Product } from '../../src/domain/product.ts';
import type { SyncResult } from '../../src/services/services.ts';
import type { Dice } from '../support/dice.ts';
import type { TestWorld } from '../support/world.ts';
import { type Fleet, type ModelShop, shelfOf, type Thing } from './model-fleet.ts';
import { linksOf, read } from './rules.ts';

/** A fleet being played: the model, the program beside it, and how the two are held together. */
export type Play = {
  readonly fleet: Fleet;
  readonly world: TestWorld;
  readonly dice: Dice;
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

export const now = ({ world }: Play): number => millisecondsOf(world.clock.now());

/** Shows what the shop has now, in an order and in pages of its own. */
export function show({ world, dice }: Play, shop: ModelShop): void {
  const shelf = world.shelf(shop.shopId);
  shelf.listings = shelfOf(shop, dice);
  shelf.pageSize = 1 + dice.roll(9);
}

export async function syncOnce({ world, never }: Play, shop: ModelShop, full: boolean): Promise<SyncResult> {
  world.clock.advance(60_000);
  const [result] = await world.services.sync({ shopIds: [toShopId(shop.shopId)], full }, never);
  return result!;
}

/** A full reading to its end. `as it lies`: in the same order and pages as were shown last. */
export async function readShop(game: Play, shop: ModelShop, how: 'anew' | 'as it lies' = 'anew'): Promise<void> {
  if (shop.paused) return;
  if (how === 'anew') show(game, shop);
  const result = await syncOnce(game, shop, true);
  assert.equal(result.run?.outcome === 'changed' || result.run?.outcome === 'unchanged', true, JSON.stringify(result));
  read(game.fleet, shop, 'all');
}

/** A reading of what changed since the last one, by the shop's own clock: what was deleted goes unnoticed. */
export async function readChanges(game: Play, shop: ModelShop): Promise<void> {
  show(game, shop);
  const { shown } = game.world.shelf(shop.shopId);
  shown.length = 0;
  const { run } = await syncOnce(game, shop, false);
  const places = shown.map(({ ref }) =>
    ref.shopVariantId === undefined ? ref.shopProductId : `${ref.shopProductId}/${ref.shopVariantId}`,
  );
  read(game.fleet, shop, run?.kind === 'full' ? 'all' : new Set(places));
  await checkLinks(game, `changes in ${shop.shopId}`);
}

export async function productOf({ world }: Play, thing: Thing): Promise<Product | undefined> {
  return (await world.store.productsBy({ skus: [toSku(thing.sku)] }))[0];
}

async function linksIn({ fleet, world }: Play): Promise<readonly string[]> {
  const links = (
    await Promise.all(fleet.shops.map(({ shopId }) => world.store.integrationsOn(toShopId(shopId))))
  ).flat();
  const products = await world.store.products(links.map(({ productId }) => productId));
  const skus = new Map(products.map(({ id, sku }) => [id, sku]));
  return links
    .map(({ ref, productId }) => {
      const variant = ref.shopVariantId === undefined ? '' : `/${ref.shopVariantId}`;
      return `${ref.shopId} ${ref.shopProductId}${variant} = ${skus.get(productId)}`;
    })
    .toSorted();
}

export const checkLinks = async (game: Play, after: string): Promise<void> =>
  assert.deepEqual(await linksIn(game), linksOf(game.fleet), `after ${after}`);
