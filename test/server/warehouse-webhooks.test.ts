import { expect, test, vi } from 'vitest';
import { available } from '../../src/domain/product.ts';
import { forever, stockUp } from '../services/test-environment.ts';
import { lots, openPeak, ours, readShops, sync } from '../services/warehouse-environment.ts';
import { openTestServer } from './open-test-server.ts';

// It speaks HTTP with simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

async function open() {
  const world = await openPeak();
  stockUp(world, ['dk'], 'SOK-1');
  stockUp(world, ['dk'], 'SOK-2');
  await readShops(world);
  const goods = ['SOK-1', 'SOK-2'].map((sku) => world.model.add({ sku, name: sku, lots: lots(5) }));
  await sync(world);
  const secret = await world.services.warehouse.hookSecret();
  const { server, url } = await openTestServer(world);
  const send = async (event: string, body: unknown, key = secret): Promise<number> => {
    const reply = await fetch(`${url}/hooks/warehouse/${key}/${event}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    await server.idle();
    return reply.status;
  };
  const figure = async (sku: string) => available((await ours(world, sku))!.stock);
  return { world, goods, server, send, figure };
}

test('an adjusted product is read again, and it alone; the figure in the body is a hint and no more', async () => {
  const { world, goods, send, figure } = await open();
  for (const good of goods) world.model.count(good, 9);
  const before = world.peak.memory.requests.length;
  const body = { productId: goods[0]!.productId, adjustedQuantity: 4, quantity: 777, warehouseHostId: '-1' };
  expect(await send('100', body)).toBe(202);
  expect([await figure('SOK-1'), await figure('SOK-2')]).toEqual([9, 5]);
  // The product, and its rows of stock.
  expect(world.peak.memory.requests.length - before).toBe(2);
  expect((await world.services.push.plan({})).rows.find(({ sku }) => sku === 'SOK-1')).toMatchObject({ willBe: 9 });
});

test('a body that names no product makes the next reading come soon', async () => {
  const { world, goods, server, send, figure } = await open();
  for (const good of goods) world.model.count(good, 9);
  expect(await send('101', 'no json at all')).toBe(202);
  expect(await figure('SOK-1')).toBe(5);
  await server.tick();
  await server.idle();
  expect([await figure('SOK-1'), await figure('SOK-2')]).toEqual([9, 9]);
});

test('a wrong secret, an event of no use and a warehouse without a secret change nothing', async () => {
  const { world, goods, send, figure } = await open();
  for (const good of goods) world.model.count(good, 9);
  const body = { productId: goods[0]!.productId };
  expect(await send('100', body, 'a-guess')).toBe(401);
  expect(await send('102', body)).toBe(200);
  await world.services.warehouse.remove();
  expect(await send('100', body)).toBe(404);
  expect(await figure('SOK-1')).toBe(5);
});

test('a product that PeakWMS does not know any more leaves the figure as it was', async () => {
  const { world, goods, send, figure } = await open();
  world.model.remove(goods[0]!);
  expect(await send('105', { productId: goods[0]!.productId })).toBe(202);
  expect(await figure('SOK-1')).toBe(5);
  world.peak.temper.down = true;
  expect(await send('105', { productId: goods[1]!.productId })).toBe(202);
  expect(await figure('SOK-2')).toBe(5);
  expect(await world.services.warehouse.reread([], forever).catch(() => 'down')).toMatchObject({ counts: { read: 0 } });
});
