import { describe, expect, test, vi } from 'vitest';
import { later, toShopId } from '../../src/domain/ids.ts';
import { patterns } from '../../src/services/patterns/patterns.ts';
import {
  day,
  findingOf,
  fiveShops,
  forever,
  idIn,
  linkedIn,
  openTestEnvironment,
  stockUp,
  syncAll,
  theProduct,
  topOf,
  whyIn,
} from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('what others got wrong', () => {
  test.each([
    'dk',
    'de',
  ])('acceptance 3: what changes during a reading, and in the hour that comes twice, is picked up by the next (%s)', async (id) => {
    // The shop's clock moves a second at each change: from five to one (UTC) on 25 October.
    const environment = await openTestEnvironment([id], {}, '2026-10-25T00:55:00.000Z');
    const shop = environment.shop(id);
    const changeFor = (seconds: number): void => {
      for (let at = 0; at < seconds; at += 1) shop.edit(shop.shelf.at(-1)!.id, { title: `Last ${at}` });
    };
    for (let at = 1; at <= 120; at += 1) shop.add({ sku: `A-${at}`, title: `First ${at}` });
    const named = async (sku: string) => (await theProduct(environment, sku)).content.name;
    let edited = false;
    await environment.services.sync.run(
      {
        full: true,
        onProgress: ({ phase, counts }) => {
          if (edited || phase !== 'reading' || counts.seen === 0) return;
          edited = true;
          shop.edit(idIn(environment, id, 'A-1'), { title: 'Edited while it was read' });
        },
      },
      forever,
    );
    expect([edited, await named('A-1')]).toEqual([true, 'First 1']);
    changeFor(30 * 60);
    environment.clock.advance(30 * 60_000);
    shop.edit(idIn(environment, id, 'A-2'), { title: 'Edited in the hour that comes twice' });
    const [result] = await environment.services.sync.run({}, forever);
    expect(result!.run!.kind).toBe('changes');
    expect([await named('A-1'), await named('A-2')]).toEqual([
      'Edited while it was read',
      'Edited in the hour that comes twice',
    ]);
  });

  test('acceptance 4: a shop that lets nobody in loses no link, and one error says so', async () => {
    const environment = await openTestEnvironment(['dk', 'de']);
    for (const sku of ['A-1', 'A-2', 'A-3']) stockUp(environment, ['dk', 'de'], sku);
    await syncAll(environment);
    environment.loseKey('dk');
    const [result] = await syncAll(environment, 'trouble');
    expect(result!.trouble?.kind).toBe('unauthorized');
    expect(await linkedIn(environment, 'A-1')).toEqual(['dk', 'de']);
    const errors = await environment.services.history.list({ limit: 20, errorsOnly: true });
    expect(errors.map(({ type }) => type)).toEqual(['run-finished']);
  });

  test('acceptance 5: an empty answer with a 200 stops and asks', async () => {
    const environment = await openTestEnvironment(['dk']);
    for (let at = 1; at <= 30; at += 1) stockUp(environment, ['dk'], `A-${at}`);
    await syncAll(environment);
    environment.shop('dk').temper.emptyCatalog = true;
    const [result] = await syncAll(environment, 'trouble');
    expect(result!.wouldRemove).toBe(30);
    expect(await linkedIn(environment, 'A-7')).toEqual(['dk']);
  });

  test('acceptance 6: a 404 for one is "gone", with a trace; it is neither inactive nor a lost permission', async () => {
    const environment = await openTestEnvironment(['dk', 'de']);
    stockUp(environment, ['dk', 'de'], 'A-1');
    stockUp(environment, ['dk', 'de'], 'A-2');
    await syncAll(environment);
    environment.shop('de').deleteForever(idIn(environment, 'de', 'A-1'));
    await syncAll(environment);
    expect(await linkedIn(environment, 'A-1')).toEqual(['dk']);
    const why = await whyIn(environment, 'A-1', 'de');
    expect(topOf(why)).toBe('gone-from-shop: confirmed');
    expect(findingOf(why, 'inactive-in-shop').certainty).toBe('ruled-out');
    expect(findingOf(why, 'connection-down').certainty).toBe('ruled-out');
    const live = await whyIn(environment, 'A-1', 'de', true);
    expect(topOf(live)).toBe('gone-from-shop: confirmed');
    expect(findingOf(live, 'gone-from-shop').evidence[0]).toMatchObject({ kind: 'shop-does-not-know', live: true });
  });

  test('acceptance 6: a key that was lost is the connection, not the product', async () => {
    const environment = await openTestEnvironment(['dk', 'de']);
    stockUp(environment, ['dk', 'de'], 'A-1');
    environment.shop('de').setStatus(idIn(environment, 'de', 'A-1'), 'draft');
    await syncAll(environment);
    expect(topOf(await whyIn(environment, 'A-1', 'de'))).toBe('inactive-in-shop: confirmed');
    environment.loseKey('de');
    const live = await whyIn(environment, 'A-1', 'de', true);
    expect(topOf(live)).toBe('connection-down: confirmed');
    expect(findingOf(live, 'connection-down').evidence[0]).toMatchObject({ troubleKind: 'unauthorized', live: true });
    expect(findingOf(live, 'inactive-in-shop').certainty).toBe('likely');
    expect(findingOf(live, 'gone-from-shop').certainty).toBe('ruled-out');
  });

  test('acceptance 7: the same product id with another variant id is no conflict', async () => {
    const environment = await openTestEnvironment(['de']);
    environment.shop('de').add({ title: 'Shirt', variants: [{ sku: 'S-RED' }, { sku: 'S-BLUE' }] });
    await syncAll(environment);
    expect(await environment.services.conflicts.list()).toEqual([]);
    expect([await linkedIn(environment, 'S-RED'), await linkedIn(environment, 'S-BLUE')]).toEqual([['de'], ['de']]);
    const holdings = await environment.services.lookup.holders(idIn(environment, 'de', 'S-RED'));
    expect(holdings.flatMap(({ holder }) => holder?.sku ?? [])).toEqual(['S-RED', 'S-BLUE']);
  });

  test('acceptance 8: inactive in one of five shops, four lines stay and the report lists the fifth', async () => {
    const environment = await openTestEnvironment();
    stockUp(environment, fiveShops, 'A-1');
    await syncAll(environment);
    await environment.services.stock.set((await theProduct(environment, 'A-1')).id, 4);
    environment.shop('se').setStatus(idIn(environment, 'se', 'A-1'), 'private');
    await syncAll(environment);
    expect(await linkedIn(environment, 'A-1')).toEqual(['dk', 'no', 'de', 'eu']);
    expect(topOf(await whyIn(environment, 'A-1', 'se'))).toBe('inactive-in-shop: confirmed');
    expect((await environment.services.inactive.list({})).rows.map(({ shopId }) => shopId)).toEqual(['se']);
    const { rows, total } = await environment.services.integrations.list(toShopId('se'), {
      filter: 'missing',
      offset: 0,
      limit: 9,
    });
    expect([total, rows[0]!.state, topOf(rows[0]!.diagnosis!)]).toEqual([1, 'missing', 'inactive-in-shop: confirmed']);
  });

  test('acceptance 9, Q10: a slow seller that the shop sells leaves the list when verified, until its tick runs out', async () => {
    const environment = await openTestEnvironment(['dk']);
    const listed = Date.parse(environment.clock.now()) - 400 * day;
    environment.shop('dk').add({ sku: 'A-1', quantity: 3, createdAt: listed });
    await syncAll(environment);
    const { id } = await theProduct(environment, 'A-1');
    await environment.services.stock.set(id, 4);
    // Sales were read for a year, and there were none.
    await environment.store.change(async (now) => ({
      put: {
        shopStates: (await now.shopStates()).map((state) => ({
          ...state,
          sales: { from: later(environment.clock.now(), -365 * day), to: environment.clock.now() },
        })),
      },
      drop: {},
      events: [],
    }));
    const before = await environment.services.inactive.list({});
    expect(before.rows.map(({ rung }) => rung)).toEqual(['probably-slow-seller']);
    expect(before.rows[0]!.signals.map(({ kind }) => kind)).toEqual(['no-sale-since', 'shop-says']);
    const signalled: string[] = [];
    const verified = await environment.services.inactive.verify(
      [{ productId: id, shopId: toShopId('dk') }],
      forever,
      (row, done, total) => signalled.push(`${row.outcome} ${done}/${total}`),
    );
    expect(signalled).toEqual(['already-linked 1/1']);
    expect(verified[0]!.after).toMatchObject({ linked: true, activity: 'active' });
    const after = await environment.services.inactive.list({});
    expect([after.rows.length, after.ticked]).toEqual([0, 1]);
    expect((await environment.services.inactive.list({ withTicked: true })).rows[0]!.tick?.by).toBe('mette');
    environment.clock.advance(31 * day);
    expect((await environment.services.inactive.list({})).rows.length).toBe(1);
  });
});

