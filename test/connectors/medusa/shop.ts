import { readFileSync } from 'node:fs';
import { medusa } from '../../../src/connectors/medusa/driver.ts';
import type { FakeShopOptions } from '../../../src/demo/simulators/fake-shop.ts';
import { medusaId } from '../../../src/demo/simulators/medusa/rows.ts';
import { type MedusaOptions, makeMedusaDialect } from '../../../src/demo/simulators/medusa.ts';
import type { Dialect } from '../../../src/demo/simulators/server.ts';
import { type ConnectorHarness, openHarness } from '../../contract/connector-harness.ts';

export type MedusaWorld = {
  readonly dialect?: MedusaOptions;
  readonly fake?: FakeShopOptions;
  /** May answer in the dialect's place. */
  readonly around?: (dialect: Dialect) => Dialect;
};

/** A Medusa shop on loopback and a connector to it. */
export const openMedusa = ({ dialect, fake, around = (one) => one }: MedusaWorld = {}): Promise<ConnectorHarness> =>
  openHarness(
    {
      driver: medusa,
      dialect: () => around(makeMedusaDialect(dialect)),
      secretsOf: ({ secret }) => ({ secret_key: secret }),
      shop: { still: ['stock', 'variants'], idOf: medusaId },
    },
    fake,
  );

export const recorded = (): unknown =>
  JSON.parse(readFileSync(new URL('../../fixtures/medusa/products.json', import.meta.url), 'utf8'));

/** What was sent to be written, batch by batch. */
export const updates = ({ shop }: ConnectorHarness): readonly (readonly Record<string, unknown>[])[] =>
  shop.memory.requests
    .filter(({ method, path }) => method === 'POST' && path.endsWith('/batch'))
    .map(({ body }) => JSON.parse(body).update);
