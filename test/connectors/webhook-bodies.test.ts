import { describe, expect, it } from 'vitest';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { toPlatformId } from '../../src/domain/ids.ts';
import { peakHooks } from '../../src/warehouses/peakwms/webhooks.ts';

/** Beyond 2^53: as a number it would be that of another product. */
const big = '9007199254740993';
const uuid = 'a'.repeat(32);

type Told = { readonly headers: Readonly<Record<string, string>>; readonly body: (id: string) => string };
const told: Readonly<Record<string, Told>> = {
  woocommerce: { headers: { 'x-wc-webhook-topic': 'product.updated' }, body: (id) => `{"id":${id},"parent_id":0}` },
  shopify: { headers: { 'x-shopify-topic': 'products/update' }, body: (id) => `{"id":${id}}` },
  bigcommerce: {
    headers: {},
    body: (id) => `{"scope":"store/product/updated","created_at":1e400,"data":{"type":"product","id":${id}}}`,
  },
  shopware: {
    headers: {},
    body: (id) =>
      `{"timestamp":1e400,"data":{"event":"product.written","payload":[{"entity":"product","operation":"update","primaryKey":"${id === big ? uuid : id}","updatedFields":["name"]}]}}`,
  },
};

const signalsOf = (platform: string, body: string) =>
  platformRegistry.get(toPlatformId(platform))!.webhooks!.signals({
    path: '/hooks/dk',
    headers: told[platform]!.headers,
    body: Buffer.from(body),
  });

describe('R8-R10: what a webhook tells', () => {
  it.each(Object.keys(told))('%s: names its product with every digit, or none', (platform) => {
    const { body } = told[platform]!;
    const id = platform === 'shopware' ? uuid : big;
    expect(signalsOf(platform, body(big))).toMatchObject([{ shopProductId: id }]);
    for (const odd of ['1e400', '-5', '5,"id":6', '[5]', '{"a":1}', `${'['.repeat(500_000)}`])
      expect(signalsOf(platform, body(odd)), odd.slice(0, 20)).toEqual([]);
    expect(signalsOf(platform, `{"id":5,"line_items":[${'{"product_id":1},'.repeat(30_000)}{}]}`)).toEqual([]);
  });

  it('PeakWMS: the same, and what cannot be read makes the next reading come soon', () => {
    const keysIn = (body: string) => peakHooks.keysIn('100', Buffer.from(body));
    expect(keysIn(`{"productId":${big}}`)).toEqual([big]);
    for (const odd of ['{"productId":5,"productId":6}', '[', '['.repeat(500_000), 'null', '{"productId":[5]}'])
      expect(keysIn(odd), odd.slice(0, 20)).toBe('all');
  });
});
