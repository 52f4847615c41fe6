import type { Platform } from '../domain/shop.ts';
import type { PlatformEntry } from './platform.ts';
import { shopify } from './shopify/connector.ts';
import { wooCommerce } from './woocommerce/connector.ts';

/** Every platform the program speaks. A new one starts here: the compiler points at what else must know. */
export const catalog: Readonly<Record<Platform, PlatformEntry>> = {
  woocommerce: wooCommerce,
  shopify,
};
