import { expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { available } from '../../src/domain/product.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import { eventSentence } from '../../src/views/history/event-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { forever, stockUp } from './test-environment.ts';
import { lots, openPeak, openTryton, ours, readShops, sync, syncChanges } from './warehouse-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const many = 620;
const hour = 3_600_000;
const sku = (place: number): string => `SOK-${String(place).padStart(4, '0')}`;

test('PeakWMS: one product that changed reaches the plan by reading that product alone', async () => {
  const world = await openPeak();
  stockUp(world, ['dk'], sku(7));
  await readShops(world);
  const goods = Array.from({ length: many }, (_, place) =>
    world.model.add({ sku: sku(place), name: 'Sokker', lots: lots(5) }),
  );
  world.clock.advance(2 * hour);
  const whole = await sync(world);
  expect(whole).toMatchObject({ kind: 'full', counts: { read: many, changed: 1 } });
  expect(world.peak.memory.requests.length).toBe(8);
  world.clock.advance(hour);
  world.model.count(goods[7]!, 9);
  const before = world.peak.memory.requests.length;
  const read = await syncChanges(world);
  expect(read).toMatchObject({ kind: 'changes', counts: { read: 1, changed: 1 } });
  // The page that holds it, the empty page that ends the list, and its rows of stock.
  expect(world.peak.memory.requests.length - before).toBe(3);
  const plan = await world.services.push.plan({ productIds: read.changedIds });
  expect(plan.rows).toMatchObject([{ sku: sku(7), willBe: 9, kind: 'send' }]);
  const again = await syncChanges(world);
  expect(again).toMatchObject({ counts: { changed: 0 }, changedIds: [] });
});

test('an item number or an EAN that the warehouse changes is followed where the warehouse decides, and there alone', async () => {
  for (const master of ['warehouse', 'shop'] as const) {
    const world = await openTryton(['dk'], master);
    stockUp(world, ['dk'], 'OLD');
    stockUp(world, ['dk'], 'OTHER');
    const [good] = ['OLD', 'OTHER'].map((code) => world.model.add({ code, name: 'Kop' }));
    if (master === 'shop') await readShops(world);
    await sync(world);
    await readShops(world);
    const { id, warehouse } = (await ours(world, 'OLD'))!;
    expect(warehouse).toBeDefined();
    const called = async (code: string) => {
      world.model.goods.set(good!.id, { ...good!, code, ean: '5701234567899' });
      await sync(world);
      const [product] = await world.store.products([id]);
      return [product?.sku, product?.formerSkus, product?.gtin];
    };
    const gtin = '05701234567899';
    const followed = master === 'warehouse';
    expect(await called('NEW')).toEqual(followed ? ['NEW', ['OLD'], gtin] : ['OLD', undefined, undefined]);
    // One that another product bears is not taken from it.
    expect(await called('OTHER')).toEqual(followed ? ['NEW', ['OLD'], gtin] : ['OLD', undefined, undefined]);
    expect((await world.store.integrationsOn(toShopId('dk'))).some(({ productId }) => productId === id)).toBe(true);
    // Why it is called that now is told: who said so, and what it was called before; the next reading would undo an undo.
    const told = await world.store.history({ types: ['product-updated', 'product-renamed'], productId: id, limit: 9 });
    const named = told.filter((event) => 'source' in event);
    const products = await world.store.products([id]);
    const sentences = (['en', 'da'] as const).map((language) => {
      const known = { products, sources: [{ id: 'tryton', label: { en: 'Tryton', da: 'Tryton' } }] };
      const format = formatContext({ words: wordsOf(language), now: world.clock.now(), timeZone: 'UTC' }, known);
      return named.map((event) => eventSentence(event, format));
    });
    expect(sentences).toEqual([
      followed ? ['NEW changed item number in Tryton: OLD to NEW', 'NEW: new EAN, in Tryton'] : [],
      followed ? ['NEW skiftede varenummer i Tryton: OLD til NEW', 'NEW: ny EAN, i Tryton'] : [],
    ]);
    for (const { seq } of named)
      await expect(world.services.history.undo(seq)).rejects.toMatchObject({ about: { why: 'cannot-be-undone' } });
    if (followed)
      for (const asked of ['OLD', 'NEW', '5701234567899'])
        expect((await world.services.lookup.search(asked)).hits.map(({ product }) => product?.id)).toEqual([id]);
  }
});

test('PeakWMS: changes that may say nothing of stock do not make an old figure young', async () => {
  const world = await openPeak();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(5) });
  await sync(world);
  world.clock.advance(23 * hour);
  await syncChanges(world);
  world.clock.advance(2 * hour);
  expect((await world.services.push.plan({})).rows).toMatchObject([{ kind: 'skip', why: 'figure-too-old' }]);
  await sync(world);
  expect((await world.services.push.plan({})).rows).toMatchObject([{ kind: 'send', willBe: 5 }]);
});

