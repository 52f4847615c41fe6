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

/** A registry of these drivers, each made when it is first asked for. Throws where one calls itself otherwise than the list. */
export function makeRegistry(drivers: Readonly<Record<string, () => PlatformDriver>>): PlatformRegistry {
  const get = (id: string): PlatformDriver | undefined => {
    const driver = Object.hasOwn(drivers, id) ? drivers[id]?.() : undefined;
    if (driver !== undefined && driver.id !== id) throw new Error(`the driver of ${id} calls itself ${driver.id}`);
    return driver;
  };
  return { get, all: () => Object.keys(drivers).flatMap((id) => get(id) ?? []) };
}

/**
 * Every platform the program speaks, the most common first. A new one is a folder and a line here. The built program
 * loads a driver when it is asked for: see `bin/late-modules.js`.
 */
export const platformRegistry: PlatformRegistry = makeRegistry({
  woocommerce: () => wooCommerce,
  shopify: () => shopify,
  prestashop: () => prestaShop,
  magento: () => magento,
  shopware: () => shopware,
  bigcommerce: () => bigCommerce,
  'dandomain-classic': () => danDomainClassic,
  'dandomain-webshop': () => danDomainWebshop,
  medusa: () => medusa,
  vendure: () => vendure,
});
