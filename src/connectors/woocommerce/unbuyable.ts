import type { Unbuyable } from '../../domain/listing.ts';
import type { WooItem } from './schema.ts';

/**
 * Why customers cannot buy what is published (or will be), in the shop's own words. A variation is hidden with its
 * product. Nothing where nothing speaks against it.
 */
export function unbuyableOf(item: WooItem, parent?: WooItem): readonly Unbuyable[] | undefined {
  const scheduled = [item, parent].find((one) => one?.status === 'future');
  if (scheduled !== undefined) return [{ why: 'scheduled', shopSays: 'future' }];
  if (item.status !== 'publish' || (parent !== undefined && parent.status !== 'publish')) return undefined;
  const found: Unbuyable[] = [];
  const { stock_status: word } = item;
  // A bundle says the second one, where its own figure is there and what lies in it is not.
  if (word === 'outofstock' || word === 'insufficientstock') found.push({ why: 'out-of-stock', shopSays: word });
  if ((parent ?? item).catalog_visibility === 'hidden') found.push({ why: 'hidden', shopSays: 'hidden' });
  if ((parent ?? item).post_password === true) found.push({ why: 'hidden', shopSays: 'password' });
  // Without a price nothing is purchasable: that is the reason then.
  if (item.purchasable === false && item.price === undefined) found.push({ why: 'no-price', shopSays: 'no price' });
  else if (item.purchasable === false) found.push({ why: 'not-purchasable', shopSays: 'not purchasable' });
  return found.length === 0 ? undefined : found;
}