test('PeakWMS: where it tells no changes any more, everything is read', async () => {
  const world = await openPeak();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  const good = world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(5) });
  await sync(world);
  world.model.faults.noChangedList = true;
  world.clock.advance(hour);
  world.model.count(good, 8);
  expect(await syncChanges(world)).toMatchObject({ kind: 'full', counts: { read: 1, changed: 1 } });
  expect(available((await ours(world, 'SOK-1'))!.stock)).toBe(8);
});

test('Tryton: a move of stock reaches the plan by the moves alone, and confirms what did not move', async () => {
  const world = await openTryton();
  stockUp(world, ['dk'], sku(3));
  stockUp(world, ['dk'], sku(4));
  await readShops(world);
  const goods = Array.from({ length: many }, (_, place) => world.model.add({ code: sku(place), name: 'Sokker' }));
  for (const good of goods) world.model.move(good, 5, true, 'Reol A');
  world.clock.advance(2 * hour);
  await sync(world);
  world.clock.advance(23 * hour);
  world.model.move(goods[3]!, -2, true, 'Reol A');
  const before = world.erp.memory.requests.length;
  const read = await syncChanges(world);
  expect(read).toMatchObject({ kind: 'changes', counts: { read: 1, changed: 1 } });
  expect(world.erp.memory.requests.length - before).toBeLessThan(12);
  world.clock.advance(2 * hour);
  const { rows } = await world.services.push.plan({});
  expect(rows.map((row) => [row.sku, row.kind === 'send' ? row.willBe : row.why])).toEqual([
    [sku(3), 3],
    [sku(4), 5],
  ]);
});

test('a first reading of changes is a whole one', async () => {
  const world = await openPeak();
  world.model.add({ sku: 'SOK-1', name: 'Sokker', lots: lots(5) });
  expect(await syncChanges(world)).toMatchObject({ kind: 'full' });
  expect(await syncChanges(world)).toMatchObject({ kind: 'changes' });
});

test('what was counted in Tryton for a person stands there, and here; PeakWMS takes none', async () => {
  const world = await openTryton();
  stockUp(world, ['dk'], 'SOK-1');
  await readShops(world);
  const good = world.model.add({ code: 'SOK-1', name: 'Sokker' });
  world.model.move(good, 5, true);
  await sync(world);
  const product = await ours(world, 'SOK-1');
  await expect(world.services.stock.set(product!.id, 8)).rejects.toMatchObject({ kind: 'stock-from-warehouse' });
  const counted = await world.services.warehouse.count({ productId: product!.id, onHand: 8 }, forever);
  expect(counted.stock).toMatchObject({ onHand: 8, source: 'tryton' });
  expect(good.moves.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(8);
  expect((await sync(world)).counts.changed).toBe(0);
  const peak = await openPeak();
  stockUp(peak, ['dk'], 'SOK-1');
  await readShops(peak);
  const other = await ours(peak, 'SOK-1');
  const refused = peak.services.warehouse.count({ productId: other!.id, onHand: 8 }, forever);
  await expect(refused).rejects.toMatchObject({ kind: 'no-counting' });
});
