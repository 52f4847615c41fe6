import { describe, expect, it, vi } from 'vitest';
import type { Dialect, FakeRequest, FakeResponse } from '../../src/demo/simulators/server.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { allPlatforms, forever, openTestEnvironment, syncAll, type TestEnvironment } from './test-environment.ts';

// It speaks HTTP with ten simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type One = { readonly id: string; readonly variantId: string; readonly sku: string };
/** What is asked for and what the shop answers about instead; neither until it is set. */
type Mix = { how: 'sane' | 'another' | 'sku' | 'everything'; asked?: One; instead?: One };

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const word = (text: string): RegExp => new RegExp(`(?<![\\w-])${escaped(text)}(?![\\w-])`, 'g');
const isAbout = ({ path, query, body }: FakeRequest, { id, sku }: One): boolean =>
  [id, sku].some((text) => word(text).test(`${decodeURIComponent(path)}?${query} ${body}`));

/** The same question about another thing. */
function shifted(request: FakeRequest, asked: One, instead: One): FakeRequest {
  const swap = (text: string): string =>
    text
      .replace(word(asked.variantId), instead.variantId)
      .replace(word(asked.id), instead.id)
      .replace(word(asked.sku), instead.sku);
  const query = new URLSearchParams([...request.query].map(([name, value]): [string, string] => [name, swap(value)]));
  return { ...request, path: swap(request.path), query, body: swap(request.body) };
}

/** The same question without what narrows it. */
function unfiltered(request: FakeRequest, { id }: One): FakeRequest {
  const isFilter = ([name, value]: readonly [string, string]): boolean =>
    word(id).test(value) || /filter_groups|^include$|^sku$/.test(name);
  const query = new URLSearchParams([...request.query].filter((one) => !isFilter(one)));
  const body = request.body.replace(/"(filter|ids)":\[[^\]]*\]\}?\]?,?/g, '');
  return { ...request, query, body: isJson(body) ? body : request.body };
}
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const mixing = (mix: Mix, dialect: Dialect): Dialect => ({
  ...dialect,
  answer: (request, shop): FakeResponse => {
    const { how, asked, instead } = mix;
    if (how === 'sane' || asked === undefined || instead === undefined || !isAbout(request, asked))
      return dialect.answer(request, shop);
    if (how === 'another') return dialect.answer(shifted(request, asked, instead), shop);
    if (how === 'everything') return dialect.answer(unfiltered(request, asked), shop);
    const answer = dialect.answer(request, shop);
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    return { ...answer, body: text.replace(word(asked.sku), instead.sku) };
  },
});

async function mixed(platform: string): Promise<{ readonly environment: TestEnvironment; readonly mix: Mix }> {
  const mix: Mix = { how: 'sane' };
  const environment = await openTestEnvironment([platform], {}, undefined, (dialect) => mixing(mix, dialect));
  const all = Array.from({ length: 5 }, (_, at) => environment.shop(platform).add({ sku: `AB-${at}`, quantity: at }));
  await syncAll(environment);
  const [asked, instead] = all.slice(1, 3).map(
    (product): One => ({
      id: product.id,
      variantId: product.variants[0]!.id,
      sku: product.variants[0]!.sku!,
    }),
  );
  Object.assign(mix, { asked, instead });
  return { environment, mix };
}

const linksOf = async ({ store }: TestEnvironment, platform: string) =>
  (await store.integrationsOn(toShopId(platform)))
    .map(({ productId, ref }) => `${productId} ${ref.shopProductId} ${ref.shopVariantId ?? ''}`)
    .toSorted();

const namesOf = async ({ store }: TestEnvironment) =>
  (await store.productPage({ limit: 50 })).map(({ sku, content }) => `${sku} ${content.name}`).toSorted();

describe('A shop that answers about another thing than it was asked about', () => {
  it.each(allPlatforms)('%s: no link goes or moves, and no product is renamed', async (platform) => {
    const { environment, mix } = await mixed(platform);
    const [links, names] = [await linksOf(environment, platform), await namesOf(environment)];
    for (const how of ['another', 'sku', 'everything'] as const) {
      mix.how = how;
      const refs = (await environment.store.integrationsOn(toShopId(platform))).map(({ ref }) => ref);
      await environment.services.fetch.run({ asked: [mix.asked!.sku] }, forever);
      await environment.services.fetch.run({ asked: [mix.asked!.id] }, forever);
      const signalled = refs.map(({ shopId, shopProductId }) => ({ shopId, shopProductId }));
      await environment.services.fetch.run({ asked: [], signalled }, forever);
      expect(await linksOf(environment, platform), how).toEqual(links);
      expect(await namesOf(environment), how).toEqual(names);
      mix.how = 'sane';
      await syncAll(environment);
      expect(await linksOf(environment, platform), how).toEqual(links);
    }
  });
});

describe('Another shop at the address of the one that is known', () => {
  it.each(allPlatforms)('%s: is not read, is not believed about one product, and is told nothing', async (platform) => {
    const { environment } = await mixed(platform);
    const links = await linksOf(environment, platform);
    const shop = environment.shop(platform);
    Object.assign(shop, { identity: 'https://klon.example', name: 'Klon' });
    shop.shelf.splice(1);
    environment.clock.advance(120_000);
    const { services, store } = environment;
    const another = { kind: 'another-shop' };
    for (const full of [true, false])
      expect((await services.sync.run({ full }, forever))[0]?.trouble).toMatchObject(another);
    expect((await services.fetch.run({ asked: ['AB-1'] }, forever))[0]?.trouble).toMatchObject(another);
    const signalled = (await store.integrationsOn(toShopId(platform))).map(({ ref }) => ref);
    const told = await services.fetch.run({ asked: [], signalled }, forever);
    expect(told.map(({ trouble }) => trouble?.kind)).toEqual(told.map(() => 'another-shop'));
    const [product] = await services.lookup.identify('AB-1');
    await services.stock.set(product!.id, 9);
    const plan = await services.push.plan({ productIds: [product!.id] });
    const sent = plan.rows.filter(({ kind }) => kind === 'send').flatMap(({ guards }) => guards);
    const count = (...guards: readonly string[]): number => sent.filter((guard) => guards.includes(guard)).length;
    const yes = { jumps: count('jump'), firsts: count('first-push', 'by-gtin'), changed: count('changed-in-shop') };
    expect((await services.push.apply({ planId: plan.id, yes }, forever)).troubles).toMatchObject([another]);
    expect(shop.shelf[0]?.variants[0]?.quantity).toBe(0);
    expect(await linksOf(environment, platform)).toEqual(links);
  });
});
