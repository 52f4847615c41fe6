import { describe, expect, test, vi } from 'vitest';
import type { LiveAnswer } from '../../src/domain/diagnosis/place-facts.ts';
import { toShopId } from '../../src/domain/ids.ts';
import type { PushPlan } from '../../src/domain/push-plan.ts';
import type { Leases } from '../../src/ports/store.ts';
import { StoreError } from '../../src/ports/store-error.ts';
import { diagnosisHeadline } from '../../src/views/diagnosis/diagnosis-lines.ts';
import { storeErrorLines } from '../../src/views/errors/store-error-lines.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import {
  forever,
  idIn,
  linkedIn,
  openTestEnvironment,
  pushEverything,
  quantityIn,
  stockUp,
  syncAll,
  type TestEnvironment,
  theProduct,
} from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Five shops with one product that the shops have been told once. */
async function signalled(shopIds: readonly string[], onHand = 10): Promise<TestEnvironment> {
  const environment = await openTestEnvironment(shopIds);
  stockUp(environment, shopIds, 'A-1');
  await syncAll(environment);
  await environment.services.stock.set((await theProduct(environment, 'A-1')).id, onHand);
  await pushEverything(environment);
  return environment;
}

const count = async (environment: TestEnvironment, onHand: number, reserved?: number): Promise<void> => {
  environment.clock.advance(60_000);
  await environment.services.stock.set((await theProduct(environment, 'A-1')).id, onHand, reserved);
};
/** Why nothing gets through to the shop, by the card and by the shop's list. */
async function stuckIn({ services, ...environment }: TestEnvironment, sku: string) {
  const { id } = await theProduct({ services, ...environment }, sku);
  const [card] = await services.diagnosis.explain(id, toShopId('dk'));
  const { rows } = await services.integrations.list(toShopId('dk'), { filter: 'all', offset: 0, limit: 9 });
  const row = rows.find(({ product }) => product?.id === id);
  return [card?.verdict === 'integrated' ? card.stale : card?.verdict, row?.stale?.why];
}
const apply = (environment: TestEnvironment, plan: PushPlan, yes = {}) =>
  environment.services.push.apply({ planId: plan.id, yes }, forever);
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'not refused',
    (error: { readonly kind?: string }) => String(error.kind),
  );

test('what was refused to a thing that is gone says nothing of the one that took its place', async () => {
  const environment = await signalled(['dk']);
  const dk = environment.shop('dk');
  await count(environment, 12);
  const { variants, ...cup } = dk.shelf[0]!;
  dk.temper.failItems.add(variants[0]!.id).add(cup.id);
  await pushEverything(environment);
  dk.deleteForever(cup.id);
  const { id } = await theProduct(environment, 'A-1');
  const explained = async () => (await environment.services.diagnosis.explain(id, toShopId('dk')))[0]!;
  expect(await explained()).toMatchObject({ verdict: 'integrated', stale: 'refused-by-shop' });
  expect(await linkedIn(environment, 'A-1')).toEqual(['dk']);
  dk.add({ sku: 'A-1', quantity: 2 });
  environment.clock.advance(60_000);
  await environment.services.fetch.run({ asked: ['A-1'], shopIds: [toShopId('dk')] }, forever);
  await syncAll(environment);
  const now = await explained();
  expect(now).toMatchObject({ verdict: 'integrated', integration: { ref: { shopProductId: dk.shelf[0]!.id } } });
  expect(now).not.toMatchObject({ stale: expect.anything() });
});

test('why a figure was refused is told in the words it was refused with', async () => {
  const environment = await signalled(['dk']);
  await count(environment, 12);
  const { id, variants } = environment.shop('dk').shelf[0]!;
  environment.shop('dk').temper.failItems.add(variants[0]!.id).add(id);
  await pushEverything(environment);
  const { id: productId } = await theProduct(environment, 'A-1');
  const [diagnosis] = await environment.services.diagnosis.explain(productId, toShopId('dk'));
  const words = wordsOf('en');
  const refused = diagnosisHeadline(diagnosis!, { words, now: environment.clock.now() });
  const [event] = await environment.store.history({ types: ['push-refused'], limit: 1 });
  const said = event?.type === 'push-refused' ? event.said : undefined;
  expect(said).toBeTruthy();
  expect(refused).toContain(`the shop refused it ("${said}", `);
});

