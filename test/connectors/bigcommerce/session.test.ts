import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { makeApi } from '../../../src/connectors/bigcommerce/api.ts';
import { bigCommerce } from '../../../src/connectors/bigcommerce/driver.ts';
import { instantOf } from '../../../src/domain/ids.ts';
import { errorOf, forever, readAll } from '../../contract/connector-harness.ts';
import { makeShop } from '../../support/builders.ts';
import { makeClock } from '../../support/clock.ts';
import { answering, asked, openBigCommerce, twoPlaces } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/bigcommerce/${name}.json`, import.meta.url), 'utf8'));

describe('The window of requests of BigCommerce', () => {
  it('is kept: the last request is left to others, and the next window waited for', async () => {
    const world = await openBigCommerce({ quota: 3, windowMs: 30_000 });
    for (let at = 0; at < 250; at += 1) world.shop.add({ sku: `S-${at}` });
    const before = Date.parse(world.clock.now());
    world.shop.temper.beforeAnswer = () => {
      // The shop's clock goes with ours.
      world.shop.passTime(Date.parse(world.clock.now()) - before - passed);
      passed = Date.parse(world.clock.now()) - before;
    };
    let passed = 0;
    const { listings } = await readAll(world.connector);
    expect(listings).toHaveLength(250);
    expect(Date.parse(world.clock.now()) - before).toBeGreaterThanOrEqual(25_000);
    expect(world.shop.memory.throttled).toBe(0);
  });

  it('is waited for a minute at most where the clock is set back a year meanwhile', async () => {
    const { shop, connector, clock } = await openBigCommerce({}, {}, (dialect) => ({
      ...dialect,
      answer: (request, open) => {
        const answer = dialect.answer(request, open);
        const headers = { 'x-rate-limit-requests-left': '0', 'x-rate-limit-time-reset-ms': '20000' };
        return { ...answer, headers: { ...answer.headers, ...headers } };
      },
    }));
    shop.add({ sku: 'CUP' });
    await connector.page({}, forever);
    clock.set(instantOf(Date.parse(clock.now()) - 365 * 86_400_000));
    shop.temper.beforeAnswer = () => askedAt.push(Date.parse(clock.now()));
    const askedAt: number[] = [];
    const before = Date.parse(clock.now());
    await connector.page({}, forever);
    expect((askedAt[0] ?? 0) - before).toBe(60_000);
  });

  it('tells in milliseconds when it ends', async () => {
    const { shop, connector } = await openBigCommerce();
    shop.temper.throttleEvery = 1;
    shop.temper.retryAfter = '12';
    const error = await errorOf(connector.page({}, forever));
    expect([error.kind, error.detail.retryAfter]).toEqual(['rate-limited', 12]);
  });

  it('says nothing under the load of the platform: then the wait is ours to choose', async () => {
    const { shop, connector } = await openBigCommerce({ platformLoad: true });
    shop.temper.throttleEvery = 1;
    const error = await errorOf(connector.page({}, forever));
    expect([error.kind, error.detail.retryAfter]).toEqual(['rate-limited', undefined]);
  });

  it('is not believed when it would last for ever', async () => {
    const world = await openBigCommerce({}, {}, (dialect) => ({
      ...dialect,
      answer: (request, shop) => {
        const answer = dialect.answer(request, shop);
        const headers = { 'x-rate-limit-requests-left': '0', 'x-rate-limit-time-reset-ms': '99999999' };
        return { ...answer, headers: { ...answer.headers, ...headers } };
      },
    }));
    world.shop.add({ sku: 'CUP' });
    const before = world.clock.now();
    await readAll(world.connector);
    expect(world.clock.now()).toBe(before);
  });
});

it('is refused without a wait that would last for years', async () => {
  const { connector } = await openBigCommerce(
    {},
    {},
    answering(() => ({ status: 429, headers: { 'x-rate-limit-time-reset-ms': '99999999999' }, body: '{}' })),
  );
  const error = await errorOf(connector.page({}, forever));
  expect([error.kind, error.detail.retryAfter]).toEqual(['rate-limited', undefined]);
});

describe('What BigCommerce says when it will not', () => {
  it.each([
    ['error-403-scope', 403, 'forbidden', "You don't have a required scope to access the endpoint"],
    [
      'error-422-tracking',
      422,
      'refused',
      '[Item with variant_id 106 is tracked by product, please update stock by product id]',
    ],
    ['error-422-fields', 422, 'refused', 'JSON data is missing or invalid; name: name is required'],
    ['error-401-v2', 401, 'unauthorized', 'Unauthorized'],
  ])('%s', async (name, status, kind, said) => {
    const world = await openBigCommerce(
      {},
      {},
      answering(() => ({ status, body: fixture(name) })),
    );
    const error = await errorOf(world.connector.page({}, forever));
    expect([error.kind, error.detail.said]).toEqual([kind, said]);
    if (status === 403) expect(error.detail.permission).toBe('Products: read-only');
  });
});

describe('A test of the connection to BigCommerce', () => {
  it('names every right as the page of API accounts does', async () => {
    const { connector } = await openBigCommerce();
    const { permissions, identity } = await connector.test(forever);
    expect(identity).toBe('abc123');
    expect(permissions.map(({ platformWord, granted }) => [platformWord, granted])).toEqual([
      ['Products: read-only', true],
      ['Store Inventory: read-only', true],
      ['Store Inventory: modify', true],
      ['Orders: read-only', true],
      ['Information & settings: read-only', true],
    ]);
  });

  it('reports the rights that are missing instead of failing, and knows the store by its address then', async () => {
    const world = await openBigCommerce();
    const narrow = world.withOnly('read-products');
    const { permissions, identity, shopName } = await narrow.test(forever);
    expect(permissions.map(({ granted }) => granted)).toEqual([true, false, false, false, false]);
    expect([identity, shopName]).toEqual(['abc123', undefined]);
  });

  it('offers the locations, and says that one must be chosen where there are several', async () => {
    const world = await openBigCommerce({}, twoPlaces);
    const { choices, warnings } = await world.connector.test(forever);
    expect(choices.map(({ value, label, usual }) => [value, label, usual])).toEqual([
      ['1', 'Default location', false],
      ['2', 'Lager', false],
    ]);
    expect(warnings).toContain('no-location-chosen');
    const chosen = await world.connect({ shop: { options: { location: '2' } } }).test(forever);
    expect(chosen.warnings).not.toContain('no-location-chosen');
  });
});

describe('The address of a BigCommerce store', () => {
  const api = 'https://api.bigcommerce.com/stores/abc123';
  it.each([
    ['https://api.bigcommerce.com/stores/abc123/v3/', api],
    ['api.bigcommerce.com/stores/abc123/v2/store', api],
    ['https://store-abc123.mybigcommerce.com/manage/dashboard', api],
    ['store-abc123-1.mybigcommerce.com', api],
    ['https://shop.example/', 'https://shop.example'],
    ['https://shop.example/manage/products', 'https://shop.example'],
  ])('%s is kept as %s', (typed, url) => {
    expect(bigCommerce.normaliseUrl(typed)).toEqual({ url });
  });

  it('refuses a key for another store than the address names, before anything is asked', async () => {
    const world = await openBigCommerce();
    const shop = makeShop({ platform: bigCommerce.id, url: world.url });
    const secrets = { store_hash: 'other9', access_token: 'whatever-token' };
    const connector = bigCommerce.connect({ shop, secrets, options: {}, clock: makeClock() });
    expect((await errorOf(connector.page({}, forever))).kind).toBe('another-shop');
    expect(asked(world, /./)).toEqual([]);
  });

  it('knows the store by the hash of the key where the address is that of the storefront', () => {
    const shop = makeShop({ platform: bigCommerce.id, url: 'https://shop.example' });
    const secrets = { store_hash: 'abc123', access_token: 'token' };
    expect(makeApi({ shop, secrets, options: {}, clock: makeClock() }).storeHash).toBe('abc123');
  });

  it('is recognised by the folder that the storefront loads its theme from, without a key', async () => {
    const page = '<link href="https://cdn11.bigcommerce.com/s-abc123/stencil/theme.css">';
    const probe = async () => ({ status: 200, headers: {}, text: page });
    expect(await bigCommerce.detect(new URL('https://shop.example'), probe, forever)).toEqual({
      platform: 'bigcommerce',
      confidence: 'sure',
      url: api,
    });
    const other = async () => ({ status: 200, headers: {}, text: '<html>WooCommerce</html>' });
    expect(await bigCommerce.detect(new URL('https://shop.example'), other, forever)).toBeUndefined();
    const none = async () => undefined;
    expect((await bigCommerce.detect(new URL('https://store-abc123.mybigcommerce.com'), none, forever))?.url).toBe(api);
  });
});
