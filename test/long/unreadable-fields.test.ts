import { expect, test, vi } from 'vitest';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { makeShopifyDialect } from '../../src/demo/simulators/shopify.ts';
import { toPlatformId } from '../../src/domain/ids.ts';
import { ends, forever, openHarness, quantityFor, readAll } from '../contract/connector-harness.ts';
import { platformParts } from '../support/platform-parts.ts';
import { gone, type Tamper, tampered } from '../support/tampered-shop.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 60_000 });

const texts = ['CUP', 'SHIRT', 'RED', 'A cup', 'A shirt'];
const values = [{ odd: 1 }, ['odd'], null, gone];
/** Shopify throttles whoever asks as much as this. */
const patient = () => makeShopifyDialect({ bucket: { maximum: 2_000_000, restoreRate: 100_000 } });

test.each(
  Object.keys(platformParts),
)('no field of a row of %s keeps another product back, whatever stands in it', async (platform) => {
  const { dialect, secretsOf, shop: options, path, options: platformOptions } = platformParts[platform]!;
  const driver = platformRegistry.get(toPlatformId(platform))!;
  const tamper: Tamper = { change: undefined, hits: 0, fields: new Map() };
  const real = () => (platform === 'shopify' ? patient() : dialect(() => Date.now()));
  const contestant = {
    driver,
    secretsOf,
    path,
    options: platformOptions,
    dialect: () => tampered(real(), texts, tamper),
  };
  const { shop, connector } = await openHarness(contestant, options);
  shop.add({ sku: 'CUP', title: 'A cup', quantity: 5, barcode: '5701234567899', price: '99.00' });
  const variants = ['RED', 'BLUE'].map((sku) => ({ sku, quantity: 3, options: [{ name: 'Colour', value: sku }] }));
  shop.add({ sku: 'SHIRT', title: 'A shirt', price: '10.00', variants });
  shop.add({ sku: 'BOWL', title: 'A bowl', quantity: 9, price: '5.00' });
  const units = (await readAll(connector)).listings.filter(({ sellable }) => sellable === 'unit');
  const bowl = units.findIndex(({ sku }) => String(sku) === 'BOWL');
  await connector.push(
    units.map(({ ref }) => quantityFor(ref, 20)),
    forever,
  );
  const fields = [...tamper.fields].flatMap(([of, names]) => [...names].map((field) => ({ of, field })));
  expect(fields.length).toBeGreaterThan(15);
  let quantity = 20;
  for (const { of, field } of fields) {
    for (const value of values) {
      tamper.change = { of, field, value };
      const what = `${of}.${field} is ${value === gone ? 'left out' : JSON.stringify(value)}`;
      const { listings } = await readAll(connector).catch((error: unknown) => {
        throw new Error(`${what}: ${String(error)}`);
      });
      expect(listings.find(({ sku }) => String(sku) === 'BOWL')?.activity, what).toBe('active');
      quantity += 1;
      const outcomes = await connector
        .push(
          units.map(({ ref }) => quantityFor(ref, quantity)),
          forever,
        )
        .catch((error: unknown) => {
          throw new Error(`${what}, a push: ${String(error)}`);
        });
      expect(ends(outcomes)[bowl], what).toBe('set');
    }
  }
});
