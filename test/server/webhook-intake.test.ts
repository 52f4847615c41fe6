import { expect, test, vi } from 'vitest';
import { memorySharedState } from '../../src/stores/shared-state/memory-shared-state.ts';
import {
  idIn,
  linkedIn,
  openTestEnvironment,
  stockUp,
  syncAll,
  type TestEnvironment,
} from '../services/test-environment.ts';
import { deliver } from './deliver.ts';
import { openTestServer, quietLog } from './open-test-server.ts';

// It speaks HTTP with simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const skus = Array.from({ length: 60 }, (_, place) => `SOK-${place}`);

async function sixtyProducts() {
  const environment = await openTestEnvironment(['dk']);
  for (const sku of skus) stockUp(environment, ['dk'], sku);
  await syncAll(environment);
  const shared = memorySharedState(environment.clock);
  const opened = await openTestServer(environment, {}, { shared });
  environment.shop('dk').memory.requests.length = 0;
  return { environment, shared, ...opened };
}

const tellOf = async (environment: TestEnvironment, url: string, some: readonly string[]): Promise<number[]> => {
  const told = some.map((sku) =>
    deliver(url, { id: Number(idIn(environment, 'dk', sku)) }, { delivery: `${sku} ${environment.clock.now()}` }),
  );
  return (await Promise.all(told)).map(({ status }) => status);
};

test('many that are told of together are asked for together, and what is gone or unreadable by itself', async () => {
  const { environment, server, url } = await sixtyProducts();
  const shop = environment.shop('dk');
  const [gone, unreadable, off, ...others] = skus;
  const ids = new Map(skus.map((sku) => [sku, idIn(environment, 'dk', sku)]));
  const told = skus.map((sku) => deliver(url, { id: Number(ids.get(sku)) }, { delivery: sku }));
  shop.deleteForever(ids.get(gone ?? '') ?? '');
  shop.temper.brokenRows = new Set([ids.get(unreadable ?? '') ?? '']);
  shop.setStatus(ids.get(off ?? '') ?? '', 'draft');
  for (const sku of others) shop.edit(ids.get(sku) ?? '', { title: `${sku} ny` });
  expect(new Set((await Promise.all(told)).map(({ status }) => status))).toEqual(new Set([202]));
  await server.idle();
  expect(await linkedIn(environment, gone ?? '')).toEqual([]);
  expect(await linkedIn(environment, off ?? '')).toEqual([]);
  // What cannot be read is unknown, not absent.
  expect(await linkedIn(environment, unreadable ?? '')).toEqual(['dk']);
  const products = await environment.store.productPage({ limit: 100 });
  expect(products.filter(({ content }) => content.name.endsWith(' ny'))).toHaveLength(others.length);
  const byItself = shop.memory.requests.filter(({ path }) => /\/products\/\d+$/.test(path));
  expect(byItself.length).toBeLessThan(10);
  const figures = await (await fetch(`${url}/metrics`)).text();
  expect(figures).toContain('bindeled_webhook_products_total{shop="dk",outcome="gone-from-shop"} 1');
  expect(figures).toMatch(/bindeled_webhook_products_total\{shop="dk",outcome="already-linked"\} 5\d/);
});

test('what was answered is written down until it has been taken in, and struck out then', async () => {
  const { environment, server, url, shared } = await sixtyProducts();
  const order: string[] = [];
  const { put } = shared;
  shared.put = async (key, value) => {
    // Takes a way through the network, as an answer does that was not to wait.
    await fetch(`${url}/healthz`);
    await put(key, value);
    order.push('written');
  };
  expect(await tellOf(environment, url, skus.slice(0, 1))).toEqual([202]);
  order.push('answered');
  expect(order).toEqual(['written', 'answered']);
  await server.idle();
  await expect.poll(() => shared.list('told ')).toEqual([]);
});

test('a server that starts anew takes in what another wrote down before it died', async () => {
  const { environment, server, shared } = await sixtyProducts();
  const [one = '', other = ''] = skus;
  for (const sku of [one, other]) environment.shop('dk').setStatus(idIn(environment, 'dk', sku), 'draft');
  await shared.put('told dead 4711 0', [
    { shopId: 'dk', shopProductId: idIn(environment, 'dk', one) },
    { shopId: 'dk', shopProductId: idIn(environment, 'dk', other) },
  ]);
  await shared.put('told newer 1 0', { format: 'of a version to come' });
  await server.tick();
  await server.idle();
  expect(await linkedIn(environment, one)).toEqual([]);
  expect(await linkedIn(environment, other)).toEqual([]);
  await expect.poll(async () => (await shared.list('told ')).map(({ key }) => key)).toEqual(['told newer 1 0']);
});

test('what the shop does not answer is asked again once a round found it there', async () => {
  const { environment, server, url, shared } = await sixtyProducts();
  const shop = environment.shop('dk');
  await server.tick();
  await server.idle();
  const id = idIn(environment, 'dk', 'SOK-7');
  shop.deleteForever(id);
  shop.temper.down = true;
  expect((await deliver(url, { id: Number(id) }, { topic: 'product.deleted' })).status).toBe(202);
  await server.idle();
  expect(await linkedIn(environment, 'SOK-7')).toEqual(['dk']);
  expect(await shared.list('told ')).toHaveLength(1);
  shop.temper.down = false;
  environment.clock.advance(10 * 60_000);
  await server.tick();
  await server.idle();
  await server.idle();
  // Only what was told could say so: a round of changes does not show what is gone.
  expect(await linkedIn(environment, 'SOK-7')).toEqual([]);
  await expect.poll(() => shared.list('told ')).toEqual([]);
});

test('a store that cannot write what was told of is said in the log, and the shop is answered all the same', async () => {
  const environment = await openTestEnvironment(['dk']);
  stockUp(environment, ['dk'], 'SOK-0');
  await syncAll(environment);
  const said: string[] = [];
  const shared = memorySharedState(environment.clock);
  shared.put = async () => Promise.reject(new Error('no space left on device'));
  const log = { ...quietLog, error: (what: string) => void said.push(what) };
  const { server, url } = await openTestServer(environment, {}, { shared, log });
  environment.shop('dk').setStatus(idIn(environment, 'dk', 'SOK-0'), 'draft');
  expect(await tellOf(environment, url, ['SOK-0'])).toEqual([202]);
  await server.idle();
  expect(await linkedIn(environment, 'SOK-0')).toEqual([]);
  expect(said).toEqual([expect.stringContaining('could not be written down')]);
});

test('a body is what its signature says it is, whatever type it names, or none', async () => {
  const { environment, server, url } = await sixtyProducts();
  const types = ['', ';;;', 'text/html', 'multipart/form-data'];
  for (const [place, type] of types.entries()) {
    const id = idIn(environment, 'dk', skus[place] ?? '');
    environment.shop('dk').setStatus(id, 'draft');
    expect((await deliver(url, { id: Number(id) }, { delivery: id, type })).status, type).toBe(202);
  }
  await server.idle();
  for (const sku of skus.slice(0, types.length)) expect(await linkedIn(environment, sku)).toEqual([]);
});
