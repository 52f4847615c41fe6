import { describe, expect, it, vi } from 'vitest';
import { shopwareId } from '../../../src/demo/simulators/shopware.ts';
import { ends, forever, quantityFor } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { answering, openShopware, syncs } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('A push to Shopware', () => {
  it('sends an id and a figure and nothing else, all in one transaction', async () => {
    const world = await openShopware();
    const cup = world.shop.add({ quantity: 1 });
    const shirt = world.shop.add({ variants: [{ quantity: 1 }, { quantity: 1 }] });
    const refs = [refTo('dk', cup.id), ...shirt.variants.map(({ id }) => refTo('dk', shirt.id, id))];
    const quantities = refs.map((ref) => quantityFor(ref, 7));
    expect(ends(await world.connector.push(quantities, forever))).toEqual(['set', 'set', 'set']);
    expect(syncs(world).map(({ body }) => JSON.parse(body))).toEqual([
      [
        {
          key: 'write-stock',
          action: 'upsert',
          entity: 'product',
          payload: [cup, ...shirt.variants].map(({ id }) => ({ id, stock: 7 })),
        },
      ],
    ]);
  });

  it('leaves what open orders hold in stock, as before 6.6', async () => {
    const world = await openShopware({ version: '6.5.8.0', openOrders: { [shopwareId(101)]: 3 } });
    const cup = world.shop.add({ quantity: 7 });
    const [outcome] = await world.connector.push([quantityFor(refTo('dk', cup.id), 5)], forever);
    expect(outcome).toEqual({ ref: refTo('dk', cup.id), kind: 'set', quantity: 5, was: 7 });
    expect(JSON.parse(syncs(world)[0]!.body)[0].payload).toEqual([{ id: cup.id, stock: 8 }]);
    expect(cup.variants[0]!.quantity).toBe(5);
  });

  it('does not believe a 200: what a plug-in kept elsewhere was not taken', async () => {
    const { shop, connector } = await openShopware({ stockElsewhere: true });
    const cup = shop.add({ quantity: 1 });
    expect(await connector.push([quantityFor(refTo('dk', cup.id), 9)], forever)).toEqual([
      { ref: refTo('dk', cup.id), kind: 'refused', why: 'quantity-not-taken', said: 'stock is 1 after the write' },
    ]);
  });

  it('creates nothing when a product goes between reading and writing, and the others get their figures', async () => {
    const world = await openShopware();
    const products = Array.from({ length: 5 }, () => world.shop.add({ quantity: 1 }));
    let gone = false;
    world.shop.temper.beforeAnswer = ({ path }) => {
      if (gone || !path.endsWith('_action/sync')) return;
      gone = true;
      world.shop.deleteForever(products[2]!.id);
    };
    const outcomes = await world.connector.push(
      products.map(({ id }) => quantityFor(refTo('dk', id), 4)),
      forever,
    );
    expect(ends(outcomes)).toEqual(['set', 'set', 'not-found-in-shop', 'set', 'set']);
    expect(world.shop.shelf.map(({ variants }) => variants[0]!.quantity)).toEqual([4, 4, 4, 4]);
  });

  it('halves a batch until the one that the shop refuses stands alone, with the words of the shop', async () => {
    const world = await openShopware();
    const products = Array.from({ length: 8 }, () => world.shop.add({ quantity: 1 }));
    world.shop.temper.failItems = new Set([products[6]!.id]);
    const outcomes = await world.connector.push(
      products.map(({ id }) => quantityFor(refTo('dk', id), 4)),
      forever,
    );
    expect(outcomes[6]).toMatchObject({
      why: 'refused-by-shop',
      said: 'PLUGIN__LOCKED: This product may not be changed.',
    });
    expect(ends(outcomes).filter((end) => end === 'set')).toHaveLength(7);
    expect(syncs(world).length).toBeLessThan(8);
  });

  it('never writes what it cannot read, and does not call it gone', async () => {
    const world = await openShopware();
    const cup = world.shop.add({ quantity: 1 });
    world.shop.temper.brokenRows = new Set([cup.id]);
    const [outcome] = await world.connector.push([quantityFor(refTo('dk', cup.id), 4)], forever);
    expect(outcome).toMatchObject({ kind: 'refused', why: 'figure-unreadable' });
    expect(syncs(world)).toEqual([]);
  });

  it('does not ask about an id that is none of Shopware, and never sends it', async () => {
    const world = await openShopware();
    const refs = [refTo('dk', '4711'), refTo('dk', shopwareId(101), 'no id')];
    expect(
      ends(
        await world.connector.push(
          refs.map((ref) => quantityFor(ref, 4)),
          forever,
        ),
      ),
    ).toEqual(['not-found-in-shop', 'not-found-in-shop']);
    expect(world.shop.memory.requests.filter(({ path }) => /search|sync/.test(path))).toEqual([]);
  });

  it('writes to no download and to no product that has variants', async () => {
    const world = await openShopware();
    const file = world.shop.add({ kind: 'download', quantity: 1 });
    const shirt = world.shop.add({ quantity: 3, variants: [{ quantity: 1 }] });
    const outcomes = await world.connector.push(
      [file, shirt].map(({ id }) => quantityFor(refTo('dk', id), 4)),
      forever,
    );
    expect(outcomes.map((outcome) => 'said' in outcome && outcome.said)).toEqual(['digital', 'it has variants']);
    expect(syncs(world)).toEqual([]);
  });

  it('names the privilege that is missing as Shopware does', async () => {
    const world = await openShopware();
    const cup = world.shop.add({ quantity: 1 });
    const reader = world.withOnly('read-products');
    expect(await reader.push([quantityFor(refTo('dk', cup.id), 4)], forever)).toMatchObject([
      { why: 'no-permission', said: 'missing privileges: product:update' },
    ]);
  });

  it('reads all targets where the host allows few rows of a list', async () => {
    const world = await openShopware({ maxLimit: 50 });
    for (let at = 0; at < 130; at += 1) world.shop.add({ quantity: 1 });
    const outcomes = await world.connector.push(
      world.shop.shelf.map(({ id }) => quantityFor(refTo('dk', id), 4)),
      forever,
    );
    expect(new Set(ends(outcomes))).toEqual(new Set(['set']));
    expect(syncs(world)).toHaveLength(2);
  });

  it('gives a figure that two rows of a plan share to both of them, and sends it once', async () => {
    const world = await openShopware();
    const cup = world.shop.add({ quantity: 1 });
    const one = quantityFor(refTo('dk', cup.id), 4);
    expect(ends(await world.connector.push([one, { ...one }], forever))).toEqual(['set', 'set']);
    expect(JSON.parse(syncs(world)[0]!.body)[0].payload).toEqual([{ id: cup.id, stock: 4 }]);
  });

  it('waits out a maintenance page in the middle instead of calling the figures refused', async () => {
    let down = 1;
    const world = await openShopware(
      {},
      {},
      answering((request) =>
        request.path.endsWith('_action/sync') && down-- > 0
          ? { status: 503, headers: { 'content-type': 'text/html', 'retry-after': '3' }, body: '<h1>Maintenance</h1>' }
          : undefined,
      ),
    );
    const cup = world.shop.add({ quantity: 1 });
    expect(ends(await world.patiently.push([quantityFor(refTo('dk', cup.id), 4)], forever))).toEqual(['set']);
  });
});
