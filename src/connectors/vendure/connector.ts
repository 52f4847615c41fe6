import { toPlatformId } from '../../domain/ids.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { Capabilities, ShopConnector } from '../../ports/shop-connector.ts';
import { makeVendureApi } from './api.ts';
import { testConnection } from './connection.ts';
import { defaultTake } from './lists.ts';
import { allLocations } from './locations.ts';
import { listingsWithGtin, listingsWithSku, productListings } from './lookup.ts';
import type { VendureOptions } from './options.ts';
import { readPage, readStockPage } from './pages.ts';
import { pushQuantities } from './push.ts';
import { salesPage } from './sales.ts';

/** What Vendure can and cannot. */
export const capabilities: Capabilities = {
  since: true,
  pushBatch: defaultTake,
  compareAndSet: false,
  negative: false,
  // Once an option names the custom field that holds the barcode.
  findByGtin: false,
  stockPass: true,
  severalLocations: true,
  blindSpots: [
    'deletions-not-in-changes',
    'sales-not-in-changes',
    'no-barcode-field',
    'no-compare-and-set',
    'no-archived-state',
    'active-is-not-visible',
  ],
};

const withBarcodes: Capabilities = {
  ...capabilities,
  findByGtin: true,
  blindSpots: capabilities.blindSpots.filter((spot) => spot !== 'no-barcode-field'),
};

/** A connector to one channel of a Vendure shop. */
export function makeConnector(input: ConnectorInput<VendureOptions>): ShopConnector {
  const api = makeVendureApi(input);
  const field = input.options.barcode;
  return {
    platform: toPlatformId('vendure'),
    can: field === undefined ? capabilities : withBarcodes,
    test: (signal) => testConnection(api, signal),
    page: (request, signal) => readPage(api, request, signal),
    product: (id, signal) => productListings(api, id, signal),
    withSku: (sku, signal) => listingsWithSku(api, sku, signal),
    withGtin: field === undefined ? undefined : (barcode, signal) => listingsWithGtin(api, { field, barcode }, signal),
    stockPage: (request, signal) => readStockPage(api, request, signal),
    locations: (signal) => allLocations(api, signal),
    sales: (request, signal) => salesPage(api, request, signal),
    push: (quantities, signal) => pushQuantities(api, quantities, signal),
  };
}
