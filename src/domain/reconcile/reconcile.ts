import type { ListingRef, Sku } from '../ids.ts';
import type { Integration } from '../integration.ts';
import { type Listing, linkable } from '../listing.ts';
import type { Product } from '../product.ts';
import { hasDuplicates, mergeObservation, presentListings, separateDuplicates, withoutUnseen } from './duplicates.ts';
import {
  createProduct,
  ensureProduct,
  link,
  reasonNotForSale,
  rename,
  saveSeen,
  setContent,
  unlinkAt,
  updateProduct,
} from './links.ts';
import { type Meaning, meaningOf, skuOf } from './match.ts';
import type { ReconcileContext } from './reconcile-context.ts';
import { isRemovedByPerson } from './removed-by-person.ts';
import { isRecognised, isSameItem } from './same-item.ts';
import { betweenProducts, type ConflictDraft, findDuplicateConflict, setConflict, skuChanged } from './set-conflict.ts';

/**
 * Takes in one thing that a shop shows: writes down what was seen, and carries content in over a link that nobody
 * doubts. Makes and removes nothing: that wants the whole picture, and is left to `resolve`. So the order in which
 * things are shown does not matter.
 */
export function observe(seen: Listing, context: ReconcileContext): void {
  const { changeSet } = context;
  const before = changeSet.listing(seen.ref);
  const listing = mergeObservation(seen, before);
  saveSeen(before?.goneAt === undefined ? before : undefined, listing, context);
  const standing = changeSet.integrationAt(listing.ref);
  if (standing === undefined || !linkable(listing) || !isSameItem(listing, seen) || skuInDoubt(listing, context))
    return;
  setContent(productOf(standing, context), listing, context);
}

/** Takes in what a shop did not show under an id, when it was asked for everything there with working credentials. */
export function markMissing(ref: ListingRef, context: ReconcileContext): void {
  const { changeSet } = context;
  const known = changeSet.listing(ref);
  if (known === undefined || presentListings(known).length === 0) return;
  const left = withoutUnseen(known, context);
  const there = presentListings(left).length;
  if (there === 0) markGone(left, context);
  else if (there < presentListings(known).length) changeSet.apply({ table: 'listings', put: left });
}

/** The shop does not know it any more. The product stays (S17). */
function markGone({ goneAt: _, ...listing }: Listing, context: ReconcileContext): void {
  const { changeSet, at, by } = context;
  const productId = changeSet.integrationAt(listing.ref)?.productId;
  unlinkAt(listing.ref, 'gone-from-shop', context);
  setConflict(listing.ref, undefined, context);
  const about = productId === undefined ? {} : { productId };
  changeSet.record([{ at, by, type: 'listing-gone', listing, ...about }]);
}

/**
 * What may decide which product a listing means. `named`: an item number, or a person's word. `all`: an EAN and
 * where it came from as well. What is named goes first, so that a guess never takes what another has by name.
 */
export type MatchBasis = 'named' | 'all';

/** What a listing means once everything is known that can be: whether its link stands, moves or goes, and which conflict stands at it. */
export function resolve(ref: ListingRef, context: ReconcileContext, basis: MatchBasis): void {
  const known = context.changeSet.listing(ref);
  const separated = known && separateDuplicates(known, context);
  if (separated === undefined) return;
  const { listing, was } = separated;
  const standing = context.changeSet.integrationAt(ref);
  const meaning = standing === undefined ? meaningHere(listing, context) : undefined;
  if (basis === 'named' && meaning !== undefined && isGuess(listing, meaning)) return;
  const draft = linkable(listing)
    ? judgeForSale(listing, { standing, meaning, was }, context)
    : judgeNotForSale(listing, context);
  setConflict(ref, draft ?? findDuplicateConflict(listing, context), context);
}

const meaningHere = (listing: Listing, { shop, changeSet }: ReconcileContext): Meaning =>
  meaningOf(listing, shop, changeSet, hasDuplicates(listing));

/** Whether what a listing without a link means goes by no more than an EAN or its origin. */
const isGuess = ({ sku }: Listing, meaning: Meaning): boolean =>
  meaning.kind === 'product' ? meaning.by === 'gtin' || meaning.by === 'origin' : sku === undefined;

/** Not for sale, or sold only through its variants: no link, no conflict (S13); the product stays. */
function judgeNotForSale(listing: Listing, context: ReconcileContext): undefined {
  unlinkAt(listing.ref, reasonNotForSale(listing), context);
  ensureProduct(listing, context, hasDuplicates(listing));
}

