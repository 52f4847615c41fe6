import { describe, expect, it, test, vi } from 'vitest';
import { isSaleName } from '../../src/connectors/driver-parts/newest-sales.ts';
import { platformRegistry } from '../../src/connectors/registry.ts';
import type { Dialect, FakeRequest, FakeResponse } from '../../src/demo/simulators/server.ts';
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
  'Delvist refunderet',
  'Delvis retur',
  'Partially refunded',
  'Partly cancelled',
  'delvist krediteret',
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
  'Delvist ubetalt',
])('C26: orders in the state "%s" are none', (name) => expect(isSaleName(name)).toBe(false));

const open = (
  platform: string,
  around: (request: FakeRequest) => FakeResponse | undefined = () => undefined,
  options: Readonly<Record<string, string>> = {},
) => {
  const { dialect, secretsOf, shop, path } = platformParts[platform]!;
  const driver = platformRegistry.get(toPlatformId(platform))!;
  const made = (): Dialect => {
    const real = dialect(() => Date.now());
    return { ...real, answer: (request, fake) => around(request) ?? real.answer(request, fake) };
  };
  return openHarness({ driver, dialect: made, secretsOf, path, options }, shop);
};

/** One order in each of these states, each of a thing that is called so. Answers what counts as sold. */
async function soldOf({ shop, connector }: Awaited<ReturnType<typeof open>>, states: readonly string[]) {
  for (const status of states) {
    const product = shop.add({ sku: status, quantity: 5 });
    shop.sell([{ productId: product.id, quantity: 1 }], { status });
  }
  const sales = await readSales(connector, instantOf(shop.now() - 86_400_000));
  return sales.map(({ sku }) => String(sku)).sort();
}

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
      ['pending', 'cancelled', 'refunded', 'declined', 'void'],
    ],
    [
      'shopware',
      ['paid', 'shipped', 'authorized', 'paid_partially', 'refunded_partially'],
      ['pending', 'cancelled', 'refunded', 'failed', 'unconfirmed', 'chargeback', 'reminded'],
    ],
    [
      'medusa',
      ['paid', 'shipped', 'pending', 'partially_captured', 'partially_refunded'],
      ['cancelled', 'refunded', 'not_paid', 'requires_action', 'awaiting'],
    ],
    ['vendure', ['paid', 'shipped', 'PartiallyDelivered', 'Packed'], ['cancelled', 'ArrangingPayment', 'Draft']],
  ])('%s: %j, but not %j', async (platform, sold, unsold) => {
    expect(await soldOf(await open(platform), [...sold, ...unsold])).toEqual([...sold].sort());
  });

  it.each([
    ['shopware', 'Reminded, PAID_PARTIALLY', ['paid', 'paid_partially'], ['paid']],
    ['shopware', 'Shipped', ['paid', 'shipped'], ['paid']],
    ['medusa', ' authorized ,partially captured', ['paid', 'authorized', 'partially_captured'], ['paid']],
    ['vendure', 'packed', ['paid', 'Packed'], ['paid']],
    ['bigcommerce', 'Disputed', ['paid', 'disputed'], ['paid']],
    ['prestashop', '4', ['paid', 'shipped'], ['paid']],
    ['shopify', 'Partially refunded, fulfilled', ['paid', 'shipped', 'partially_refunded'], ['paid']],
    ['magento', 'Lånt ud', ['paid', 'lånt_ud', 'ordered'], ['ordered', 'paid']],
    ['magento', 'complete', ['paid', 'shipped'], ['paid']],
  ])('%s: a setting that names "%s" leaves those out', async (platform, notSold, states, sold) => {
    expect(await soldOf(await open(platform, undefined, { notSold }), states)).toEqual(sold);
  });

  const all = Object.keys(platformParts);
  it.each(all)('%s: a line of no pieces, of an order that was edited, sold nothing', async (platform) => {
    const { shop, connector } = await open(platform);
    const [kept, gone] = ['KEPT', 'GONE'].map((sku) => shop.add({ sku, quantity: 5 }));
    shop.sell([
      { productId: kept!.id, quantity: 1 },
      { productId: gone!.id, quantity: 0 },
    ]);
    const sales = await readSales(connector, instantOf(shop.now() - 86_400_000));
    expect(sales.map(({ sku }) => sku)).toEqual(['KEPT']);
  });

  it.each([
    'shopify',
    'prestashop',
    'magento',
    'bigcommerce',
    'vendure',
  ])('%s: a line that was called back whole sold nothing, and one that was in part did', async (platform) => {
    const { shop, connector } = await open(platform);
    const [part, whole] = ['PART', 'WHOLE'].map((sku) => shop.add({ sku, quantity: 5 }));
    shop.sell([
      { productId: part!.id, quantity: 3, calledBack: 2 },
      { productId: whole!.id, quantity: 2, calledBack: 2 },
    ]);
    const sales = await readSales(connector, instantOf(shop.now() - 86_400_000));
    expect(sales.map(({ sku }) => sku)).toEqual(['PART']);
  });

  it("woocommerce: a shop's own state tells by its name what became of the order", async () => {
    const sold = ['afsendt', 'delvist-refunderet', 'klar-til-afhentning'];
    const unsold = ['annulleret', 'afventer-betaling', 'wc-returneret', 'quote_request', 'payment-failed'];
    expect(await soldOf(await open('woocommerce'), [...sold, ...unsold])).toEqual([...sold].sort());
  });

  it('shopware: an order whose payment this key may not read stands by its own state', async () => {
    const refused = { status: '403', code: 'FRAMEWORK__MISSING_PRIVILEGE_ERROR', detail: 'order_transaction:read' };
    const world = await open('shopware', ({ body }) =>
      body.includes('"transactions":{') ? { status: 403, body: { errors: [refused] } } : undefined,
    );
    expect(await soldOf(world, ['paid', 'failed', 'cancelled'])).toEqual(['failed', 'paid']);
  });
});
