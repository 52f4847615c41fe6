import { describe, expect, it, vi } from 'vitest';
import type { Dialect } from '../../../src/demo/simulators/server.ts';
import { ends, forever, listingWith, quantityFor } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { openMedusa, updates } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type ServiceDependencies = Awaited<ReturnType<typeof openMedusa>>;
const refsIn = ({ shop }: ServiceDependencies) =>
  shop.shelf.flatMap(({ id, variants }) => variants.map((variant) => refTo('dk', id, variant.id)));

describe('A push to Medusa', () => {
  it('sends an item, a location and a figure, and nothing else', async () => {
    const world = await openMedusa();
    const cup = world.shop.add({ quantity: 1 });
    expect(ends(await world.connector.push([quantityFor(refsIn(world)[0]!, 7)], forever))).toEqual(['set']);
    const item = `iitem_${cup.variants[0]!.inventoryItemId}`;
    expect(updates(world)).toEqual([[{ inventory_item_id: item, location_id: '1', stocked_quantity: 7 }]]);
  });

  it('sets what is for sale: what orders reserve is stocked besides', async () => {
    const world = await openMedusa();
    const cup = world.shop.add({ quantity: 5 });
    world.shop.sell([{ productId: cup.id, quantity: 2 }]);
    const [outcome] = await world.connector.push([quantityFor(refsIn(world)[0]!, 9)], forever);
    expect(outcome).toMatchObject({ kind: 'set', quantity: 9, was: 3 });
    expect(updates(world)).toMatchObject([[{ stocked_quantity: 11 }]]);
  });

  it('trap: Medusa stores 2.5, so no part of a piece is sent, and one that stands there is written over by nothing', async () => {
    const world = await openMedusa();
    const cup = world.shop.add({ sku: 'CUP', quantity: 2.5 });
    expect((await listingWith(world.connector, 'CUP')).stock).toEqual({
      tracked: true,
      unreadable: { field: 'stocked_quantity', value: '2.5' },
    });
    const ref = refsIn(world)[0]!;
    expect(ends(await world.connector.push([quantityFor(ref, 3.5)], forever))).toEqual(['quantity-not-taken']);
    expect(ends(await world.connector.push([quantityFor(ref, 3)], forever))).toEqual(['figure-unreadable']);
    expect(updates(world)).toEqual([]);
    expect(cup.variants[0]!.quantity).toBe(2.5);
  });

  it('trap: takes no batch with one unknown item, so it is halved until that one stands alone', async () => {
    const world = await openMedusa();
    for (let at = 0; at < 7; at += 1) world.shop.add({ quantity: 1 });
    const refs = refsIn(world);
    const gone = world.shop.shelf[3]!.variants[0]!;
    let isGone = false;
    world.shop.temper.beforeAnswer = ({ method }) => {
      if (method !== 'POST' || isGone) return;
      isGone = true;
      world.shop.deleteForever(gone.id);
    };
    const outcomes = await world.connector.push(
      refs.map((ref) => quantityFor(ref, 4)),
      forever,
    );
    expect(ends(outcomes)).toEqual(['set', 'set', 'set', 'not-found-in-shop', 'set', 'set', 'set']);
  });

  it('writes nothing where nothing is counted: there is no item to write to', async () => {
    const world = await openMedusa();
    world.shop.add({ tracked: false, quantity: 2 });
    const [outcome] = await world.connector.push([quantityFor(refsIn(world)[0]!, 9)], forever);
    expect(outcome).toMatchObject({ why: 'not-tracked-in-shop', said: 'manage_inventory: false' });
    expect(updates(world)).toEqual([]);
  });

  it('creates no level where the item is not stocked', async () => {
    const locations = ['1', '2'].map((id) => ({ id, name: `Lager ${id}`, active: true, ofAnotherApp: false }));
    const world = await openMedusa({ fake: { locations } });
    const cup = world.shop.add({ quantity: 1 });
    const ref = refsIn(world)[0]!;
    expect(await world.connector.push([quantityFor(ref, 9)], forever)).toMatchObject([
      { why: 'location-missing', said: 'choose a stock location: Lager 1, Lager 2' },
    ]);
    const chosen = world.connect({ shop: { options: { location: '2' } } });
    expect(await chosen.push([quantityFor(ref, 9)], forever)).toMatchObject([
      { why: 'location-missing', said: expect.stringContaining('not stocked there') },
    ]);
    cup.variants[0]!.elsewhere['2'] = 4;
    expect(await chosen.push([quantityFor(ref, 9)], forever)).toMatchObject([{ kind: 'set', quantity: 9, was: 4 }]);
    expect([cup.variants[0]!.quantity, cup.variants[0]!.elsewhere]).toEqual([1, { '2': 9 }]);
  });

  it('believes no 200: a figure that the shop does not have afterwards was not taken', async () => {
    const deaf = (dialect: Dialect): Dialect => ({
      ...dialect,
      answer: (request, shop) =>
        request.method === 'POST'
          ? { status: 200, body: { created: [], updated: [{ stocked_quantity: 9 }] } }
          : dialect.answer(request, shop),
    });
    const world = await openMedusa({ around: deaf });
    world.shop.add({ quantity: 1 });
    const [outcome] = await world.connector.push([quantityFor(refsIn(world)[0]!, 9)], forever);
    expect(outcome).toMatchObject({ kind: 'refused', why: 'quantity-not-taken', said: 'the shop has 1' });
  });

  it('lets two variants that share an item have one figure', async () => {
    const shared = (dialect: Dialect): Dialect => ({
      ...dialect,
      answer: (request, shop) => {
        const answer = dialect.answer(request, shop);
        const text = JSON.stringify(answer.body).replaceAll(
          /"inventory_item_id":"[^"]+"/g,
          '"inventory_item_id":"iitem_one"',
        );
        return { ...answer, body: JSON.parse(text) };
      },
    });
    const world = await openMedusa({ around: shared });
    world.shop.add({ quantity: 1 });
    world.shop.add({ quantity: 1 });
    const outcomes = await world.connector.push(
      refsIn(world).map((ref, at) => quantityFor(ref, 5 + at)),
      forever,
    );
    expect(ends(outcomes)).toEqual(['figure-contested', 'figure-contested']);
    expect(updates(world)).toEqual([]);
  });
});
