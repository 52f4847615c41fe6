import { prestaShop } from '../../../src/connectors/prestashop/driver.ts';
import type { FakeShopOptions } from '../../../src/demo/simulators/fake-shop.ts';
import { keyOf, makePrestaShopDialect, type PrestaShopOptions } from '../../../src/demo/simulators/prestashop.ts';
import type { Dialect, FakeRequest, FakeResponse } from '../../../src/demo/simulators/server.ts';
import type { AskedRequest } from '../../../src/demo/simulators/temper.ts';
import { type ConnectorHarness, openHarness } from '../../contract/connector-harness.ts';

/** A PrestaShop on loopback and a connector to it; `around` may answer in the dialect's place. */
export const openPresta = (
  options: PrestaShopOptions = {},
  fake: FakeShopOptions = {},
  around: (request: FakeRequest) => FakeResponse | undefined = () => undefined,
): Promise<ConnectorHarness> =>
  openHarness(
    {
      driver: prestaShop,
      dialect: (): Dialect => {
        const dialect = makePrestaShopDialect(options);
        return { ...dialect, answer: (request, shop) => around(request) ?? dialect.answer(request, shop) };
      },
      secretsOf: (credential) => ({ key: keyOf(credential) }),
    },
    { still: ['stock', 'variants'], ...fake },
  );

export const writes = ({ shop }: ConnectorHarness): readonly AskedRequest[] =>
  shop.memory.requests.filter(({ method }) => method !== 'GET');
export const asked = ({ shop }: ConnectorHarness, path: RegExp): readonly AskedRequest[] =>
  shop.memory.requests.filter((request) => path.test(request.path));
