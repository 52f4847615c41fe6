import { describe, expect, test, vi } from 'vitest';
import type { AskedRequest, Temper } from '../../src/demo/simulators/temper.ts';
import {
  allPlatforms,
  forever,
  idIn,
  openTestEnvironment,
  pushEverything,
  quantityIn,
  syncAll,
  type TestEnvironment,
  theProduct,
} from '../services/test-environment.ts';
import { writesStock } from '../support/stock-writes.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const skus = ['A', 'B', 'C'];
/** What a mishap comes to: in BigCommerce the question whether the key may write, which is a write of nothing. */
const strikes: typeof writesStock = { ...writesStock, bigcommerce: ({ method }: AskedRequest) => method !== 'GET' };

/** One shop that was told 7 of three goods and is to be told 10, 11 and 12. */
async function planned(platform: string) {
  const environment = await openTestEnvironment([platform]);
  for (const sku of skus) environment.shop(platform).add({ sku, title: sku, quantity: 3, price: '49.95' });
  await syncAll(environment);
  for (const figures of [
    [7, 7, 7],
    [10, 11, 12],
  ]) {
    for (const [place, sku] of skus.entries())
      await environment.services.stock.set((await theProduct(environment, sku)).id, figures[place]!);
    if (figures[0] === 7) await pushEverything(environment);
    environment.clock.advance(60_000);
  }
  return { environment, plan: await environment.services.push.plan({}) };
}

/** What happens to the first request that writes stock; it is done, or not. */
const mishaps: Readonly<Record<string, Partial<Temper>>> = {
  'nothing else': {},
  'a 504': { gatewayTimeouts: 1 },
  'a cut connection': { loseAnswers: 1 },
  'an answer that breaks off': { truncatedJson: true },
  'a request that is lost': { dropWrites: 1 },
  'a 500 instead': { serverErrors: 1, serverErrorStatus: 500 },
  'a page for people instead': { htmlPage: true },
};
const calm: Partial<Temper> = {
  gatewayTimeouts: 0,
  loseAnswers: 0,
  truncatedJson: false,
  dropWrites: 0,
  serverErrors: 0,
  htmlPage: false,
};

/** The mishap at the first write; two of B are sold between it and what is asked next. Answers whether they were. */
function mishap(environment: TestEnvironment, platform: string, bad: Partial<Temper>, sells: boolean): () => boolean {
  const { temper } = environment.shop(platform);
  let written = false;
  let sold = false;
  temper.beforeAnswer = (request) => {
    if (written && sells && !sold) {
      sold = true;
      const before = quantityIn(environment, platform, 'B');
      environment.shop(platform).setQuantity(idIn(environment, platform, 'B'), before - 2);
    }
    const isFirst = !written && strikes[platform]!(request);
    Object.assign(temper, calm, isFirst ? bad : {});
    written ||= isFirst;
  };
  return () => sold;
}

describe.each(allPlatforms)('%s, after the first write', (platform) => {
  test.each(
    Object.entries(mishaps).flatMap(([name, bad]) => [
      [name, 'no sale', bad, false] as const,
      [name, 'a sale', bad, true] as const,
    ]),
  )('%s and %s: no sale is undone, and no figure told wrong', async (_name, _sale, bad, sells) => {
    const { environment, plan } = await planned(platform);
    const hasSold = mishap(environment, platform, bad, sells);
    const { results } = await environment.services.push.apply({ planId: plan.id }, forever);
    const { temper } = environment.shop(platform);
    Object.assign(temper, calm, { beforeAnswer: undefined });
    const left = quantityIn(environment, platform, 'B');
    if (hasSold()) expect([5, 9]).toContain(left);
    for (const [place, sku] of skus.entries()) {
      const { id } = await theProduct(environment, sku);
      const result = results.find(({ productId }) => productId === id)!;
      const has = quantityIn(environment, platform, sku);
      const wasWritten = has === 10 + place;
      if (result.kind === 'sent' || result.kind === 'already-there') expect(wasWritten).toBe(true);
      if (result.kind === 're-read') expect(result.now).toBe(has);
      // The shop could be asked afterwards what became of it.
      if (result.kind === 'refused' && result.why === 'outcome-unknown') expect(wasWritten).toBe(false);
      // "The shop did not answer, so nothing was sent."
      if (result.kind === 'refused' && result.why === 'shop-unreachable') expect([7, 5]).toContain(has);
    }
    environment.clock.advance(60_000);
    const again = await environment.services.push.plan({});
    await environment.services.push.apply({ planId: again.id }, forever);
    expect(skus.map((sku) => quantityIn(environment, platform, sku))).toEqual([10, hasSold() ? left : 11, 12]);
  });
});
