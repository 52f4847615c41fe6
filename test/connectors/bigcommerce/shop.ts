import { bigCommerce } from '../../../src/connectors/bigcommerce/driver.ts';
import { type BigCommerceOptions, makeBigCommerceDialect } from '../../../src/demo/simulators/bigcommerce.ts';
import type { FakeShopOptions } from '../../../src/demo/simulators/fake-shop.ts';
import type { Dialect, FakeRequest, FakeResponse } from '../../../src/demo/simulators/server.ts';
import type { AskedRequest } from '../../../src/demo/simulators/temper.ts';
import { type ConnectorHarness, openHarness } from '../../contract/connector-harness.ts';

/** A BigCommerce store on loopback and a connector to it; `around` may answer in the dialect's place. */
export const openBigCommerce = (
  options: BigCommerceOptions = {},
  fake: FakeShopOptions = {},
  around: (dialect: Dialect) => Dialect = (dialect) => dialect,
): Promise<ConnectorHarness> =>
  openHarness(
    {
      driver: bigCommerce,
      dialect: () => around(makeBigCommerceDialect(options)),
      secretsOf: ({ secret }) => ({ store_hash: 'abc123', access_token: secret }),
      path: '/stores/abc123',
    },
    { ordersMoveDates: false, ...fake },
  );

/** A store that answers some questions by itself. */
export const answering =
  (answer: (request: FakeRequest) => FakeResponse | undefined) =>
  (dialect: Dialect): Dialect => ({
    ...dialect,
    answer: (request, shop) => answer(request) ?? dialect.answer(request, shop),
  });

export const asked = ({ shop }: ConnectorHarness, path: RegExp): readonly AskedRequest[] =>
  shop.memory.requests.filter((request) => path.test(request.path));
export const adjustments = (world: ConnectorHarness): readonly unknown[] =>
  asked(world, /adjustments\/absolute$/).map(({ body }) => JSON.parse(body).items);

export const twoPlaces: FakeShopOptions = {
  locations: [
    { id: '1', name: 'Default location', active: true, ofAnotherApp: false },
    { id: '2', name: 'Lager', active: true, ofAnotherApp: false },
  ],
};
