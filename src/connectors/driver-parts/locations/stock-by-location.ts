import type { ShopStock } from '../../../domain/listing.ts';
import { sumOf } from '../../../domain/push/at-shop-location.ts';

/**
 * What a shop has at each of some of its locations, with the sum. A location that `contentAt` says nothing of keeps
 * none of it, which is not nought. No sum where one cannot be read, or where there is no location.
 */
export function stockByLocation(
  ids: readonly string[],
  contentAt: (id: string) => Pick<ShopStock, 'quantity' | 'unreadable'> | undefined,
): Pick<ShopStock, 'quantity' | 'unreadable' | 'locations'> {
  const locations = ids.map((id) => {
    const { quantity, unreadable } = contentAt(id) ?? {};
    if (unreadable !== undefined) return { id, unreadable };
    return quantity === undefined ? { id } : { id, quantity };
  });
  const unreadable = locations.find((one) => one.unreadable !== undefined)?.unreadable;
  return {
    quantity: locations.length === 0 ? undefined : sumOf(locations),
    locations,
    ...(unreadable === undefined ? {} : { unreadable }),
  };
}
