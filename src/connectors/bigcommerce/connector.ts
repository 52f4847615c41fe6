import { toPlatformId } from '../../domain/ids.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { Capabilities, ShopConnector } from '../../ports/shop-connector.ts';
import { makeApi } from './api.ts';
import { testConnection } from './connection.ts';
import { sameShop } from './identity.ts';
import { locationsInUse } from './locations.ts';
import { listingPage, stockPage } from './pages.ts';
import { listingsWithGtin, listingsWithSku, manyProducts, productListings } from './product.ts';
import { pushBatch, pushQuantities } from './push-quantities.ts';
import { salesPage } from './sales.ts';

/** What BigCommerce can and cannot. */
export const capabilities: Capabilities = {
  since: true,
  pushBatch,
  compareAndSet: false,
  negative: false,
  findByGtin: true,
  stockPass: true,
  severalLocations: true,
  blindSpots: [
    'deletions-not-in-changes',
    'order-stock-not-in-changes',
    'variant-changes-not-in-changes',
    'one-barcode-field-not-searched',
    'writes-show-later',
    'no-compare-and-set',
    'no-archived-state',
    'active-is-not-visible',
  ],
};

/** A connector to one BigCommerce store. Its secrets are `store_hash` and `access_token`. */
export function makeConnector(input: ConnectorInput<unknown>): ShopConnector {
  const api = makeApi(input);
  return {
    platform: toPlatformId('bigcommerce'),
    can: capabilities,
    test: (signal) => testConnection(api, signal),
    page: async (request, signal) => {
      if (request.cursor === undefined) await sameShop(api, signal, true);
      return listingPage(api, request, signal);
    },
    product: (id, signal) => productListings(api, id, signal),
    products: (ids, signal) => manyProducts(api, ids, signal),
    withSku: (sku, signal) => listingsWithSku(api, sku, signal),
    withGtin: (barcode, signal) => listingsWithGtin(api, barcode, signal),
    stockPage: async (request, signal) => {
      if (request.cursor === undefined) await sameShop(api, signal, true);
      return stockPage(api, request, signal);
    },
    locations: (signal) => locationsInUse(api, signal),
    sales: (request, signal) => salesPage(api, request, signal),
    push: (quantities, signal) => pushQuantities(api, quantities, signal),
  };
}