describe('live', () => {
  test('Q8: active again, and --live says so before anything was read', async () => {
    const environment = await openTestEnvironment(['dk', 'de']);
    stockUp(environment, ['dk', 'de'], 'A-1');
    environment.shop('de').setStatus(idIn(environment, 'de', 'A-1'), 'draft');
    await syncAll(environment);
    environment.shop('de').setStatus(idIn(environment, 'de', 'A-1'), 'active');
    expect(topOf(await whyIn(environment, 'A-1', 'de'))).toBe('inactive-in-shop: confirmed');
    const live = await whyIn(environment, 'A-1', 'de', true);
    expect(topOf(live)).toBe('not-fetched-yet: confirmed');
    expect(findingOf(live, 'not-fetched-yet').next).toBe('fetch-product');
    expect(await linkedIn(environment, 'A-1')).toEqual(['dk']);
  });

  test('deleted in the shop since it was read: live, what is stored no longer counts', async () => {
    const environment = await openTestEnvironment(['dk', 'de']);
    stockUp(environment, ['dk', 'de'], 'A-1');
    // A shop that shows nothing at all would not be believed.
    stockUp(environment, ['de'], 'A-2');
    environment.shop('de').setStatus(idIn(environment, 'de', 'A-1'), 'draft');
    await syncAll(environment);
    environment.shop('de').deleteForever(idIn(environment, 'de', 'A-1'));
    expect(topOf(await whyIn(environment, 'A-1', 'de'))).toBe('inactive-in-shop: confirmed');
    expect(topOf(await whyIn(environment, 'A-1', 'de', true))).toBe('gone-from-shop: confirmed');
  });

  test('a lost permission is said to be one, and no product is called gone', async () => {
    const environment = await openTestEnvironment(['dk', 'de']);
    stockUp(environment, ['dk', 'de'], 'A-1');
    await syncAll(environment);
    await environment.services.integrations.remove(
      (await theProduct(environment, 'A-1')).id,
      toShopId('de'),
      'tidying',
    );
    environment.shop('de').credentials[0]!.permissions = new Set(['read-orders']);
    const live = await whyIn(environment, 'A-1', 'de', true);
    expect(topOf(live)).toBe('connection-down: confirmed');
    expect(findingOf(live, 'connection-down').evidence[0]).toMatchObject({ troubleKind: 'forbidden' });
    expect(findingOf(live, 'gone-from-shop').certainty).toBe('ruled-out');
    expect(findingOf(live, 'removed-by-user').next).toBe('undo-removal');
  });

  test('another spelling is found where the exact one is missing', async () => {
    const environment = await openTestEnvironment(['dk', 'de']);
    stockUp(environment, ['dk'], 'A-100');
    stockUp(environment, ['de'], 'a 100');
    await syncAll(environment);
    const why = await whyIn(environment, 'A-100', 'de');
    expect(topOf(why)).toBe('other-spelling: likely');
    expect(findingOf(why, 'other-spelling').evidence[0]).toMatchObject({ ours: 'A-100', theirs: 'a 100' });
  });

  test('a shop that never had it, and one that was never read, are told apart', async () => {
    const environment = await openTestEnvironment(['dk', 'no', 'de']);
    stockUp(environment, ['dk'], 'A-1');
    await environment.services.sync.run({ full: true, shopIds: [toShopId('dk'), toShopId('no')] }, forever);
    expect(topOf(await whyIn(environment, 'A-1', 'de'))).toBe('not-fetched-yet: likely');
    await syncAll(environment);
    expect(topOf(await whyIn(environment, 'A-1', 'no'))).toBe('never-in-this-shop: confirmed');
    const { id } = await theProduct(environment, 'A-1');
    await environment.services.marks.add({ productId: id, shopId: toShopId('no'), kind: 'not-for-this-shop' });
    expect(topOf(await whyIn(environment, 'A-1', 'no'))).toBe('not-for-this-shop: confirmed');
  });
});

