import { wooCommerce } from '../../src/connectors/woocommerce/driver.ts';
import { type ConnectorWorld, openWorld } from '../contract/connector-world.ts';
import type { FakeShopOptions } from '../simulators/fake-shop.ts';
import type { Dialect } from '../simulators/server.ts';
import type { AskedRequest } from '../simulators/temper.ts';
import { makeWooCommerceDialect, type WooCommerceOptions } from '../simulators/woocommerce.ts';

/** A WooCommerce shop on loopback and a connector to it; `around` may answer in the dialect's place. */
export const openWoo = (
  options: WooCommerceOptions = {},
  fake: FakeShopOptions = {},
  around: (dialect: Dialect) => Dialect = (dialect) => dialect,
): Promise<ConnectorWorld> =>
  openWorld(
    {
      driver: wooCommerce,
      dialect: () => around(makeWooCommerceDialect(options)),
      secretsOf: ({ key, secret }) => ({ key, secret }),
    },
    fake,
  );

export const writes = ({ shop }: ConnectorWorld): readonly AskedRequest[] =>
  shop.memory.requests.filter(({ method }) => method !== 'GET');
export const asked = ({ shop }: ConnectorWorld, path: RegExp): readonly AskedRequest[] =>
  shop.memory.requests.filter((request) => path.test(request.path));
