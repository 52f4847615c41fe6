import { describe, expect, it, vi } from 'vitest';
import { oauthHeader, percentEncoded, queryText } from '../../../src/connectors/magento/session/oauth.ts';
import { credential, rightKey } from '../../../src/demo/simulators/fake-shop.ts';
import { integrationOf } from '../../../src/demo/simulators/magento/auth.ts';
import { toShopProductId, toSku } from '../../../src/domain/ids.ts';
import { ends, errorOf, forever, listingWith, quantityFor, readAll, skusIn } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { asked, byLogin, openMagento, writes } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const keys = { consumerKey: 'ck', consumerSecret: 'cs', token: 'at', tokenSecret: 'ats' };
const oauthOnly = { bearer: false };
const logins = /integration\/admin\/token$/;

describe('A signed request', () => {
  it('carries an HMAC-SHA256 over method, address and sorted parameters', () => {
    const url = new URL('https://shop.example/rest/all/V1/products');
    url.search = queryText({ b: 'x y', a: 'Æ&=+/#%' });
    const header = oauthHeader({ method: 'GET', url, keys, nonce: 'n', timestamp: 1_700_000_000 });
    expect(header).toMatch(/^OAuth oauth_consumer_key="ck", /);
    expect(header).toContain('oauth_signature_method="HMAC-SHA256"');
    // Worked out apart from this program, over the base string of RFC 5849, 3.4.1.
    expect(decodeURIComponent(/oauth_signature="([^"]+)"/.exec(header)?.[1] ?? '')).toBe(
      'hr4e2X1AackNfFRNYI3OW7+K7ngvmXd9t2LzeCPSe3k=',
    );
  });

  it('writes blanks as Magento reads them back, never as a plus', () => {
    expect(queryText({ 'a[0]': "it's (1) + *2!" })).toBe('a%5B0%5D=it%27s%20%281%29%20%2B%20%2A2%21');
    expect(percentEncoded('æ/🧊')).toBe('%C3%A6%2F%F0%9F%A7%8A');
  });

  it('is refused with HMAC-SHA1, as on 2.4.7', async () => {
    const world = await openMagento({ options: oauthOnly });
    const authorization = 'OAuth oauth_consumer_key="x", oauth_signature_method="HMAC-SHA1"';
    const reply = await fetch(`${world.url}/rest/all/V1/modules`, { headers: { authorization } });
    expect([reply.status, await reply.json()]).toEqual([
      400,
      { message: 'Signature method %1 is not supported', parameters: ['HMAC-SHA1'] },
    ]);
  });
});

describe('All four values of an integration', () => {
  it('are tried as a token once, signed from then on, and what let us in is remembered', async () => {
    const world = await openMagento({ options: oauthOnly, way: integrationOf });
    world.shop.add({ sku: 'CUP' });
    const seen: string[] = [];
    world.shop.temper.beforeAnswer = ({ path }) => seen.push(path);
    await readAll(world.connector);
    const firstPath = seen[0];
    expect(seen.filter((path) => path === firstPath)).toHaveLength(2);
    expect(skusIn(await readAll(world.connector))).toEqual(['CUP']);
    expect(seen.filter((path) => path === firstPath)).toHaveLength(3);
  });

  it('need no signature where the shop takes the token alone', async () => {
    const world = await openMagento({ options: { bearer: true }, way: integrationOf });
    world.shop.add({ sku: 'A/1 #2%', quantity: 1 });
    await world.connector.push([quantityFor(refTo('dk', '101'), 5)], forever);
    expect(asked(world, /stockItems\/A%2F1%20%232%25$/)).toHaveLength(1);
  });

  it.each([
    'A/1',
    'A 1',
    'A#1',
    'A%1',
    'Æ-1',
    'a,b',
    '../A',
  ])('never put the SKU %j into a path, read it by filter, and write it all the same', async (sku) => {
    const world = await openMagento({ options: oauthOnly, way: integrationOf });
    const cup = world.shop.add({ sku, quantity: 1 });
    expect((await world.connector.withSku(toSku(sku), forever)).map((listing) => listing.sku)).toEqual([sku]);
    expect(await world.connector.product(toShopProductId(cup.id), forever)).toMatchObject([{ sku }]);
    expect(ends(await world.connector.push([quantityFor(refTo('dk', cup.id), 5)], forever))).toEqual(['set']);
    expect(cup.variants[0]!.quantity).toBe(5);
    expect(asked(world, /%|stockItems\/\./)).toEqual([]);
  });

  it('of which one is wrong are told from a right that is missing', async () => {
    const world = await openMagento({ options: oauthOnly, way: integrationOf });
    world.shop.add({ sku: 'CUP' });
    const wrong = world.connect({ as: credential(rightKey.key, 'cs_mistyped') });
    expect(await errorOf(wrong.page({}, forever))).toMatchObject({
      kind: 'unauthorized',
      detail: { said: 'The signature is invalid.' },
    });
    const narrow = world.withOnly('read-settings', 'read-stock');
    expect(await errorOf(narrow.page({}, forever))).toMatchObject({
      kind: 'forbidden',
      detail: { permission: 'Magento_Catalog::products' },
    });
  });
});