describe('patterns', () => {
  test('links that one person took away together are one case, with one repair', async () => {
    const environment = await openTestEnvironment(['dk', 'de']);
    for (const sku of ['A-1', 'A-2', 'A-3', 'A-4']) stockUp(environment, ['dk', 'de'], sku);
    await syncAll(environment);
    for (const sku of ['A-1', 'A-2', 'A-3']) {
      await environment.services.integrations.remove((await theProduct(environment, sku)).id, toShopId('de'), 'a slip');
      environment.clock.advance(60_000);
    }
    const [pattern, ...rest] = await environment.services.patterns.list();
    expect(pattern).toMatchObject({ kind: 'removed-together', shopId: 'de', count: 3, because: 'removed-by-user' });
    expect([pattern!.by?.name, pattern!.repair, rest]).toEqual(['mette', 'undo-removals', []]);
  });

  test('drafts made by one hand in a shop are one case', async () => {
    const environment = await openTestEnvironment(['dk', 'de']);
    for (const sku of ['A-1', 'A-2', 'A-3']) stockUp(environment, ['dk', 'de'], sku);
    await syncAll(environment);
    for (const sku of ['A-1', 'A-2', 'A-3']) environment.shop('de').setStatus(idIn(environment, 'de', sku), 'draft');
    await syncAll(environment);
    const [pattern] = await environment.services.patterns.list();
    expect(pattern).toMatchObject({ count: 3, because: 'inactive-in-shop', repair: 'activate-in-shop-by-hand' });
  });

  test('however many shops there are, the history is read as often', async () => {
    const asked = async (ids: readonly string[]): Promise<number> => {
      const environment = await openTestEnvironment(ids);
      for (const sku of Array.from({ length: 12 }, (_, at) => `A-${at}`)) stockUp(environment, ['dk'], sku);
      await syncAll(environment);
      const { history } = environment.harness.store;
      let times = 0;
      const counting = (query: Parameters<typeof history>[0]) => {
        times += 1;
        return history(query);
      };
      await patterns({ ...environment.harness, store: { ...environment.harness.store, history: counting } });
      return times;
    };
    expect(await asked(['dk', 'de', 'no'])).toBe(await asked(['dk', 'de']));
  });
});