test('a store that takes no more once shops were told says which, and the next push finds it so', async () => {
  const environment = await signalled(['dk', 'de']);
  await count(environment, 12);
  const plan = await environment.services.push.plan({});
  const { store } = environment;
  const full = new StoreError('disk-full', '/srv/store', 'writing a change: ENOSPC');
  const { change } = store;
  // That the plan goes out can be written still, and then nothing.
  const writing = vi.spyOn(store, 'change').mockRejectedValue(full).mockImplementationOnce(change);
  // Nor can the lease be given back, in a database: that says less than what was to be written.
  const { leases } = environment.harness;
  const take: Leases['take'] = async (...asked) => {
    const lease = await leases.take(...asked);
    if (!lease.held) return lease;
    return { ...lease, release: () => lease.release().then(() => Promise.reject(full)) };
  };
  const { push } = environment.as({ leases: { ...leases, take } });
  const error: unknown = await push.apply({ planId: plan.id }, forever).catch((thrown: unknown) => thrown);
  writing.mockRestore();
  expect(error).toMatchObject({ kind: 'disk-full', told: ['Nordlys DK', 'Nordlys DE'] });
  expect(storeErrorLines(error as StoreError, wordsOf('en')).said).toMatch(
    /^The disk is full\. Nordlys DK, Nordlys DE had been told/,
  );
  expect([quantityIn(environment, 'dk', 'A-1'), quantityIn(environment, 'de', 'A-1')]).toEqual([12, 12]);
  const next = await environment.services.push.plan({});
  expect(next.rows).toHaveLength(2);
  expect(await apply(environment, next)).toMatchObject({ alreadyThere: 2, refused: 0, heldByGuard: 0 });
  expect((await environment.services.push.plan({})).rows).toEqual([]);
});

