import { danDomainWebshop } from '../../../src/connectors/dandomain-webshop/driver.ts';
import { makeWebshopDialect, type WebshopDialectOptions } from '../../../src/demo/simulators/dandomain-webshop.ts';
import type { FakeShopOptions } from '../../../src/demo/simulators/fake-shop.ts';
import type { Dialect } from '../../../src/demo/simulators/server.ts';
import { type ConnectorHarness, openHarness } from '../../contract/connector-harness.ts';

/** A DanDomain Webshop on loopback and a connector to it; `around` may answer in the dialect's place. */
export const openWebshop = (
  options: WebshopDialectOptions = {},
  fake: FakeShopOptions = {},
  around: (dialect: Dialect) => Dialect = (dialect) => dialect,
): Promise<ConnectorHarness> =>
  openHarness(
    {
      driver: danDomainWebshop,
      dialect: () => around(makeWebshopDialect(options)),
      secretsOf: ({ key, secret }) => ({ username: key, password: secret }),
    },
    { copying: 'keeps-sku', ...fake },
  );

/** The operations that were called, in order. */
export const calls = ({ shop }: ConnectorHarness): readonly string[] =>
  shop.memory.requests.map(
    ({ body }) => /<(?:\w+:)?((?:Product|Order|OrderStatusCode|Solution|Currency)_\w+)/.exec(body)?.[1] ?? '',
  );

/** The bodies of calls to one operation, without their envelope. */
export const bodies = ({ shop }: ConnectorHarness, operation: RegExp): readonly string[] =>
  shop.memory.requests
    .map(({ body }) => /<soap:Body>([\s\S]*)<\/soap:Body>/.exec(body)?.[1] ?? '')
    .filter((body) => operation.test(body));
