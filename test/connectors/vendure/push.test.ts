import { describe, expect, it, vi } from 'vitest';
import type { Dialect } from '../../../src/demo/simulators/server.ts';
import { ends, errorOf, forever, quantityFor } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { inputs, openVendure, writes } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type ServiceDependencies = Awaited<ReturnType<typeof openVendure>>;
const refsIn = ({ shop }: ServiceDependencies) =>
  shop.shelf.flatMap(({ id, variants }) => variants.map((variant) => refTo('dk', id, variant.id)));

describe('A push to Vendure', () => {
  it('sends an id, a location and a figure, and nothing else', async () => {
    const world = await openVendure();
    world.shop.add({ quantity: 1 });
    expect(ends(await world.connector.push([quantityFor(refsIn(world)[0]!, 7)], forever))).toEqual(['set']);
    const [variant] = world.shop.shelf[0]!.variants;
    expect(inputs(world)).toEqual([[{ id: variant!.id, stockLevels: [{ stockLocationId: '1', stockOnHand: 7 }] }]]);
  });

  it('sets what is for sale: what orders hold lies on hand besides', async () => {
    const world = await openVendure();
    const cup = world.shop.add({ quantity: 5 });
    world.shop.sell([{ productId: cup.id, quantity: 2 }]);
    const [outcome] = await world.connector.push([quantityFor(refsIn(world)[0]!, 9)], forever);
    expect(outcome).toMatchObject({ kind: 'set', quantity: 9, was: 3 });
    expect(inputs(world)).toMatchObject([[{ stockLevels: [{ stockOnHand: 11 }] }]]);
    expect(cup.variants[0]!.quantity).toBe(9);
  });

  it('trap: Vendure stores stock for what it does not count, so nothing is sent', async () => {
    const world = await openVendure();
    world.shop.add({ tracked: false, quantity: 2 });
    const [outcome] = await world.connector.push([quantityFor(refsIn(world)[0]!, 9)], forever);
    expect(outcome).toMatchObject({ kind: 'refused', why: 'not-tracked-in-shop', said: 'trackInventory: FALSE' });
    expect([writes(world), world.shop.shelf[0]!.variants[0]!.quantity]).toEqual([[], 2]);
  });

  it('writes nothing where a variant inherits and the channel does not count', async () => {
    const world = await openVendure({ fake: { stockManagement: false } });
    world.shop.add({ variants: [{ tracked: 'parent', quantity: 2 }] });
    expect(ends(await world.connector.push([quantityFor(refsIn(world)[0]!, 9)], forever))).toEqual([
      'not-tracked-in-shop',
    ]);
    expect(writes(world)).toEqual([]);
  });

  it('trap: a batch is rolled back whole, so it is halved until the one that spoils it stands alone', async () => {
    const world = await openVendure();
    for (let at = 0; at < 9; at += 1) world.shop.add({ quantity: 1 });
    const spoilt = world.shop.shelf[4]!.variants[0]!;
    world.shop.temper.failItems = new Set([spoilt.id]);
    const outcomes = await world.connector.push(
      refsIn(world).map((ref) => quantityFor(ref, 3)),
      forever,
    );
    expect(ends(outcomes)).toEqual(['set', 'set', 'set', 'set', 'refused-by-shop', 'set', 'set', 'set', 'set']);
    expect(outcomes[4]).toMatchObject({ said: 'USER_INPUT_ERROR: This variant may not be changed' });
    expect(world.shop.shelf.map(({ variants }) => variants[0]!.quantity)).toEqual([3, 3, 3, 3, 1, 3, 3, 3, 3]);
  });

  it('says that a variant is gone which was deleted between the reading and the writing', async () => {
    const world = await openVendure();
    world.shop.add({ quantity: 1 });
    const gone = world.shop.add({ quantity: 1 });
    const refs = refsIn(world);
    world.shop.temper.beforeAnswer = ({ body }) => {
      if (body.includes('updateProductVariants') && world.shop.find(gone.id)) world.shop.deleteForever(gone.id);
    };
    const outcomes = await world.connector.push(
      refs.map((ref) => quantityFor(ref, 8)),
      forever,
    );
    expect(ends(outcomes)).toEqual(['set', 'not-found-in-shop']);
  });

  it('trap: takes no figure below zero, though Vendure would store it through stockLevels', async () => {
    const world = await openVendure();
    const cup = world.shop.add({ quantity: 5 });
    world.shop.sell([{ productId: cup.id, quantity: 2 }]);
    expect(ends(await world.connector.push([quantityFor(refsIn(world)[0]!, -1)], forever))).toEqual([
      'quantity-not-taken',
    ]);
    expect(writes(world)).toEqual([]);
  });

  it('believes no answer: a figure that the shop does not have afterwards was not taken', async () => {
    const deaf = (dialect: Dialect): Dialect => ({
      ...dialect,
      answer: (request, shop) =>
        request.body.includes('updateProductVariants')
          ? { status: 200, body: { data: { updateProductVariants: [{ id: '102' }] } } }
          : dialect.answer(request, shop),
    });
    const world = await openVendure({ around: deaf });
    world.shop.add({ quantity: 1 });
    const [outcome] = await world.connector.push([quantityFor(refsIn(world)[0]!, 9)], forever);
    expect(outcome).toMatchObject({ kind: 'refused', why: 'quantity-not-taken', said: 'the shop has 1' });
  });

  it('writes to no location by guess where there are several', async () => {
    const locations = ['1', '2'].map((id) => ({ id, name: `Lager ${id}`, active: true, ofAnotherApp: false }));
    const world = await openVendure({ fake: { locations } });
    const cup = world.shop.add({ quantity: 1 });
    cup.variants[0]!.elsewhere['2'] = 4;
    const ref = refsIn(world)[0]!;
    expect(ends(await world.connector.push([quantityFor(ref, 9)], forever))).toEqual(['location-missing']);
    const chosen = world.connect({ shop: { options: { location: '2' } } });
    expect(await chosen.push([quantityFor(ref, 9)], forever)).toMatchObject([{ kind: 'set', quantity: 9, was: 4 }]);
    expect([cup.variants[0]!.quantity, cup.variants[0]!.elsewhere]).toEqual([1, { '2': 9 }]);
  });

  it('asks for no id that is none of theirs', async () => {
    const world = await openVendure();
    world.shop.add({ quantity: 1 });
    const odd = refTo('dk', '101', '1 OR 1=1');
    expect(ends(await world.connector.push([quantityFor(odd, 9)], forever))).toEqual(['not-found-in-shop']);
    expect(world.shop.memory.requests.some(({ body }) => body.includes('OR 1=1'))).toBe(false);
  });

  it('names the right that is missing', async () => {
    const world = await openVendure();
    world.shop.add({ quantity: 1 });
    const ref = refsIn(world)[0]!;
    const reader = world.withOnly('read-products', 'read-stock');
    expect(ends(await reader.push([quantityFor(ref, 9)], forever))).toEqual(['no-permission']);
    const blind = (await openVendure()).withOnly('read-orders');
    const error = await errorOf(blind.page({}, forever));
    expect([error.kind, error.detail.permission]).toEqual(['forbidden', 'ReadCatalog']);
  });
});
