import { describe, expect, it, vi } from 'vitest';
import type { ListingRef } from '../../../src/domain/ids.ts';
import { type ConnectorHarness, ends, forever, quantityFor } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { asked, openMagento, sentItems, writes } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const two = ['1', '2'].map((id) => ({ id, name: `Lager ${id}`, active: true, ofAnotherApp: false }));

const push = async ({ connector }: ConnectorHarness, refs: readonly ListingRef[], figure: number) =>
  connector.push(
    refs.map((ref) => quantityFor(ref, figure)),
    forever,
  );

describe('A push to Magento', () => {
  it('sends number, source, figure and status, all in one call, and reads the rows again', async () => {
    const world = await openMagento();
    const cup = world.shop.add({ sku: 'CUP', quantity: 1 });
    const shirt = world.shop.add({ variants: [{ sku: 'SHIRT-S', quantity: 1 }] });
    const outcomes = await push(world, [refTo('dk', cup.id), refTo('dk', shirt.variants[0]!.id)], 7);
    expect(ends(outcomes)).toEqual(['set', 'set']);
    expect(writes(world)).toHaveLength(1);
    expect(sentItems(writes(world)[0])).toEqual([
      { sku: 'CUP', source_code: 'default', quantity: 7, status: 1 },
      { sku: 'SHIRT-S', source_code: 'default', quantity: 7, status: 1 },
    ]);
    expect(world.shop.memory.requests.at(-1)?.path).toContain('/inventory/source-items');
  });

  it('never sends a number that no product has: not of what was deleted, never was, or is meant by a variant', async () => {
    const world = await openMagento();
    const cup = world.shop.add({ sku: 'CUP', quantity: 1 });
    world.shop.deleteForever(cup.id);
    const refs = [refTo('dk', cup.id), refTo('dk', '777001'), refTo('dk', 'CUP'), refTo('dk', '777001', '777002')];
    expect(ends(await push(world, refs, 9))).toEqual(refs.map(() => 'not-found-in-shop'));
    expect(writes(world)).toEqual([]);
  });

  it('sends the number that the product has now, not the one it was known by', async () => {
    const world = await openMagento();
    const cup = world.shop.add({ sku: 'OLD', quantity: 1 });
    world.shop.renameSku(cup.id, 'NEW');
    expect(ends(await push(world, [refTo('dk', cup.id)], 9))).toEqual(['set']);
    expect(sentItems(writes(world)[0]).map(({ sku }) => sku)).toEqual(['NEW']);
  });

  it('sends nothing to parents, bundles, what is off, what is not counted, and the children of what is off', async () => {
    const world = await openMagento();
    const shirt = world.shop.add({ variants: [{ sku: 'S', quantity: 1 }] });
    const box = world.shop.add({ sku: 'BOX', kind: 'bundle' });
    const off = world.shop.add({ sku: 'OFF', status: 'private' });
    const free = world.shop.add({ sku: 'FREE', tracked: false });
    const coat = world.shop.add({ sku: 'COAT', status: 'private', variants: [{ sku: 'COAT-S', quantity: 1 }] });
    const refs = [shirt.id, box.id, off.id, free.id, coat.variants[0]!.id].map((id) => refTo('dk', id));
    expect(ends(await push(world, refs, 9))).toEqual([
      'not-a-unit',
      'not-a-unit',
      'inactive-in-shop',
      'not-tracked-in-shop',
      'inactive-in-shop',
    ]);
    expect(writes(world)).toEqual([]);
  });

  it.each([
    2.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])('sends no %s, which would be stored without a word', async (figure) => {
    const world = await openMagento();
    const cup = world.shop.add({ quantity: 1 });
    expect(ends(await push(world, [refTo('dk', cup.id)], figure))).toEqual(['quantity-not-taken']);
    expect(writes(world)).toEqual([]);
  });

  it('assigns nothing to a source: what has no row there gets none', async () => {
    const world = await openMagento({ fake: { locations: two } });
    const cup = world.shop.add({ sku: 'CUP', quantity: 1 });
    const second = { ...world, connector: world.connect({ shop: { options: { source: 'source-2' } } }) };
    expect(await push(second, [refTo('dk', cup.id)], 9)).toMatchObject([
      { kind: 'refused', why: 'location-missing', said: 'not assigned to source source-2' },
    ]);
    expect(writes(world)).toEqual([]);
  });

  it('sends nothing while nobody said which of several sources is meant, or to one that is gone or in another stock', async () => {
    const world = await openMagento({ fake: { locations: two } });
    const cup = world.shop.add({ sku: 'CUP', quantity: 1 });
    world.shop.setQuantity(cup.id, 4, '2');
    const by = async (options: Readonly<Record<string, string>>) => {
      const [outcome] = await push(
        { ...world, connector: world.connect({ shop: { options } }) },
        [refTo('dk', cup.id)],
        9,
      );
      return outcome?.kind === 'refused' ? [outcome.why, outcome.said] : [outcome?.kind];
    };
    expect(await by({})).toEqual(['location-missing', 'choose a source: default, source-2']);
    expect(await by({ source: 'gone' })).toEqual(['location-missing', 'no source gone']);
    expect(await by({ source: 'source-2', stock: '1' })).toEqual([
      'location-missing',
      'source source-2 is not in stock 1',
    ]);
    expect(writes(world)).toEqual([]);
    expect(await by({ source: 'default', stock: '1' })).toEqual(['set']);
    expect(await by({ source: 'source-2' })).toEqual(['set']);
    expect(cup.variants[0]).toMatchObject({ quantity: 9, elsewhere: { '2': 9 } });
  });

  it('sets in or out of stock by the figure, and leaves "out of stock" that its owner said', async () => {
    const status = async (was: number, figure: number, held?: number) => {
      const row = { sku: 'CUP', source_code: 'default', quantity: was, status: held };
      const world = await openMagento({
        around: ({ method, path }) =>
          method === 'GET' && path.endsWith('/source-items') && held !== undefined
            ? { status: 200, body: { items: [row], total_count: 1 } }
            : undefined,
      });
      const cup = world.shop.add({ sku: 'CUP', quantity: was });
      await push(world, [refTo('dk', cup.id)], figure);
      return sentItems(writes(world)[0])[0]?.status;
    };
    expect(await status(5, 0)).toBe(0);
    expect(await status(0, 5)).toBe(1);
    expect(await status(5, -2)).toBe(0);
    expect(await status(5, 7, 0)).toBe(0);
    expect(await status(5, 7, 1)).toBe(1);
  });

  it('believes the rows and not the 200: another figure is not taken, a missing row is unknown', async () => {
    const deaf = await openMagento({
      around: ({ method, path }) =>
        method === 'POST' && path.endsWith('/source-items') ? { status: 200, body: [] } : undefined,
    });
    const cup = deaf.shop.add({ sku: 'CUP', quantity: 3 });
    expect(await push(deaf, [refTo('dk', cup.id)], 9)).toMatchObject([
      { kind: 'refused', why: 'quantity-not-taken', said: 'the shop answers 3' },
    ]);
  });

  it('looks by halves for the row that keeps a batch back, and writes the others', async () => {
    const world = await openMagento();
    const products = Array.from({ length: 9 }, (_, at) => world.shop.add({ sku: `S-${at}`, quantity: 1 }));
    world.shop.temper.failItems = new Set([products[4]!.id]);
    const outcomes = await push(
      world,
      products.map(({ id }) => refTo('dk', id)),
      5,
    );
    expect(outcomes.map(({ kind }) => kind).filter((kind) => kind === 'set')).toHaveLength(8);
    expect(outcomes[4]).toMatchObject({ why: 'refused-by-shop', said: 'Could not save Source Item' });
  });

  it('writes nothing where it cannot find out whether a thing is counted', async () => {
    const world = await openMagento({
      around: ({ path }) =>
        path.includes('/stockItems/')
          ? {
              status: 401,
              body: {
                message: "The consumer isn't authorized to access %resources.",
                parameters: { resources: 'Magento_CatalogInventory::cataloginventory' },
              },
            }
          : undefined,
    });
    const cup = world.shop.add({ sku: 'CUP', quantity: 1 });
    await expect(push(world, [refTo('dk', cup.id)], 9)).rejects.toMatchObject({
      kind: 'forbidden',
      detail: { permission: 'Magento_CatalogInventory::cataloginventory' },
    });
    expect(writes(world)).toEqual([]);
  });

  it('asks for each number once, whether it is counted', async () => {
    const world = await openMagento();
    const products = [1, 2, 3].map((at) => world.shop.add({ sku: `S-${at}`, quantity: 1 }));
    await push(
      world,
      products.map(({ id }) => refTo('dk', id)),
      5,
    );
    expect(asked(world, /stockItems/)).toHaveLength(3);
  });
});
