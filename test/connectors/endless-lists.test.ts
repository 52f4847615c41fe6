import { describe, expect, it, vi } from 'vitest';
import { markAfter, type PageMark } from '../../src/connectors/reading/page-circle.ts';
import { makeRowCounter } from '../../src/connectors/reading/reading-bounds.ts';
import type { Dialect, FakeResponse } from '../../src/demo/simulators/server.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { forever, openTestEnvironment, syncAll } from '../services/test-environment.ts';
import { beginEndless, endlessAnswer, type Repeats } from '../support/hostile/endless-content.ts';
import type { HostileKind } from '../support/hostile/kinds.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Shows some pages in turn once it is driven mad, each time under a cursor of another name. */
function goingRound() {
  const mind: { kind?: HostileKind; repeats: Repeats } = { repeats: new Map() };
  const around = (dialect: Dialect): Dialect => ({
    ...dialect,
    answer: (request, shop): FakeResponse => {
      const sane = dialect.answer(request, shop);
      if (mind.kind === undefined || sane.body === undefined) return sane;
      const body = typeof sane.body === 'string' ? sane.body : JSON.stringify(sane.body);
      return endlessAnswer(mind.kind, { request, shop, sane: { ...sane, body }, repeats: mind.repeats }) ?? sane;
    },
  });
  return { mind, around };
}

describe('Pages that go round', () => {
  it('are noticed within three rounds, however long a round is', () => {
    for (const round of [1, 2, 3, 7, 50]) {
      let kept: PageMark | undefined;
      let page = 0;
      for (; page <= 3 * round + 1; page += 1) {
        const next = markAfter(kept, { page: page + 1, seen: `${page % round}` });
        if (next === 'repeated') break;
        kept = next;
      }
      expect(page).toBeLessThanOrEqual(3 * round);
    }
  });
  it('are nothing where each page is another', () => {
    let kept: PageMark | undefined;
    for (let page = 1; page < 100; page += 1) {
      const next = markAfter(kept, { page, seen: `${page}` });
      if (next === 'repeated') throw new Error(`page ${page} was taken for another`);
      kept = next;
    }
    expect(kept).toEqual({ page: 64, seen: '64' });
  });

  const cases: readonly (readonly [string, HostileKind, boolean, RegExp])[] = [
    ['shopify', 'two-pages', false, /the same page came again/],
    ['shopify', 'order-two-pages', true, /the same page came again/],
    ['shopware', 'order-two-pages', true, /repeats itself at page 4/],
    ['dandomain-webshop', 'order-two-pages', true, /repeats itself at page 4/],
  ];
  it.each(cases)('%s, %s: the reading is given up, and no link goes', async (platform, kind, full, said) => {
    const { mind, around } = goingRound();
    const environment = await openTestEnvironment([platform], {}, undefined, around);
    const shop = environment.shop(platform);
    shop.add({ sku: 'A-1', quantity: 1 });
    await syncAll(environment);
    beginEndless(kind, shop);
    mind.kind = kind;
    const [result] = await environment.services.sync.run({ full }, forever);
    expect(result?.trouble?.detail).toMatchObject({ said: expect.stringMatching(said), distrusted: true });
    expect(await environment.store.integrationsOn(toShopId(platform))).toHaveLength(1);
  });
});

describe('Lists that are read whole within one page of a reading', () => {
  it('are given up beyond so many rows, and no sooner', () => {
    const count = makeRowCounter(100);
    expect([count(60), count(40)]).toEqual([undefined, undefined]);
    expect(count(1)).toEqual({
      found: 'the shop shows more than it has: page 3 goes over 100 rows',
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
