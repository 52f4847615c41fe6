import { expect, test, vi } from 'vitest';
import { ends, forever, quantityFor, readAll } from '../contract/connector-harness.ts';
import { openTampered } from '../support/open-tampered.ts';
import { platformParts } from '../support/platform-parts.ts';
import { gone } from '../support/tampered-shop.ts';

vi.setConfig({ testTimeout: 600_000, hookTimeout: 60_000 });

const texts = ['CUP', 'SHIRT', 'RED', 'A cup', 'A shirt'];
const values = [{ odd: 1 }, ['odd'], null, gone];

test.each(
  Object.keys(platformParts),
)('no field of a row of %s keeps another product back, whatever stands in it', async (platform) => {
  const { tamper, connector } = await openTampered(platform, texts);
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
