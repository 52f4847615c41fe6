import { expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { forever, openTestEnvironment, syncAll } from './test-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const colour = (value: string) => [{ name: 'Colour', value }];
const ean = '5712345678904';

test.each([
  'woocommerce',
  'prestashop',
  'bigcommerce',
  'dandomain-webshop',
])("A4: what a variant in %s shows of its product's numbers identifies nothing", async (platform) => {
  const environment = await openTestEnvironment([platform]);
  const shop = environment.shop(platform);
  const written = { Red: 'STYLE', Blue: 'style', Green: ' STYLE ', None: undefined };
  shop.add({
    sku: 'STYLE',
    title: 'Style',
    barcode: ean,
    variants: [
      ...Object.entries(written).map(([name, sku]) => ({ sku, barcode: ean, options: colour(name), quantity: 1 })),
      { sku: 'STYLE-X', options: colour('Own'), quantity: 5 },
    ],
  });
  await syncAll(environment);
  const page = { filter: 'all', offset: 0, limit: 9 } as const;
  const { rows } = await environment.services.integrations.list(toShopId(platform), page);
  expect(rows.map(({ state, product }) => [state, product?.sku])).toEqual([
    ['linked', 'STYLE-X'],
    ...Object.keys(written).map(() => ['linked', undefined]),
  ]);
  const products = await environment.services.lookup.identify('STYLE');
  expect(products).toEqual([]);
  // A pass over stock alone knows each of them again, and asks about none.
  environment.clock.advance(60_000);
  shop.memory.requests.length = 0;
  await environment.services.sync.run({ full: false }, forever);
  const first = shop.memory.requests.length;
  await environment.services.sync.run({ full: false }, forever);
  expect(shop.memory.requests.length).toBe(2 * first);
  const [{ id } = { id: '' }] = await environment.services.lookup.identify('STYLE-X');
  expect(id).not.toBe('');
});
