import { expect, test, vi } from 'vitest';
import { available } from '../../src/domain/product.ts';
import { figureOrigin } from '../../src/views/warehouse/figure-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { forever, stockUp, theCard } from './test-environment.ts';
import { lots, openPeak, openTryton, ours, readShops, sync, syncChanges } from './warehouse-environment.ts';

// It reads warehouses over HTTP, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const planned = async ({ services }: Pick<Awaited<ReturnType<typeof openPeak>>, 'services'>) =>
  Object.fromEntries(
    (await services.push.plan({})).rows.map((row) => [row.sku, row.kind === 'send' ? row.willBe : row.why]),
  );

test.each([
  ['on one page', 0],
  ['pages apart', 300],
])("two PeakWMS products of one host id, %s: neither figure is sent, both are told, and the sum is nobody's", async (_, between) => {
  const world = await openPeak();
  const { model, services, store, clock } = world;
  stockUp(world, ['dk'], 'SOK-1');
  stockUp(world, ['dk'], 'HUE-1');
  await readShops(world);
  const host = { productId: '77', variantId: '1' };
  const sock = model.add({ sku: 'SOK-1', name: 'Sokker', ...host, lots: lots(10) });
  await sync(world);
  expect(await planned(world)).toMatchObject({ 'SOK-1': 10 });
  for (let at = 0; at < between; at += 1) model.add({ sku: `X-${at}`, name: 'X', lots: lots(1) });
  const hat = model.add({ sku: 'HUE-1', name: 'Hue', ...host, lots: lots(4) });
  const preview = await services.warehouse.preview(forever);
  expect(preview.rows.filter(({ product }) => product.key === '77/1').map(({ kind }) => kind)).toEqual([
    'ambiguous',
    'ambiguous',
  ]);
  for (const read of [sync, sync, syncChanges, sync]) {
    model.count(sock, 9);
    const { broken } = await read(world);
    if (read === sync)
      expect(broken).toMatchObject([{ shopProductId: '77', said: 'stands on two products: SOK-1 and HUE-1' }]);
    expect(await planned(world)).toMatchObject({ 'SOK-1': 'shared-in-warehouse' });
    const known = await ours(world, 'SOK-1');
    expect((await store.stockLevelsOf([known!.id])).map(({ onHand }) => onHand)).toEqual([10]);
  }
  const [compared] = await services.diagnosis.compareStock({ productId: (await ours(world, 'SOK-1'))!.id }, forever);
  expect(compared?.warehouse).toMatchObject({ kind: 'shared' });
  const said = figureOrigin(await theCard(world, 'SOK-1'), { words: wordsOf('en'), now: clock.now() });
  expect(said).toMatch(/two products there may be it/);
  // Somebody mends it there: each is itself again.
  Object.assign(hat, { productId: '78' });
  const { broken } = await sync(world);
  expect(broken).toEqual([]);
  expect(await planned(world)).toMatchObject({ 'SOK-1': 9, 'HUE-1': 4 });
});

test('two Tryton products of one number, new at once: neither is taken; one that was known stays so', async () => {
  const world = await openTryton();
  const { model } = world;
  for (const sku of ['SOK-1', 'HUE-1']) stockUp(world, ['dk'], sku);
  await readShops(world);
  const add = (code: string, count: number) => {
    const good = model.add({ code, name: code });
    model.move(good, count, true);
    return good;
  };
  add('HUE-1', 4);
  await sync(world);
  add('HUE-1', 70);
  add('SOK-1', 10);
  const copy = add('SOK-1', 7);
  for (const read of [sync, sync, syncChanges]) {
    const { broken } = await read(world);
    expect(broken).toMatchObject([
      { shopProductId: 'SOK-1', said: expect.stringMatching(/^stands on two products: /) },
    ]);
    expect(await planned(world)).toMatchObject({ 'SOK-1': 'shared-in-warehouse', 'HUE-1': 4 });
  }
  model.goods.delete(copy.id);
  await sync(world);
  expect(await planned(world)).toMatchObject({ 'SOK-1': 10, 'HUE-1': 4 });
  expect(available((await ours(world, 'SOK-1'))!.stock)).toBe(10);
});