/** `meaning`: which product it means, where no link stands. */
function judgeForSale(
  listing: Listing,
  { standing, meaning, was }: { readonly standing?: Integration; readonly meaning?: Meaning; readonly was?: Listing },
  context: ReconcileContext,
): ConflictDraft | undefined {
  if (standing === undefined) return meaning && linkToMatch(listing, meaning, context);
  const doubt = checkSkuChange(standing, listing, context, was);
  if (doubt === undefined) updateProduct(productOf(standing, context), listing, context);
  return doubt;
}

const productOf = (integration: Integration, { changeSet }: ReconcileContext): Product => {
  const product = changeSet.product(integration.productId);
  if (product === undefined) throw new Error(`a link to a product that was not gathered: ${integration.productId}`);
  return product;
};

/** The shop wrote another item number over a link, and nobody has said yet what that means. */
function skuInDoubt(listing: Listing, { changeSet }: ReconcileContext): boolean {
  const conflict = changeSet.conflictAt(listing.ref);
  return conflict !== undefined && !(conflict.kind === 'shop-id-taken' && conflict.copy !== undefined);
}

/**
 * Whether a link still joins the right two, once the shop writes another item number. A link made by hand
 * does; a product that lives in this one listing follows it where the thing is recognised; anything else is for a person
 * to say, and stays so once it was asked. A thing that was put up on another day may be another thing.
 */
function checkSkuChange(
  standing: Integration,
  listing: Listing,
  context: ReconcileContext,
  was?: Listing,
): ConflictDraft | undefined {
  const { changeSet, shop } = context;
  const product = productOf(standing, context);
  const sku = skuOf(listing, shop);
  if (sku === undefined || sku === product.sku || standing.how === 'hand') return undefined;
  if (was === undefined && product.sku !== undefined && !skuInDoubt(listing, context)) return undefined;
  const claimant = meaningOf(listing, shop, changeSet, true);
  if (claimant.kind === 'product' && claimant.product.id !== product.id)
    return { kind: 'shop-id-taken', holder: product.id, claimant: claimant.product.id };
  const only = changeSet.integrationsOf(product.id).length === 1 && was !== undefined && isRecognised(was, listing);
  return (only || product.sku === undefined) && rename(product, sku, listing.ref, context)
    ? undefined
    : skuChanged(product, sku);
}

/** Finds the product of a listing without a link, and links them; or says what stands in the way. */
function linkToMatch(listing: Listing, meaning: Meaning, context: ReconcileContext): ConflictDraft | undefined {
  if (meaning.kind === 'ambiguous') return betweenProducts(meaning.candidates);
  if (meaning.kind === 'unknown') {
    if (context.productMaster === 'warehouse') return undefined;
    link(createProduct(listing, context), listing, context);
    return undefined;
  }
  const { product } = meaning;
  if (removedByPerson(product, listing, context)) return undefined;
  const other = context.changeSet.integrationOf(product.id, context.shop.id);
  if (other !== undefined) return { kind: 'product-taken', product: product.id, other: other.ref, by: meaning.by };
  const sku = skuOf(listing, context.shop);
  if (meaning.by === 'origin' && sku !== undefined && sku !== product.sku)
    return returnRenamed(product, sku, listing, context);
  link(product, listing, context);
  return undefined;
}

/** What a person took away, only a person brings back: by fetching that very thing, by hand, or by undo. */
function removedByPerson(product: Product, listing: Listing, context: ReconcileContext): boolean {
  const { asked, wanted, verifying, changeSet } = context;
  const isWanted = asked === 'fetch' && (wanted === undefined || wanted === product.id);
  return !(isWanted && verifying !== true) && isRemovedByPerson(product.id, listing.ref, changeSet);
}

/**
 * It comes back where it was linked before, under an item number that is not the product's. A product whose only
 * home was this listing follows it; another one is for a person to say.
 */
function returnRenamed(
  product: Product,
  sku: Sku,
  listing: Listing,
  context: ReconcileContext,
): ConflictDraft | undefined {
  const unlinked = context.changeSet.integrationsOf(product.id).length === 0;
  if (!unlinked || !isRecognised(product, listing) || !rename(product, sku, listing.ref, context))
    return skuChanged(product, sku);
  link(context.changeSet.product(product.id) ?? product, listing, context);
  return undefined;
}
