import { readFileSync } from 'node:fs';
import { vendure } from '../../../src/connectors/vendure/driver.ts';
import type { FakeShopOptions } from '../../../src/demo/simulators/fake-shop.ts';
import type { Dialect } from '../../../src/demo/simulators/server.ts';
import type { AskedRequest } from '../../../src/demo/simulators/temper.ts';
import { makeVendureDialect, type VendureOptions } from '../../../src/demo/simulators/vendure.ts';
import type { Secrets } from '../../../src/ports/platform.ts';
import { type ConnectorHarness, openHarness } from '../../contract/connector-harness.ts';

export type VendureWorld = {
  readonly dialect?: VendureOptions;
  readonly fake?: FakeShopOptions;
  /** May answer in the dialect's place. */
  readonly around?: (dialect: Dialect) => Dialect;
  readonly options?: Readonly<Record<string, string>>;
  readonly by?: 'api-key' | 'password';
};

/** A Vendure shop on loopback and a connector to it. */
export const openVendure = (world: VendureWorld = {}): Promise<ConnectorHarness> => {
  const { around = (dialect: Dialect) => dialect, options = { barcode: 'ean' }, by = 'api-key' } = world;
  return openHarness(
    {
      driver: vendure,
      dialect: () => around(makeVendureDialect(world.dialect)),
      secretsOf: ({ key, secret }): Secrets =>
        by === 'api-key' ? { api_key: `${key}:${secret}` } : { username: key, password: secret },
      shop: { still: ['variants'], ordersMoveDates: false },
      options,
    },
    world.fake,
  );
};

/** A dialect that answers every question with one recorded body. */
export const reciting = (file: string, status = 200): ((dialect: Dialect) => Dialect) => {
  const body = readFileSync(new URL(`../../fixtures/vendure/${file}`, import.meta.url), 'utf8');
  return (dialect) => ({ ...dialect, answer: () => ({ status, body }) });
};

export const writes = ({ shop }: ConnectorHarness): readonly AskedRequest[] =>
  shop.memory.requests.filter(({ body }) => body.includes('updateProductVariants'));

/** What was sent to be written, batch by batch. */
export const inputs = (world: ConnectorHarness): readonly unknown[] =>
  writes(world).map(({ body }) => JSON.parse(body).variables.input);
