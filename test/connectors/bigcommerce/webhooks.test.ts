import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { bigCommerce } from '../../../src/connectors/bigcommerce/driver.ts';
import { rightKey } from '../../../src/demo/simulators/fake-shop.ts';
import { errorOf, forever } from '../../contract/connector-harness.ts';
import { makeShop } from '../../support/builders.ts';
import { openBigCommerce } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const webhooks = bigCommerce.webhooks!;
const body = readFileSync(new URL('../../fixtures/bigcommerce/webhook-sku-inventory.json', import.meta.url));
const request = (text: Uint8Array | string = body, headers: Record<string, string> = {}) => ({
  headers,
  body: Buffer.from(text),
  path: '',
});

async function open() {
  const world = await openBigCommerce();
  const shop = makeShop({ platform: bigCommerce.id, url: world.url });
  const secrets = { store_hash: 'abc123', access_token: rightKey.secret };
  return { ...world, hooks: webhooks.connect({ shop, secrets, options: {}, clock: world.clock }) };
}

describe('A webhook of BigCommerce', () => {
  it('bears the secret that it was told to send along', () => {
    const header = 'x-bindeled-webhook';
    expect(webhooks.verify(request(body, { [header]: 's3cret' }), 's3cret')).toBe(true);
    expect(webhooks.verify(request(body, { [header]: 's3cre' }), 's3cret')).toBe(false);
    expect(webhooks.verify(request(body, { [header]: 's3cret2' }), 's3cret')).toBe(false);
    expect(webhooks.verify(request(body), 's3cret')).toBe(false);
    expect(webhooks.verify(request(body, { [header]: '' }), '')).toBe(false);
  });

  it('names the product and the variant, and not the SKU, whose number is another', () => {
    expect(webhooks.signals(request())).toEqual([
      {
        kind: 'stock',
        shopProductId: '206',
        shopVariantId: '509',
        deliveryId: '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c',
        at: '2026-12-01T00:00:00.000Z',
      },
    ]);
  });

  it.each([
    ['store/product/created', { type: 'product', id: 7 }, [{ kind: 'changed', shopProductId: '7' }]],
    ['store/product/deleted', { type: 'product', id: 7 }, [{ kind: 'deleted', shopProductId: '7' }]],
    [
      'store/sku/deleted',
      { type: 'sku', id: 3, sku: { product_id: 7, variant_id: 9 } },
      [{ kind: 'changed', shopProductId: '7', shopVariantId: '9' }],
    ],
    ['store/sku/updated', { type: 'sku', id: 3 }, []],
    ['store/order/created', { type: 'order', id: 7 }, [{ kind: 'order' }]],
    ['store/cart/created', { type: 'cart', id: 'x' }, []],
  ])('%s tells what it can', (scope, data, told) => {
    expect(webhooks.signals(request(JSON.stringify({ scope, data })))).toMatchObject(told);
  });

  it.each([
    '',
    'no json',
    '[]',
    '{"scope":1}',
    '{"scope":"store/product/updated","data":{"id":"x/1"}}',
  ])('reads nothing out of %j', (text) => {
    expect(webhooks.signals(request(text))).toEqual([]);
  });

  it('is subscribed to once for each topic, told a new secret, and taken away', async () => {
    const { hooks, shop } = await open();
    const url = new URL('https://pim.example/hooks/x');
    const first = await hooks.subscribe(url, 'old', forever);
    expect(first).toHaveLength(11);
    const again = await hooks.subscribe(url, 'new', forever);
    expect(again.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    const sent = shop.memory.requests.filter(({ method }) => method === 'PUT').map((one) => JSON.parse(one.body));
    expect(sent[0]).toMatchObject({ is_active: true, headers: { 'x-bindeled-webhook': 'new' } });
    await hooks.unsubscribe(first[0]!.id, forever);
    await hooks.unsubscribe(first[0]!.id, forever);
    expect(await hooks.list(forever)).toHaveLength(10);
  });

  it('is not asked for at an address to which nothing would be delivered', async () => {
    const { hooks, shop } = await open();
    for (const url of ['http://127.0.0.1:4010/hooks', 'https://pim.example:8443/hooks']) {
      expect((await errorOf(hooks.subscribe(new URL(url), 's3cret', forever))).kind).toBe('refused');
    }
    expect(shop.memory.requests).toEqual([]);
  });
});

/** The vendor's samples: to be read, not to be kept here. */
const samples = new URL('../../../../shared/reference/data/bigcommerce/webhook-callbacks/', import.meta.url);
const absent = !existsSync(samples);

describe.skipIf(absent)(`The vendor's samples${absent ? ' (skipped: they are not on this machine)' : ''}`, () => {
  it('all tell something, and what their names say', () => {
    const files = readdirSync(samples);
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      const [signal, ...more] = webhooks.signals(request(readFileSync(new URL(file, samples))));
      const kind =
        file.includes('_order_created') || file.includes('_order_status')
          ? 'order'
          : file.includes('inventory')
            ? 'stock'
            : file === 'store_product_deleted.json'
              ? 'deleted'
              : 'changed';
      expect([file, signal?.kind, more, signal?.deliveryId !== undefined]).toEqual([file, kind, [], true]);
      if (kind !== 'order') expect(signal?.shopProductId).toMatch(/^\d+$/);
    }
  });
});
