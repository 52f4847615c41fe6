import { describe, expect, it, vi } from 'vitest';
import { makeRowCounter } from '../../src/connectors/reading/reading-bounds.ts';
import type { Dialect, FakeResponse } from '../../src/demo/simulators/server.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { forever, openTestEnvironment, syncAll } from '../services/test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('Lists that are read whole within one page of a reading', () => {
  it('are given up beyond so many rows, and no sooner', () => {
    const count = makeRowCounter(100);
    expect([count(60), count(40)]).toEqual([undefined, undefined]);
    expect(count(1)).toEqual({
      said: 'the shop shows more than it has: page 3 goes over 100 rows',
      distrusted: true,
    });
  });

  it('end by themselves in a shop whose products have variants for ever, and take no link away', async () => {
    let isMad = false;
    const around = (dialect: Dialect): Dialect => ({
      ...dialect,
      answer: (request, shop): FakeResponse => {
        const sane = dialect.answer(request, shop);
        const after = Number(/\d+/.exec(request.query.get('filter[id]') ?? '')?.[0]);
        if (!isMad || !request.path.endsWith('/combinations') || request.query.get('display') !== 'full') return sane;
        const asked = /\d+/.exec(request.query.get('filter[id_product]') ?? '')?.[0];
        const rows = Array.from({ length: 1000 }, (_, at) => ({
          id: Math.max(after, 1_000_000) + at + 1,
          id_product: asked,
          reference: `E-${at}`,
        }));
        return { status: 200, body: { combinations: rows } };
      },
    });
    const environment = await openTestEnvironment(['prestashop'], {}, undefined, around);
    const shop = environment.shop('prestashop');
    shop.add({
      sku: 'F',
      variants: ['S', 'M'].map((value) => ({ sku: `F-${value}`, options: [{ name: 'Size', value }] })),
    });
    await syncAll(environment);
    isMad = true;
    const [result] = await environment.services.sync.run({ full: true }, forever);
    expect(result?.trouble?.detail.said).toBe('the shop shows more than it has: page 31 goes over 30000 rows');
    expect(await environment.store.integrationsOn(toShopId('prestashop'))).toHaveLength(2);
  });
});
