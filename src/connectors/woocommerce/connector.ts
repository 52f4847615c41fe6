import type { Capabilities, ShopConnector } from '../../ports/shop-connector.ts';
import type { ConnectorOrder, PlatformEntry } from '../platform.ts';
import { normaliseUrl } from '../urls.ts';
import { makeWooApi } from './api.ts';
import { changesPage } from './changes.ts';
import { testConnection } from './connection.ts';
import { sameShop } from './identity.ts';
import { fullPage } from './pages.ts';
import { listingsWithSku, productListings } from './product.ts';
import { pushQuantities } from './push.ts';
import { salesPage } from './sales.ts';

const can: Capabilities = {
  since: true,
  pushBatch: 100,
  compareAndSet: false,
  negative: true,
  blindSpots: [
    'deletions-not-in-changes',
    'some-stock-changes-not-in-changes',
    'variation-edits-may-not-move-parent',
    'no-compare-and-set',
    'no-archived-state',
    'active-is-not-visible',
  ],
};

// People copy the address of the API, of the admin or of the shop page.
const pasted = /\/(wp-json|wp-admin|wp-login\.php|index\.php|wc-api)(\/.*)?$/i;

function makeConnector(order: ConnectorOrder): ShopConnector {
  const api = makeWooApi(order);
  return {
    platform: 'woocommerce',
    can,
    test: (signal) => testConnection(api, signal),
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

/** WooCommerce, by its REST API wc/v3. */
export const wooCommerce: PlatformEntry = {
  make: makeConnector,
  can,
  secretNames: ['key', 'secret'],
  normaliseUrl: (typed) => normaliseUrl(typed, pasted),
};
