import { describe, expect, test, vi } from 'vitest';
import { toProductId, toSku } from '../../src/domain/ids.ts';
import { compareInactive } from '../../src/domain/inactive/judge-inactive.ts';
import { minorDigits, moneyText, sumsOf, wholeUnits } from '../../src/domain/money.ts';
import { makeProduct, makeShop, makeShopState, morning, refTo } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { makeTestHarness } from '../support/test-harness.ts';
import { openTestEnvironment, stockUp, syncAll, theCard } from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('an amount has the decimals of its currency', () => {
  test.each([
    ['DKK', 2, '1234.50 DKK', 123_450],
    ['ISK', 0, '1235 ISK', 1235],
    ['JPY', 0, '1235 JPY', 1235],
    ['KWD', 3, '1234.500 KWD', 1_234_500],
  ] as const)('%s has %i', (currency, digits, text, minor) => {
    expect(minorDigits(currency)).toBe(digits);
    expect(moneyText({ minor, currency })).toBe(text);
    expect(`${wholeUnits({ minor, currency }).toFixed(digits)} ${currency}`).toBe(text);
  });

  test('kroner of two lands are never added to each other', () => {
    const amounts = ['DKK', 'SEK', 'DKK'].map((currency) => ({ minor: 100, currency }));
    expect(sumsOf(amounts)).toEqual([
      { minor: 200, currency: 'DKK' },
      { minor: 100, currency: 'SEK' },
    ]);
  });
});

test('the first reading already tells the prices: a shop without a currency is asked for it before its goods', async () => {
  const environment = await openTestEnvironment(['dk', 'de']);
  stockUp(environment, ['dk', 'de'], 'A-100');
  await syncAll(environment);
  const card = await theCard(environment, 'A-100');
  expect(card.places.map(({ listing }) => listing?.content.price)).toEqual([
    { minor: 4995, currency: 'DKK' },
    { minor: 4995, currency: 'DKK' },
  ]);
});

describe('value at risk', () => {
  const dk = makeShop();
  const goods = [
    { id: 'kr', price: { minor: 50_000, currency: 'DKK' } },
    { id: 'yen', price: { minor: 700, currency: 'JPY' } },
    { id: 'dinar', price: { minor: 600_000, currency: 'KWD' } },
  ].map(({ id, price }) =>
    makeProduct({
      id: toProductId(id),
      sku: toSku(id),
      contentFrom: refTo('dk', id),
      content: { name: id, price },
      stock: { onHand: 1, reserved: 0 },
    }),
  );
  const opened = async () => {
    const harness = await makeTestHarness([dk], [makeCatalogue('dk', [])]);
    const shopStates = [makeShopState({ shopId: dk.id, lastAnswerAt: morning })];
    await harness.store.change(async () => ({ put: { products: goods, shopStates }, drop: {}, events: [] }));
    return harness;
  };

  test('is compared with what is asked in whole units of its own currency', async () => {
    const { services } = await opened();
    const ids = async (minValue: number) => (await services.inactive.list({ minValue })).rows.map(({ name }) => name);
    expect((await ids(0)).toSorted()).toEqual(['dinar', 'kr', 'yen']);
    expect((await ids(550)).toSorted()).toEqual(['dinar', 'yen']);
    expect(await ids(650)).toEqual(['yen']);
  });

  test('puts the most first by whole units, and sums each currency apart', async () => {
    const { services } = await opened();
    const { rows, value } = await services.inactive.list({});
    expect(rows.toSorted(compareInactive).map(({ name }) => name)).toEqual(['yen', 'dinar', 'kr']);
    expect(value.map(({ currency }) => currency).toSorted()).toEqual(['DKK', 'JPY', 'KWD']);
  });
});
