import { sameRef } from '../changes.ts';
import { conflictProducts, type FetchOutcome } from '../event.ts';
import type { ListingRef, ProductId } from '../ids.ts';
import { type Listing, linkable } from '../listing.ts';
import type { Product } from '../product.ts';
import type { RecordReader } from '../reconcile/change-set.ts';
import { meaningOf } from '../reconcile/match.ts';
import { isRemovedByPerson } from '../reconcile/removed-by-person.ts';
import type { Shop } from '../shop.ts';

/** What a fetch asked for and what the shop showed. */
export type Fetched = {
  readonly shop: Shop;
  /** Absent where the identifier was nobody's before. */
  readonly product: Product | undefined;
  readonly listings: readonly Listing[];
  /** Where the product was, or might have been, before the shop was asked. */
  readonly known: readonly ListingRef[];
  readonly wasLinked: boolean;
};

/** How a fetch ended, and for which product, once what the shop said is written down. */
export function fetchOutcomeOf(
  fetched: Fetched,
  known: RecordReader,
): { readonly outcome: FetchOutcome; readonly productId: ProductId | undefined } {
  const productId = fetched.product?.id ?? productShown(fetched, known);
  return { outcome: outcomeFor(productId, fetched, known), productId };
}

/** The product behind a listing that was shown: the one it is linked to, else the one it means. */
function productBehind(listing: Listing, shop: Shop, known: RecordReader): ProductId | undefined {
  const linked = known.integrationAt(listing.ref)?.productId;
  if (linked !== undefined) return linked;
  const meaning = meaningOf(listing, shop, known);
  return meaning.kind === 'product' ? meaning.product.id : undefined;
}

function productShown({ listings, shop }: Fetched, known: RecordReader): ProductId | undefined {
  for (const listing of listings) {
    const id = productBehind(listing, shop, known);
    if (id !== undefined) return id;
  }
  return undefined;
}

function outcomeFor(productId: ProductId | undefined, fetched: Fetched, known: RecordReader): FetchOutcome {
  const { shop, listings, wasLinked } = fetched;
  if (productId !== undefined && known.integrationOf(productId, shop.id) !== undefined) {
    return wasLinked ? 'already-linked' : 'linked';
  }
  if (inConflict(productId, listings, known)) return 'conflict';
  const own = listings.filter((listing) => isOwn(listing, productId, fetched, known));
  if (
    productId !== undefined &&
    own.some((listing) => linkable(listing) && isRemovedByPerson(productId, listing.ref, known))
  )
    return 'left-unlinked';
  if (own.some(({ sellable }) => sellable !== 'parent')) return 'inactive-in-shop';
  if (listings.length > 0 && listings.every(({ sellable }) => sellable === 'parent')) return 'not-sellable-itself';
  return fetched.known.length > 0 ? 'gone-from-shop' : 'never-in-shop';
}

const inConflict = (productId: ProductId | undefined, listings: readonly Listing[], known: RecordReader): boolean =>
  listings.some(({ ref }) => {
    const conflict = known.conflictAt(ref);
    return conflict !== undefined && (productId === undefined || conflictProducts(conflict).includes(productId));
  });

/** Whether a listing that was shown is the product's: by what it means, or because the product was there before. */
const isOwn = (
  listing: Listing,
  productId: ProductId | undefined,
  { shop, known: refs }: Fetched,
  known: RecordReader,
): boolean => productBehind(listing, shop, known) === productId || refs.some((ref) => sameRef(ref, listing.ref));
