import { createHmac } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { webhooks as shopify } from '../../src/connectors/shopify/webhooks.ts';
import { webhooks as woo } from '../../src/connectors/woocommerce/webhooks/webhooks.ts';
import { rightKey } from '../../src/demo/simulators/fake-shop.ts';
import { deliverHooks, hookAt } from '../../src/demo/simulators/woocommerce/webhooks.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { makeWebhookAccess } from '../../src/runtime/webhook-access.ts';
import { makeWebhookService } from '../../src/services/webhooks/manage-webhooks.ts';
import {
  forever,
  idIn,
  linkedIn,
  openTestEnvironment,
  stockUp,
  syncAll,
  type TestEnvironment,
} from '../services/test-environment.ts';
import { makeCommandLine } from '../support/in-process-cli.ts';
import { openTestServer } from './open-test-server.ts';

// It speaks HTTP with simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const dk = toShopId('dk');

/** The service over one store of secrets, which the server reads as well. */
function withSecrets(environment: TestEnvironment, over: { readonly readOnly?: boolean } = {}) {
  let kept: Readonly<Record<string, string>> = { ...rightKey };
  const access = makeWebhookAccess({
    drivers: platformRegistry,
    credentialsFor: () => kept,
    save: async (_shop, secrets) => {
      kept = secrets;
    },
    clock: environment.clock,
  });
  return { access, service: makeWebhookService({ ...environment.harness, ...over }, access), kept: () => kept };
}

test('a shop is subscribed with a new secret, and what it then delivers is taken in', async () => {
  const environment = await openTestEnvironment(['dk']);
  stockUp(environment, ['dk'], 'SOK-1');
  await syncAll(environment);
  const { access, service, kept } = withSecrets(environment);
  const { server, url } = await openTestServer(environment, {}, { webhooks: access });
  const { subscriptions, hasSecret } = await service.subscribe(dk, new URL(`${url}/hooks/dk`), forever);
  expect(subscriptions.map(({ topic }) => topic)).toContain('product.updated');
  expect(subscriptions.every(({ active }) => active)).toBe(true);
  expect(hasSecret).toBe(true);
  expect(kept()).toMatchObject({ key: rightKey.key, secret: rightKey.secret });
  expect(kept().webhook_secret).toMatch(/^[0-9a-f]{64}$/);

  const id = idIn(environment, 'dk', 'SOK-1');
  environment.shop('dk').setStatus(id, 'draft');
  expect(await deliverHooks(environment.shop('dk'), 'product.updated', id)).toEqual([202]);
  await server.idle();
  expect(await linkedIn(environment, 'SOK-1')).toEqual([]);
});

test('to subscribe again makes nothing twice, and switches on what the shop switched off', async () => {
  const environment = await openTestEnvironment(['dk']);
  const { service } = withSecrets(environment);
  const address = new URL('https://hooks.example/hooks/dk');
  const first = await service.subscribe(dk, address, forever);
  const [hook] = first.subscriptions;
  hookAt(environment.shop('dk'), hook?.id)!.status = 'disabled';
  expect((await service.list(dk, forever)).subscriptions.filter(({ active }) => !active)).toHaveLength(1);
  const again = await service.subscribe(dk, address, forever);
  expect(again.subscriptions).toEqual(first.subscriptions);
  const left = await service.unsubscribe(dk, hook?.id ?? '', forever);
  expect(left.subscriptions).toHaveLength(first.subscriptions.length - 1);
});

test('a program that may only look subscribes nobody', async () => {
  const environment = await openTestEnvironment(['dk']);
  const { service } = withSecrets(environment, { readOnly: true });
  await expect(service.subscribe(dk, new URL('https://hooks.example'), forever)).rejects.toMatchObject({
    kind: 'read-only',
  });
});

test("Shopify is not subscribed before its app's secret is there", async () => {
  const environment = await openTestEnvironment(['de']);
  const { service } = withSecrets(environment);
  const subscribing = service.subscribe(toShopId('de'), new URL('https://hooks.example'), forever);
  await expect(subscribing).rejects.toMatchObject({ kind: 'no-credentials' });
});

test('the signature is over the raw body, and a letter more or less is refused', () => {
  const body = Buffer.from('{"id": 7 , "name":"Æblesok"}', 'utf8');
  const right = createHmac('sha256', 'hemmelig').update(body).digest('base64');
  for (const [driver, header] of [
    [woo, 'x-wc-webhook-signature'],
    [shopify, 'x-shopify-hmac-sha256'],
  ] as const) {
    const verify = (signature: string, sent: Uint8Array, secret = 'hemmelig') =>
      driver.verify({ headers: { [header]: signature }, body: sent, path: '' }, secret);
    expect(verify(right, body)).toBe(true);
    expect(verify(right, Buffer.concat([body, Buffer.from(' ')]))).toBe(false);
    expect(verify(right.slice(0, -1), body)).toBe(false);
    expect(verify('', body)).toBe(false);
    expect(verify(right, body, '')).toBe(false);
    expect(driver.verify({ headers: {}, body, path: '' }, 'hemmelig')).toBe(false);
  }
});

test("WooCommerce's first try of a new hook is let in and tells nothing", () => {
  const request = { headers: {}, body: Buffer.from('webhook_id=12'), path: '' };
  expect(woo.verify(request, 'hemmelig')).toBe(true);
  expect(woo.signals(request)).toEqual([]);
});

test('Shopify tells ids of products, also of what was sold, and nonsense tells nothing', () => {
  const signals = (topic: string, body: string) =>
    shopify.signals({
      headers: { 'x-shopify-topic': topic, 'x-shopify-webhook-id': 'w1' },
      body: Buffer.from(body),
      path: '',
    });
  expect(signals('products/delete', '{"id":788032119674292922}')).toMatchObject([
    { kind: 'deleted', shopProductId: '788032119674292922' },
  ]);
  expect(signals('products/delete', '{"id":{}}')).toEqual([]);
  expect(signals('products/delete', '{"id":7880321196}')).toMatchObject([
    { kind: 'deleted', shopProductId: '7880321196', deliveryId: 'w1' },
  ]);
  expect(
    signals('orders/create', '{"line_items":[{"product_id":5},{"product_id":5},{"product_id":null}]}'),
  ).toMatchObject([{ kind: 'stock', shopProductId: '5' }]);
  expect(signals('products/update', '{"id":')).toEqual([]);
});

test.each([
  ['https://ѕhop.example', /It leads to https:\/\/xn--hop-ehd/],
  ['https://u:hemmelig1@x.example', /a key in the address \(https:\/\/x\.example\)/],
  ['https://x.example/?key=hemmelig1', /a key in the address/],
  ['http://hooks.example', /not encrypted/],
  ['https://[::ffff:169.254.169.254]', /No shop can answer/],
  ['hooks', /No shop can answer/],
])('R19: nobody is told to tell us at %s', async (address, told) => {
  const environment = await openTestEnvironment(['dk']);
  const { services } = environment;
  const run = makeCommandLine({ services, webhooks: withSecrets(environment).service });
  for (const args of [
    ['webhooks', 'subscribe', 'dk', '--url', address],
    ['warehouse', 'webhooks', address],
  ]) {
    const { stdout, stderr } = await run(args);
    expect(stdout).toBe('');
    expect(stderr).toMatch(told);
    expect(stderr).not.toMatch(/hemmelig1|ѕ/);
  }
  expect(environment.shop('dk').memory.requests).toEqual([]);
});
