import { describe, expect, it, test, vi } from 'vitest';
import { isSaleName } from '../../src/connectors/driver-parts/newest-sales.ts';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { instantOf, toPlatformId } from '../../src/domain/ids.ts';
import { openHarness, readSales } from '../contract/connector-harness.ts';
import { platformParts } from '../support/platform-parts.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

test.each([
  'Nye',
  'Betalt',
  'Kreditkort betalt',
  'Paid by credit card',
  'Afsendt',
  'Klar til afhentning',
  'Bestseller',
  'Faktureret',
])('C26: orders in the state "%s" are sales', (name) => expect(isSaleName(name)).toBe(true));
test.each([
  'Annulleret',
  'Cancelled',
  'Slettet',
  'Returneret',
  'Krediteret',
  'Kreditnota',
  'Credit note',
  'Testordre',
  'Ikke gennemført',
  'Betaling afvist',
  'Fejlet betaling',
  'Ubetalt',
  'Afventer betaling',
  'Awaiting payment',
  'Kladde',
  'Tilbud',
])('C26: orders in the state "%s" are none', (name) => expect(isSaleName(name)).toBe(false));

const open = (platform: string) => {
  const { dialect, secretsOf, shop, path } = platformParts[platform]!;
  const driver = platformRegistry.get(toPlatformId(platform))!;
  return openHarness({ driver, dialect: () => dialect(() => Date.now()), secretsOf, path }, shop);
};

describe("C26: a shop's own states are sales; what was not paid, or was called back, is none", () => {
  it.each<[string, readonly string[], readonly string[]]>([
    [
      'shopify',
      ['paid', 'shipped', 'authorized', 'partially_refunded'],
      ['pending', 'expired', 'voided', 'refunded', 'cancelled'],
    ],
    ['prestashop', ['paid', 'shipped', 'afsendt'], ['pending', 'cancelled', 'refunded']],
    [
      'bigcommerce',
      ['paid', 'shipped', 'checked by hand', 'disputed'],
      ['pending', 'cancelled', 'refunded', 'declined'],
    ],
  ])('%s: %j, but not %j', async (platform, sold, unsold) => {
    const { shop, connector } = await open(platform);
    for (const status of [...sold, ...unsold]) {
      const product = shop.add({ sku: status, quantity: 5 });
      shop.sell([{ productId: product.id, variantId: product.variants[0]!.id, quantity: 1 }], { status });
    }
    const sales = await readSales(connector, instantOf(shop.now() - 86_400_000));
    expect(sales.map(({ sku }) => String(sku)).sort()).toEqual([...sold].sort());
  });
});
