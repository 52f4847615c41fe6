import { makeBigCommerceDialect } from '../../src/demo/simulators/bigcommerce.ts';
import { makeClassicDialect } from '../../src/demo/simulators/dandomain-classic.ts';
import { makeWebshopDialect } from '../../src/demo/simulators/dandomain-webshop.ts';
import type { FakeShopOptions } from '../../src/demo/simulators/fake-shop.ts';
import { integrationOf } from '../../src/demo/simulators/magento/auth.ts';
import { makeMagentoDialect } from '../../src/demo/simulators/magento.ts';
import { medusaId } from '../../src/demo/simulators/medusa/rows.ts';
import { medusaDialect } from '../../src/demo/simulators/medusa.ts';
import { keyOf, prestaShopDialect } from '../../src/demo/simulators/prestashop.ts';
import type { Dialect } from '../../src/demo/simulators/server.ts';
import type { FakeCredential } from '../../src/demo/simulators/shelf.ts';
import { makeShopifyDialect } from '../../src/demo/simulators/shopify.ts';
import { makeShopwareDialect, shopwareId } from '../../src/demo/simulators/shopware.ts';
import { makeVendureDialect } from '../../src/demo/simulators/vendure.ts';
import { wooCommerceDialect } from '../../src/demo/simulators/woocommerce.ts';
import type { Secrets } from '../../src/ports/platform.ts';

/** What it takes to open a simulated shop of a platform and to let the program in. */
export type PlatformParts = {
  readonly dialect: (now: () => number) => Dialect;
  readonly secretsOf: (credential: FakeCredential) => Secrets;
  readonly shop: FakeShopOptions;
  readonly path?: string;
  readonly options?: Readonly<Record<string, string>>;
};

/** All ten platforms, each as its simulator behaves and as its key is written. */
export const platformParts: Readonly<Record<string, PlatformParts>> = {
  woocommerce: {
    dialect: () => wooCommerceDialect,
    secretsOf: ({ key, secret }) => ({ key, secret }),
    shop: { copying: 'suffixes-sku' },
  },
  shopify: {
    dialect: (now) => makeShopifyDialect({ now }),
    secretsOf: ({ secret }) => ({ token: secret }),
    shop: { copying: 'keeps-sku' },
  },
  prestashop: {
    dialect: () => prestaShopDialect,
    secretsOf: (credential) => ({ key: keyOf(credential) }),
    shop: { copying: 'keeps-sku', still: ['stock', 'variants'] },
  },
  magento: {
    dialect: () => makeMagentoDialect(),
    secretsOf: integrationOf,
    shop: { still: ['stock', 'variants'], ordersLeaveStock: true },
  },
  shopware: {
    dialect: () => makeShopwareDialect(),
    secretsOf: ({ key, secret }) => ({ client_id: key, client_secret: secret }),
    shop: { idOf: shopwareId, timeZone: 'UTC', ordersMoveDates: false },
  },
  bigcommerce: {
    dialect: () => makeBigCommerceDialect(),
    secretsOf: ({ secret }) => ({ store_hash: 'abc123', access_token: secret }),
    shop: { ordersMoveDates: false },
    path: '/stores/abc123',
  },
  'dandomain-classic': {
    dialect: () => makeClassicDialect(),
    secretsOf: ({ secret }) => ({ key: secret }),
    shop: {},
  },
  'dandomain-webshop': {
    dialect: () => makeWebshopDialect(),
    secretsOf: ({ key, secret }) => ({ username: key, password: secret }),
    shop: { copying: 'keeps-sku' },
  },
  medusa: {
    dialect: () => medusaDialect,
    secretsOf: ({ secret }) => ({ secret_key: secret }),
    shop: { copying: 'keeps-sku', still: ['stock', 'variants'], idOf: medusaId },
  },
  vendure: {
    dialect: () => makeVendureDialect(),
    secretsOf: ({ key, secret }) => ({ api_key: `${key}:${secret}` }),
    shop: { copying: 'suffixes-sku', still: ['variants'], ordersMoveDates: false },
    options: { barcode: 'ean' },
  },
};
