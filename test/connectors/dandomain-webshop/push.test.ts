import { describe, expect, it, vi } from 'vitest';
import { toSku } from '../../../src/domain/ids.ts';
import { ends, forever, quantityFor } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { bodies, calls, openWebshop } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const sharing = async () => {
  const world = await openWebshop();
  const first = world.shop.add({ sku: 'CUP', quantity: 1 });
  const second = world.shop.add({ sku: 'CUP', quantity: 1 });
  const shirt = world.shop.add({
    variants: [
      { sku: 'CUP', quantity: 1 },
      { sku: 'cup', quantity: 1 },
    ],
  });
  return { ...world, first, second, shirt };
};

describe('Item numbers that several products share', () => {
  it('are told for each of them, variants too, and exactly as written', async () => {
    const { connector, first, second, shirt } = await sharing();
    const found = await connector.withSku(toSku('CUP'), forever);
    expect(found.map(({ ref }) => [ref.shopProductId, ref.shopVariantId])).toEqual([
      [first.id, undefined],
      [second.id, undefined],
      [shirt.id, shirt.variants[0]!.id],
    ]);
  });

  it('never carry a figure to another product: every write is by id and names nothing else', async () => {
    const world = await sharing();
    const { connector, first, second, shirt } = world;
    const told = { ...quantityFor(refTo('dk', second.id), 7), sku: toSku('CUP') };
    const variant = quantityFor(refTo('dk', shirt.id, shirt.variants[0]!.id), 8);
    expect(ends(await connector.push([told, variant], forever))).toEqual(['set', 'set']);
    expect([first, second].map(({ variants }) => variants[0]!.quantity)).toEqual([1, 7]);
    expect(shirt.variants.map(({ quantity }) => quantity)).toEqual([8, 1]);
    const writes = bodies(world, /Product_Update/).map((body) =>
      body.replace(/<(\/?)\w+:/g, '<$1').replace(/ xmlns(:\w+)?="[^"]*"/g, ''),
    );
    expect(writes).toEqual([
      `<Product_Update><ProductData><Id>${second.id}</Id><Stock>7</Stock></ProductData></Product_Update>`,
      `<Product_UpdateVariant><VariantData><Id>${shirt.variants[0]!.id}</Id><Stock>8</Stock></VariantData></Product_UpdateVariant>`,
    ]);
  });
});

describe('A push to a DanDomain Webshop', () => {
  it('keeps ids of products and of variants apart, which are two number spaces', async () => {
    const { shop, connector } = await openWebshop();
    const cup = shop.add({ id: '7', sku: 'CUP', quantity: 1 });
    const shirt = shop.add({ id: '8', variants: [{ id: '7', sku: 'SHIRT-S', quantity: 2 }] });
    expect(ends(await connector.push([quantityFor(refTo('dk', '8', '7'), 9)], forever))).toEqual(['set']);
    expect([cup.variants[0]!.quantity, shirt.variants[0]!.quantity]).toEqual([1, 9]);
  });

  it('does not believe an answer without a fault: the figure must be seen afterwards', async () => {
    const { shop, connector } = await openWebshop({ forgetsWrites: true });
    const cup = shop.add({ sku: 'CUP', quantity: 3 });
    expect(await connector.push([quantityFor(refTo('dk', cup.id), 7)], forever)).toMatchObject([
      { kind: 'refused', why: 'quantity-not-taken', said: 'the shop answers 3' },
    ]);
  });

  it('reads all targets in one call, each again before its turn, and says each figure in one', async () => {
    const world = await openWebshop();
    const cups = Array.from({ length: 30 }, (_, at) => world.shop.add({ sku: `S-${at}`, quantity: 1 }));
    await world.connector.push(
      cups.map(({ id }) => quantityFor(refTo('dk', id), 4)),
      forever,
    );
    const counted = Map.groupBy(calls(world), (name) => name);
    // All before and all after; and each but the first, since the others took their time.
    expect([counted.get('Product_GetByIds')?.length, counted.get('Product_Update')?.length]).toEqual([31, 30]);
  });

  it('says a figure once more when the session was over, and stops when the user may not', async () => {
    const { shop, connector } = await openWebshop({ endsAfter: 7 });
    const cups = Array.from({ length: 6 }, (_, at) => shop.add({ sku: `S-${at}`, quantity: 1 }));
    const outcomes = await connector.push(
      cups.map(({ id }) => quantityFor(refTo('dk', id), 4)),
      forever,
    );
    expect(new Set(ends(outcomes))).toEqual(new Set(['set']));
    expect(cups.map(({ variants }) => variants[0]!.quantity)).toEqual([4, 4, 4, 4, 4, 4]);
  });

  it('keeps what was done when the shop stops answering in the middle', async () => {
    const { shop, connector } = await openWebshop();
    const cups = ['A', 'B', 'C'].map((sku) => shop.add({ sku, quantity: 1 }));
    shop.temper.only = ({ body }) => body.includes(`<Id>${cups[1]!.id}</Id>`);
    shop.temper.down = true;
    const outcomes = await connector.push(
      cups.map(({ id }) => quantityFor(refTo('dk', id), 5)),
      forever,
    );
    expect(ends(outcomes)).toEqual(['set', 'outcome-unknown', 'set']);
  });

  it('writes to the chosen stock location, and to none that the product has not', async () => {
    const locations = ['1', '2'].map((id) => ({ id, name: `Lager ${id}`, active: true, ofAnotherApp: false }));
    const { shop, connect } = await openWebshop({}, { locations });
    const cup = shop.add({ sku: 'CUP', quantity: 3 });
    const shirt = shop.add({ variants: [{ sku: 'SHIRT-S', quantity: 4 }] });
    const refs = [refTo('dk', cup.id), refTo('dk', shirt.id, shirt.variants[0]!.id)];
    const push = (stockLocation: string, quantity: number) =>
      connect({ shop: { options: { stockLocation } } }).push(
        refs.map((ref) => quantityFor(ref, quantity)),
        forever,
      );
    expect(ends(await push('2', 9))).toEqual(['set', 'set']);
    expect([cup, shirt].map(({ variants: [own] }) => [own!.quantity, own!.elsewhere])).toEqual([
      [3, { 2: 9 }],
      [4, { 2: 9 }],
    ]);
    expect(ends(await push('3', 9))).toEqual(['location-missing', 'location-missing']);
  });

  it('a shop that hides at nought is told so beforehand, and is not written to while it hides', async () => {
    const { shop, connector } = await openWebshop();
    const cup = shop.add({ sku: 'CUP', quantity: 3, meta: { DisableOnEmpty: '1' } });
    const [before] = await connector.withSku(toSku('CUP'), forever);
    expect(before).toMatchObject({ activity: 'active', hidesAtZero: true });
    shop.setQuantity(cup.id, 0);
    expect(await connector.push([quantityFor(refTo('dk', cup.id), 7)], forever)).toMatchObject([
      { why: 'inactive-in-shop', said: 'Status true, DisableOnEmpty, Stock 0' },
    ]);
  });
});
