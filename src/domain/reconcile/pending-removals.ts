import { refKey } from '../changes.ts';
import type { ListingRef } from '../ids.ts';
import type { Integration } from '../integration.ts';
import { type Listing, linkable } from '../listing.ts';
import type { Run } from '../shop.ts';
import { listingsUnderId, replacementOf } from './duplicates.ts';
import { isUnreadableIn } from './unreadable-rows.ts';

/** What a sync puts in question: links that would go, and listings that may be gone. */
export type PendingRemovals = {
  /** Linked, and the shop says it is not for sale (S13). */
  readonly inactive: readonly ListingRef[];
  /** Linked, and not shown by a sync that reached the end. Suspected only: each is confirmed by id. */
  readonly unseen: readonly ListingRef[];
  /** Not linked, and not shown either: nothing is lost with them, but what we say of them ought to be true. */
  readonly unseenUnlinked: readonly ListingRef[];
  readonly links: number;
};

/** Whether a sync showed anything under a listing's id. What was asked for since it began counts as shown. */
const wasShown = (listing: Listing, run: Run): boolean =>
  listingsUnderId(listing).some(({ seenIn, seenAt }) => seenIn === run.id || seenAt > run.startedAt);

/** Whether a link at a listing would go: what has it is not for sale, nor what that turned into. */
const wouldLoseLink = (listing: Listing): boolean => {
  const replacement = replacementOf(listing);
  return replacement === undefined || !linkable(replacement);
};

/**
 * Which links a sync took from under us. A full sync that reached the end can miss anything; one of changes only what
 * is left out of a family that it showed. What could not be read is not missed.
 */
export function pendingRemovals(
  shop: { readonly listings: readonly Listing[]; readonly integrations: readonly Integration[] },
  run: Run,
): PendingRemovals {
  const linked = new Set(shop.integrations.map(({ ref }) => refKey(ref)));
  const inactive: ListingRef[] = [];
  const unseen: ListingRef[] = [];
  const unseenUnlinked: ListingRef[] = [];
  const isUnreadable = isUnreadableIn(run);
  const families = new Set(
    shop.listings.flatMap(({ ref, sellable, seenIn }) =>
      sellable === 'parent' && seenIn === run.id ? [ref.shopProductId] : [],
    ),
  );
  for (const listing of shop.listings) {
    const isLinked = linked.has(refKey(listing.ref));
    const wasAsked = run.kind === 'full' || families.has(listing.ref.shopProductId);
    const missed = wasAsked && !wasShown(listing, run) && !isUnreadable(listing.ref);
    if (isLinked && missed) unseen.push(listing.ref);
    else if (isLinked && wouldLoseLink(listing)) inactive.push(listing.ref);
    else if (!isLinked && missed && listing.goneAt === undefined) unseenUnlinked.push(listing.ref);
  }
  return { inactive, unseen, unseenUnlinked, links: shop.integrations.length };
}

const removalLimit = 20;
const removalShareLimit = 0.05;

/** So many links do not vanish of themselves: more than 20, and more than one in twenty. */
export const exceedsRemovalLimit = (vanishing: number, links: number): boolean =>
  vanishing > removalLimit && vanishing > links * removalShareLimit;

/** Whether a person has to be asked first. A shop that suddenly has nothing at all is always asked about. */
export function needsConfirmation(removals: PendingRemovals, run: Run): boolean {
  const vanishing = removals.inactive.length + removals.unseen.length;
  if (vanishing === 0) return false;
  return exceedsRemovalLimit(vanishing, removals.links) || (run.kind === 'full' && run.counts.seen === 0);
}
