import { describe, expect, test, vi } from 'vitest';
import type { Dialect } from '../../src/demo/simulators/server.ts';
import type { AskedRequest } from '../../src/demo/simulators/temper.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { writesStock } from '../support/stock-writes.ts';
import {
  allPlatforms,
  forever,
  idIn,
  openTestEnvironment,
  quantityIn,
  stockUp,
  syncAll,
  type TestEnvironment,
  theProduct,
} from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A plan that tells the shop 10 of each in place of the 7 that it was told before. */
async function planned(environment: TestEnvironment, skus: readonly string[]) {
  const { stock, push } = environment.services;
  const plan = async (figure: number) => {
    for (const sku of skus) await stock.set((await theProduct(environment, sku)).id, figure);
    return push.plan({});
  };
  await syncAll(environment);
  const first = await plan(7);
  await push.apply({ planId: first.id, yes: { firsts: skus.length } }, forever);
  environment.clock.advance(60_000);
  return plan(10);
}

type Sale = { readonly id: string; readonly sku: string };

/** Two of it are sold the moment the `nth` request of this kind arrives; answers the requests of the kind. */
function sellAt(
  environment: TestEnvironment,
  shopId: string,
  { sale, nth, of }: { readonly sale: Sale; readonly nth: number; readonly of: (request: AskedRequest) => boolean },
): readonly AskedRequest[] {
  const seen: AskedRequest[] = [];
  const shop = environment.shop(shopId);
  shop.temper.beforeAnswer = (request) => {
    if (!of(request)) return;
    seen.push(request);
    if (seen.length === nth) shop.setQuantity(sale.id, quantityIn(environment, shopId, sale.sku) - 2);
  };
  return seen;
}

/** The route, as a shop answers that does not have it. */
const without =
  (route: RegExp, answer: Awaited<ReturnType<Dialect['answer']>>) =>
  (dialect: Dialect): Dialect => ({
    ...dialect,
    answer: (request, shop) => (route.test(request.path) ? answer : dialect.answer(request, shop)),
  });
const noRoute = { status: 404, body: { code: 'rest_no_route', message: 'No route was found', data: { status: 404 } } };

describe.each([
  ['that lists all variations', undefined],
  ['of before 10.3', without(/wc\/v3\/variations$/, noRoute)],
] as const)('a WooCommerce %s', (_which, around) => {
  test.each([1, 2])('keeps what was sold of a family while family %i was written', async (nth) => {
    const environment = await openTestEnvironment(['dk'], {}, undefined, around);
    const shop = environment.shop('dk');
    for (const style of ['A', 'B', 'C']) {
      const variants = ['S', 'M'].map((value) => ({
        sku: `${style}-${value}`,
        options: [{ name: 'Size', value }],
        quantity: 3,
        price: '49.95',
      }));
      shop.add({ title: style, kind: 'variable', variants });
    }
    const skus = ['A-S', 'A-M', 'B-S', 'B-M', 'C-S', 'C-M'];
    const plan = await planned(environment, skus);
    const last = shop.shelf.flatMap(({ variants }) => variants).find(({ sku }) => sku === 'C-M')!;
    const writes = sellAt(environment, 'dk', {
      sale: { id: last.id, sku: 'C-M' },
      nth,
      of: ({ method, path }) => method !== 'GET' && path.includes('batch'),
    });
    const { results } = await environment.services.push.apply({ planId: plan.id }, forever);
    expect(writes).toHaveLength(3);
    expect(skus.map((sku) => quantityIn(environment, 'dk', sku))).toEqual([10, 10, 10, 10, 10, 5]);
    const { id } = await theProduct(environment, 'C-M');
    expect(results.find(({ productId }) => productId === id)).toMatchObject({ kind: 're-read', now: 5 });
  });
});

