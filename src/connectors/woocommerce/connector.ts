import { toPlatformId } from '../../domain/ids.ts';
import type { ConnectorInput } from '../../ports/platform.ts';
import type { Capabilities, ShopConnector } from '../../ports/shop-connector.ts';
import { makeWooApi } from './api.ts';
import { changesPage } from './changes.ts';
import { askSite, identityOf, sameShop } from './identity.ts';
import { fullPage } from './pages.ts';
import { listingsWithSku, productListings } from './product.ts';
import { pushQuantities } from './push-quantities.ts';
import { salesPage } from './sales.ts';
import { testConnection } from './test-connection.ts';

/** What WooCommerce can and cannot. */
export const capabilities: Capabilities = {
  since: true,
  pushBatch: 100,
  compareAndSet: false,
  negative: true,
  findByGtin: false,
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
    identify: async (signal) => identityOf((await askSite(api, signal)).site),
    page: async ({ cursor, since }, signal) => {
      if (cursor === undefined) await sameShop(api, signal, true);
      return since === undefined ? fullPage(api, cursor, signal) : changesPage(api, { since, cursor }, signal);
    },
    product: (id, signal) => productListings(api, id, signal),
    withSku: (sku, signal) => listingsWithSku(api, sku, signal),
    sales: (request, signal) => salesPage(api, request, signal),
    push: (quantities, signal) => pushQuantities(api, quantities, signal),
  };
}
