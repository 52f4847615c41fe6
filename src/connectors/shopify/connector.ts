import { toPlatformId } from '../../domain/ids.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { Capabilities, ShopConnector } from '../../ports/shop-connector.ts';
import { makeHttp } from '../http.ts';
import { pushBatch, pushQuantities } from './pushing/push.ts';
import type { Reading } from './reading/ask-listings.ts';
import { makeLocations } from './reading/locations.ts';
import { readProduct, readWithSku } from './reading/lookup.ts';
import { readPage } from './reading/pages.ts';
import { readSales } from './reading/sales.ts';
import { makeSession } from './session/session.ts';
import { clientCredentialsToken, fixedToken } from './session/token.ts';
import { askWho, ordersOption } from './session/who.ts';

/** What Shopify can and cannot. */
export const capabilities: Capabilities = {
  since: true,
  pushBatch,
  compareAndSet: true,
  negative: true,
  findByGtin: false,
  stockPass: false,
  // Without `read_all_orders`; the shop's `orders` option lifts it.
  salesDays: 60,
  blindSpots: ['deletions-not-in-changes', 'search-index-lags', 'sales-only-60-days', 'active-is-not-visible'],
};

const canReadAllOrders: Capabilities = {
  ...capabilities,
  salesDays: undefined,
  blindSpots: capabilities.blindSpots.filter((spot) => spot !== 'sales-only-60-days'),
};

/**
 * A connector to one Shopify shop. Its secrets are `token` (`shpat_…`), or `client_id` and `client_secret` of an app
 * from the Dev Dashboard. A `token` with a colon between id and secret, as first editions kept it, is read too.
 */
export function makeConnector({ shop, secrets, clock }: ConnectorInput<unknown>): ShopConnector {
  const { token = '' } = secrets;
  const [idInToken, secretInToken] = token.includes(':') ? token.split(':') : [];
  const clientId = secrets.client_id ?? idInToken;
  const clientSecret = secrets.client_secret ?? secretInToken;
  const http = makeHttp({
    shopId: shop.id,
    secrets: [token, clientSecret ?? ''].filter((one) => one !== ''),
    now: () => clock.now(),
    caFile: shop.caFile,
  });
  const source =
    clientId === undefined || clientSecret === undefined
      ? fixedToken(token)
      : clientCredentialsToken(http, { url: shop.url, clientId, clientSecret, clock });
  const { url, identity } = shop;
  const session = makeSession({ url, identity, http, token: source, clock });
  const reading: Reading = { session, locations: makeLocations(session, shop, clock), shop };
  return {
    platform: toPlatformId('shopify'),
    can: shop.options[ordersOption] === 'all' ? canReadAllOrders : capabilities,
    test: (signal) => askWho(reading, clock, signal),
    page: (request, signal) => readPage(reading, request, signal),
    product: (id, signal) => readProduct(reading, id, signal),
    withSku: (sku, signal) => readWithSku(reading, sku, signal),
    sales: (request, signal) => readSales(reading, request, signal),
    push: (quantities, signal) => pushQuantities({ ...reading, clock }, quantities, signal),
  };
}
