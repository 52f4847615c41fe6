import { danDomainClassic } from '../../../src/connectors/dandomain-classic/driver.ts';
import { type ClassicDialectOptions, makeClassicDialect } from '../../../src/demo/simulators/dandomain-classic.ts';
import type { FakeShopOptions } from '../../../src/demo/simulators/fake-shop.ts';
import type { Dialect } from '../../../src/demo/simulators/server.ts';
import type { AskedRequest } from '../../../src/demo/simulators/temper.ts';
import { type ConnectorHarness, openHarness } from '../../contract/connector-harness.ts';

/** A DanDomain Classic shop on loopback and a connector to it; `around` may answer in the dialect's place. */
export const openClassic = (
  options: ClassicDialectOptions = {},
  fake: FakeShopOptions = {},
  around: (dialect: Dialect) => Dialect = (dialect) => dialect,
): Promise<ConnectorHarness> =>
  openHarness(
    {
      driver: danDomainClassic,
      dialect: () => around(makeClassicDialect(options)),
      secretsOf: ({ secret }) => ({ key: secret }),
    },
    fake,
  );

export const asked = ({ shop }: ConnectorHarness, path: RegExp): readonly AskedRequest[] =>
  shop.memory.requests.filter((request) => path.test(request.path));

/** What was asked for behind the key, in order. */
export const paths = ({ shop }: ConnectorHarness): readonly string[] =>
  shop.memory.requests.map(({ method, path }) => `${method} ${path.replace(/^.*\/v1_0\/(\w+)\/[^/]+\//, '$1 ')}`);
