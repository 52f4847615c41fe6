import { toPlatformId } from '../../domain/ids.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { Capabilities, ShopConnector } from '../../ports/shop-connector.ts';
import { makeClassicApi } from './api.ts';
import { makeCatalogue } from './catalogue.ts';
import type { ClassicOptions } from './options.ts';
import { listingPage, type ReadContext } from './pages.ts';
import { listingsWithGtin, listingsWithSku, productListings } from './product.ts';
import { pushQuantities } from './push-quantities.ts';
import { salesPage } from './sales.ts';
import { testConnection } from './test-connection.ts';

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
    'times-without-zone',
    'no-compare-and-set',
    'no-archived-state',
    'rights-not-told',
  ],
};

/** A connector to one DanDomain Classic shop. */
export function makeConnector(input: ConnectorInput<ClassicOptions>): ShopConnector {
  const api = makeClassicApi(input);
  const context: ReadContext = { api, catalogue: makeCatalogue(api), masters: new Map() };
  return {
    platform: toPlatformId('dandomain-classic'),
    can: capabilities,
    test: (signal) => testConnection(api, signal),
    page: (request, signal) => listingPage(context, request, signal),
    product: (id, signal) => productListings(context, id, signal),
    withSku: (sku, signal) => listingsWithSku(context, sku, signal),
    withGtin: (barcode, signal) => listingsWithGtin(context, barcode, signal),
    sales: (request, signal) => salesPage(context, request, signal),
    push: (quantities, signal) => pushQuantities(context, quantities, signal),
  };
}
