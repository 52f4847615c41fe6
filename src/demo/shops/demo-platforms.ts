import { makeWebshopDialect } from '../simulators/dandomain-webshop.ts';
import type { FakeShopOptions } from '../simulators/fake-shop.ts';
import { keyOf, makePrestaShopDialect } from '../simulators/prestashop.ts';
import type { Dialect } from '../simulators/server.ts';
import { shopifyDialect } from '../simulators/shopify.ts';
import { wooCommerceDialect } from '../simulators/woocommerce.ts';

/** Secrets by the names of the driver's own credential form. */
export type DemoSecrets = Readonly<Record<string, string>>;

/** How the demo's shops on one platform behave, and how they let a program in. */
export type DemoPlatform = {
  readonly dialect: () => Dialect;
  /** Invented, and good on loopback only. */
  readonly secretsFor: (shopId: string) => DemoSecrets;
  /** The same as the simulator knows them: a user name (where there is one), and the secret. */
  readonly login: (secrets: DemoSecrets) => { readonly user: string; readonly secret: string };
  /** What a shop calls a product that it has retired: not every platform has a word of its own for it. */
  readonly retired: 'archived' | 'private';
  /** A product with variants has an item number of its own. */
  readonly numbersParents: boolean;
  /** Where the shop's own web server has a product's picture; the name of the file is what it shows. */
  readonly pictureAt: (file: string) => string;
  readonly options: Pick<FakeShopOptions, 'copying' | 'still'>;
};

const zeros = (text: string, length: number): string => text.padEnd(length, '0');

const wooCommerce: DemoPlatform = {
  dialect: () => wooCommerceDialect,
  secretsFor: (id) => ({ key: zeros(`ck_demo_${id}_`, 39), secret: zeros(`cs_demo_${id}_`, 39) }),
  login: ({ key = '', secret = '' }) => ({ user: key, secret }),
  retired: 'private',
  numbersParents: true,
  pictureAt: (file) => `/wp-content/uploads/2025/11/${file}.png`,
  options: { copying: 'suffixes-sku' },
};

const shopify: DemoPlatform = {
  dialect: () => shopifyDialect,
  secretsFor: (id) => ({ token: zeros(`shpat_demo_${id}_`, 37) }),
  login: ({ token = '' }) => ({ user: '', secret: token }),
  retired: 'archived',
  numbersParents: false,
  pictureAt: (file) => `/cdn/shop/files/${file}.png?v=1763971200`,
  options: { copying: 'keeps-sku' },
};

const danDomainWebshop: DemoPlatform = {
  dialect: () => makeWebshopDialect(),
  secretsFor: (id) => ({ username: `api@${id}.nordlys.example`, password: `demo-${id}-000000` }),
  login: ({ username = '', password = '' }) => ({ user: username, secret: password }),
  retired: 'archived',
  numbersParents: true,
  pictureAt: (file) => `${file}.png`,
  options: { copying: 'keeps-sku' },
};

const prestaShop: DemoPlatform = {
  dialect: () => makePrestaShopDialect(),
  secretsFor: (id) => ({ key: keyOf({ secret: zeros(`DEMO${id.toUpperCase()}`, 32) }) }),
  login: ({ key = '' }) => ({ user: '', secret: key }),
  retired: 'private',
  numbersParents: true,
  pictureAt: (file) => `/${file}.png`,
  options: { copying: 'suffixes-sku', still: ['stock', 'variants'] },
};

const platforms = {
  woocommerce: wooCommerce,
  shopify,
  'dandomain-webshop': danDomainWebshop,
  prestashop: prestaShop,
} as const;

export type DemoPlatformId = keyof typeof platforms;
export const demoPlatforms: Readonly<Record<DemoPlatformId, DemoPlatform>> = platforms;
