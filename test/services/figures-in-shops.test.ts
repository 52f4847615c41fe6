import { stringify } from 'lossless-json';
import { describe, expect, test, vi } from 'vitest';
import type { Dialect } from '../../src/demo/simulators/server.ts';
import { writesStock } from '../support/stock-writes.ts';
import {
  allPlatforms,
  forever,
  idIn,
  linkedIn,
  openTestEnvironment,
  pushEverything,
  quantityIn,
  syncAll,
  type TestEnvironment,
  theProduct,
} from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const usual = (dialect: Dialect): Dialect => dialect;
/** One shop that was told 7 of two goods. */
async function signalled(platform: string, around = usual): Promise<TestEnvironment> {
  const environment = await openTestEnvironment([platform], {}, undefined, around);
  for (const sku of ['A', 'B']) environment.shop(platform).add({ sku, title: sku, quantity: 3, price: '49.95' });
  await syncAll(environment);
  await setStock(environment, 7);
  await pushEverything(environment);
  environment.clock.advance(60_000);
  return environment;
}
async function setStock(environment: TestEnvironment, onHand: number): Promise<void> {
  for (const sku of ['A', 'B']) await environment.services.stock.set((await theProduct(environment, sku)).id, onHand);
}
const planOf = (environment: TestEnvironment) => environment.services.push.plan({});

/** A figure that no other field has, and what every answer shows in its place once it is switched on. */
const marked = 7_654_321;
function showing(text: string): { on: boolean; readonly around: (dialect: Dialect) => Dialect } {
  const shown = { on: false, around: usual };
  shown.around = (dialect) => ({
    ...dialect,
    answer: (request, shop) => {
      const answer = dialect.answer(request, shop);
      if (!shown.on) return answer;
      const body = typeof answer.body === 'string' ? answer.body : (stringify(answer.body) ?? '');
      return { ...answer, body: body.replaceAll(`"${marked}"`, `"${text}"`).replaceAll(String(marked), text) };
    },
  });
  return shown;
}

describe.each(allPlatforms)('what stands in the stock field of %s', (platform) => {
  test.each(['76.5', '1e400'])('%s is told with its field, and written over by nothing', async (text) => {
    const shown = showing(text);
    const environment = await signalled(platform, shown.around);
    await setStock(environment, 9);
    const plan = await planOf(environment);
    environment.shop(platform).setQuantity(idIn(environment, platform, 'A'), marked);
    shown.on = true;
    const refused = { kind: 'refused', why: 'figure-unreadable', said: expect.stringContaining(text) };
    const applied = await environment.services.push.apply({ planId: plan.id }, forever);
    expect(applied.results).toMatchObject([refused, { kind: 'sent' }]);
    environment.clock.advance(60_000);
    for (const full of [true, false]) {
      const [result] = await environment.services.sync.run({ full }, forever);
      expect([result?.run?.status, result?.trouble]).toEqual(['finished', undefined]);
      expect(await linkedIn(environment, 'A')).toEqual([platform]);
      const rows = (await environment.services.shops.list())[0]?.state?.unreadable;
      expect(rows).toMatchObject([{ said: expect.stringContaining(text) }]);
      environment.clock.advance(60_000);
    }
    expect((await pushEverything(environment)).results).toMatchObject([refused]);
    expect(quantityIn(environment, platform, 'A')).toBe(marked);
    expect(quantityIn(environment, platform, 'B')).toBe(9);
  });
});

/** The platforms whose shops are asked for a figure again after it was written. */
const readBack = ['shopify', 'prestashop', 'shopware', 'dandomain-classic', 'dandomain-webshop', 'medusa', 'vendure'];

test.each(
  readBack,
)('sold between the writing and the reading back in %s: said so, and asked about before more is sent', async (platform) => {
  const environment = await signalled(platform);
  const shop = environment.shop(platform);
  await setStock(environment, 12);
  const plan = await planOf(environment);
  let written = false;
  shop.temper.beforeAnswer = (request) => {
    if (written) {
      shop.temper.beforeAnswer = undefined;
      shop.setQuantity(idIn(environment, platform, 'A'), 11);
    }
    written = writesStock[platform]!(request);
  };
  const { results } = await environment.services.push.apply({ planId: plan.id }, forever);
  expect(results).toContainEqual(expect.objectContaining({ kind: 're-read', now: 11, written: true }));
  expect((await planOf(environment)).rows).toContainEqual(
    expect.objectContaining({ shopHad: 11, willBe: 12, guards: ['changed-in-shop'] }),
  );
  expect(quantityIn(environment, platform, 'A')).toBe(11);
});

test.each([
  'woocommerce',
  'medusa',
  'vendure',
])('%s, where it shows no figure any more, is asked about, and written to', async (platform) => {
  const shown = showing('null');
  const environment = await signalled(platform, shown.around);
  environment.shop(platform).setQuantity(idIn(environment, platform, 'A'), marked);
  shown.on = true;
  environment.clock.advance(60_000);
  await syncAll(environment);
  await setStock(environment, 9);
  const { rows } = await planOf(environment);
  expect(rows.map(({ shopHad, guards }) => [shopHad, guards])).toEqual([
    [undefined, ['changed-in-shop']],
    [7, []],
  ]);
  await pushEverything(environment);
  expect(quantityIn(environment, platform, 'A')).toBe(9);
});
