import { describe, expect, it, vi } from 'vitest';
import { platformRegistry } from '../../src/connectors/registry.ts';
import type { Dialect, FakeRequest, FakeResponse } from '../../src/demo/simulators/server.ts';
import { toPlatformId } from '../../src/domain/ids.ts';
import { openHarness, quantityFor, readAll } from '../contract/connector-harness.ts';
import { platformParts } from '../support/platform-parts.ts';

/* A firewall or host that lets reading through and nothing that writes. */

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const html = { 'content-type': 'text/html' };
const walls: readonly (readonly [string, FakeResponse])[] = [
  ['a page', { status: 403, headers: html, body: '<h1>Forbidden</h1>' }],
  ["a firewall's page", { status: 406, headers: html, body: '<title>Not Acceptable!</title>Mod_Security' }],
  ['a word', { status: 405, headers: { 'content-type': 'text/plain' }, body: 'Method Not Allowed' }],
];

const writing = /^\s*mutation|"query":"\s*mutation|Product_Update/;
const places = /_action\/sync|source-items$|location-levels\/batch|\/batch$|adjustments\/absolute/;
const isWrite = ({ method, path, body }: Pick<FakeRequest, 'method' | 'path' | 'body'>): boolean =>
  ['PUT', 'PATCH'].includes(method) || (method === 'POST' && (places.test(path) || writing.test(body)));

describe.each(Object.keys(platformParts))('C22: %s, before which a firewall refuses what writes', (platform) => {
  it.each(walls)('by %s, is not asked for each figure by itself', async (_, wall) => {
    const { dialect, secretsOf, shop: fake, path, options } = platformParts[platform]!;
    const driver = platformRegistry.get(toPlatformId(platform))!;
    const made = (): Dialect => {
      const real = dialect(() => Date.now());
      return { ...real, answer: (request, shop) => (isWrite(request) ? wall : real.answer(request, shop)) };
    };
    const { shop, connector } = await openHarness({ driver, dialect: made, secretsOf, path, options }, fake);
    for (let at = 0; at < 24; at += 1) shop.add({ sku: `S-${at}`, quantity: 1 });
    const { listings } = await readAll(connector);
    shop.memory.requests.length = 0;
    const never = new AbortController().signal;
    const wanted = listings.filter(({ sellable }) => sellable === 'unit').map(({ ref }) => quantityFor(ref, 4));
    expect(wanted).toHaveLength(24);
    const ends = await connector.push(wanted, never).then(
      (outcomes) => new Set(outcomes.map((one) => (one.kind === 'refused' ? one.why : one.kind))),
      (error: { readonly kind: string }) => new Set([error.kind]),
    );
    expect([...ends].filter((end) => !['refused-by-shop', 'refused'].includes(end))).toEqual([]);
    expect(shop.memory.requests.filter((request) => isWrite(request)).length).toBeLessThan(5);
  });
});
