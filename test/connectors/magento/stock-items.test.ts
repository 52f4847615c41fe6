import { describe, expect, it, vi } from 'vitest';
import { integrationOf } from '../../../src/demo/simulators/magento/auth.ts';
import {
  type ConnectorHarness,
  ends,
  forever,
  quantityFor,
  readAll,
  readStock,
} from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { asked, type MagentoWorldOptions, openMagento } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const open = (over: MagentoWorldOptions = {}) =>
  openMagento({ ...over, options: { sourceless: true, ...over.options }, fake: { ordersLeaveStock: false } });

const writes = ({ shop }: ConnectorHarness) => shop.memory.requests.filter(({ method }) => method === 'PUT');

describe('A Magento without Multi-Source Inventory', () => {
  it('is found out by its own answer, at the test as well as by the first reading', async () => {
    const world = await open();
    const cup = world.shop.add({ sku: 'CUP', quantity: 7 });
    const report = await world.connector.test(forever);
    expect(report.permissions.filter(({ wanted }) => wanted.endsWith('-stock'))).toEqual([
      { wanted: 'read-stock', platformWord: 'Magento_CatalogInventory::cataloginventory', granted: true, needed: true },
      {
        wanted: 'write-stock',
        platformWord: 'Magento_CatalogInventory::cataloginventory',
        granted: true,
        needed: true,
      },
    ]);
    expect(report.choices.filter(({ option }) => option === 'source')).toEqual([]);
    const fresh = world.connect();
    expect((await fresh.product(refTo('dk', cup.id).shopProductId, forever))[0]?.stock).toMatchObject({ quantity: 7 });
    const shown = asked(world, /source-items/).length;
    await fresh.product(refTo('dk', cup.id).shopProductId, forever);
    expect(asked(world, /source-items/)).toHaveLength(shown);
  });

  it('keeps no order back, and says so once its own answer told: the blind spot is of shops with sources', async () => {
    const { connector, shop } = await open();
    const cup = shop.add({ sku: 'CUP', quantity: 7 });
    expect(connector.can.blindSpots).toContain('shop-reserves-itself');
    shop.sell([{ productId: cup.id, quantity: 2 }]);
    expect((await connector.product(refTo('dk', cup.id).shopProductId, forever))[0]?.stock.quantity).toBe(5);
    expect(connector.can.blindSpots).not.toContain('shop-reserves-itself');
    const sourced = await openMagento({});
    sourced.shop.add({ sku: 'CUP', quantity: 7 });
    await readAll(sourced.connector);
    expect(sourced.connector.can.blindSpots).toContain('shop-reserves-itself');
  });

  it('is asked for all its stock once a reading, and by number for what the list does not show', async () => {
    const world = await open();
    const shelf = Array.from({ length: 240 }, (_, at) => world.shop.add({ sku: `S-${at}`, quantity: at }));
    const { listings } = await readAll(world.connector);
    expect(listings.map(({ stock }) => stock.quantity)).toEqual(shelf.map((_, at) => at));
    expect(asked(world, /lowStock/)).toHaveLength(1);
    expect(asked(world, /stockItems\/S-/)).toEqual([]);
    const rows = await readStock(world.connector);
    expect(rows.map(({ stock }) => stock.quantity)).toEqual(shelf.map((_, at) => at));
    expect(asked(world, /lowStock/)).toHaveLength(2);
  });

  it('shows what its list left out, and ends where the last page comes again and again', async () => {
    const world = await open({
      around: ({ path }) =>
        path.endsWith('/lowStock/')
          ? { status: 200, body: { items: [{ product_id: 1, qty: 3, is_in_stock: true, manage_stock: true }] } }
          : undefined,
    });
    Array.from({ length: 30 }, (_, at) => world.shop.add({ sku: `S-${at}`, quantity: at + 1 }));
    const { listings } = await readAll(world.connector);
    expect(listings.map(({ stock }) => stock.quantity)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
    expect(asked(world, /lowStock/)).toHaveLength(2);
  });

  it('tells what is not counted, which its list shows as well', async () => {
    const world = await open();
    world.shop.add({ sku: 'FREE', tracked: false });
    world.shop.add({ sku: 'CUP', quantity: 2 });
    const { listings } = await readAll(world.connector);
    expect(listings.map(({ stock }) => stock.tracked)).toEqual([false, true]);
  });

  it('is written one stock item a call, with in or out of stock, and read again', async () => {
    const world = await open();
    const cup = world.shop.add({ sku: 'CUP', quantity: 1 });
    const pot = world.shop.add({ sku: 'POT / 2', quantity: 3 });
    const outcomes = await world.connector.push(
      [quantityFor(refTo('dk', cup.id), 7), quantityFor(refTo('dk', pot.id), 0)],
      forever,
    );
    expect(ends(outcomes)).toEqual(['set', 'set']);
    expect(writes(world).map(({ path, body }) => [path.split('/V1/')[1], JSON.parse(body).stockItem])).toEqual([
      [`products/CUP/stockItems/${Number(cup.id) + 5000}`, { qty: 7, is_in_stock: true }],
      [`products/POT%20%2F%202/stockItems/${Number(pot.id) + 5000}`, { qty: 0, is_in_stock: false }],
    ]);
    expect([cup, pot].map(({ variants }) => variants[0]?.quantity)).toEqual([7, 0]);
  });

  it('is written only where it shows the figure afterwards, and one that is refused keeps no other back', async () => {
    const world = await open({
      around: ({ method, path }) =>
        method === 'PUT' && path.includes('/DEAF/') ? { status: 200, body: '5001' } : undefined,
    });
    const products = ['CUP', 'DEAF', 'BAD', 'POT'].map((sku) => world.shop.add({ sku, quantity: 1 }));
    world.shop.temper.failItems = new Set([products[2]!.id]);
    const outcomes = await world.connector.push(
      products.map(({ id }) => quantityFor(refTo('dk', id), 4)),
      forever,
    );
    expect(ends(outcomes)).toEqual(['set', 'quantity-not-taken', 'refused-by-shop', 'set']);
  });

  it('writes nothing to what is not counted, to parents, or into a source that it cannot have', async () => {
    const world = await open();
    const free = world.shop.add({ sku: 'FREE', tracked: false });
    const shirt = world.shop.add({ variants: [{ sku: 'S', quantity: 1 }] });
    const cup = world.shop.add({ sku: 'CUP', quantity: 1 });
    const refs = [free.id, shirt.id].map((id) => quantityFor(refTo('dk', id), 9));
    expect(ends(await world.connector.push(refs, forever))).toEqual(['not-tracked-in-shop', 'not-a-unit']);
    const elsewhere = world.connect({ shop: { options: { source: 'north' } } });
    expect(ends(await elsewhere.push([quantityFor(refTo('dk', cup.id), 9)], forever))).toEqual(['location-missing']);
    expect(writes(world)).toEqual([]);
  });

  it('says under OAuth which numbers cannot stand in an address, and never sends them', async () => {
    const world = await open({ options: { bearer: false }, way: integrationOf });
    const cup = world.shop.add({ sku: 'CUP 50%', quantity: 1 });
    const [outcome] = await world.connector.push([quantityFor(refTo('dk', cup.id), 9)], forever);
    expect(outcome).toMatchObject({ why: 'refused-by-shop', said: expect.stringContaining('OAuth') });
    expect(writes(world)).toEqual([]);
  });
});