test('a Magento without sources, where each figure goes by itself, keeps what was sold while another was written', async () => {
  const unknownRoute = { status: 404, body: { message: 'Request does not match any route.' } };
  const environment = await openTestEnvironment(['magento'], {}, undefined, without(/\/inventory\//, unknownRoute));
  const skus = ['A', 'B', 'C'];
  for (const sku of skus) stockUp(environment, ['magento'], sku);
  const plan = await planned(environment, skus);
  const writes = sellAt(environment, 'magento', {
    sale: { id: idIn(environment, 'magento', 'C'), sku: 'C' },
    nth: 1,
    of: ({ method }) => method === 'PUT',
  });
  await environment.services.push.apply({ planId: plan.id }, forever);
  expect(writes).toHaveLength(2);
  expect(skus.map((sku) => quantityIn(environment, 'magento', sku))).toEqual([10, 10, 5]);
});

test.each(
  allPlatforms,
)('%s: the last request before a write reads the figure that it writes over', async (platform) => {
  /** Sells two of A as the `nth` request comes; answers which request wrote first, and what the shop has of A then. */
  const pushed = async (nth: number) => {
    const environment = await openTestEnvironment([platform]);
    const shop = environment.shop(platform);
    const variants = ['A', 'B'].map((sku) => {
      return { sku, options: [{ name: 'Size', value: sku }], quantity: 3, price: '49.95' };
    });
    const { variants: made } = shop.add({ sku: 'STYLE', title: 'Style', kind: 'variable', variants });
    const plan = await planned(environment, ['A', 'B']);
    let count = 0;
    let wroteAt = 0;
    shop.temper.beforeAnswer = (request) => {
      count += 1;
      if (wroteAt === 0 && writesStock[platform]!(request)) wroteAt = count;
      if (count === nth) shop.setQuantity(made[0]!.id, 5);
    };
    await environment.services.push.apply({ planId: plan.id }, forever);
    return { wroteAt, left: quantityIn(environment, platform, 'A') };
  };
  const { wroteAt, left } = await pushed(0);
  expect(left).toBe(10);
  expect((await pushed(wroteAt - 1)).left).toBe(5);
});

test.each(allPlatforms)('%s: what is sold while a batch is refused for one of it is not undone', async (platform) => {
  const environment = await openTestEnvironment([platform]);
  const skus = ['A', 'B', 'C'];
  for (const sku of skus) stockUp(environment, [platform], sku);
  const plan = await planned(environment, skus);
  const shop = environment.shop(platform);
  const bad = shop.shelf.find(({ id }) => id === idIn(environment, platform, 'A'))!;
  for (const id of [bad.id, ...bad.variants.map((variant) => variant.id)]) shop.temper.failItems.add(id);
  const figures = () => skus.map((sku) => quantityIn(environment, platform, sku));
  // The write is refused as it is; the sale comes before whatever is asked next.
  let refused = false;
  let sold = false;
  shop.temper.beforeAnswer = (request) => {
    const isWrite = writesStock[platform]!(request);
    if (refused && !sold && figures()[2] === 7) {
      sold = true;
      shop.setQuantity(idIn(environment, platform, 'C'), 5);
    }
    refused ||= isWrite;
  };
  await environment.services.push.apply({ planId: plan.id }, forever);
  expect(refused).toBe(true);
  // It was written in the first call, or sold after it and left alone.
  expect(figures()).toEqual([7, 10, sold ? 5 : 10]);
});

describe('A11: a shop that is removed or changed while its figures are on their way', () => {
  const shopId = toShopId('dandomain-classic');
  /** Three figures for a shop that takes one a call, and what a person does as the first one is written. */
  const pushed = async (act: (environment: TestEnvironment) => Promise<unknown>, before = false) => {
    const environment = await openTestEnvironment([shopId]);
    for (const sku of ['A', 'B', 'C']) stockUp(environment, [shopId], sku);
    const plan = await planned(environment, ['A', 'B', 'C']);
    let acted: Promise<unknown> | undefined;
    if (before) await act(environment);
    environment.shop(shopId).temper.beforeAnswer = (request) => {
      if (!before && writesStock[shopId]!(request)) acted ??= act(environment);
    };
    const { results } = await environment.services.push.apply({ planId: plan.id }, forever);
    await acted;
    const figures = ['A', 'B', 'C'].map((sku) => quantityIn(environment, shopId, sku));
    return { results, figures, afterwards: await environment.services.push.results(plan.id) };
  };

  test('removed before: each row says so, then and afterwards', async () => {
    const { results, figures, afterwards } = await pushed(({ services }) => services.shops.remove(shopId), true);
    expect(results.map((one) => one.kind === 'refused' && one.why)).toEqual(Array(3).fill('no-integration'));
    expect(afterwards).toMatchObject(results);
    expect(figures).toEqual([7, 7, 7]);
  });

  test('removed in the middle: what went out is told as sent over a link that is gone, and nothing more goes', async () => {
    const { results, figures } = await pushed(({ services }) => services.shops.remove(shopId));
    expect(results).toMatchObject([
      { kind: 'superseded', unlinked: true },
      { kind: 'refused', why: 'no-integration' },
      { kind: 'refused', why: 'no-integration' },
    ]);
    expect(figures).toEqual([10, 7, 7]);
  });

  test('at another address: what is left goes to nobody before it is known who answers there', async () => {
    const url = 'http://127.0.0.1:9';
    const { results, figures } = await pushed(({ services }) => services.shops.change(shopId, { url }));
    expect(results.map(({ kind }) => kind)).toEqual(['sent', 'refused', 'refused']);
    expect(figures).toEqual([10, 7, 7]);
  });
});

// Elsewhere its one variant stays what it was, under the same id.
test.each([
  'woocommerce',
  'prestashop',
  'bigcommerce',
])('what becomes a product with variants between plan and push in %s is told nothing, and the rest goes out', async (platform) => {
  const environment = await openTestEnvironment([platform]);
  for (const sku of ['A', 'B']) stockUp(environment, [platform], sku);
  const plan = await planned(environment, ['A', 'B']);
  const shop = environment.shop(platform);
  const { id, variants } = shop.product(idIn(environment, platform, 'A'));
  shop.edit(id, { kind: 'variable', sku: 'A', tracked: false });
  shop.editVariant(variants[0]!.id, { sku: 'A-S', options: [{ name: 'Size', value: 'S' }] });
  const added = shop.addVariant(id, { sku: 'A-M', options: [{ name: 'Size', value: 'M' }], quantity: 4 });
  const { results } = await environment.services.push.apply({ planId: plan.id, yes: {} }, forever);
  const { id: productId } = await theProduct(environment, 'A');
  const told = results.map((one) => [one.productId === productId, one.kind === 'refused' ? one.why : one.kind]);
  expect(told).toEqual([
    [true, 'not-a-unit'],
    [false, 'sent'],
  ]);
  expect([variants[0]!.quantity, added.quantity, quantityIn(environment, platform, 'B')]).toEqual([7, 4, 10]);
  await syncAll(environment);
  const { rows } = await environment.services.push.plan({ productIds: [productId] });
  expect(rows.filter((row) => row.kind === 'send')).toEqual([]);
});
