import { describe, expect, test, vi } from 'vitest';
import type { LookupResult } from '../../src/services/lookup/lookup-service.ts';
import { typoDistance } from '../../src/services/lookup/typo-distance.ts';
import { nearestName } from '../../src/views/commands/nearest-name.ts';
import { idIn, openTestEnvironment, syncAll, type TestEnvironment } from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const opened = async (): Promise<TestEnvironment> => {
  const environment = await openTestEnvironment(['dk', 'no']);
  for (const [shopId, title] of [
    ['dk', 'Islandsk sweater'],
    ['no', 'Islandsk genser'],
  ] as const)
    environment.shop(shopId).add({ sku: 'UD4011-NA-M', title, quantity: 3 });
  environment.shop('dk').add({ sku: 'KO7513', title: 'Emaljekrus', quantity: 3 });

  await syncAll(environment);
  return environment;
};
const skus = (hits: LookupResult['hits']) => hits.map(({ product }) => product?.sku);

describe('finding', () => {
  test('by the name that any shop gives it, not only the one whose words we keep', async () => {
    const { services } = await opened();
    const [dk, no] = [await services.lookup.search('sweater'), await services.lookup.search('genser')];
    expect([skus(dk.hits), skus(no.hits)]).toEqual([['UD4011-NA-M'], ['UD4011-NA-M']]);
    expect([dk.near, no.near]).toEqual([[], []]);
  });

  test.each([
    ['UD4011-NA-MM', 'UD4011-NA-M'],
    ['emaljekurs', 'KO7513'],
    ['islandsk swaeter', 'UD4011-NA-M'],
    ['egnser', 'UD4011-NA-M'],
  ])('nothing is called %j, and what was meant is offered', async (typed, sku) => {
    const found = await (await opened()).services.lookup.search(typed);
    expect(found.hits).toEqual([]);
    expect(skus(found.near)[0]).toBe(sku);
  });

  test('by its words in any order, also where hyphens stand between them', async () => {
    const { services } = await opened();
    expect(skus((await services.lookup.search('ud4011 na m')).hits)).toEqual(['UD4011-NA-M']);
    expect(skus((await services.lookup.search('sweater islandsk')).hits)).toEqual(['UD4011-NA-M']);
  });

  test('by the name of a shop where it has no link: still the product, and not a stranger', async () => {
    const environment = await opened();
    environment.shop('no').setStatus(idIn(environment, 'no', 'UD4011-NA-M'), 'draft');
    await syncAll(environment);
    const { hits } = await environment.services.lookup.search('genser');
    expect(skus(hits)).toEqual(['UD4011-NA-M']);
    expect(hits[0]).toMatchObject({ linked: 1, expected: 2, listing: { content: { name: 'Islandsk genser' } } });
  });

  test('what is like nothing brings no guesses', async () => {
    const found = await (await opened()).services.lookup.search('qqqqqq');
    expect([found.hits, found.near]).toEqual([[], []]);
  });
});

describe('how far two spellings are apart', () => {
  test.each([
    ['findings', 'findings', 0],
    ['findngs', 'findings', 1],
    ['fidnings', 'findings', 1],
    ['fimdings', 'findings', 1],
    ['fimdimgs', 'findings', 2],
    ['pushings', 'findings', undefined],
  ])('%s and %s: %s', (a, b, distance) => {
    expect(typoDistance(a, b)).toBe(distance);
  });

  test('a short word is not taken for another, a long one forgives more', () => {
    expect(typoDistance('abc', 'abd')).toBeUndefined();
    expect(typoDistance('emaljekurs', 'Emaljekrus, hvid')).toBe(1);
    expect(nearestName('whoa', ['why', 'find'])).toBeUndefined();
    expect(nearestName('puhs', ['why', 'push'])).toBe('push');
  });
});
