import { describe, expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import {
  findingOf,
  fiveShops,
  forever,
  idIn,
  linkedIn,
  openTestEnvironment,
  pushEverything,
  quantityIn,
  stockUp,
  syncAll,
  theCard,
  theProduct,
  topOf,
  whyIn,
} from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe.each([
  ['WooCommerce', 'dk', 'no'],
  ['Shopify', 'de', 'eu'],
])('in shops of %s', (_, near, far) => {
  describe('existence', () => {
    test('S1, S2: sold in five shops means five lines, made as soon as it is read', async () => {
      const environment = await openTestEnvironment();
      stockUp(environment, fiveShops, 'A-100');
      await syncAll(environment);
      expect(await linkedIn(environment, 'A-100')).toEqual(fiveShops);
      const card = await theCard(environment, 'A-100');
      expect([card.linked, card.expected, card.places.length]).toEqual([5, 5, 5]);
    });

    test('S3, S4, I3: without a link nothing goes out, and that is recorded', async () => {
      const environment = await openTestEnvironment([near, far]);
      stockUp(environment, [near, far], 'A-100');
      await syncAll(environment);
      const { id } = await theProduct(environment, 'A-100');
      await environment.services.stock.set(id, 8);
      await environment.services.integrations.remove(id, toShopId(far), 'by mistake');
      const pushed = await pushEverything(environment, [id]);
      expect([quantityIn(environment, near, 'A-100'), quantityIn(environment, far, 'A-100')]).toEqual([8, 3]);
      expect(pushed.results.map(({ shopId, kind }) => [shopId, kind])).toEqual([
        [far, 'refused'],
        [near, 'sent'],
      ]);
      const [refused] = await environment.services.history.list({ productId: id, limit: 10, errorsOnly: true });
      expect(refused).toMatchObject({ type: 'push-refused', shopId: far, why: 'no-integration' });
    });
  });

  describe('where to look', () => {
    test('S5, S7: the card draws the missing line too, with its reason', async () => {
      const environment = await openTestEnvironment([near, 'se', far]);
      stockUp(environment, [near, 'se', far], 'A-100');
      await syncAll(environment);
      const { id } = await theProduct(environment, 'A-100');
      await environment.services.integrations.remove(id, toShopId(far), 'tidying');
      const card = await theCard(environment, 'A-100');
      expect([card.linked, card.expected]).toEqual([2, 3]);
      const place = card.places.find(({ shop }) => shop.id === far)!;
      expect(topOf(place.diagnosis)).toBe('removed-by-user: confirmed');
      expect(place.tombstone?.by.name).toBe('mette');
    });

    test('S6: a shop product id names its holder in one step, and nobody is an answer', async () => {
      const environment = await openTestEnvironment([near, far]);
      stockUp(environment, [near, far], 'A-100');
      await syncAll(environment);
      const [holding] = await environment.services.lookup.holders(idIn(environment, far, 'A-100'));
      expect([holding!.shop.id, holding!.holder!.sku]).toEqual([far, 'A-100']);
      expect(await environment.services.lookup.holders('no-such-id')).toEqual([]);
    });
  });

  describe('at most one', () => {
    test('I2: a product has one link in a shop, though two listings carry its item number', async () => {
      const environment = await openTestEnvironment([near, far]);
      stockUp(environment, [near, far, near], 'A-100');
      await syncAll(environment);
      expect(await linkedIn(environment, 'A-100')).toEqual([near, far]);
      const { id } = await theProduct(environment, 'A-100');
      expect((await environment.store.integrationsOf([id])).filter(({ ref }) => ref.shopId === near)).toHaveLength(1);
      const [card] = await environment.services.conflicts.list();
      expect(card!.conflict).toMatchObject({ kind: 'product-taken', product: id });
    });
  });

  describe('why one is missing', () => {
    test('S8: made in the warehouse and sold nowhere is no fault', async () => {
      const environment = await openTestEnvironment([near, far]);
      stockUp(environment, [near, far], 'A-100');
      await syncAll(environment);
      await environment.services.stock.import([{ sku: 'W-1', onHand: 4 }], { create: true, dryRun: false });
      const card = await theCard(environment, 'W-1');
      expect([card.linked, card.expected]).toEqual([0, 0]);
      for (const { diagnosis } of card.places) expect(topOf(diagnosis)).toBe('only-in-warehouse: confirmed');
      expect(findingOf(card.places[0]!.diagnosis, 'only-in-warehouse').next).toBe('nothing-to-do');
    });

    test('S9, Q6: deleted by a user, fetched again, linked again', async () => {
      const environment = await openTestEnvironment([near, far]);
      stockUp(environment, [near, far], 'A-100');
      await syncAll(environment);
      const { id } = await theProduct(environment, 'A-100');
      await environment.services.integrations.remove(id, toShopId(near), 'oops');
      await syncAll(environment);
      expect(await linkedIn(environment, 'A-100')).toEqual([far]);
      const why = await whyIn(environment, 'A-100', near);
      expect(topOf(why)).toBe('removed-by-user: confirmed');
      expect(findingOf(why, 'removed-by-user').next).toBe('fetch-product');
      const [fetched] = await environment.services.fetch.run({ asked: ['A-100'], shopIds: [toShopId(near)] }, forever);
      expect(fetched!.outcome).toBe('linked');
      expect(await linkedIn(environment, 'A-100')).toEqual([near, far]);
    });

    test('S10, I1: a copy that kept its id gets no link, and the conflict names both', async () => {
      const environment = await openTestEnvironment([near]);
      const [first] = stockUp(environment, [near], 'A-100', 'The first');
      await syncAll(environment);
      environment.shop(near).showTwice(first!.id, { sku: 'A-100-COPY', title: 'The copy', quantity: 1 });
      await syncAll(environment);
      expect(await linkedIn(environment, 'A-100')).toEqual([near]);
      const why = await whyIn(environment, 'A-100-COPY', near);
      expect(topOf(why)).toBe('shop-id-taken: confirmed');
      const [card] = await environment.services.conflicts.list();
      expect(card!.contenders.map(({ role, product }) => [role, product?.sku])).toEqual([
        ['holder', 'A-100'],
        ['claimant', 'A-100-COPY'],
      ]);
      expect(card!.contenders.map(({ first }) => first)).toEqual([true, false]);
      expect(card!.choices.map(({ choice }) => choice)).toContain('move-the-link');
    });

    test('S11, S13, I4: inactive in one shop takes that link only', async () => {
      const environment = await openTestEnvironment();
      stockUp(environment, fiveShops, 'A-100');
      await syncAll(environment);
      environment.shop(far).setStatus(idIn(environment, far, 'A-100'), 'draft');
      await syncAll(environment);
      expect(await linkedIn(environment, 'A-100')).toEqual(fiveShops.filter((id) => id !== far));
      const why = await whyIn(environment, 'A-100', far);
      expect(topOf(why)).toBe('inactive-in-shop: confirmed');
      expect(findingOf(why, 'inactive-in-shop').evidence[0]).toMatchObject({ kind: 'shop-says', activity: 'draft' });
    });

    test('S12, I7: fetching an inactive product leaves no link and says why, however often', async () => {
      const environment = await openTestEnvironment([near, far]);
      stockUp(environment, [near, far], 'A-100');
      environment.shop(far).setStatus(idIn(environment, far, 'A-100'), 'archived');
      await syncAll(environment);
      for (const _ of [1, 2]) {
        const [fetched] = await environment.services.fetch.run({ asked: ['A-100'], shopIds: [toShopId(far)] }, forever);
        expect(fetched!.outcome).toBe('inactive-in-shop');
      }
      expect(await linkedIn(environment, 'A-100')).toEqual([near]);
    });
  });

  describe('inactive products', () => {
    test('S14: while inactive, stock goes to the other shops only', async () => {
      const environment = await openTestEnvironment([near, far]);
      stockUp(environment, [near, far], 'A-100');
      await syncAll(environment);
      environment.shop(far).setStatus(idIn(environment, far, 'A-100'), 'draft');
      await syncAll(environment);
      const { id } = await theProduct(environment, 'A-100');
      await environment.services.stock.set(id, 9);
      await pushEverything(environment);
      expect([quantityIn(environment, near, 'A-100'), quantityIn(environment, far, 'A-100')]).toEqual([9, 3]);
    });

    test('S15, S18, S21, I5: goods that nobody can buy there are on the list, confirmed by the shop', async () => {
      const environment = await openTestEnvironment();
      stockUp(environment, fiveShops, 'A-100');
      await syncAll(environment);
      const { id } = await theProduct(environment, 'A-100');
      await environment.services.stock.set(id, 6);
      environment.shop(far).setStatus(idIn(environment, far, 'A-100'), 'archived');
      await syncAll(environment);
      const { rows, byRung, value } = await environment.services.inactive.list({});
      expect(rows.map(({ shopId, rung, onHand }) => [shopId, rung, onHand])).toEqual([[far, 'confirmed', 6]]);
      expect(byRung.confirmed).toBe(1);
      expect(value).toEqual([{ minor: 6 * 4995, currency: 'DKK' }]);
      const why = await whyIn(environment, 'A-100', far);
      expect(why.verdict === 'not-integrated' && why.goodsUnsellable).toBe(true);
    });

    test('S16, I6: active again, fetched, linked; nothing here ever activated it', async () => {
      const environment = await openTestEnvironment([near, far]);
      stockUp(environment, [near, far], 'A-100');
      environment.shop(far).setStatus(idIn(environment, far, 'A-100'), 'draft');
      await syncAll(environment);
      const { id } = await theProduct(environment, 'A-100');
      await environment.services.stock.set(id, 7);
      await environment.services.fetch.run({ asked: ['A-100'] }, forever);
      await pushEverything(environment);
      expect(environment.shop(far).product(idIn(environment, far, 'A-100')).status).toBe('draft');
      environment.shop(far).setStatus(idIn(environment, far, 'A-100'), 'active');
      await environment.services.fetch.run({ asked: ['A-100'], shopIds: [toShopId(far)] }, forever);
      await pushEverything(environment);
      expect(await linkedIn(environment, 'A-100')).toEqual([near, far]);
      expect(quantityIn(environment, far, 'A-100')).toBe(7);
      const asked = [near, far].flatMap((id) => environment.shop(id).memory.requests);
      const written = asked.filter(({ method, body }) => method !== 'GET' && !/^\s*\{"query":"\s*query/.test(body));
      expect(written.length).toBeGreaterThan(0);
      for (const { body } of written) expect(body).not.toMatch(/status|publish|activate/i);
    });

    test('S17, I5: archived everywhere, the product stays with its stock and is still found', async () => {
      const environment = await openTestEnvironment([near, far]);
      stockUp(environment, [near, far], 'A-100');
      await syncAll(environment);
      const { id } = await theProduct(environment, 'A-100');
      await environment.services.stock.set(id, 6);
      for (const shopId of [near, far]) environment.shop(shopId).setStatus(idIn(environment, shopId, 'A-100'), 'draft');
      await syncAll(environment);
      expect(await linkedIn(environment, 'A-100')).toEqual([]);
      const { hits } = await environment.services.lookup.search('A-100');
      expect(hits[0]).toMatchObject({ linked: 0, expected: 2, product: { id, stock: { onHand: 6 } } });
    });
  });

  describe('the inactive list', () => {
    test('S19, S20: without a sales reading, a product that never sold is not called inactive', async () => {
      const environment = await openTestEnvironment([near]);
      stockUp(environment, [near], 'A-100');
      await syncAll(environment);
      const { id } = await theProduct(environment, 'A-100');
      await environment.services.stock.set(id, 6);
      await environment.store.change(async (now) => ({
        put: { shopStates: (await now.shopStates()).map(({ sales: _, ...state }) => state) },
        drop: {},
        events: [],
      }));
      const report = await environment.services.inactive.list({});
      expect(report.rows).toEqual([]);
      expect(report.withoutSales).toEqual([near]);
    });
  });
});