describe('An access token alone', () => {
  it('that opens nothing is a wrong key; one that opens something lacks a right, though both are told alike', async () => {
    const world = await openMagento();
    const strange = world.connect({ as: credential('x', 'strange') });
    expect((await errorOf(strange.page({}, forever))).kind).toBe('unauthorized');
    const narrow = world.withOnly('read-products');
    expect(await errorOf(narrow.sales({ since: world.clock.now() }, forever))).toMatchObject({
      kind: 'forbidden',
      detail: {
        permission: 'Magento_Sales::actions_view',
        said: expect.stringContaining('Magento_Sales::actions_view'),
      },
    });
  });
});

describe('A name and a password', () => {
  it('log in once for many calls at a time', async () => {
    const world = await openMagento({ way: byLogin });
    world.shop.add({ sku: 'CUP' });
    await Promise.all([1, 2, 3, 4].map(() => world.connector.withSku(toSku('CUP'), forever)));
    expect(asked(world, logins)).toHaveLength(1);
  });

  it('log in again before the hour is over, by our clock', async () => {
    const world = await openMagento({ way: byLogin });
    world.shop.add({ sku: 'CUP' });
    await readAll(world.connector);
    world.clock.advance(50 * 60_000);
    await readAll(world.connector);
    expect(asked(world, logins)).toHaveLength(1);
    world.clock.advance(5 * 60_000);
    await readAll(world.connector);
    expect(asked(world, logins)).toHaveLength(2);
  });

  it('log in again when the shop no longer takes the token, in the middle of a reading', async () => {
    const world = await openMagento({ way: byLogin });
    for (let at = 0; at < 120; at += 1) world.shop.add({ sku: `S-${at}` });
    const first = await world.connector.page({}, forever);
    world.shop.passTime(3_600_000);
    const second = await world.connector.page({ cursor: first.next }, forever);
    expect([first.listings.length, second.listings.length]).toEqual([100, 20]);
    expect(asked(world, logins)).toHaveLength(2);
  });

  it('do not log in again and again for a right that is missing', async () => {
    const world = await openMagento({ way: byLogin });
    const narrow = world.withOnly('read-products', 'read-settings', 'read-stock');
    const since = world.clock.now();
    for (let at = 0; at < 3; at += 1) expect((await errorOf(narrow.sales({ since }, forever))).kind).toBe('forbidden');
    expect(asked(world, logins).length).toBeLessThanOrEqual(2);
  });

  it('that are wrong are told in the shop’s words', async () => {
    const world = await openMagento({ way: byLogin });
    const wrong = world.connect({ as: credential(rightKey.key, 'cs_mistyped') });
    expect(await errorOf(wrong.test(forever))).toMatchObject({
      kind: 'unauthorized',
      detail: { said: expect.stringContaining('The account sign-in was incorrect') },
    });
  });

  it('a caller who gives up does not take the login of another along', async () => {
    const world = await openMagento({ way: byLogin });
    world.shop.add({ sku: 'CUP' });
    const stop = new AbortController();
    world.shop.temper.beforeAnswer = ({ path }) => {
      if (logins.test(path)) stop.abort();
    };
    const given = world.connector.withSku(toSku('CUP'), stop.signal);
    const wanted = listingWith(world.connector, 'CUP');
    expect((await errorOf(given)).kind).toBe('cancelled');
    expect((await wanted).sku).toBe('CUP');
  });

  it('write no more than the others do', async () => {
    const world = await openMagento({ way: byLogin });
    const cup = world.shop.add({ sku: 'CUP', quantity: 1 });
    expect(ends(await world.connector.push([quantityFor(refTo('dk', cup.id), 5)], forever))).toEqual(['set']);
    expect(writes(world)).toHaveLength(1);
  });
});
