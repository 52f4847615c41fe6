import type { MatchedBy } from '../conflict.ts';
import type { Gtin, ListingRef, ProductId, Sku } from '../ids.ts';
import type { Tombstone } from '../integration.ts';
import type { Listing } from '../listing.ts';
import type { Product } from '../product.ts';
import { ourSku, type Shop } from '../shop.ts';
import type { RecordReader } from './change-set.ts';
import { mayJoinByGtin } from './gtin-scope.ts';

/** Which of our products a listing without a link means, and what said so. */
export type Meaning =
  | { readonly kind: 'product'; readonly product: Product; readonly by: MatchedBy }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Product[] }
  | { readonly kind: 'unknown' };

/** The item number that a listing carries, in our words: with the owner's postfix (H18). */
export const skuOf = (listing: Listing, shop: Shop): Sku | undefined =>
  listing.sku === undefined ? undefined : ourSku(shop, listing.sku);

/** The products that a person said a listing is not. */
const ruledOut = (ref: ListingRef, known: RecordReader): ReadonlySet<ProductId> =>
  new Set(
    known
      .rulingsAt(ref)
      .filter(({ at }) => known.isAbout(ref.shopId, at))
      .flatMap((ruling) => (ruling.kind === 'not-the-same' ? [ruling.productId] : [])),
  );

const newestFirst = (a: Tombstone, b: Tombstone): number => (a.at < b.at ? 1 : -1);

/** Links that stood here once and were taken away, not given to another. */
const formerLinks = (ref: ListingRef, known: RecordReader): readonly Tombstone[] =>
  known
    .tombstonesAt(ref)
    .filter(({ because, at }) => because !== 'moved' && known.isAbout(ref.shopId, at))
    .toSorted(newestFirst);

/** A person linked it by hand, and no person took that back. */
const linkedByHand = (ref: ListingRef, known: RecordReader): Product | undefined => {
  const byHand = formerLinks(ref, known).find(
    ({ integration, because }) => integration.how === 'hand' && because !== 'removed-by-user',
  );
  return byHand && known.product(byHand.integration.productId);
};

/** The product that was linked here last, else the only one that came from here. */
function originAt(ref: ListingRef, known: RecordReader, fits: (product: Product) => boolean): Product | undefined {
  for (const { integration } of formerLinks(ref, known)) {
    const product = known.product(integration.productId);
    if (product !== undefined && fits(product)) return product;
  }
  const movedAway = new Set(known.tombstonesAt(ref).map(({ integration }) => integration.productId));
  const from = known
    .productsFrom(ref)
    .filter((product) => fits(product) && !movedAway.has(product.id) && known.isAbout(ref.shopId, product.createdAt));
  return from.length === 1 ? from[0] : undefined;
}

/** One candidate is an answer; of several, the one whose origin is here. */
function narrow(candidates: readonly Product[], ref: ListingRef, known: RecordReader): Product | undefined {
  if (candidates.length < 2) return candidates[0];
  return originAt(ref, known, (product) => candidates.some(({ id }) => id === product.id));
}

const joins = (gtin: Gtin, { ref: { shopId } }: Listing, product: Product, known: RecordReader): boolean => {
  const { contentFrom, createdAt } = product;
  const isFromHere = contentFrom?.shopId === shopId && known.isAbout(shopId, createdAt);
  return mayJoinByGtin(gtin, { isFromHere, alike: known.listingsByGtin(gtin) });
};

/**
 * Which product a listing without a link means: what a person said, then its SKU, then its GTIN when that is
 * unambiguous, then where it was linked or came from before. `alone` leaves out all but hand and SKU: of two
 * things under one id, GTIN and origin speak for both.
 */
export function meaningOf(listing: Listing, shop: Shop, known: RecordReader, identifiersOnly = false): Meaning {
  const { ref, gtin } = listing;
  const excluded = ruledOut(ref, known);
  const fits = (product: Product): boolean => !excluded.has(product.id);

  const byHand = linkedByHand(ref, known);
  if (byHand !== undefined && fits(byHand)) return { kind: 'product', product: byHand, by: 'hand' };

  const sku = skuOf(listing, shop);
  const withSku = sku === undefined ? [] : known.productsBySku(sku).filter(fits);
  const bySku = narrow(withSku, ref, known);
  if (bySku !== undefined) return { kind: 'product', product: bySku, by: 'sku' };
  if (withSku.length > 1) return { kind: 'ambiguous', candidates: withSku };

  const withGtin =
    gtin === undefined || (identifiersOnly && sku !== undefined)
      ? []
      : known.productsByGtin(gtin).filter((product) => fits(product) && joins(gtin, listing, product, known));
  const byGtin = narrow(withGtin, ref, known);
  if (byGtin !== undefined) return { kind: 'product', product: byGtin, by: 'gtin' };

  const origin = identifiersOnly ? undefined : originAt(ref, known, fits);
  return origin === undefined ? { kind: 'unknown' } : { kind: 'product', product: origin, by: 'origin' };
}
