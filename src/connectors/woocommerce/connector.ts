import { toPlatformId } from '../../domain/ids.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { Capabilities, ShopConnector } from '../../ports/shop-connector.ts';
import { makeWooApi } from './client/api.ts';
import { askSiteBehindWall, identityOfSite } from './client/identity.ts';
import { pushQuantities } from './push/push-quantities.ts';
import { changesPage } from './read/changes.ts';
import { listingsWithGtin, listingsWithSku } from './read/find.ts';
import { fullPage } from './read/pages.ts';
import { manyProducts, productListings } from './read/product.ts';
import { salesPage } from './sales.ts';
import { testConnection } from './test-connection.ts';

/** What WooCommerce can and cannot. */
export const capabilities: Capabilities = {
  since: true,
  pushBatch: 100,
  compareAndSet: false,
  negative: true,
  findByGtin: true,
  stockPass: false,
  blindSpots: [
    'deletions-not-in-changes',
    'some-stock-changes-not-in-changes',
    'variation-edits-may-not-move-parent',
    'no-compare-and-set',
    'no-archived-state',
    'active-is-not-visible',
  ],
};

/** A connector to one WooCommerce shop. */
export function makeConnector(input: ConnectorInput<unknown>): ShopConnector {
  const api = makeWooApi(input);
  return {
    platform: toPlatformId('woocommerce'),
    can: capabilities,
    test: (signal) => testConnection(api, signal),
    identify: async (signal) => (await identityOfSite(api, signal)) ?? '',
    page: async (request, signal) => {
      // What the site is made of decides how it is asked (languages).
      if (request.cursor === undefined) await askSiteBehindWall(api, signal);
      const { since } = request;
      return since === undefined ? fullPage(api, request, signal) : changesPage(api, { ...request, since }, signal);
    },
    product: (id, signal) => productListings(api, id, signal),
    products: (ids, signal) => manyProducts(api, ids, signal),
    withSku: (sku, signal) => listingsWithSku(api, sku, signal),
    withGtin: (barcode, signal) => listingsWithGtin(api, barcode, signal),
    sales: (request, signal) => salesPage(api, request, signal),
    push: (quantities, signal) => pushQuantities(api, quantities, signal),
  };
}
