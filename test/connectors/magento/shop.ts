import { magento } from '../../../src/connectors/magento/driver.ts';
import type { FakeShopOptions } from '../../../src/demo/simulators/fake-shop.ts';
import { type MagentoSimulatorOptions, makeMagentoDialect } from '../../../src/demo/simulators/magento.ts';
import type { Dialect, FakeRequest, FakeResponse } from '../../../src/demo/simulators/server.ts';
import type { FakeCredential } from '../../../src/demo/simulators/shelf.ts';
import type { AskedRequest } from '../../../src/demo/simulators/temper.ts';
import type { Secrets } from '../../../src/ports/platform.ts';
import { type ConnectorHarness, openHarness } from '../../contract/connector-harness.ts';

type Way = (credential: FakeCredential) => Secrets;
const byToken: Way = ({ secret }) => ({ access_token: secret });
export const byLogin: Way = ({ key, secret }) => ({ username: key, password: secret });

export type MagentoWorldOptions = {
  readonly options?: MagentoSimulatorOptions;
  readonly fake?: FakeShopOptions;
  readonly way?: Way;
  /** May answer in the dialect's place. */
  readonly around?: (request: FakeRequest) => FakeResponse | undefined;
  /** Hears every question with its answer. */
  readonly hears?: (request: FakeRequest, answer: FakeResponse) => void;
};

/** A Magento on loopback and a connector to it, let in by a token alone unless said. */
export const openMagento = ({
  options,
  fake,
  way,
  around,
  hears,
}: MagentoWorldOptions = {}): Promise<ConnectorHarness> =>
  openHarness(
    {
      driver: magento,
      dialect: (): Dialect => {
        const dialect = makeMagentoDialect({ bearer: true, ...options });
        const answer: Dialect['answer'] = (request, shop) => {
          const said = around?.(request) ?? dialect.answer(request, shop);
          hears?.(request, said);
          return said;
        };
        return { ...dialect, answer };
      },
      secretsOf: way ?? byToken,
    },
    { still: ['stock', 'variants'], ordersLeaveStock: true, ...fake },
  );

export const writes = ({ shop }: ConnectorHarness): readonly AskedRequest[] =>
  shop.memory.requests.filter(({ method, path }) => method !== 'GET' && path.endsWith('/source-items'));
export const asked = ({ shop }: ConnectorHarness, path: RegExp): readonly AskedRequest[] =>
  shop.memory.requests.filter((request) => path.test(request.path));
export const sentItems = (request: AskedRequest | undefined): readonly Readonly<Record<string, unknown>>[] =>
  JSON.parse(request?.body ?? '{}').sourceItems ?? [];
