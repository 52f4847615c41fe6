import { toPlatformId } from '../../domain/ids.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { Capabilities, ShopConnector } from '../../ports/shop-connector.ts';
import type { WebshopOptions } from './options.ts';
import { listingPage, stockPage } from './pages.ts';
import { listingsWithSku, productListings } from './product.ts';
import { pushQuantities } from './push/push-quantities.ts';
import { orderSetup, productSetup, type Sessions, stockSetup } from './requests.ts';
import { salesPage } from './sales.ts';
import { makeWebshopApi } from './session.ts';
import { testConnection } from './test-connection.ts';

/** What a DanDomain Webshop can and cannot. */
export const capabilities: Capabilities = {
  since: true,
  pushBatch: 25,
  compareAndSet: false,
  negative: false,
  findByGtin: false,
  stockPass: true,
  blindSpots: [
    'deletions-not-in-changes',
    'figures-not-in-changes',
    'variation-edits-may-not-move-parent',
    'times-without-zone',
    'sale-time-is-approximate',
    'no-compare-and-set',
  ],
};

/** A connector to one DanDomain Webshop. */
export function makeConnector(input: ConnectorInput<WebshopOptions>): ShopConnector {
  const api = makeWebshopApi(input);
  const sessions: Sessions = {
    api,
    products: api.open(productSetup(api)),
    stock: api.open(stockSetup(api)),
    orders: api.open(orderSetup),
  };
  return {
    platform: toPlatformId('dandomain-webshop'),
    can: capabilities,
    test: (signal) => testConnection(sessions, signal),
    page: (request, signal) => listingPage(sessions, request, signal),
    product: (id, signal) => productListings(sessions, id, signal),
    withSku: (sku, signal) => listingsWithSku(sessions, sku, signal),
    stockPage: (request, signal) => stockPage(sessions, request, signal),
    sales: (request, signal) => salesPage(sessions, request, signal),
    push: (quantities, signal) => pushQuantities(sessions, quantities, signal),
  };
}
