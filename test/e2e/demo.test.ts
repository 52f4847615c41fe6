import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { credentialVariable } from '../../src/connectors/connector-factory.ts';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { credentialVariables } from '../../src/demo/run-bindeled.ts';
import { families, items, priceIn } from '../../src/demo/shops/catalogue.ts';
import { credentialsOf, demoShops } from '../../src/demo/shops/demo-shops.ts';
import { itemOf, troubles } from '../../src/demo/shops/scenarios.ts';
import { parseGtin, toPlatformId } from '../../src/domain/ids.ts';

// The program is started anew for each test, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const demo = fileURLToPath(new URL('../../dist/demo.js', import.meta.url));

test('the catalogue is believable: four hundred things, each with an item number and a right EAN of its own', () => {
  expect(items.length).toBeGreaterThan(350);
  expect(new Set(items.map((item) => item.sku)).size).toBe(items.length);
  expect(new Set(items.map((item) => item.ean)).size).toBe(items.length);
  expect(items.filter((item) => parseGtin(item.ean) === undefined)).toEqual([]);
  expect(families.filter((family) => /[æøå]/i.test(family.name.da)).length).toBeGreaterThan(40);
  expect(priceIn('EUR', 1499)).toBe('200.95');
});

test('every shop has the credentials that its platform asks for, under the variables that the program reads', () => {
  for (const shop of demoShops) {
    const driver = platformRegistry.get(toPlatformId(shop.platform));
    const given = credentialsOf(shop);
    const form = driver?.credentials.find(({ fields }) => fields.every(({ name }) => name in given));
    expect(form?.fields.map(({ name }) => name).sort()).toEqual(Object.keys(given).sort());
    for (const [name, value] of Object.entries(given)) {
      expect(credentialVariables[credentialVariable(shop.id, name)]).toBe(value);
      const pattern = form?.fields.find((field) => field.name === name)?.pattern;
      if (pattern !== undefined) expect(value).toMatch(pattern);
    }
  }
  expect(new Set(demoShops.map(({ platform }) => platform)).size).toBe(4);
});

test('every trouble names a thing that is in the catalogue', () => {
  const named = troubles.flatMap((one) => (one.sku === undefined || one.id === 'only-in-warehouse' ? [] : [one.sku]));
  expect(named.length).toBeGreaterThan(15);
  for (const sku of named) expect(itemOf(sku).item.sku).toBe(sku);
});

test('a word that it does not know is refused with what it knows', () => {
  const { status, stderr } = spawnSync(process.execPath, [demo, '--sreve'], {
    encoding: 'utf8',
    timeout: 50_000,
    killSignal: 'SIGKILL',
  });
  expect(status).toBe(2);
  expect(stderr).toContain('--serve');
});
