import { describe, expect, it, vi } from 'vitest';
import type { Dialect } from '../../../src/demo/simulators/server.ts';
import { toSku } from '../../../src/domain/ids.ts';
import { ends, forever, listingWith, quantityFor, readAll } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { asked, openClassic, paths } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('A push to DanDomain Classic', () => {
  it('reads, writes and reads back one number, and nothing else', async () => {
    const world = await openClassic();
    const cup = world.shop.add({ sku: 'CUP 1', quantity: 3 });
    await readAll(world.connector);
    const before = world.shop.memory.requests.length;
    await world.connector.push([quantityFor(refTo('dk', cup.id), 7)], forever);
    expect(paths(world).slice(before)).toEqual([
      'GET ProductDataService CUP%201',
      'PUT ProductDataService SetStockCount/CUP%201/7',
      'GET ProductDataService CUP%201',
    ]);
  });

  it('needs no look through all pages where it is told what the shop calls the product', async () => {
    const world = await openClassic();
    for (let at = 0; at < 120; at += 1) world.shop.add({ sku: `S-${at}` });
    const cup = world.shop.add({ sku: 'CUP', quantity: 3 });
    const told = { ...quantityFor(refTo('dk', cup.id), 7), sku: toSku('CUP') };
    expect(ends(await world.connector.push([told], forever))).toEqual(['set']);
    expect(asked(world, /ProductPage/)).toEqual([]);
  });

  it('follows the product and not its number, when the number went to another product', async () => {
    const { shop, connector } = await openClassic();
    const cup = shop.add({ sku: 'CUP', quantity: 1 });
    const { ref } = await listingWith(connector, 'CUP');
    shop.renameSku(cup.id, 'CUP-OLD');
    const heir = shop.add({ sku: 'CUP', quantity: 2 });
    const told = { ...quantityFor(ref, 9), sku: toSku('CUP') };
    expect(ends(await connector.push([told], forever))).toEqual(['set']);
    expect([cup.variants[0]!.quantity, heir.variants[0]!.quantity]).toEqual([9, 2]);
  });

  it('does not believe "true": the figure must be seen afterwards', async () => {
    const { shop, connector } = await openClassic({ forgetsWrites: true });
    const cup = shop.add({ sku: 'CUP', quantity: 3 });
    expect(await connector.push([quantityFor(refTo('dk', cup.id), 7)], forever)).toMatchObject([
      { kind: 'refused', why: 'quantity-not-taken', said: 'the shop answers 3' },
    ]);
  });

  it('is not fooled by another product that shows the wanted figure under the number', async () => {
    let put = false;
    const swapping = (dialect: Dialect): Dialect => ({
      ...dialect,
      answer: (request, shop) => {
        const answer = dialect.answer(request, shop);
        if (request.method === 'PUT') put = true;
        // After the write the number is another product's.
        return put ? { ...answer, body: String(answer.body).replace(/"id":\d+,"isGift/, '"id":999,"isGift') } : answer;
      },
    });
    const { shop, connector } = await openClassic({}, {}, swapping);
    const cup = shop.add({ sku: 'CUP', quantity: 3 });
    expect(await connector.push([quantityFor(refTo('dk', cup.id), 7)], forever)).toMatchObject([
      { kind: 'refused', why: 'quantity-not-taken', said: 'the shop answers nothing' },
    ]);
  });

  it('writes no figure to a master, which would answer "true" and do nothing', async () => {
    const { shop, connector } = await openClassic();
    const shirt = shop.add({ sku: 'SHIRT', variants: [{ sku: 'SHIRT-S', quantity: 4 }] });
    expect(ends(await connector.push([quantityFor(refTo('dk', shirt.id), 9)], forever))).toEqual(['not-a-unit']);
    expect(shirt.variants[0]!.quantity).toBe(4);
  });

  it('says which numbers the API cannot be asked for, and asks for none of them', async () => {
    const world = await openClassic();
    const cup = world.shop.add({ sku: 'A/1', quantity: 3 });
    expect(await world.connector.push([quantityFor(refTo('dk', cup.id), 7)], forever)).toMatchObject([
      { kind: 'refused', why: 'refused-by-shop', said: 'the number A/1 cannot be asked for by the API' },
    ]);
    expect(asked(world, /SetStockCount/)).toEqual([]);
  });

  it('writes such a number where IIS takes it, and looks through the pages once for many', async () => {
    const open = await openClassic({ takesAnyPath: true });
    const cup = open.shop.add({ sku: 'A/1', quantity: 3 });
    expect(ends(await open.connector.push([quantityFor(refTo('dk', cup.id), 7)], forever))).toEqual(['set']);
    expect(cup.variants[0]!.quantity).toBe(7);
    const world = await openClassic();
    const odd = ['B/1', 'B/2', 'B/3'].map((sku) => world.shop.add({ sku, quantity: 3 }));
    const all = odd.map(({ id }) => quantityFor(refTo('dk', id), 7));
    expect(new Set(ends(await world.connector.push(all, forever)))).toEqual(new Set(['refused-by-shop']));
    expect(asked(world, /ProductPage\/1\//)).toHaveLength(1);
  });

  it('writes nothing where the chosen site does not show the product', async () => {
    const { shop, connect } = await openClassic();
    const cup = shop.add({ sku: 'CUP', quantity: 3, meta: { 'hidden:27': 'true' } });
    const english = connect({ shop: { options: { site: '27' } } });
    expect(await english.push([quantityFor(refTo('dk', cup.id), 7)], forever)).toMatchObject([
      { kind: 'refused', why: 'inactive-in-shop', said: 'hidden; visible in site 26' },
    ]);
    expect(cup.variants[0]!.quantity).toBe(3);
  });

  it('keeps what was done when the shop stops answering in the middle', async () => {
    const { shop, connector } = await openClassic();
    const cups = [shop.add({ sku: 'A', quantity: 1 }), shop.add({ sku: 'B', quantity: 1 })];
    await readAll(connector);
    shop.temper.only = ({ path }) => /SetStockCount\/B/.test(path);
    shop.temper.down = true;
    const outcomes = await connector.push(
      cups.map(({ id }) => quantityFor(refTo('dk', id), 5)),
      forever,
    );
    expect(ends(outcomes)).toEqual(['set', 'outcome-unknown']);
  });

  it('sends no figure below nought, since nothing says what the shop makes of one', async () => {
    const world = await openClassic();
    const cup = world.shop.add({ sku: 'CUP', quantity: 3 });
    expect(ends(await world.connector.push([quantityFor(refTo('dk', cup.id), -2)], forever))).toEqual([
      'quantity-not-taken',
    ]);
    expect(asked(world, /SetStockCount/)).toEqual([]);
  });
});
