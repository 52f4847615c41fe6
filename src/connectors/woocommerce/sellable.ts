import type { Sellable } from '../../domain/listing.ts';
import { ownEntries } from '../decode.ts';
import type { WooItem } from './schema.ts';

const sellables = ownEntries<Sellable>({
  simple: 'unit',
  subscription: 'unit',
  variable: 'parent',
  'variable-subscription': 'parent',
  grouped: 'not-stocked',
  external: 'not-stocked',
});

/** A variation of any kind: plug-ins have theirs (`subscription_variation`). */
export const isVariation = ({ type = '' }: Pick<WooItem, 'type'>): boolean => /(^|[_-])variation$/.test(type);

/**
 * A type that plug-ins brought is sold through its variations where it has any; else (a bundle, a composite, a gift card)
 * it is a unit when the shop counts it, and has no stock of its own when not.
 */
export function sellableOf(item: WooItem): Sellable {
  if (isVariation(item)) return 'unit';
  const { type, variations = [] } = item;
  // What names variations is sold through them, also where it does not say what it is.
  const known = sellables.get(type ?? (variations.length > 0 ? 'variable' : 'simple'));
  if (known !== undefined) return known;
  if (variations.length > 0 || /^variable([_-]|$)/.test(type ?? '')) return 'parent';
  return item.manage_stock === true ? 'unit' : 'not-stocked';
}
