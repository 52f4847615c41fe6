import { describe, expect, it, vi } from 'vitest';
import type { FakeShop } from '../../src/demo/simulators/fake-shop.ts';
import type { Dialect, FakeResponse } from '../../src/demo/simulators/server.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { diagnosisHeadline } from '../../src/views/diagnosis/diagnosis-lines.ts';
import { shopErrorLines } from '../../src/views/errors/error-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { allPlatforms, forever, openTestEnvironment, pushEverything, syncAll, theProduct } from './test-environment.ts';

// It reads shops over HTTP, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Blindness = 'sees nothing' | 'knows no id';

/** What a shop without goods would answer: of everything, or of what is about one thing alone. */
const blind = (mind: { how?: Blindness }) => (dialect: Dialect) => ({
  ...dialect,
  answer: (request: Parameters<Dialect['answer']>[0], shop: FakeShop): FakeResponse => {
    const without = (): FakeResponse => {
      const kept = shop.shelf.splice(0);
      try {
        return dialect.answer(request, shop);
      } finally {
        shop.shelf.push(...kept);
      }
    };
    if (mind.how === 'sees nothing') return without();
    const whole = dialect.answer(request, shop);
    if (mind.how === undefined) return whole;
    const named = new Set((JSON.stringify(whole.body) ?? '').match(/CUP-\d/g));
    return named.size === 1 ? without() : whole;
  },
});

const en = wordsOf('en');

describe('R12: a shop that shows nothing, or nothing by its id, is not believed about one thing', () => {
  it.each(
    allPlatforms,
  )('%s: no link goes by a fetch, a look, a signal or a push, and each says why', async (platform) => {
    const mind: { how?: Blindness } = {};
    const environment = await openTestEnvironment([platform], {}, undefined, blind(mind));
    const shop = environment.shop(platform);
    for (let at = 0; at < 4; at += 1) shop.add({ sku: `CUP-${at}`, title: `CUP-${at}`, quantity: 3, price: '10.00' });
    await syncAll(environment);
    const { services, store } = environment;
    const shopId = toShopId(platform);
    const links = await store.integrationsOn(shopId);
    const { id: productId } = await theProduct(environment, 'CUP-1');
    const [link] = await store.integrationsOf([productId]);
    await services.stock.set(productId, 9);
    for (const how of ['knows no id', 'sees nothing'] as const) {
      mind.how = how;
      const signalled = [{ shopId, shopProductId: link!.ref.shopProductId }];
      const asks = [
        () => services.fetch.run({ asked: ['CUP-1'] }, forever),
        () => services.inactive.verify([{ productId, shopId }], forever),
        () => services.fetch.run({ asked: [], signalled }, forever),
      ];
      const results = [];
      for (const ask of asks) {
        environment.clock.advance(120_000);
        results.push(...(await ask()));
      }
      expect(await store.integrationsOn(shopId)).toHaveLength(links.length);
      environment.clock.advance(120_000);
      const [diagnosis] = await services.diagnosis.explain(productId, shopId, { signal: forever });
      const headline = diagnosisHeadline(diagnosis!, {
        words: en,
        now: environment.clock.now(),
      });
      if (how === 'knows no id') {
        // DanDomain asks by a list. Shopify is put every question twice here, which it may find too dear.
        for (const { outcome, trouble } of results) {
          const said = outcome === 'already-linked' ? outcome : trouble?.detail.said;
          expect(said).toMatch(/^already-linked$|not believed about one$|^Throttled$/);
        }
        expect(headline).not.toContain('does not know it');
        continue;
      }
      for (const { trouble } of results) {
        const { said, advice } = shopErrorLines(trouble!, 'Nordlys', en);
        expect([said, advice].join(' ')).toMatch(/^Nordlys shows no products at all\. .*No link was removed\./);
      }
      expect(headline).toContain('the shop shows no products (just now)');
      environment.clock.advance(120_000);
      const [row] = (await pushEverything(environment, [productId])).results;
      expect(row).toMatchObject({ kind: 'refused', why: 'refused-by-shop' });
      expect(JSON.stringify(row)).toContain('shows no products at all');
    }
  });

  it('what was deleted together goes all the same: the list of the shop shows what proves it', async () => {
    const environment = await openTestEnvironment(['woocommerce']);
    const shop = environment.shop('woocommerce');
    for (let at = 0; at < 8; at += 1) shop.add({ sku: `CUP-${at}`, quantity: 3, price: '10.00' });
    await syncAll(environment);
    // All that was there before, so that none of it can prove anything, and one that is new.
    shop.shelf.splice(0);
    shop.add({ sku: 'CUP-NEW', quantity: 3, price: '10.00' });
    environment.clock.advance(120_000);
    const [result] = await environment.services.fetch.run({ asked: ['CUP-1'] }, forever);
    expect(result).toMatchObject({ outcome: 'gone-from-shop' });
    expect(await environment.store.integrationsOn(toShopId('woocommerce'))).toHaveLength(7);
  });
});
