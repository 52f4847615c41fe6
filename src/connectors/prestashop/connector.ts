import { toPlatformId } from '../../domain/ids.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { Capabilities, ShopConnector } from '../../ports/shop-connector.ts';
import { makePrestaApi, type PrestaOptions } from './api.ts';
import { testConnection } from './connection.ts';
import { listingPage, stockPage } from './pages.ts';
import { listingsWithGtin, listingsWithSku, productListings } from './product.ts';
import { figuresAtOnce, pushQuantities } from './push/push-quantities.ts';
import { salesPage } from './sales.ts';

/** What PrestaShop can and cannot. */
export const capabilities: Capabilities = {
  since: true,
  pushBatch: figuresAtOnce,
  compareAndSet: false,
  negative: true,
  findByGtin: true,
  stockPass: true,
  countsAllOrNone: true,
  blindSpots: [
    'deletions-not-in-changes',
    'stock-not-in-changes',
    'variants-not-in-changes',
    'no-compare-and-set',
    'no-archived-state',
    'active-is-not-visible',
    'prices-without-tax',
  ],
};

/** A connector to one PrestaShop shop. */
export function makeConnector(input: ConnectorInput<PrestaOptions>): ShopConnector {
  const api = makePrestaApi(input);
  return {
    platform: toPlatformId('prestashop'),
    can: capabilities,
    test: (signal) => testConnection(api, signal),
    page: (request, signal) => listingPage(api, request, signal),
    product: (id, signal) => productListings(api, id, signal),
    withSku: (sku, signal) => listingsWithSku(api, sku, signal),
    withGtin: (barcode, signal) => listingsWithGtin(api, barcode, signal),
    stockPage: (request, signal) => stockPage(api, request, signal),
    sales: (request, signal) => salesPage(api, request, signal),
    push: (quantities, signal) => pushQuantities(api, quantities, signal),
  };
}
