import type { PlatformDriver, PlatformRegistry } from '../ports/platform.ts';
import { bigCommerce } from './bigcommerce/driver.ts';
import { danDomainClassic } from './dandomain-classic/driver.ts';
import { danDomainWebshop } from './dandomain-webshop/driver.ts';
import { magento } from './magento/driver.ts';
import { medusa } from './medusa/driver.ts';
import { prestaShop } from './prestashop/driver.ts';
import { shopify } from './shopify/driver.ts';
import { shopware } from './shopware/driver.ts';
import { vendure } from './vendure/driver.ts';
import { wooCommerce } from './woocommerce/driver.ts';

/** A registry of these drivers. Throws when two have one id: that is a slip in the list. */
export function makeRegistry(drivers: readonly PlatformDriver[]): PlatformRegistry {
  const byId = new Map(drivers.map((driver) => [driver.id, driver]));
  if (byId.size !== drivers.length) throw new Error('two platform drivers have the same id');
  return { get: (id) => byId.get(id), all: () => drivers };
}

/** Every platform the program speaks, the most common first. A new one is a folder and a line here. */
export const platformRegistry: PlatformRegistry = makeRegistry([
  wooCommerce,
  shopify,
  prestaShop,
  magento,
  shopware,
  bigCommerce,
  danDomainClassic,
  danDomainWebshop,
  medusa,
  vendure,
]);
