import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { shopware } from '../../../src/connectors/shopware/driver.ts';
import { rightKey } from '../../../src/demo/simulators/fake-shop.ts';
import type { RawRequest } from '../../../src/ports/platform.ts';
import { forever } from '../../contract/connector-harness.ts';
import { makeShop } from '../../support/builders.ts';
import { openShopware } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const webhooks = shopware.webhooks!;
const body = readFileSync(new URL('../../fixtures/shopware/webhook-product-written.json', import.meta.url));
const signed = (secret: string, over: Uint8Array): string => createHmac('sha256', secret).update(over).digest('hex');
const request = (more: { path?: string; signature?: string; body?: Uint8Array } = {}): RawRequest => ({
  headers: more.signature === undefined ? {} : { 'shopware-shop-signature': more.signature },
  body: more.body ?? body,
  path: more.path ?? '',
});

async function open() {
  const world = await openShopware();
  const shop = makeShop({ platform: shopware.id, url: world.url });
  const secrets = { client_id: rightKey.key, client_secret: rightKey.secret };
  return { ...world, hooks: webhooks.connect({ shop, secrets, options: {}, clock: world.clock }) };
}

describe('A webhook of Shopware', () => {
  it('of an app is signed over the raw body, in hexadecimal', () => {
    const signature = signed('s3cret', body);
    expect(webhooks.verify(request({ signature }), 's3cret')).toBe(true);
    expect(webhooks.verify(request({ signature }), 'other')).toBe(false);
    expect(webhooks.verify(request({ signature, body: Buffer.concat([body, Buffer.from(' ')]) }), 's3cret')).toBe(
      false,
    );
    const base64 = createHmac('sha256', 's3cret').update(body).digest('base64');
    expect(webhooks.verify(request({ signature: base64 }), 's3cret')).toBe(false);
    expect(webhooks.verify(request({ signature: '' }), 's3cret')).toBe(false);
    expect(webhooks.verify(request({ signature: signed('', body) }), '')).toBe(false);
  });

  it('without an app is known by the address that only the shop was told, and a signature that is wrong outweighs it', async () => {
    const { hooks } = await open();
    const [hook] = await hooks.subscribe(new URL('https://pim.example/hooks/x'), 's3cret', forever);
    const path = new URL(hook!.url).pathname.replace('/hooks/x', '');
    expect(webhooks.verify(request({ path }), 's3cret')).toBe(true);
    expect(webhooks.verify(request({ path }), 'other')).toBe(false);
    expect(webhooks.verify(request({ path: '/' }), 's3cret')).toBe(false);
    expect(webhooks.verify(request({ path, signature: 'f'.repeat(64) }), 's3cret')).toBe(false);
    expect(hook!.url).not.toContain('s3cret');
  });

  it('tells which products were written, what of them, and the delivery that stays the same', () => {
    const at = '2026-12-01T00:00:00.000Z';
    const deliveryId = '8f8a2c0e7d2e4f4f9d3a6f7f0e1c2b3a';
    expect(webhooks.signals(request())).toEqual([
      { kind: 'stock', shopProductId: '01970000000000000000000000000065', deliveryId, at },
      { kind: 'changed', shopProductId: '01970000000000000000000000000066', deliveryId, at },
      { kind: 'deleted', shopProductId: '01970000000000000000000000000067', deliveryId, at },
    ]);
  });

  it('tells of a deletion and of an order', () => {
    const told = (event: string, payload: unknown) =>
      webhooks.signals(request({ body: Buffer.from(JSON.stringify({ data: { event, payload } })) }));
    const id = '0'.repeat(32);
    expect(told('product.deleted', [{ entity: 'product', operation: 'delete', primaryKey: id }])).toMatchObject([
      { kind: 'deleted', shopProductId: id },
    ]);
    expect(told('checkout.order.placed', { order: {} })).toMatchObject([{ kind: 'order' }]);
    const draft = { entity: 'product', operation: 'update', primaryKey: id, versionId: 'f'.repeat(32) };
    expect(told('product.written', [draft])).toEqual([]);
    expect(told('category.written', [{ entity: 'category', primaryKey: id }])).toEqual([]);
    expect(told('product.written', 'no list')).toEqual([]);
  });

  it.each(['', 'no json', '[]', 'null', '{"data":1}', '{"data":{"event":7}}'])('reads nothing out of %j', (text) => {
    expect(webhooks.signals(request({ body: Buffer.from(text) }))).toEqual([]);
  });

  it('is subscribed to once, made anew when the shop switched it off, and taken away', async () => {
    const { hooks, shop } = await open();
    const url = new URL('https://pim.example/hooks/x');
    const first = await hooks.subscribe(url, 's3cret', forever);
    expect(first.map(({ topic, active }) => [topic, active]).sort()).toEqual([
      ['checkout.order.placed', true],
      ['product.deleted', true],
      ['product.written', true],
    ]);
    const posts = () => shop.memory.requests.filter(({ path }) => path.endsWith('/api/webhook')).length;
    await hooks.subscribe(url, 's3cret', forever);
    expect(posts()).toBe(3);
    await hooks.unsubscribe(first[0]!.id, forever);
    await hooks.unsubscribe(first[0]!.id, forever);
    expect(await hooks.list(forever)).toHaveLength(2);
    await hooks.subscribe(url, 's3cret', forever);
    expect([posts(), (await hooks.list(forever)).length]).toEqual([4, 3]);
  });
});
