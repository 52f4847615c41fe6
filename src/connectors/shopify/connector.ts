import type { Capabilities, ShopConnector } from '../../ports/shop-connector.ts';
import { makeHttp } from '../http.ts';
import type { ConnectorOrder, PlatformEntry } from '../platform.ts';
import { normaliseUrl } from '../urls.ts';
import { pushBatch, pushQuantities } from './pushing/push.ts';
import type { Reading } from './reading/ask-listings.ts';
import { makeLocations } from './reading/locations.ts';
import { readProduct, readWithSku } from './reading/lookup.ts';
import { readPage } from './reading/pages.ts';
import { readSales } from './reading/sales.ts';
import { makeSession } from './session/session.ts';
import { clientCredentialsToken, fixedToken } from './session/token.ts';
import { askWho, ordersOption } from './session/who.ts';

const can: Capabilities = {
  since: true,
  pushBatch,
  compareAndSet: true,
  negative: true,
  // Without `read_all_orders`; the shop's `orders` option lifts it.
  salesDays: 60,
  blindSpots: ['deletions-not-in-changes', 'search-index-lags', 'sales-only-60-days', 'active-is-not-visible'],
};

const canReadAllOrders: Capabilities = {
  ...can,
  salesDays: undefined,
  blindSpots: can.blindSpots.filter((spot) => spot !== 'sales-only-60-days'),
};

/**
 * Shopify through its Admin GraphQL API. The secret `token` is an access token made in the shop's admin
 * (`shpat_…`), or an app's client id and secret with a colon between them.
 */
export const shopify: PlatformEntry = {
  can,
  secretNames: ['token'],
  normaliseUrl: (typed) => normaliseUrl(withHost(typed.trim()), /\/admin(\/.*)?$/i),
  make: makeShopify,
};

function makeShopify({ shop, secrets, clock }: ConnectorOrder): ShopConnector {
  const { token = '' } = secrets;
  const [clientId, clientSecret] = token.split(':');
  const http = makeHttp({
    shopId: shop.id,
    secrets: [token, ...(clientSecret === undefined ? [] : [clientSecret])],
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
    platform: 'shopify',
    can: shop.options[ordersOption] === 'all' ? canReadAllOrders : can,
    test: (signal) => askWho(reading, clock, signal),
    page: (request, signal) => readPage(reading, request, signal),
    product: (id, signal) => readProduct(reading, id, signal),
    withSku: (sku, signal) => readWithSku(reading, sku, signal),
    sales: (request, signal) => readSales(reading, request, signal),
    push: (quantities, signal) => pushQuantities({ ...reading, clock }, quantities, signal),
  };
}

/** People type the shop's short name, or paste the address of its new admin: both name a myshopify.com host. */
function withHost(typed: string): string {
  const handle = /^(?:(?:https:\/\/)?admin\.shopify\.com\/store\/)?([a-z0-9][a-z0-9-]*)(?:\/.*)?$/i.exec(typed)?.[1];
  return handle === undefined || handle === 'localhost' ? typed : `https://${handle.toLowerCase()}.myshopify.com`;
}
