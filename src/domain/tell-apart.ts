import { observe, unlinkAt } from './bind.ts';
import { type Listing, linkable } from './listing.ts';
import type { Look } from './look.ts';
import { compareAge, sameThing } from './same-thing.ts';

/** One id, and perhaps two things under it (S10): what is seen first is kept, what is seen beside it set aside. */

/** Sets aside what a reading shows under an id that stood for something else. */
export function setAside(known: Listing, seen: Listing, look: Look): void {
  const isCopy = known.copy !== undefined && sameThing(known.copy, seen);
  look.notebook.keep({ table: 'listings', put: { ...known, [isCopy ? 'copy' : 'newcomer']: seen } });
}

/** A listing as what is known of it now. `was`: what the shop showed under this id before, when that is something else. */
export type ToldApart = { readonly listing: Listing; readonly was?: Listing };

const without = (listing: Listing, ...names: readonly ('copy' | 'newcomer')[]): Listing => {
  const rest = { ...listing };
  for (const name of names) delete (rest as { copy?: Listing; newcomer?: Listing })[name];
  return rest;
};

const keep = (listing: Listing, look: Look): ToldApart => {
  look.notebook.keep({ table: 'listings', put: listing });
  return { listing };
};

/**
 * Tells a copy that kept its id from a thing that changed its item number: both were shown in one reading, or
 * only the later one. `whole`: everything that the shop has under this id was asked for, so what was not shown
 * is not there.
 */
export function tellApart(listing: Listing, look: Look, whole: boolean): ToldApart {
  const fresh = (one: Listing): boolean => one.seenIn === look.runId;
  const { newcomer, copy } = listing;
  if (newcomer !== undefined) {
    if (fresh(listing) && fresh(newcomer)) return keep({ ...without(listing, 'newcomer'), copy: newcomer }, look);
    if (!whole) return { listing };
    if (!fresh(newcomer)) return keep(without(listing, 'newcomer'), look);
    observe(listing, newcomer, look);
    return { listing: newcomer, was: listing };
  }
  if (copy === undefined || !whole || fresh(listing) === fresh(copy)) return { listing };
  if (fresh(listing)) return keep(without(listing, 'copy'), look);
  unlinkAt(listing.ref, 'gone-from-shop', look);
  return keep(copy, look);
}

/**
 * Which of two things under one id may have the link: one that the shop sells, then the one that had it before
 * this reading, then the one that was there first. The other is kept beside it as its copy.
 */
export function chooseHolder(listing: Listing, look: Look): Listing {
  const { copy } = listing;
  if (copy === undefined) return listing;
  const standing = look.notebook.integrationAt(listing.ref);
  const had = standing !== undefined && standing.madeIn !== look.runId;
  const copyWins = linkable(copy) && (!linkable(listing) || (!had && compareAge(copy, listing) < 0));
  if (!copyWins) return listing;
  unlinkAt(listing.ref, linkable(listing) ? 'moved' : 'inactive-in-shop', look);
  const holder = { ...copy, copy: without(listing, 'copy', 'newcomer') };
  look.notebook.keep({ table: 'listings', put: holder });
  return holder;
}
