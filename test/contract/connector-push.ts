import { expect, it } from 'vitest';
import type { FakeShop } from '../../src/demo/simulators/fake-shop.ts';
import type { ListingRef } from '../../src/domain/ids.ts';
import type { ShopConnector } from '../../src/ports/shop-connector.ts';
import { refTo } from '../support/builders.ts';
import {
  type Contestant,
  ends,
  forever,
  idFor,
  listingWith,
  openHarness,
  quantityFor,
  readAll,
} from './connector-harness.ts';

const refOf = async (connector: ShopConnector, sku: string): Promise<ListingRef> =>
  (await listingWith(connector, sku)).ref;
const figures = (shop: FakeShop): readonly number[] =>
  shop.shelf.flatMap(({ variants }) => variants.map(({ quantity }) => quantity));

/** Cases 60 to 68: one absolute figure each, believed only when the shop shows it. */
export function pushCases(contestant: Contestant): void {
  it('sets figures, answers in the order given, and says what was there', async () => {
    const { shop, connector } = await openHarness(contestant);
    shop.add({ sku: 'CUP', quantity: 3 });
    shop.add({
      variants: [
        { sku: 'SHIRT-S', quantity: 1 },
        { sku: 'SHIRT-M', quantity: 2 },
      ],
    });
    const refs = [await refOf(connector, 'SHIRT-M'), await refOf(connector, 'CUP'), await refOf(connector, 'SHIRT-S')];
    const outcomes = await connector.push(
      refs.map((ref, at) => quantityFor(ref, 10 + at)),
      forever,
    );
    expect(outcomes).toEqual([
      { ref: refs[0], kind: 'set', quantity: 10, was: 2 },
      { ref: refs[1], kind: 'set', quantity: 11, was: 3 },
      { ref: refs[2], kind: 'set', quantity: 12, was: 1 },
    ]);
    expect(figures(shop)).toEqual([11, 12, 10]);
  });

  it('sends nothing to a shop that has nothing to be told', async () => {
    const { shop, connector } = await openHarness(contestant);
    expect(await connector.push([], forever)).toEqual([]);
    expect(shop.memory.requests).toEqual([]);
  });

  it('does not write a figure that stands there already', async () => {
    const { shop, connector } = await openHarness(contestant);
    const cup = shop.add({ sku: 'CUP', quantity: 3 });
    const ref = await refOf(connector, 'CUP');
    const before = structuredClone(cup);
    expect(ends(await connector.push([quantityFor(ref, 3)], forever))).toEqual(['set']);
    expect(cup).toEqual(before);
  });

  it('carries more than one batch', async () => {
    const { shop, connector } = await openHarness(contestant);
    const { pushBatch } = connector.can;
    for (let at = 0; at < 2 * pushBatch + 30; at += 1) shop.add({ sku: `S-${at}`, quantity: 1 });
    const { listings } = await readAll(connector);
    const outcomes = await connector.push(
      listings.filter((listing) => listing.sellable === 'unit').map((listing) => quantityFor(listing.ref, 7)),
      forever,
    );
    expect(new Set(ends(outcomes))).toEqual(new Set(['set']));
    expect(new Set(figures(shop))).toEqual(new Set([7]));
  });

  it.skipIf(contestant.alwaysCounted)(
    '60: says when the shop does not count the thing, and does not switch counting on',
    async () => {
      const { countsAllOrNone } = contestant.driver.capabilities;
      const { shop, connector } = await openHarness(contestant, { stockManagement: countsAllOrNone !== true });
      shop.add({ sku: 'FREE', quantity: 2, tracked: false });
      shop.add({ sku: 'CUP', quantity: 1 });
      const refs = [await refOf(connector, 'FREE'), await refOf(connector, 'CUP')];
      const outcomes = await connector.push(
        refs.map((ref) => quantityFor(ref, 9)),
        forever,
      );
      expect(ends(outcomes)).toEqual(['not-tracked-in-shop', countsAllOrNone ? 'not-tracked-in-shop' : 'set']);
      expect(figures(shop)).toEqual([2, countsAllOrNone ? 1 : 9]);
      expect(shop.shelf[0]!.variants[0]!.tracked).toBe(false);
    },
  );

  it.each(['draft', 'archived', 'discontinued'])('61: writes nothing to a product that is %s', async (status) => {
    const { shop, connector } = await openHarness(contestant);
    const cup = shop.add({ sku: 'CUP', quantity: 2 });
    const ref = await refOf(connector, 'CUP');
    shop.setStatus(cup.id, status);
    expect(ends(await connector.push([quantityFor(ref, 9)], forever))).toEqual(['inactive-in-shop']);
    expect(cup).toMatchObject({ status, variants: [{ quantity: 2 }] });
  });

  it('61: creates nothing where a product is gone', async () => {
    const { shop, connector } = await openHarness(contestant);
    const cup = shop.add({ sku: 'CUP', quantity: 2 });
    const ref = await refOf(connector, 'CUP');
    shop.deleteForever(cup.id);
    const never = refTo('dk', idFor(contestant, 777_001), idFor(contestant, 777_002));
    expect(ends(await connector.push([quantityFor(ref, 9), quantityFor(never, 9)], forever))).toEqual([
      'not-found-in-shop',
      'not-found-in-shop',
    ]);
    expect(shop.shelf).toEqual([]);
  });

  it('11: never moves a variant, and never writes under the product it left', async () => {
    const { shop, connector } = await openHarness(contestant);
    const old = shop.add({
      variants: [
        { sku: 'SHIRT-S', quantity: 1 },
        { sku: 'SHIRT-M', quantity: 1 },
      ],
    });
    const other = shop.add({ variants: [{ sku: 'OTHER-L', quantity: 1 }] });
    const ref = await refOf(connector, 'SHIRT-S');
    shop.moveVariant(old.variants[0]!.id, other.id);
    // What is a product of its own is the same thing wherever it hangs.
    const { variantsAreProducts } = connector.can;
    expect(ends(await connector.push([quantityFor(ref, 9)], forever))).toEqual([
      variantsAreProducts ? 'set' : 'variant-moved',
    ]);
    expect(other.variants.map(({ sku, quantity }) => [sku, quantity])).toEqual([
      ['OTHER-L', 1],
      ['SHIRT-S', variantsAreProducts ? 9 : 1],
    ]);
    expect(old.variants.map(({ sku }) => sku)).toEqual(['SHIRT-M']);
  });

  it('62: one item that is refused does not stop the rest', async () => {
    const { shop, connector } = await openHarness(contestant);
    const products = Array.from({ length: 7 }, (_, at) => shop.add({ sku: `S-${at}`, quantity: 1 }));
    const refs = await Promise.all(products.map((_, at) => refOf(connector, `S-${at}`)));
    shop.temper.failItems = new Set([products[3]!.id, products[3]!.variants[0]!.id]);
    const outcomes = await connector.push(
      refs.map((ref) => quantityFor(ref, 5)),
      forever,
    );
    expect(outcomes.map(({ kind }) => kind)).toEqual(['set', 'set', 'set', 'refused', 'set', 'set', 'set']);
    expect(figures(shop)).toEqual([5, 5, 5, 1, 5, 5, 5]);
  });

  it('63: finds out what became of a write whose answer was lost', async () => {
    const { shop, connector, patiently } = await openHarness(contestant);
    shop.add({ sku: 'CUP', quantity: 1 });
    const ref = await refOf(connector, 'CUP');
    shop.temper.only =
      contestant.writes ?? (({ body }) => /stock_quantity|inventorySetQuantities|<quantity>|sourceItems/.test(body));
    shop.temper.loseAnswers = 1;
    expect(await patiently.push([quantityFor(ref, 6)], forever)).toMatchObject([{ kind: 'set', quantity: 6 }]);
    expect(figures(shop)).toEqual([6]);
  });

  it('65: never writes over a figure that has moved since it was read, and tells what the shop has', async () => {
    const { shop, connector } = await openHarness(contestant);
    const cup = shop.add({ sku: 'CUP', quantity: 9 });
    shop.add({ sku: 'POT', quantity: 9 });
    const [moved, still] = [await refOf(connector, 'CUP'), await refOf(connector, 'POT')];
    shop.setQuantity(cup.id, 4);
    const planned = [moved, still].map((ref) => ({ ...quantityFor(ref, 20), expected: 9 }));
    expect(await connector.push(planned, forever)).toEqual([
      { ref: moved, kind: 'stale', shopHas: 4 },
      { ref: still, kind: 'set', quantity: 20, was: 9 },
    ]);
    expect(figures(shop)).toEqual([4, 20]);
    // What the shop has already come to by itself is no trouble.
    const [there] = await connector.push([{ ...quantityFor(moved, 4), expected: 9 }], forever);
    expect(there).toMatchObject({ kind: 'set', quantity: 4 });
  });

  it('67: writes a negative figure as it is, and no part of a piece', async () => {
    const { shop, connector } = await openHarness(contestant);
    shop.add({ sku: 'OWED', quantity: 1 });
    shop.add({ sku: 'HALF', quantity: 1 });
    const refs = [await refOf(connector, 'OWED'), await refOf(connector, 'HALF')];
    const [owed, half] = await connector.push([quantityFor(refs[0]!, -4), quantityFor(refs[1]!, 2.5)], forever);
    expect(owed).toMatchObject(connector.can.negative ? { kind: 'set', quantity: -4 } : { kind: 'refused' });
    expect(half?.kind).toBe('refused');
    expect(figures(shop)).toEqual([connector.can.negative ? -4 : 1, 1]);
  });

  it('68: lets nobody fight over one figure', async () => {
    const { shop, connector } = await openHarness(contestant);
    shop.add({ sku: 'CUP', quantity: 1 });
    const ref = await refOf(connector, 'CUP');
    const outcomes = await connector.push([quantityFor(ref, 5), quantityFor(ref, 8)], forever);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['refused', 'refused']);
    expect(figures(shop)).toEqual([1]);
  });

  it('changes nothing but figures: no product comes, goes, or changes its status', async () => {
    const { shop, connector } = await openHarness(contestant);
    shop.add({ sku: 'CUP', quantity: 1 });
    shop.add({ sku: 'POT', status: 'draft', quantity: 1 });
    shop.add({ variants: [{ sku: 'SHIRT-S', quantity: 1 }] });
    const bare = () =>
      shop.shelf.map(({ updatedAt: _, variants, ...pauseFor }) => ({
        ...pauseFor,
        variants: variants.map(({ updatedAt: _at, quantity: _figure, ...own }) => own),
      }));
    const before = structuredClone(bare());
    const { listings } = await readAll(connector);
    await connector.push(
      listings.map((listing) => quantityFor(listing.ref, 40)),
      forever,
    );
    expect(bare()).toEqual(before);
  });

  it('writes nothing with a key that may only read, and says which right is missing', async () => {
    const harness = await openHarness(contestant);
    harness.shop.add({ sku: 'CUP', quantity: 1 });
    const ref = await refOf(harness.connector, 'CUP');
    const reader = harness.withOnly('read-products', 'read-stock', 'read-orders', 'read-settings');
    const end = await reader.push([quantityFor(ref, 9)], forever).then(ends, (error) => [error.kind]);
    expect(['no-permission', 'forbidden']).toContain(end[0]);
    expect(figures(harness.shop)).toEqual([1]);
    const { permissions } = await reader.test(forever);
    const untold = contestant.untoldRights?.includes('write-stock');
    expect(permissions.find(({ wanted }) => wanted === 'write-stock')?.granted).toBe(untold ? undefined : false);
    expect(permissions.find(({ wanted }) => wanted === 'read-products')?.granted).toBe(true);
  });
}
