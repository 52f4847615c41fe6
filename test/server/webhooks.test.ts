import { expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import {
  idIn,
  linkedIn,
  openTestEnvironment,
  stockUp,
  syncAll,
  type TestEnvironment,
  theCard,
} from '../services/test-environment.ts';
import { deliver } from './deliver.ts';
import { openTestServer } from './open-test-server.ts';

// It speaks HTTP with simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const asked = (environment: TestEnvironment, id: string): number =>
  environment.shop('dk').memory.requests.filter(({ path }) => path.endsWith(`/products/${id}`)).length;

async function oneProduct() {
  const environment = await openTestEnvironment(['dk', 'no']);
  stockUp(environment, ['dk', 'no'], 'SOK-1');
  await syncAll(environment);
  const opened = await openTestServer(environment);
  return { environment, id: idIn(environment, 'dk', 'SOK-1'), ...opened };
}

test('a change in a shop is in the store by webhook, and says that it came by webhook', async () => {
  const { environment, server, url, id } = await oneProduct();
  environment.shop('dk').edit(id, { title: 'Ny titel' });
  expect((await deliver(url, { id: Number(id) })).status).toBe(202);
  await server.idle();
  expect((await theCard(environment, 'SOK-1')).product.content.name).toBe('Ny titel');
  const [last] = await environment.services.history.list({ limit: 1 });
  expect(last).toMatchObject({ type: 'product-updated', by: { kind: 'program', name: 'webhook' } });
});

test('a product that is made inactive loses its link by webhook, in that shop alone', async () => {
  const { environment, server, url, id } = await oneProduct();
  environment.shop('dk').setStatus(id, 'draft');
  await deliver(url, { id: Number(id) });
  await server.idle();
  expect(await linkedIn(environment, 'SOK-1')).toEqual(['no']);
});

test('a hook out of order tells an old state, and what the shop says now is what counts', async () => {
  const { environment, server, url, id } = await oneProduct();
  environment.shop('dk').edit(id, { title: 'Den nyeste' });
  await deliver(url, { id: Number(id), name: 'Den nyeste' }, { delivery: 'late' });
  await server.idle();
  await deliver(url, { id: Number(id), name: 'En gammel' }, { delivery: 'early' });
  await server.idle();
  expect((await theCard(environment, 'SOK-1')).product.content.name).toBe('Den nyeste');
});

test('a delivery that comes twice is asked about once', async () => {
  const { environment, server, url, id } = await oneProduct();
  const before = asked(environment, id);
  expect((await deliver(url, { id: Number(id) })).status).toBe(202);
  await server.idle();
  const once = asked(environment, id);
  expect(once).toBeGreaterThan(before);
  expect((await deliver(url, { id: Number(id) })).status).toBe(200);
  await server.idle();
  expect(asked(environment, id)).toBe(once);
});

test('a bad signature is 401, is counted, and asks nothing of the shop', async () => {
  const { environment, server, url, id } = await oneProduct();
  const before = environment.shop('dk').memory.requests.length;
  expect((await deliver(url, { id: Number(id) }, { secret: 'another' })).status).toBe(401);
  await server.idle();
  expect(environment.shop('dk').memory.requests.length).toBe(before);
  const figures = await (await fetch(`${url}/metrics`)).text();
  expect(figures).toContain('bindeled_webhooks_total{shop="dk",result="bad-signature"} 1');
});

test('10 MB are refused before they are looked at, and the server goes on', async () => {
  const { environment, server, url, id } = await oneProduct();
  const large = await deliver(url, { id: Number(id), junk: 'x'.repeat(10_000_000) }, { delivery: 'large' }).catch(
    () => undefined,
  );
  // Node may cut the line while it is still being sent to.
  expect([413, undefined]).toContain(large?.status);
  environment.shop('dk').setStatus(id, 'draft');
  expect((await deliver(url, { id: Number(id) })).status).toBe(202);
  await server.idle();
  expect(await linkedIn(environment, 'SOK-1')).toEqual(['no']);
});

test('a link that a person took away stays away when the shop tells of the product', async () => {
  const { environment, server, url, id } = await oneProduct();
  const { product } = await theCard(environment, 'SOK-1');
  await environment.services.integrations.remove(product.id, toShopId('dk'), 'not ours');
  await deliver(url, { id: Number(id) });
  await server.idle();
  expect(await linkedIn(environment, 'SOK-1')).toEqual(['no']);
});

test('an order asks for the products that were sold', async () => {
  const { environment, server, url, id } = await oneProduct();
  const before = asked(environment, id);
  await deliver(url, { id: 7, line_items: [{ product_id: Number(id) }] }, { topic: 'order.created' });
  await server.idle();
  expect(asked(environment, id)).toBeGreaterThan(before);
});

test('a shop that nobody knows is no more than a wrong address', async () => {
  const { url } = await oneProduct();
  expect((await fetch(`${url}/hooks/nowhere`, { method: 'POST', body: '{}' })).status).toBe(404);
});

test('told in the middle of a whole reading, what the shop says last is what counts', async () => {
  const environment = await openTestEnvironment(['dk']);
  const skus = Array.from({ length: 120 }, (_, place) => `SOK-${String(place).padStart(3, '0')}`);
  for (const sku of skus) stockUp(environment, ['dk'], sku);
  const shop = environment.shop('dk');
  const { server, url } = await openTestServer(environment);
  const told: Promise<Response>[] = [];
  const turned: string[] = [];
  let pages = 0;
  // On the last page nobody sees any more what is turned now on the first: it was read before.
  shop.temper.beforeAnswer = ({ path, query }) => {
    if (!path.endsWith('/wc/v3/products') || query.per_page !== '100') return;
    pages += 1;
    if (pages !== 2) return;
    for (const sku of [skus.at(0), skus.at(-1)]) {
      const id = idIn(environment, 'dk', sku ?? '');
      shop.setStatus(id, 'draft');
      turned.push(sku ?? '');
      told.push(deliver(url, { id: Number(id) }, { delivery: id }));
    }
  };
  await server.tick();
  await server.idle();
  expect((await Promise.all(told)).map(({ status }) => status)).toEqual([202, 202]);
  await server.idle();
  for (const sku of turned) expect(await linkedIn(environment, sku), sku).toEqual([]);
  expect(await linkedIn(environment, skus[60] ?? '')).toEqual(['dk']);
  // And back again, in the middle of the next one.
  const back: Promise<Response>[] = [];
  pages = 0;
  shop.temper.beforeAnswer = ({ path, query }) => {
    if (!path.endsWith('/wc/v3/products') || query.per_page !== '100') return;
    pages += 1;
    if (pages !== 2) return;
    for (const sku of turned) {
      const id = idIn(environment, 'dk', sku);
      shop.setStatus(id, 'active');
      back.push(deliver(url, { id: Number(id) }, { delivery: `${id} again` }));
    }
  };
  await environment.services.sync.run({ full: true }, new AbortController().signal);
  await Promise.all(back);
  await server.idle();
  for (const sku of turned) expect(await linkedIn(environment, sku), sku).toEqual(['dk']);
});

test('of 1,500 deliveries, fifty at a time, none is lost', async () => {
  const environment = await openTestEnvironment(['dk']);
  const skus = Array.from({ length: 100 }, (_, place) => `SOK-${place}`);
  for (const sku of skus) stockUp(environment, ['dk'], sku);
  await syncAll(environment);
  const { server, url } = await openTestServer(environment);
  const shop = environment.shop('dk');
  const statuses: number[] = [];
  let next = 0;
  const customer = async (): Promise<void> => {
    for (let n = next++; n < 1500; n = next++) {
      const id = idIn(environment, 'dk', skus[n % skus.length] ?? '');
      shop.edit(id, { title: `Udgave ${n}` });
      statuses.push((await deliver(url, { id: Number(id) }, { delivery: `d${n}` })).status);
    }
  };
  await Promise.all(Array.from({ length: 50 }, customer));
  await server.idle();
  expect(statuses).toHaveLength(1500);
  expect(new Set(statuses)).toEqual(new Set([202]));
  const products = await environment.store.productPage({ limit: 1000 });
  const titles = new Map(shop.shelf.map(({ title, variants }) => [String(variants[0]?.sku), title]));
  expect(titles.get('SOK-0')).toMatch(/^Udgave /);
  expect(products.filter(({ sku, content }) => titles.get(String(sku)) !== content.name)).toEqual([]);
});