describe('a push is previewed and applied as it was seen', () => {
  test('I8: the row shows the whole sum, and what is available goes out', async () => {
    const environment = await signalled(['dk', 'de']);
    await count(environment, 12, 3);
    const plan = await environment.services.push.plan({});
    const known = { onHand: 12, reserved: 3, available: 9, lastSent: 10, willBe: 9, kind: 'send', guards: [] };
    expect(plan.rows).toMatchObject([known, known]);
    expect(await apply(environment, plan)).toMatchObject({ sent: 2, refused: 0, heldByGuard: 0, troubles: [] });
    expect([quantityIn(environment, 'dk', 'A-1'), quantityIn(environment, 'de', 'A-1')]).toEqual([9, 9]);
    expect((await environment.services.push.plan({})).rows).toEqual([]);
  });

  test('named products come as they were named, and the shops of each in the order of the shops', async () => {
    const shopIds = ['dk', 'no', 'se', 'de'];
    const environment = await openTestEnvironment(shopIds);
    for (const sku of ['A-1', 'B-2']) stockUp(environment, shopIds, sku);
    // Linked in another order than they stand in.
    for (const shopId of ['de', 'se', 'no', 'dk'])
      await environment.services.sync.run({ shopIds: [toShopId(shopId)], full: true }, forever);
    const { services } = environment;
    const named = [await theProduct(environment, 'B-2'), await theProduct(environment, 'A-1')];
    for (const { id } of named) await services.stock.set(id, 12);
    const { rows } = await services.push.plan({ productIds: named.map(({ id }) => id) });
    const order = (await services.shops.list()).map(({ shop }) => shop.id);
    expect(rows.map(({ sku, shopId }) => `${sku} ${shopId}`)).toEqual(
      ['B-2', 'A-1'].flatMap((sku) => order.map((shopId) => `${sku} ${shopId}`)),
    );
  });

  test('acceptance 10: a row whose sum changed since the preview is re-read, not sent', async () => {
    const environment = await signalled(['dk']);
    await count(environment, 12);
    const plan = await environment.services.push.plan({});
    await count(environment, 14);
    const result = await apply(environment, plan);
    expect(result.results).toMatchObject([{ kind: 're-read', now: 14 }]);
    expect(quantityIn(environment, 'dk', 'A-1')).toBe(10);
    await pushEverything(environment);
    expect(quantityIn(environment, 'dk', 'A-1')).toBe(14);
  });

  test('a plan of which guards held every row is still good, and goes out when they are answered', async () => {
    const environment = await signalled(['dk']);
    await count(environment, 0);
    const plan = await environment.services.push.plan({});
    expect(await environment.services.push.apply({ planId: plan.id }, forever)).toMatchObject({
      sent: 0,
      heldByGuard: 1,
    });
    expect(quantityIn(environment, 'dk', 'A-1')).toBe(10);
    expect((await environment.services.push.storedPlan(plan.id))!.appliedAt).toBeUndefined();
    expect(await environment.services.push.apply({ planId: plan.id, yes: { zeroes: 1 } }, forever)).toMatchObject({
      sent: 1,
    });
    expect(quantityIn(environment, 'dk', 'A-1')).toBe(0);
    expect(await refusal(environment.services.push.apply({ planId: plan.id }, forever))).toBe('plan-applied');
  });

  test('a plan is applied once, and not after it ran out', async () => {
    const environment = await signalled(['dk']);
    await count(environment, 12);
    const plan = await environment.services.push.plan({});
    await apply(environment, plan);
    expect(await refusal(apply(environment, plan))).toBe('plan-applied');
    await count(environment, 13);
    const old = await environment.services.push.plan({});
    environment.clock.advance(16 * 60_000);
    expect(await refusal(apply(environment, old))).toBe('plan-expired');
  });

  test('a preview that nobody applied does not keep its rows for long, and one that was applied does', async () => {
    const environment = await signalled(['dk']);
    const { push } = environment.services;
    await count(environment, 12);
    const applied = await push.plan({});
    await apply(environment, applied);
    await count(environment, 13);
    const looked = await push.plan({});
    environment.clock.advance(20 * 60_000);
    const later = await push.plan({});
    expect((await push.storedPlan(looked.id))?.rows).toEqual(looked.rows);
    environment.clock.advance(20 * 60_000);
    await push.plan({});
    expect((await push.storedPlan(looked.id))?.rows).toEqual([]);
    expect((await push.storedPlan(later.id))?.rows).toEqual(later.rows);
    expect((await push.storedPlan(applied.id))?.rows).toEqual(applied.rows);
    expect(await refusal(apply(environment, looked))).toBe('plan-expired');
    // Forgotten with the others after a day, and not written again.
    environment.clock.advance(30 * 60 * 60_000);
    await push.plan({});
    expect([await push.storedPlan(looked.id), await push.storedPlan(later.id)]).toEqual([undefined, undefined]);
  });

  test('a link removed after the preview: refused and recorded, nothing sent', async () => {
    const environment = await signalled(['dk']);
    await count(environment, 12);
    const plan = await environment.services.push.plan({});
    const { id } = await theProduct(environment, 'A-1');
    await environment.services.integrations.remove(id, toShopId('dk'), 'tidying');
    expect((await apply(environment, plan)).results).toMatchObject([{ kind: 'refused', why: 'no-integration' }]);
    expect(quantityIn(environment, 'dk', 'A-1')).toBe(10);
    const [event] = await environment.services.history.list({ productId: id, limit: 1 });
    expect(event).toMatchObject({ type: 'push-refused', why: 'no-integration' });
  });

  test('while the program is only to look, a plan is shown and nothing can be applied', async () => {
    const environment = await signalled(['dk']);
    await count(environment, 12);
    const looking = environment.as({ readOnly: true });
    const plan = await looking.push.plan({});
    expect(plan.rows.length).toBe(1);
    expect(await refusal(looking.push.apply({ planId: plan.id }, forever))).toBe('read-only');
    expect(await environment.services.push.planIds(100)).not.toContainEqual(plan.id);
  });
});

