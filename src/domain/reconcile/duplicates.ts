import type { ListingRef, RunId } from '../ids.ts';
import { type Listing, linkable, type UnreadPart } from '../listing.ts';
import type { Product } from '../product.ts';
import { ensureProduct, saveSeen, unlinkAt } from './links.ts';
import { skuOf } from './match.ts';
import type { ReconcileContext } from './reconcile-context.ts';
import { type Aged, compareAge, isSameItem } from './same-item.ts';

/**
 * One id, and perhaps several things under it (S10): copies that kept it, or one thing whose item number changed.
 * The one in front may have the link; all others lie beside it.
 */

/** A listing without what lies beside it, and told apart. */
export const withoutDuplicates = ({ beside, newcomer, ...listing }: Listing): Listing => listing;

/** Everything that is known under an id, the one in front first. */
export const listingsUnderId = (listing: Listing): readonly Listing[] => {
  // Of nearly every listing this is all: it is asked of whole shops.
  if (listing.beside === undefined) return [listing];
  const { beside, ...front } = listing;
  return [front, ...beside];
};

/** What the shop still has under an id; the rest was there once, and is kept so that we know. */
export const presentListings = (listing: Listing): readonly Listing[] =>
  listingsUnderId(listing).filter(({ goneAt }) => goneAt === undefined);

/** Whether the shop has several things under the id of a listing. */
export const hasDuplicates = (listing: Listing): boolean =>
  listing.beside !== undefined && presentListings(listing).length > 1;

/** Those that the shop sells before those that it does not, and the older first. */
const compareClaims = (a: Listing, b: Listing): number => Number(linkable(b)) - Number(linkable(a)) || compareAge(a, b);

const withDuplicates = ({ beside: _, ...front }: Listing, beside: readonly Listing[]): Listing =>
  beside.length === 0 ? front : { ...front, beside: beside.toSorted(compareClaims) };

/** What could not be read of a thing stays as it was known: it is not none. */
function withReadParts(seen: Listing, known: Listing | undefined): Listing {
  const before = seen.unread && known && listingsUnderId(known).find((one) => isSameItem(one, seen));
  if (before === undefined) return seen;
  const isUnread = (wanted: UnreadPart['part']): boolean => seen.unread?.some(({ part }) => part === wanted) === true;
  const { gtin, barcode } = isUnread('barcode') ? before : seen;
  const { price } = isUnread('price') ? before.content : seen.content;
  return { ...seen, gtin, barcode, content: { ...seen.content, price } };
}

/** A thing as it was just seen, laid where it was known before, else beside the others, unclassified. */
export function mergeObservation(shown: Listing, known: Listing | undefined): Listing {
  const seen = withReadParts(shown, known);
  if (known === undefined || (known.beside === undefined && (known.goneAt !== undefined || isSameItem(known, seen))))
    return seen;
  const others = listingsUnderId(known).filter((one) => !isSameItem(one, seen));
  if (isSameItem(known, seen) || presentListings(known).length === 0) return withDuplicates(seen, others);
  const classified = known.beside?.some((one) => isSameItem(one, seen) && one.newcomer === undefined);
  return withDuplicates(known, [...others.slice(1), classified ? seen : { ...seen, newcomer: true }]);
}

/** What is left under an id once everything there was asked for: what was not shown is not there. */
export function withoutUnseen(known: Listing, { runId, at }: ReconcileContext): Listing {
  const classified = (one: Listing): Listing => (one.seenIn === runId ? one : { ...one, goneAt: one.goneAt ?? at });
  const beside = (known.beside ?? []).filter(({ seenIn, newcomer }) => newcomer === undefined || seenIn === runId);
  return withDuplicates(classified(known), beside.map(classified));
}

/** Whether a sync showed some of what is known under an id and not all of it: then the shop is asked by id. */
export function mustAskById(listing: Listing, runId: RunId): boolean {
  if (listing.beside === undefined) return false;
  const there = presentListings(listing);
  const shown = there.filter(({ seenIn }) => seenIn === runId).length;
  return shown > 0 && shown < there.length;
}

/** What the thing in front is now: itself, or the replacement that it turned into; `undefined`: it is gone. */
export const replacementOf = (listing: Listing): Listing | undefined =>
  listing.goneAt === undefined
    ? listing
    : presentListings(listing)
        .filter(({ newcomer }) => newcomer !== undefined)
        .toSorted(compareClaims)[0];

