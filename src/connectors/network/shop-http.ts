import type { ConnectorInput } from '../../ports/platform.ts';
import { type Http, makeHttp } from '../http.ts';
import type { HttpOptions } from '../http-request.ts';
import { connectionOptions } from './connection-options.ts';

/** Makes the line to a shop as it is set up: its own CA, user agent and proxy. `secrets` are hidden in all that is said. */
export const makeShopHttp = (
  { shop, clock }: Pick<ConnectorInput<unknown>, 'shop' | 'clock'>,
  secrets: readonly string[],
  more: Pick<HttpOptions, 'makeScanner'> = {},
): Http =>
  makeHttp({
    ...more,
    ...connectionOptions(shop.options),
    shopId: shop.id,
    secrets,
    now: () => clock.now(),
    caFile: shop.caFile,
  });
