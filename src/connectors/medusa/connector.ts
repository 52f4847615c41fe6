import { toPlatformId } from '../../domain/ids.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { Capabilities, ShopConnector } from '../../ports/shop-connector.ts';
import { makeMedusaApi } from './api.ts';
import { testConnection } from './connection.ts';
import { allLocations } from './locations.ts';
import { listingsWithGtin, listingsWithSku, productListings } from './lookup.ts';
import type { MedusaOptions } from './options.ts';
import { readPage, readStockPage } from './pages.ts';
import { pushBatch, pushQuantities } from './push.ts';
import { salesPage } from './sales.ts';

/** What Medusa can and cannot. */
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
    'stock-not-in-changes',
    'no-compare-and-set',
    'no-archived-state',
    'active-is-not-visible',
  ],
};

/** A connector to one Medusa shop. */
export function makeConnector(input: ConnectorInput<MedusaOptions>): ShopConnector {
  const api = makeMedusaApi(input);
  return {
    platform: toPlatformId('medusa'),
    can: capabilities,
    test: (signal) => testConnection(api, signal),
    page: (request, signal) => readPage(api, request, signal),
    product: (id, signal) => productListings(api, id, signal),
    withSku: (sku, signal) => listingsWithSku(api, sku, signal),
    withGtin: (barcode, signal) => listingsWithGtin(api, barcode, signal),
    stockPage: (request, signal) => readStockPage(api, request, signal),
    locations: (signal) => allLocations(api, signal),
    sales: (request, signal) => salesPage(api, request, signal),
    push: (quantities, signal) => pushQuantities(api, quantities, signal),
  };
}