describe('guards', () => {
  test('noughts stay until their exact number is given', async () => {
    const environment = await signalled(['dk', 'de']);
    await count(environment, 0);
    const plan = await environment.services.push.plan({});
    expect(plan.rows.map(({ guards }) => guards)).toEqual([['zero'], ['zero']]);
    expect(await refusal(apply(environment, plan, { zeroes: 1 }))).toBe('needs-number');
    expect(await apply(environment, plan)).toMatchObject({ sent: 0, heldByGuard: 2 });
    expect(quantityIn(environment, 'dk', 'A-1')).toBe(10);
    expect(await apply(environment, await environment.services.push.plan({}), { zeroes: 2 })).toMatchObject({
      sent: 2,
    });
    expect(quantityIn(environment, 'de', 'A-1')).toBe(0);
  });

  test('a jump, a first push and a negative figure stop and ask as well', async () => {
    const environment = await signalled(['dk', 'no'], 4);
    const { id } = await theProduct(environment, 'A-1');
    await environment.services.integrations.remove(id, toShopId('no'), 'tidying');
    await environment.services.fetch.run({ asked: ['A-1'], shopIds: [toShopId('no')] }, forever);
    await count(environment, 20);
    const rows = (await environment.services.push.plan({})).rows;
    expect(rows.map(({ shopId, guards }) => [shopId, guards])).toEqual([
      ['dk', ['jump']],
      ['no', ['jump', 'first-push']],
    ]);
    await count(environment, 1, 3);
    const plan = await environment.services.push.plan({});
    expect(plan.rows.map(({ willBe, guards }) => [willBe, guards.includes('negative')])).toEqual([
      [-2, true],
      [-2, true],
    ]);
  });

  test('a shop that holds at nought is told nought, and the row says what was held', async () => {
    const environment = await signalled(['dk']);
    await environment.services.shops.change(toShopId('dk'), { negative: 'hold-at-zero' });
    await count(environment, 1, 3);
    const [row] = (await environment.services.push.plan({})).rows;
    expect(row).toMatchObject({ willBe: 0, held: -2, available: -2 });
  });
});

