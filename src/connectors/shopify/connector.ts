import { toPlatformId } from '../../domain/ids.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { Capabilities, ShopConnector } from '../../ports/shop-connector.ts';
import { makeShopHttp } from '../network/shop-http.ts';
import { clientCredentialsToken, fixedToken, type TokenSource } from './client/access-token.ts';
import { type GraphqlClient, makeGraphqlClient } from './client/graphql-client.ts';
import { refreshName, rotatingToken } from './client/rotating-token.ts';
import { askIdentity, identityOf, ordersOption, testConnection } from './identity.ts';
import { pushBatch, pushQuantities } from './push/push-quantities.ts';
import { isOurs, makeLocations } from './read/locations.ts';
import { readProduct, readProducts, readWithGtin, readWithSku } from './read/lookup.ts';
import { readPage } from './read/pages.ts';
import type { ReadContext } from './read/query-listings.ts';
import { readSales } from './read/sales.ts';

/** What Shopify can and cannot. */
export const capabilities: Capabilities = {
  since: true,
  pushBatch,
  compareAndSet: true,
  negative: true,
  findByGtin: true,
  stockPass: false,
  severalLocations: true,
  // Without `read_all_orders`; the shop's `orders` option lifts it.
  salesDays: 60,
  blindSpots: ['deletions-not-in-changes', 'search-index-lags', 'sales-only-60-days', 'active-is-not-visible'],
};

const canReadAllOrders: Capabilities = {
  ...capabilities,
  salesDays: undefined,
  blindSpots: capabilities.blindSpots.filter((spot) => spot !== 'sales-only-60-days'),
};

/** The line to one Shopify shop, by whichever of its secrets are there. */
export function makeShopifyClient({ shop, secrets, keeping, clock }: ConnectorInput<unknown>): GraphqlClient {
  const { token = '' } = secrets;
  const [idInToken, secretInToken] = token.includes(':') ? token.split(':') : [];
  const clientId = secrets.client_id ?? idInToken;
  const clientSecret = secrets.client_secret ?? secretInToken;
  const http = makeShopHttp(
    { shop, clock },
    [token, clientSecret ?? '', secrets[refreshName] ?? ''].filter((one) => one !== ''),
  );
  const { url, identity } = shop;
  const tokenSource = (): TokenSource => {
    if (clientId === undefined || clientSecret === undefined) return fixedToken(token);
    const app = { url, clientId, clientSecret, clock };
    if (secrets[refreshName] === undefined) return clientCredentialsToken(http, app);
    return rotatingToken(http, { ...app, secrets, keeping });
  };
  return makeGraphqlClient({ url, identity, http, token: tokenSource(), clock });
}

/**
 * A connector to one Shopify shop. Its secrets are `token` (`shpat_…`), or `client_id` and `client_secret` of an app
 * from the Dev Dashboard, with a `refresh_token` where the shop is another merchant's. A `token` with a colon between id and secret, as first editions kept it, is read too.
 */
export function makeConnector(input: ConnectorInput<unknown>): ShopConnector {
  const { shop, clock } = input;
  const client = makeShopifyClient(input);
  const context: ReadContext = { client, locations: makeLocations(client, shop, clock), shop };
  return {
    platform: toPlatformId('shopify'),
    can: shop.options[ordersOption] === 'all' ? canReadAllOrders : capabilities,
    test: (signal) => testConnection(context, clock, signal),
    identify: async (signal) => identityOf((await askIdentity(context, signal)).data),
    page: (request, signal) => readPage({ ...context, clock }, request, signal),
    product: (id, signal) => readProduct(context, id, signal),
    products: (ids, signal) => readProducts(context, ids, signal),
    withSku: (sku, signal) => readWithSku(context, sku, signal),
    withGtin: (barcode, signal) => readWithGtin(context, barcode, signal),
    locations: async (signal) =>
      (await context.locations.all(signal)).filter(isOurs).map(({ id, name }) => ({ id, name })),
    sales: (request, signal) => readSales(context, request, signal),
    push: (quantities, signal) => pushQuantities({ ...context, clock }, quantities, signal),
  };
}
