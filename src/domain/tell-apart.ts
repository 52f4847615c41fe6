import { ensureCopy, observe, unlinkAt } from './bind.ts';
import { type Listing, linkable } from './listing.ts';
import type { Look } from './look.ts';
import { compareAge, sameThing } from './same-thing.ts';

/** One id, and perhaps several things under it (S10): a copy that kept it, or one thing whose item number changed. */

/** A listing without what was shown beside it under the same id. */
export function alone({ copy, newcomer, ...listing }: Listing): Listing {
  return listing;
}

const withCopy = (listing: Listing, copy: Listing | undefined): Listing =>
  copy === undefined ? alone(listing) : { ...alone(listing), copy: alone(copy) };

/** A listing as it was just seen, beside what is kept under the same id. */
export const inCompany = (seen: Listing, { copy, newcomer }: Listing): Listing =>
  copy === undefined && newcomer === undefined
    ? seen
    : { ...seen, ...(copy === undefined ? {} : { copy }), ...(newcomer === undefined ? {} : { newcomer }) };

/** Sets aside what a reading shows under an id that stands for something else. */
export function setAside(known: Listing, seen: Listing, look: Look): void {
  const keep = (aside: Pick<Listing, 'copy' | 'newcomer'>): void =>
    look.notebook.keep({ table: 'listings', put: { ...known, ...aside } });
  const { copy, newcomer } = known;
  if (copy !== undefined && sameThing(copy, seen)) keep({ copy: seen });
  else if (newcomer === undefined || newcomer.seenIn !== look.runId || sameThing(newcomer, seen))
    keep({ newcomer: inCompany(seen, newcomer ?? seen) });
  else keep({ newcomer: withCopy(newcomer, seen) });
}

/** A listing as what is known of it now. `was`: what stood under this id before, when that turned into something else. */
export type ToldApart = { readonly listing: Listing; readonly was?: Listing };

/**
 * Tells a copy that kept its id from a thing that changed its item number: several were shown in one reading, or
 * only the new one. `whole`: everything that the shop has under this id was asked for, so what was not shown is
 * not there.
 */
export function tellApart(listing: Listing, look: Look, whole: boolean): ToldApart {
  const { copy, newcomer } = listing;
  if (copy === undefined && newcomer === undefined) return { listing };
  const strangers = [newcomer, newcomer?.copy].filter((one) => one !== undefined);
  const things = [listing, ...(copy === undefined ? [] : [copy]), ...strangers].map(alone);
  const shown = things.filter(({ seenIn }) => seenIn === look.runId);
  if (shown.length === 0 || (!whole && strangers.length > 0)) return { listing };
  const present = whole ? shown : things;
  return choose({ listing, present, strangers: strangers.map(alone) }, look);
}

type Company = {
  readonly listing: Listing;
  readonly present: readonly Listing[];
  readonly strangers: readonly Listing[];
};

const among = (listings: readonly Listing[], one: Listing): boolean => listings.some((other) => sameThing(other, one));

/**
 * Which of the things under one id may have the link: one that the shop sells, then the one that had it before
 * this reading, then the one that was there first. The next in line is kept beside it as its copy.
 */
function choose({ listing, present, strangers }: Company, look: Look): ToldApart {
  const own = alone(listing);
  const stays = among(present, own);
  const better = (a: Listing, b: Listing): number => Number(linkable(b)) - Number(linkable(a)) || compareAge(a, b);
  const successor = stays ? own : present.filter((one) => among(strangers, one)).toSorted(better)[0];
  const standing = look.notebook.integrationAt(own.ref);
  const had = standing !== undefined && standing.madeIn !== look.runId ? successor : undefined;
  const [holder = own, copy] = present.toSorted(
    (a, b) => Number(linkable(b)) - Number(linkable(a)) || Number(b === had) - Number(a === had) || better(a, b),
  );
  const changed = !sameThing(holder, own);
  const renamed = changed && !stays && holder === successor;
  if (changed && !renamed) unlinkAt(own.ref, lossOf(successor), look);
  const chosen = withCopy(holder, copy);
  if (renamed) observe(own, chosen, look);
  else look.notebook.keep({ table: 'listings', put: chosen });
  if (copy !== undefined) for (const one of [holder, copy]) ensureCopy(one, look);
  return renamed ? { listing: chosen, was: own } : { listing: chosen };
}

/** Why the thing that had the id loses its link to another under the same id. */
function lossOf(successor: Listing | undefined) {
  if (successor === undefined) return 'gone-from-shop';
  return linkable(successor) ? 'moved' : 'inactive-in-shop';
}
