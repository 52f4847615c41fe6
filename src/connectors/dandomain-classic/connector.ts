import { toPlatformId } from '../../domain/ids.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { Capabilities, ShopConnector } from '../../ports/shop-connector.ts';
import { makeClassicApi } from './api.ts';
import { makeCatalogue } from './catalogue.ts';
import { testConnection } from './connection.ts';
import type { ClassicOptions } from './options.ts';
import { listingPage, type Reader } from './pages.ts';
import { listingsWithGtin, listingsWithSku, productListings } from './product.ts';
import { pushQuantities } from './push-quantities.ts';
import { salesPage } from './sales.ts';

/** What DanDomain Classic can and cannot. */
export const capabilities: Capabilities = {
  since: true,
  pushBatch: 1,
  compareAndSet: false,
  negative: false,
  findByGtin: true,
  // Pages cannot be asked for some fields only: a pass for stock would cost the shop a whole reading.
  stockPass: false,
  blindSpots: [
    'deletions-not-in-changes',
    'some-stock-changes-not-in-changes',
    'hidden-parent-not-in-changes',
    'times-without-zone',
    'no-compare-and-set',
    'no-archived-state',
    'rights-not-told',
  ],
};

/** A connector to one DanDomain Classic shop. */
export function makeConnector(input: ConnectorInput<ClassicOptions>): ShopConnector {
  const api = makeClassicApi(input);
  const reader: Reader = { api, catalogue: makeCatalogue(api), masters: new Map() };
  return {
    platform: toPlatformId('dandomain-classic'),
    can: capabilities,
    test: (signal) => testConnection(api, signal),
    page: (request, signal) => listingPage(reader, request, signal),
    product: (id, signal) => productListings(reader, id, signal),
    withSku: (sku, signal) => listingsWithSku(reader, sku, signal),
    withGtin: (barcode, signal) => listingsWithGtin(reader, barcode, signal),
    sales: (request, signal) => salesPage(reader, request, signal),
    push: (quantities, signal) => pushQuantities(reader, quantities, signal),
  };
}
