import type { ShopProductId } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { showsOther } from '../driver-parts/shows-nothing.ts';

/** As ids are compared: a number may be typed with noughts before it, and hexadecimal ids in any case. */
const plain = (id: string): string =>
  id
    .trim()
    .toLowerCase()
    .replace(/^0+(?=\d)/, '');

/**
 * What a shop answered about one id, refused where it is about other things alone: a cache, or a filter that was left
 * out, shows another product, and that says nothing of the one that was asked for.
 */
export function aboutAsked(
  id: ShopProductId,
  listings: readonly Listing[],
  { shopId }: { readonly shopId: string },
): readonly Listing[] {
  const asked = plain(id.replace(/^.*\//, ''));
  const isAsked = ({ ref }: Listing): boolean =>
    plain(ref.shopProductId) === asked || (ref.shopVariantId !== undefined && plain(ref.shopVariantId) === asked);
  const [first] = listings;
  if (first === undefined || listings.some(isAsked)) return listings;
  const said = showsOther(id, first.ref.shopProductId);
  throw new ShopError('unintelligible', { shop: shopId, doing: 'reading one product', said, saidBy: 'us' });
}
