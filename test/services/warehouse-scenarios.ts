import { expect, test } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import {
  findingOf,
  fiveShops,
  forever,
  idIn,
  linkedIn,
  pushEverything,
  quantityIn,
  stockUp,
  syncAll,
  type TestEnvironment,
  theCard,
  theProduct,
  topOf,
  whyIn,
} from './test-environment.ts';
import { sync } from './warehouse-environment.ts';

/** A world whose warehouse has these things to do, whichever system it is. */
export type WarehouseWorld = TestEnvironment & {
  /** Goods come to be there: so many lie there, and so many of them are promised. */
  stock(goods: {
    readonly sku: string;
    readonly name: string;
    /** What the first shop calls it, where the warehouse keeps such a thing. */
    readonly productId?: string;
    readonly onHand: number;
    readonly promised?: number;
  }): Promise<void>;
  /** Somebody counts there. */
  count(sku: string, onHand: number): Promise<void>;
};

const trouble = 'de';
const theShop = toShopId(trouble);
const others = fiveShops.filter((id) => id !== trouble);

const shown = (world: TestEnvironment, sku: string): readonly number[] =>
  fiveShops.map((id) => quantityIn(world, id, sku));

/** The scenarios of the seed with this warehouse behind the shops: `source` is the id of its driver. */
export function warehouseScenarios(
  name: string,
  source: string,
  open: (shops: readonly string[]) => Promise<WarehouseWorld>,
): void {
  /** Five shops that sell one thing, of which the warehouse has eight to sell. */
  async function fiveLines(): Promise<WarehouseWorld> {
    const world = await open(fiveShops);
    stockUp(world, fiveShops, 'A-1');
    await syncAll(world);
    const productId = idIn(world, 'dk', 'A-1');
    await world.stock({ sku: 'A-1', name: 'A', productId, onHand: 10, promised: 2 });
    await sync(world);
    return world;
  }

  test(`with ${name}: five lines; without one of them its figure flows to the four, and a fetch restores the fifth`, async () => {
    const world = await fiveLines();
    expect(await linkedIn(world, 'A-1')).toEqual(fiveShops);
    await world.services.integrations.remove((await theProduct(world, 'A-1')).id, theShop, 'by mistake');
    expect(await linkedIn(world, 'A-1')).toEqual(others);
    await pushEverything(world);
    expect(shown(world, 'A-1')).toEqual(fiveShops.map((id) => (id === trouble ? 3 : 8)));
    await world.services.fetch.run({ asked: ['A-1'], shopIds: [theShop] }, forever);
    expect(await linkedIn(world, 'A-1')).toEqual(fiveShops);
  });

  test(`with ${name}: inactive in one shop, only its line goes; active and fetched, the figure of now is told there`, async () => {
    const world = await fiveLines();
    world.shop(trouble).setStatus(idIn(world, trouble, 'A-1'), 'draft');
    await syncAll(world);
    expect(await linkedIn(world, 'A-1')).toEqual(others);
    expect(topOf(await whyIn(world, 'A-1', trouble))).toBe('inactive-in-shop: confirmed');
    await world.count('A-1', 7);
    await sync(world);
    world.shop(trouble).setStatus(idIn(world, trouble, 'A-1'), 'active');
    await world.services.fetch.run({ asked: ['A-1'], shopIds: [theShop] }, forever);
    await pushEverything(world);
    expect(shown(world, 'A-1')).toEqual([5, 5, 5, 5, 5]);
  });

  test(`with ${name}: a copy with the same id gets no line and its holder is named; made there alone, it is not expected`, async () => {
    const world = await fiveLines();
    world.shop(trouble).showTwice(idIn(world, trouble, 'A-1'), { sku: 'A-1-COPY', title: 'Copy', quantity: 1 });
    await syncAll(world);
    expect(await linkedIn(world, 'A-1-COPY')).toEqual([]);
    const taken = findingOf(await whyIn(world, 'A-1-COPY', trouble), 'shop-id-taken');
    const { id } = await theProduct(world, 'A-1');
    expect(taken.evidence).toContainEqual(expect.objectContaining({ kind: 'id-held-by', holder: id }));
    await world.services.warehouse.change({ master: 'warehouse' });
    await world.stock({ sku: 'W-1', name: 'Kun på lageret', onHand: 4 });
    await sync(world);
    const card = await theCard(world, 'W-1');
    expect(card.expected).toBe(0);
    expect(new Set(card.places.map(({ diagnosis }) => topOf(diagnosis)))).toEqual(
      new Set(['only-in-warehouse: confirmed']),
    );
  });

  test(`with ${name}: archived in every shop it stays with its stock, and its shop product id finds the holder`, async () => {
    const world = await fiveLines();
    for (const id of fiveShops) world.shop(id).setStatus(idIn(world, id, 'A-1'), 'draft');
    await syncAll(world);
    const card = await theCard(world, 'A-1');
    expect(card.linked).toBe(0);
    expect(card.product.stock).toMatchObject({ onHand: 10, reserved: 2, available: 8, source });
    expect(await world.services.lookup.holders(idIn(world, 'dk', 'A-1'), toShopId('dk'))).toHaveLength(1);
  });
}
