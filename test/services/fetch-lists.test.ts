import { describe, expect, it, vi } from 'vitest';
import { type ShopId, toShopId, toSku } from '../../src/domain/ids.ts';
import type { Listing } from '../../src/domain/listing.ts';
import { makeListing, makeShop, refTo } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { makeTestHarness, type TestHarness } from '../support/test-harness.ts';
import { openTestEnvironment, stockUp, syncAll } from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const never = new AbortController().signal;
const dk = makeShop();
const se = makeShop({ id: toShopId('se'), name: 'Nordlys SE' });
const thing = (shop: string, id: number): Listing =>
  makeListing({ ref: refTo(shop, String(id)), sku: toSku(`A-${id}`), gtin: undefined });
const things = (shop: string, count: number) => Array.from({ length: count }, (_, place) => thing(shop, 100 + place));

/** Eight things in two shops, of which the Swedish one has archived all. */
async function worldOfMissing(): Promise<TestHarness> {
  const harness = await makeTestHarness(
    [dk, se],
    [makeCatalogue('dk', things('dk', 8)), makeCatalogue('se', things('se', 8))],
  );
  await harness.services.sync.run({ full: true }, never);
  harness.catalogue('se').listings = things('se', 8).map(
    (one): Listing => ({ ...one, activity: 'archived', shopSays: 'ARCHIVED' }),
  );
  await harness.services.sync.run({ full: true, acceptRemovals: 8 }, never);
  return harness;
}
const toFetch = async ({ services }: TestHarness) =>
  (await services.integrations.missing()).filter(({ askedLately }) => !askedLately);

describe('fetching a whole list', () => {
  it('asks for every place that lacks a link, and for none beside', async () => {
    const harness = await worldOfMissing();
    expect((await toFetch(harness)).map(({ shopId }) => shopId)).toEqual(Array(8).fill('se'));
    harness.catalogue('se').listings = things('se', 8);
    const results = await harness.services.fetch.run({ asked: [], places: await toFetch(harness) }, never);
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(8).fill('linked'));
    expect(await harness.services.integrations.missing()).toEqual([]);
  });

  it('goes on where it was broken off: what was asked within the hour is not asked again', async () => {
    const harness = await worldOfMissing();
    const broken = new AbortController();
    const results = await harness.services.fetch.run(
      { asked: [], places: await toFetch(harness), onResult: (_result, done) => done === 3 && broken.abort() },
      broken.signal,
    );
    const reached = results.filter(({ outcome }) => outcome === 'inactive-in-shop');
    expect(reached.length).toBeGreaterThanOrEqual(3);
    const rest = await toFetch(harness);
    expect(rest).toHaveLength(8 - reached.length);
    const again = await harness.services.fetch.run({ asked: [], places: rest }, never);
    expect(again.map(({ productId }) => productId)).toEqual(rest.map(({ productId }) => productId));
    expect(await toFetch(harness)).toEqual([]);
    harness.clock.advance(61 * 60_000);
    expect(await toFetch(harness)).toHaveLength(8);
  });

  it('says what it found, before and after, how long it took and what that rules out, product by product', async () => {
    const harness = await worldOfMissing();
    const [result] = await harness.services.fetch.run({ asked: [], places: await toFetch(harness) }, never);
    expect(result).toMatchObject({
      outcome: 'inactive-in-shop',
      before: { linked: false, activity: 'archived' },
      after: { linked: false, activity: 'archived' },
    });
    expect(result!.tookMs).toBeGreaterThanOrEqual(0);
    expect(result!.ruledOut).toContain('connection-down');
    expect(result!.ruledOut).not.toContain('inactive-in-shop');
  });

  it('rules nothing out for what nobody knows: there is no link that could be missing', async () => {
    const { services } = await worldOfMissing();
    const results = await services.fetch.run({ asked: ['NOBODY-KNOWS-1'] }, never);
    expect(results.length).toBeGreaterThan(0);
    expect(results.flatMap(({ ruledOut }) => ruledOut)).toEqual([]);
  });

  it.each([
    ['unauthorized', 2],
    ['unreachable', 4],
  ] as const)('a shop that is %s is asked no more than %i times, and the others go on', async (trouble, most) => {
    const harness = await worldOfMissing();
    harness.catalogue('se').trouble = trouble;
    let asked = 0;
    Object.defineProperty(harness.catalogue('se'), 'trouble', {
      get: () => {
        asked += 1;
        return trouble;
      },
    });
    const places = await toFetch(harness);
    const dkPlaces = places.map(({ productId }) => ({ productId, shopId: dk.id }));
    const results = await harness.services.fetch.run({ asked: [], places: [...places, ...dkPlaces] }, never);
    // Each look at the trouble is two reads: whether there is one, and which.
    expect(asked / 2).toBeLessThanOrEqual(most);
    expect(results.filter(({ shopId }) => shopId === 'se').map((one) => one.trouble?.kind)).toEqual(
      Array(8).fill(trouble),
    );
    expect(results.filter(({ shopId }) => shopId === 'dk').map(({ outcome }) => outcome)).toEqual(
      Array(8).fill('already-linked'),
    );
  });
});

