import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { shopware } from '../../../src/connectors/shopware/driver.ts';
import { problemIn } from '../../../src/connectors/shopware/problem.ts';
import { credential } from '../../../src/demo/simulators/fake-shop.ts';
import { errorOf, forever, readAll } from '../../contract/connector-harness.ts';
import { answering, asked, openShopware } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/shopware/${name}.json`, import.meta.url), 'utf8');
const replyOf = (status: number, text: string) => ({ status, headers: {}, text, doing: 'testing' });

describe('The token of an integration', () => {
  it('is shared by all calls, and asked for once however many need it', async () => {
    const world = await openShopware();
    world.shop.add({ sku: 'CUP' });
    await Promise.all([1, 2, 3, 4].map(() => world.connector.page({}, forever)));
    expect(asked(world, /oauth\/token/)).toHaveLength(1);
  });

  it('is renewed before its ten minutes are over', async () => {
    const world = await openShopware();
    await readAll(world.connector);
    world.clock.set(world.clock.now());
    world.clock.advance(481_000);
    await readAll(world.connector);
    expect(asked(world, /oauth\/token/)).toHaveLength(2);
  });

  it('is renewed once when the shop no longer takes it, in the middle of a reading', async () => {
    const world = await openShopware();
    world.shop.add({ sku: 'CUP' });
    const first = await world.connector.page({}, forever);
    world.shop.passTime(601_000);
    await world.connector.page({ cursor: first.next! }, forever);
    expect(asked(world, /oauth\/token/)).toHaveLength(2);
  });

  it('is not asked for again and again when every one is refused', async () => {
    const world = await openShopware(
      {},
      {},
      answering(({ path }) =>
        path.includes('oauth') ? undefined : { status: 401, body: JSON.parse(fixture('error-401-token')) },
      ),
    );
    expect((await errorOf(world.connector.page({}, forever))).kind).toBe('unauthorized');
    expect(asked(world, /oauth\/token/)).toHaveLength(2);
  });

  it('has a limit of its own, which tells the seconds in the error alone', async () => {
    const { shop, connect } = await openShopware();
    shop.credentials.push(credential('other', 'other-secret'));
    for (let at = 0; at < 10; at += 1) await readAll(connect());
    const error = await errorOf(connect().page({}, forever));
    expect([error.kind, error.detail.retryAfter]).toEqual(['rate-limited', 10]);
  });

  it('never stands in what is told, though the shop says it all back', async () => {
    const token = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJTV0lBIn0.c2lnbmF0dXJl';
    const world = await openShopware(
      {},
      {},
      answering(({ path, headers }) =>
        path.includes('oauth')
          ? { status: 200, body: { token_type: 'Bearer', expires_in: 600, access_token: token } }
          : { status: 400, body: { errors: [{ code: '0', detail: `Bad token ${headers.authorization} here` }] } },
      ),
    );
    const { detail } = await errorOf(world.connector.page({}, forever));
    expect(detail.said).toContain('Bad token');
    expect(detail.said).not.toContain('eyJ');
  });
});

describe('What Shopware says when it will not', () => {
  it('is read with the privileges that are missing', () => {
    expect(problemIn(replyOf(403, fixture('error-403-privilege')))).toMatchObject({
      code: 'FRAMEWORK__MISSING_PRIVILEGE_ERROR',
      missing: ['product:update', 'product_media:read'],
      said: 'missing privileges: product:update, product_media:read',
    });
  });

  it('is read with the seconds to wait', () => {
    expect(problemIn(replyOf(429, fixture('error-429-token'))).wait).toBe(9);
  });

  it('is read where it is a refused write', () => {
    expect(problemIn(replyOf(400, fixture('error-400-sync')))).toMatchObject({
      said: 'c1051bb4-1103-4974-8973-15e4f7f5b0b6: This value should not be blank.',
    });
  });

  it.each(['', '<html></html>', '[]', '{"errors":[]}', '{"errors":"no"}', 'null'])('is nothing in %j', (text) => {
    expect(problemIn(replyOf(500, text))).toMatchObject({ code: '', said: undefined, missing: [] });
  });
});

describe('A test of the connection to Shopware', () => {
  it('tells every right by its privilege, out of the row of the integration', async () => {
    const { connector } = await openShopware();
    const { permissions, choices, version } = await connector.test(forever);
    expect(permissions.map(({ wanted, platformWord, granted }) => [wanted, platformWord, granted])).toEqual([
      ['read-products', 'product:read', true],
      ['write-stock', 'product:update', true],
      ['read-orders', 'order:read, order_line_item:read', true],
      ['read-settings', 'integration:read, acl_role:read', true],
    ]);
    expect(version).toBe('6.7.10.1');
    expect(choices).toMatchObject([{ option: 'salesChannel', usual: true }]);
  });

  it('says that it does not know whether it may write where it may not see its own rights', async () => {
    const world = await openShopware();
    const { permissions } = await world.withOnly('read-products').test(forever);
    expect(permissions.map(({ wanted, granted }) => [wanted, granted])).toEqual([
      ['read-products', true],
      ['write-stock', undefined],
      ['read-orders', false],
      ['read-settings', false],
    ]);
  });

  it('reports a key without any right instead of failing', async () => {
    const world = await openShopware();
    const { permissions } = await world.withOnly('read-orders').test(forever);
    expect(permissions[0]).toMatchObject({ platformWord: 'product:read', granted: false });
    const error = await errorOf(world.withOnly('read-orders').page({}, forever));
    expect([error.kind, error.detail.permission?.split(', ')[0]]).toEqual(['forbidden', 'product:read']);
  });

  it('knows a shop again that has learnt to say its id since it was added', async () => {
    const old = await openShopware({ tellsShopId: false });
    const { identity } = await old.connector.test(forever);
    const updated = await openShopware({});
    await readAll(updated.connect({ shop: { identity } }));
    const other = await openShopware({}, { identity: 'https://somewhere-quite-else.example' });
    expect((await errorOf(other.connect({ shop: { identity } }).page({}, forever))).kind).toBe('another-shop');
  });
});

describe('The address of a Shopware', () => {
  it.each([
    ['shop.example/admin#/sw/product/index', 'https://shop.example'],
    ['https://shop.example/api', 'https://shop.example'],
    ['https://shop.example/api/_info/version', 'https://shop.example'],
    ['https://shop.example/da', 'https://shop.example'],
    ['https://shop.example/en-GB/', 'https://shop.example'],
    ['https://shop.example/shop/public/admin', 'https://shop.example/shop/public'],
    ['https://shop.example/butik', 'https://shop.example/butik'],
  ])('%s is kept as %s', (typed, url) => {
    expect(shopware.normaliseUrl(typed)).toEqual({ url });
  });

  it('is recognised without a key by how the API refuses, and nothing else is', async () => {
    const { url } = await openShopware();
    const probe = async (address: URL) => {
      const reply = await fetch(address, { redirect: 'manual' });
      return { status: reply.status, headers: Object.fromEntries(reply.headers), text: await reply.text() };
    };
    expect(await shopware.detect(new URL(`${url}/admin`), probe, forever)).toEqual({
      platform: 'shopware',
      confidence: 'sure',
      url,
    });
    const other = async () => ({ status: 401, headers: {}, text: '{"code":"rest_no_route"}' });
    expect(await shopware.detect(new URL(url), other, forever)).toBeUndefined();
    expect(await shopware.detect(new URL(url), async () => undefined, forever)).toBeUndefined();
  });
});
