import { describe, expect, test } from 'vitest';
import { makeConnectorFactory } from '../../src/connectors/connector-factory.ts';
import { platformRegistry } from '../../src/connectors/registry.ts';
import type { PlatformId } from '../../src/domain/ids.ts';
import { toShopId } from '../../src/domain/ids.ts';
import type { Shop } from '../../src/domain/shop.ts';
import { systemClock } from '../../src/runtime/system-clock.ts';
import { makeShop } from '../support/builders.ts';

/**
 * `npm run test:real`: a real test shop of each platform, read and never written. Where it lies is told by
 * the environment: BINDELED_REAL_WOOCOMMERCE_URL, _KEY, _SECRET; BINDELED_REAL_SHOPIFY_URL, _TOKEN.
 */
const told = (platform: PlatformId, name: string): string =>
  process.env[`BINDELED_REAL_${platform}_${name}`.toUpperCase()] ?? '';

function connectorTo(platform: PlatformId) {
  const secrets = Object.fromEntries(
    ['key', 'secret', 'token', 'client_id', 'client_secret'].map((name) => [name, told(platform, name)]),
  );
  const door = makeConnectorFactory({
    drivers: platformRegistry,
    credentialsFor: () => secrets,
    save: async () => undefined,
    clock: systemClock,
  });
  const address = platformRegistry.get(platform)!.normaliseUrl(told(platform, 'url'));
  if (!('url' in address)) throw new Error(`BINDELED_REAL_${platform.toUpperCase()}_URL: ${address.problem}`);
  const shop: Shop = makeShop({ id: toShopId('real'), platform, url: address.url });
  const connector = door.connect(shop);
  if (connector === undefined) throw new Error(`There is no key among ${door.credentialNames(shop).join(', ')}.`);
  return connector;
}

describe.each(platformRegistry.all().map(({ id }) => [id] as const))('a real %s shop', (platform) => {
  const reason = `BINDELED_REAL_${platform.toUpperCase()}_URL is not set`;
  const real = test.skipIf(told(platform, 'url') === '');
  const signal = AbortSignal.timeout(60_000);

  real(`says who it is (skipped when ${reason})`, async () => {
    const report = await connectorTo(platform).test(signal);
    expect(report.identity).not.toBe('');
    expect(report.permissions.find(({ wanted }) => wanted === 'read-products')?.granted).not.toBe(false);
  });

  real(`shows a page, and the same product when asked for it (skipped when ${reason})`, async () => {
    const connector = connectorTo(platform);
    const page = await connector.page({}, signal);
    expect(page.broken).toEqual([]);
    const [first] = page.listings;
    if (first === undefined) return;
    const again = await connector.product(first.ref.shopProductId, signal);
    expect(again.map(({ ref }) => ref)).toContainEqual(first.ref);
  });
});