describe('trouble on the way', () => {
  test('one shop that is down does not stop another, and heals at the next look', async () => {
    const environment = await signalled(['dk', 'de']);
    await count(environment, 12);
    environment.shop('dk').temper.down = true;
    const result = await pushEverything(environment);
    expect(result.troubles.map(({ kind, detail }) => [detail.shop, kind])).toEqual([['dk', 'unreachable']]);
    expect(result.results.map(({ shopId, kind }) => [shopId, kind]).toSorted()).toEqual([
      ['de', 'sent'],
      ['dk', 'refused'],
    ]);
    environment.shop('dk').temper.down = false;
    expect(await pushEverything(environment)).toMatchObject({ sent: 1, refused: 0 });
    expect(quantityIn(environment, 'dk', 'A-1')).toBe(12);
  });

  test('one item that the shop refuses does not stop the rest', async () => {
    const environment = await openTestEnvironment(['dk']);
    for (const sku of ['A-1', 'A-2', 'A-3']) stockUp(environment, ['dk'], sku);
    await syncAll(environment);
    for (const sku of ['A-1', 'A-2', 'A-3'])
      await environment.services.stock.set((await theProduct(environment, sku)).id, 7);
    environment.shop('dk').temper.failItems.add(idIn(environment, 'dk', 'A-2'));
    expect(await pushEverything(environment)).toMatchObject({ sent: 2, refused: 1 });
    expect(['A-1', 'A-2', 'A-3'].map((sku) => quantityIn(environment, 'dk', sku))).toEqual([7, 3, 7]);
    expect(await stuckIn(environment, 'A-2')).toEqual(['refused-by-shop', 'refused-by-shop']);
    expect(await stuckIn(environment, 'A-3')).toEqual([undefined, undefined]);
    // The first page tells of it as card and list do.
    const { id } = await theProduct(environment, 'A-2');
    const { differences } = await environment.services.overview.attention();
    expect(differences.stuck).toEqual({ byWhy: new Map([['refused-by-shop', 1]]), productIds: [id] });
    // Nor is it forgotten, whatever a sync finds, and however long it stays so.
    environment.clock.advance(40 * 86_400_000);
    await syncAll(environment);
    expect(await stuckIn(environment, 'A-2')).toEqual(['refused-by-shop', 'refused-by-shop']);
    environment.shop('dk').temper.failItems.clear();
    expect(await pushEverything(environment)).toMatchObject({ sent: 1, refused: 0 });
    expect(await stuckIn(environment, 'A-2')).toEqual([undefined, undefined]);
    expect((await environment.services.overview.attention()).differences.stuck.productIds).toEqual([]);
  });

  test('sold in the shop since the preview: compared, not overwritten, and read again', async () => {
    const environment = await signalled(['de']);
    await count(environment, 12);
    const plan = await environment.services.push.plan({});
    const sold = environment.shop('de').product(idIn(environment, 'de', 'A-1'));
    environment.shop('de').sell([{ productId: sold.id, variantId: sold.variants[0]!.id, quantity: 2 }]);
    expect((await apply(environment, plan)).results).toMatchObject([{ kind: 're-read', now: 8 }]);
    expect(quantityIn(environment, 'de', 'A-1')).toBe(8);
    const [row] = (await environment.services.push.plan({})).rows;
    expect(row).toMatchObject({ lastSent: 10, shopHad: 8, willBe: 12 });
    expect(await pushEverything(environment)).toMatchObject({ sent: 1 });
  });

  test('I8: a late answer never overwrites what another push had confirmed', async () => {
    const environment = await signalled(['dk']);
    const { id } = await theProduct(environment, 'A-1');
    await count(environment, 12);
    const plan = await environment.services.push.plan({});
    // While the answer is on its way, another program writes that it had a newer figure confirmed.
    environment.shop('dk').temper.beforeAnswer = ({ method }) => {
      if (method === 'GET') return;
      void environment.store.change(async (now) => ({
        put: {
          integrations: (await now.integrationsOf([id])).map((link) => ({
            ...link,
            pushed: { quantity: 99, at: environment.clock.now() },
          })),
        },
        drop: {},
        events: [],
      }));
    };
    expect((await apply(environment, plan)).results).toMatchObject([{ kind: 'superseded' }]);
    expect((await environment.store.integrationsOf([id]))[0]!.pushed!.quantity).toBe(99);
  });

  test('stopped by a person: what was sent counts, the rest waits', async () => {
    const environment = await signalled(['dk']);
    await count(environment, 12);
    const plan = await environment.services.push.plan({});
    const stopped = AbortSignal.abort();
    const result = await environment.services.push.apply({ planId: plan.id }, stopped);
    expect(result).toMatchObject({ sent: 0, cancelled: true });
    expect(quantityIn(environment, 'dk', 'A-1')).toBe(10);
    expect(await pushEverything(environment)).toMatchObject({ sent: 1 });
  });
});

describe('drift', () => {
  test('compare says where between the warehouse and the shop it broke', async () => {
    const environment = await signalled(['dk', 'no', 'se', 'de']);
    const { id } = await theProduct(environment, 'A-1');
    environment.shop('no').setQuantity(idIn(environment, 'no', 'A-1'), 6);
    environment.shop('se').setStatus(idIn(environment, 'se', 'A-1'), 'draft');
    environment.loseKey('de');
    const compared = await environment.services.diagnosis.compareStock({ productId: id }, forever);
    expect(
      compared.map(({ shopId, wanted, lastSent, shopNow, brokeAt }) => [shopId, wanted, lastSent, shopNow, brokeAt]),
    ).toEqual([
      ['dk', 10, 10, 10, 'nowhere'],
      ['no', 10, 10, 6, 'changed-in-shop'],
      ['se', 10, 10, 10, 'inactive-in-shop'],
      ['de', 10, 10, undefined, 'shop-unreachable'],
    ]);
    await count(environment, 11);
    const [dk] = await environment.services.diagnosis.compareStock({ shopId: toShopId('dk') }, forever);
    expect(dk!.brokeAt).toBe('not-sent-since-change');
    expect(await linkedIn(environment, 'A-1')).toEqual(['dk', 'no', 'se', 'de']);
  });
});

