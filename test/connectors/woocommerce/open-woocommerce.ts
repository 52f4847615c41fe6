import { wooCommerce } from '../../../src/connectors/woocommerce/driver.ts';
import type { FakeShopOptions } from '../../../src/demo/simulators/fake-shop.ts';
import type { Dialect } from '../../../src/demo/simulators/server.ts';
import type { AskedRequest } from '../../../src/demo/simulators/temper.ts';
import { makeWooCommerceDialect, type WooCommerceOptions } from '../../../src/demo/simulators/woocommerce.ts';
import { type ConnectorHarness, openHarness } from '../../contract/connector-harness.ts';

/** A WooCommerce shop on loopback and a connector to it; `around` may answer in the dialect's place. */
export const openWoo = (
  options: WooCommerceOptions = {},
  fake: FakeShopOptions = {},
  around: (dialect: Dialect) => Dialect = (dialect) => dialect,
): Promise<ConnectorHarness> =>
  openHarness(
    {
      driver: wooCommerce,
      dialect: () => around(makeWooCommerceDialect(options)),
      secretsOf: ({ key, secret }) => ({ key, secret }),
    },
    fake,
  );

export const writes = ({ shop }: ConnectorHarness): readonly AskedRequest[] =>
  shop.memory.requests.filter(({ method }) => method !== 'GET');
export const asked = ({ shop }: ConnectorHarness, path: RegExp): readonly AskedRequest[] =>
  shop.memory.requests.filter((request) => path.test(request.path));
