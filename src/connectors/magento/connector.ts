import { toPlatformId } from '../../domain/ids.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { Capabilities, ShopConnector } from '../../ports/shop-connector.ts';
import { testConnection } from './connection.ts';
import { listingPage, stockPage } from './pages.ts';
import { listingsWithGtin, listingsWithSku, productListings } from './product.ts';
import { salesPage } from './sales.ts';
import { type MagentoOptions, makeMagentoApi } from './session/api.ts';
import { hasNoSources } from './stock/held-stock.ts';
import { pushQuantities, rowsAtOnce } from './stock/push-quantities.ts';
import { sourcesInUse } from './stock/sources.ts';

/** What Magento can and cannot. */
export const capabilities: Capabilities = {
  since: true,
  pushBatch: rowsAtOnce,
  compareAndSet: false,
  negative: true,
  findByGtin: true,
  stockPass: true,
  severalLocations: true,
  variantsAreProducts: true,
  uniqueSkus: true,
  blindSpots: [
    'deletions-not-in-changes',
    'stock-not-in-changes',
    'shop-reserves-itself',
    'no-compare-and-set',
    'no-archived-state',
    'active-is-not-visible',
  ],
};

/** Without sources there are no reservations either: an order takes its pieces off the figure at once. */
const withoutSources: Capabilities = {
  ...capabilities,
  blindSpots: capabilities.blindSpots.filter((spot) => spot !== 'shop-reserves-itself'),
};

/** A connector to one Magento shop. */
export function makeConnector(input: ConnectorInput<MagentoOptions>): ShopConnector {
  const api = makeMagentoApi(input);
  return {
    platform: toPlatformId('magento'),
    // Found out by the shop's own answer to the first question for stock.
    get can() {
      return hasNoSources(api) ? withoutSources : capabilities;
    },
    test: (signal) => testConnection(api, signal),
    page: (request, signal) => listingPage(api, request, signal),
    product: (id, signal) => productListings(api, id, signal),
    withSku: (sku, signal) => listingsWithSku(api, sku, signal),
    withGtin: (barcode, signal) => listingsWithGtin(api, barcode, signal),
    stockPage: (request, signal) => stockPage(api, request, signal),
    locations: (signal) => sourcesInUse(api, signal),
    sales: (request, signal) => salesPage(api, request, signal),
    push: (quantities, signal) => pushQuantities(api, quantities, signal),
  };
}