describe('fetching what shares its id with another', () => {
  it.each([
    'A-1',
    'A-1-COPY',
    'the id',
  ])('S10: by %s, leaves the conflict standing, and says that it is one', async (asked) => {
    const environment = await openTestEnvironment(['dk']);
    const [first] = stockUp(environment, ['dk'], 'A-1', 'The first');
    await syncAll(environment);
    environment.shop('dk').showTwice(first!.id, { sku: 'A-1-COPY', title: 'The copy', quantity: 1 });
    await syncAll(environment);
    const [result] = await environment.services.fetch.run({ asked: [asked === 'the id' ? first!.id : asked] }, never);
    expect(result!.outcome).toBe(asked === 'A-1-COPY' ? 'conflict' : 'already-linked');
    expect((await environment.services.conflicts.list()).map(({ conflict }) => conflict.kind)).toEqual([
      'shop-id-taken',
    ]);
  });
});

describe('a paused shop is neither read nor written', () => {
  async function pausedSe() {
    const harness = await worldOfMissing();
    await harness.services.shops.change(se.id, { paused: true });
    harness.catalogue('se').listings = things('se', 8);
    const [product] = await harness.services.lookup.identify('A-100');
    return {
      harness,
      services: harness.services,
      productId: product!.id,
      before: await harness.store.listingsOn(se.id),
    };
  }

  it('it is not asked when it is named, nor by place, nor by a verify; the open shops are', async () => {
    const { harness, services, productId, before } = await pausedSe();
    const place = { productId, shopId: se.id };
    const results = [
      ...(await services.fetch.run({ asked: ['A-100'], shopIds: [dk.id, se.id] }, never)),
      ...(await services.fetch.run({ asked: [], places: [place] }, never)),
      ...(await services.inactive.verify([place], never)),
    ];
    expect(results.map(({ shopId, outcome }) => `${shopId} ${outcome}`)).toEqual([
      'dk already-linked',
      'se shop-paused',
      'se shop-paused',
      'se shop-paused',
    ]);
    expect(await harness.store.listingsOn(se.id)).toEqual(before);
  });

  it('comparing it is refused by name and left out where all are asked; why it is not linked is told without asking it', async () => {
    const { harness, services, productId, before } = await pausedSe();
    const refused = { kind: 'shop-paused', about: { shop: 'se' } };
    await expect(services.diagnosis.compareStock({ productId, shopId: se.id }, never)).rejects.toMatchObject(refused);
    await expect(services.diagnosis.compareStock({ shopId: se.id }, never)).rejects.toMatchObject(refused);
    expect((await services.diagnosis.compareStock({ productId }, never)).map(({ shopId }) => shopId)).toEqual(['dk']);
    const causesIn = async (shopId?: ShopId) =>
      (await services.diagnosis.explain(productId, shopId, { signal: never })).map((one) =>
        one.verdict === 'integrated' ? 'integrated' : one.findings[0].cause,
      );
    expect([await causesIn(), await causesIn(se.id)]).toEqual([['integrated', 'shop-paused'], ['shop-paused']]);
    expect(await harness.store.listingsOn(se.id)).toEqual(before);
  });
});

it('what a shop has deleted has neither state nor figure any more', async () => {
  const environment = await openTestEnvironment(['dk']);
  stockUp(environment, ['dk'], 'A-1');
  stockUp(environment, ['dk'], 'A-2');
  await syncAll(environment);
  environment.shop('dk').deleteForever(environment.shop('dk').shelf[0]!.id);
  const [result] = await environment.services.fetch.run({ asked: ['A-1'] }, never);
  expect(result).toMatchObject({
    outcome: 'gone-from-shop',
    before: { linked: true, activity: 'active', quantity: 3 },
  });
  expect(result?.after).toEqual({ linked: false, at: expect.any(String) });
});
