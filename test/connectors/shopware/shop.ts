import { shopware } from '../../../src/connectors/shopware/driver.ts';
import type { FakeShopOptions } from '../../../src/demo/simulators/fake-shop.ts';
import type { Dialect, FakeRequest, FakeResponse } from '../../../src/demo/simulators/server.ts';
import { makeShopwareDialect, type ShopwareOptions, shopwareId } from '../../../src/demo/simulators/shopware.ts';
import type { AskedRequest } from '../../../src/demo/simulators/temper.ts';
import { type ConnectorHarness, openHarness } from '../../contract/connector-harness.ts';

/** A Shopware shop on loopback and a connector to it; `around` may answer in the dialect's place. */
export const openShopware = (
  options: ShopwareOptions = {},
  fake: FakeShopOptions = {},
  around: (dialect: Dialect) => Dialect = (dialect) => dialect,
): Promise<ConnectorHarness> =>
  openHarness(
    {
      driver: shopware,
      dialect: () => around(makeShopwareDialect(options)),
      secretsOf: ({ key, secret }) => ({ client_id: key, client_secret: secret }),
    },
    { idOf: shopwareId, timeZone: 'UTC', ordersMoveDates: false, ...fake },
  );

/** A shop that answers some questions by itself. */
export const answering =
  (answer: (request: FakeRequest) => FakeResponse | undefined) =>
  (dialect: Dialect): Dialect => ({
    ...dialect,
    answer: (request, shop) => answer(request) ?? dialect.answer(request, shop),
  });

export const asked = ({ shop }: ConnectorHarness, path: RegExp): readonly AskedRequest[] =>
  shop.memory.requests.filter((request) => path.test(request.path));
export const syncs = (world: ConnectorHarness): readonly AskedRequest[] => asked(world, /_action\/sync$/);
export const searches = (world: ConnectorHarness): readonly Record<string, unknown>[] =>
  asked(world, /search\/product$/).map(({ body }) => JSON.parse(body));
