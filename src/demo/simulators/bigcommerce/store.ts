import type { FakeShop } from '../fake-shop.ts';
import type { BigCommerceOptions } from './rows.ts';

const firstIdentity = new WeakMap<object, string>();

/** The hash in the address and in the store's own word is one, unless another store answers there by now. */
function storeHashOf(shop: FakeShop, hash = 'abc123'): string {
  const usual = firstIdentity.get(shop) ?? shop.identity;
  firstIdentity.set(shop, usual);
  return usual === shop.identity ? hash : `${hash}of${shop.identity.replace(/\W/g, '')}`;
}

/** What the store says of itself. */
export const storeRow = (shop: FakeShop, options: BigCommerceOptions): Readonly<Record<string, unknown>> => ({
  id: storeHashOf(shop, options.storeHash),
  name: shop.name,
  domain: 'fake-shop.example',
  secure_url: shop.identity,
  currency: shop.currency,
  status: 'live',
  plan_name: 'Standard',
  timezone: { name: shop.timeZone, raw_offset: 3600, dst_offset: 7200, dst_correction: true },
});
