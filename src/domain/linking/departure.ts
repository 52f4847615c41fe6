import { refKey } from '../changes.ts';
import type { ListingRef } from '../ids.ts';
import type { Integration } from '../integration.ts';
import { type Listing, linkable } from '../listing.ts';
import type { Run } from '../shop.ts';
import { heirOf, thingsUnder } from './tell-apart.ts';

/** What a reading puts in question: links that would go, and listings that may be gone. */
export type Departures = {
  /** Linked, and the shop says it is not for sale (S13). */
  readonly resting: readonly ListingRef[];
  /** Linked, and not shown by a reading that reached the end. Suspected only: each is confirmed by id. */
  readonly unseen: readonly ListingRef[];
  /** Not linked, and not shown either: nothing is lost with them, but what we say of them ought to be true. */
  readonly unseenUnlinked: readonly ListingRef[];
  readonly links: number;
};

/** Whether a reading showed anything under a listing's id. What was asked for since it began counts as shown. */
const shown = (listing: Listing, run: Run): boolean =>
  thingsUnder(listing).some(({ seenIn, seenAt }) => seenIn === run.id || seenAt > run.startedAt);

/** Whether a link at a listing would go: what has it is not for sale, nor what that turned into. */
const rests = (listing: Listing): boolean => {
  const heir = heirOf(listing);
  return heir === undefined || !linkable(heir);
};

/** Which links a reading took from under us. Only a full reading that reached the end can miss anything. */
export function departuresOf(
  shop: { readonly listings: readonly Listing[]; readonly integrations: readonly Integration[] },
  run: Run,
): Departures {
  const linked = new Set(shop.integrations.map(({ ref }) => refKey(ref)));
  const resting: ListingRef[] = [];
  const unseen: ListingRef[] = [];
  const unseenUnlinked: ListingRef[] = [];
  for (const listing of shop.listings) {
    const isLinked = linked.has(refKey(listing.ref));
    const missed = run.kind === 'full' && !shown(listing, run);
    if (isLinked && missed) unseen.push(listing.ref);
    else if (isLinked && rests(listing)) resting.push(listing.ref);
    else if (!isLinked && missed && listing.goneAt === undefined) unseenUnlinked.push(listing.ref);
  }
  return { resting, unseen, unseenUnlinked, links: shop.integrations.length };
}

const fewLinks = 20;
const smallShare = 0.05;

/** So many links do not vanish of themselves: more than 20, and more than one in twenty. */
export const tooMany = (vanishing: number, links: number): boolean =>
  vanishing > fewLinks && vanishing > links * smallShare;

/** Whether a person has to be asked first. A shop that suddenly has nothing at all is always asked about. */
export function mustAsk(departures: Departures, run: Run): boolean {
  const vanishing = departures.resting.length + departures.unseen.length;
  if (vanishing === 0) return false;
  return tooMany(vanishing, departures.links) || (run.kind === 'full' && run.counts.seen === 0);
}