/** What is there under an id, the one first that may have the link: one that the shop sells, then the one that has it, then the oldest. */
function rankedForLink(listing: Listing, isLinked: boolean): readonly Listing[] {
  if (listing.beside === undefined) return presentListings(listing);
  const replacement = isLinked ? replacementOf(listing) : undefined;
  const isReplacement = (one: Listing): number => Number(replacement !== undefined && isSameItem(one, replacement));
  return presentListings(listing).toSorted(
    (a, b) => Number(linkable(b)) - Number(linkable(a)) || isReplacement(b) - isReplacement(a) || compareAge(a, b),
  );
}

/** A listing's place in the order of resolving, without all the rest of it: whole shops are put in order. */
export type ResolvingPlace = { readonly ref: ListingRef; readonly priority: number; readonly age: Aged };

export function resolvingPlace(listing: Listing, isLinked: boolean): ResolvingPlace {
  const [first = listing] = rankedForLink(listing, isLinked);
  const age = { ref: first.ref, listedAt: first.listedAt, sku: first.sku };
  return { ref: listing.ref, priority: priorityOf(listing, first, isLinked), age };
}

/**
 * The order in which listings are resolved: what loses its link, what is for sale, what changed its item number, what
 * rests; and the older first. The same whatever the order of pages.
 */
export const inResolvingOrder = (places: readonly ResolvingPlace[]): readonly ListingRef[] =>
  places.toSorted((a, b) => a.priority - b.priority || compareAge(a.age, b.age)).map(({ ref }) => ref);

function priorityOf(listing: Listing, first: Listing, isLinked: boolean): number {
  if (listing.goneAt !== undefined && replacementOf(listing) !== undefined) return 2;
  if (linkable(first)) return 1;
  return isLinked ? 0 : 3;
}

/** A listing as what is known of it now. `was`: what stood under this id before, when that turned into something else. */
export type SeparatedListing = { readonly listing: Listing; readonly was?: Listing };

/**
 * Tells copies that kept an id from a thing that changed its item number, and puts the one in front that may have
 * the link: one that the shop sells, then the one that has it, then the one that was there first. `undefined`: the
 * shop has to be asked first.
 */
export function separateDuplicates(listing: Listing, context: ReconcileContext): SeparatedListing | undefined {
  const { changeSet, runId } = context;
  if (listing.beside === undefined) return { listing };
  if (mustAskById(listing, runId)) return undefined;
  const there = rankedForLink(listing, changeSet.integrationAt(listing.ref) !== undefined);
  if (!there.some(({ seenIn }) => seenIn === runId)) return { listing };
  const [front = listing, ...beside] = there.map(withoutDuplicates);
  return placeFirst(withDuplicates(front, beside), listing, context);
}

function placeFirst(chosen: Listing, listing: Listing, context: ReconcileContext): SeparatedListing {
  const own = withoutDuplicates(listing);
  const replacement = replacementOf(listing);
  const changed = !isSameItem(chosen, own);
  const renamed = changed && replacement !== undefined && isSameItem(chosen, replacement);
  const gone = listingsUnderId(listing).filter(
    (one) => one.goneAt !== undefined && !(replacement !== undefined && isSameItem(one, own)),
  );
  const kept = withDuplicates(chosen, [...(chosen.beside ?? []), ...gone]);
  if (changed && !renamed) unlinkAt(own.ref, removalReasonFor(replacement), context);
  if (renamed) saveSeen(own, kept, context);
  else context.changeSet.apply({ table: 'listings', put: kept });
  for (const one of chosen.beside ?? []) ensureProduct(one, context, true);
  if (changed && !renamed) ensureProduct(chosen, context, true);
  return renamed ? { listing: kept, was: own } : { listing: kept };
}

/** Puts the one of several things under an id in front that means a product, when that gets the link. */
export function promote(listing: Listing, product: Product, context: ReconcileContext): Listing {
  const matchesProduct = (one: Listing): boolean =>
    one.goneAt === undefined && skuOf(one, context.shop) === product.sku;
  const own = listing.beside?.find(matchesProduct);
  if (own === undefined || matchesProduct(listing)) return listing;
  const others = listingsUnderId(listing).filter((one) => one !== own);
  const promoted = withDuplicates(withoutDuplicates(own), others);
  context.changeSet.apply({ table: 'listings', put: promoted });
  return promoted;
}

/** Why the thing that had the id loses its link to another under the same id. */
function removalReasonFor(replacement: Listing | undefined) {
  if (replacement === undefined) return 'gone-from-shop';
  return linkable(replacement) ? 'moved' : 'inactive-in-shop';
}