test('how the rows of an applied plan ended can be read afterwards, from what was written down', async () => {
  const environment = await openTestEnvironment(['dk']);
  for (const sku of ['A-1', 'A-2', 'A-3']) stockUp(environment, ['dk'], sku);
  await syncAll(environment);
  const ids = await Promise.all(['A-1', 'A-2', 'A-3'].map(async (sku) => (await theProduct(environment, sku)).id));
  const stocks = async (...onHand: readonly number[]): Promise<void> => {
    for (const [index, id] of ids.entries()) await environment.services.stock.set(id, onHand[index]!);
  };
  await stocks(10, 10, 10);
  await pushEverything(environment);
  environment.clock.advance(60_000);
  await stocks(0, 8, 9);
  const plan = await environment.services.push.plan({});
  expect(await environment.services.push.results(plan.id)).toEqual([]);
  await environment.services.stock.set(ids[2]!, 7);
  const { results } = await apply(environment, plan);
  const kinds = (all: typeof results): readonly string[] => all.map((one) => `${one.productId} ${one.kind}`).toSorted();
  expect(kinds(results)).toEqual([`${ids[0]} held-by-guard`, `${ids[1]} sent`, `${ids[2]} re-read`].toSorted());
  // A row that was read again left no event: all that is known later is that another figure came before it.
  const afterwards = await environment.services.push.results(plan.id);
  expect(kinds(afterwards)).toEqual([`${ids[0]} held-by-guard`, `${ids[1]} sent`, `${ids[2]} superseded`].toSorted());
  expect(afterwards).toContainEqual({ productId: ids[1], shopId: 'dk', wanted: 8, kind: 'sent', was: 10 });
});

test('a shop that refuses a row is quoted afterwards, and a later push is not taken for this one', async () => {
  const environment = await signalled(['dk']);
  await count(environment, 12);
  const plan = await environment.services.push.plan({});
  environment.shop('dk').deleteForever(idIn(environment, 'dk', 'A-1'));
  const { results } = await apply(environment, plan);
  expect(results.map(({ kind }) => kind)).toEqual(['refused']);
  expect(await environment.services.push.results(plan.id)).toEqual(results);
  await count(environment, 14);
  await apply(environment, await environment.services.push.plan({}));
  expect(await environment.services.push.results(plan.id)).toEqual(results);
});

/** What the shops say of the product when its card asks them. */
async function askedNow(environment: TestEnvironment): Promise<readonly LiveAnswer[]> {
  const answers: LiveAnswer[] = [];
  const { id } = await theProduct(environment, 'A-1');
  await environment.services.diagnosis.askShops(id, {
    signal: forever,
    onAnswer: (_shop, answer) => answers.push(answer),
  });
  return answers;
}

describe('a plan rests on what shops said since, where they were asked', () => {
  test('the newer figure stands in the row with its age, and the row goes out at once', async () => {
    const environment = await signalled(['dk']);
    await count(environment, 12);
    environment.shop('dk').shelf[0]!.variants[0]!.quantity = 7;
    const answers = await askedNow(environment);
    const productIds = [(await theProduct(environment, 'A-1')).id];
    environment.clock.advance(60_000);
    const shown = await environment.as({ readOnly: true }).push.plan({ productIds, answers });
    const asked = { shopHad: 7, shopHadAt: answers[0]?.at, willBe: 12, guards: ['changed-in-shop'] };
    expect(shown.rows).toMatchObject([asked]);
    const plan = await environment.services.push.plan({ productIds, answers });
    expect(plan.rows).toMatchObject([asked]);
    expect(await apply(environment, plan, { changed: 1 })).toMatchObject({ sent: 1, reRead: 0 });
    expect(quantityIn(environment, 'dk', 'A-1')).toBe(12);
  });

  test('what was sent after the shop was asked outweighs its answer', async () => {
    const environment = await signalled(['dk']);
    const answers = await askedNow(environment);
    await count(environment, 12);
    await pushEverything(environment);
    const productIds = [(await theProduct(environment, 'A-1')).id];
    const plan = await environment.services.push.plan({ productIds, answers });
    expect(plan.rows).toMatchObject([{ shopHad: 12, kind: 'skip', why: 'unchanged' }]);
  });
});
