import type { ListingRef } from '../ids.ts';
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

type IsLinked = (listing: Listing) => boolean;

/**
 * What a sync that reached the end did not show, of listings that it was asked for: anything in a full one, variants
 * of what it showed in others. What could not be read is not missed.
 */
export function missedIn(
  listings: readonly Listing[],
  isLinked: IsLinked,
  run: Run,
): Pick<PendingRemovals, 'unseen' | 'unseenUnlinked'> {
  const isUnreadable = isUnreadableIn(run);
  const missed = listings.filter((listing) => !wasShown(listing, run) && !isUnreadable(listing.ref));
  return {
    unseen: missed.filter(isLinked).map(({ ref }) => ref),
    unseenUnlinked: missed
      .filter((listing) => !isLinked(listing) && listing.goneAt === undefined)
      .map(({ ref }) => ref),
  };
}

/** Links that go by what the shop says of their listings. */
export const inactiveIn = (listings: readonly Listing[], isLinked: IsLinked): readonly ListingRef[] =>
  listings.filter((listing) => isLinked(listing) && wouldLoseLink(listing)).map(({ ref }) => ref);

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
