import type { RunId } from '../ids.ts';
import { type Listing, linkable } from '../listing.ts';
import type { Product } from '../product.ts';
import { ensureProduct, observe, unlinkAt } from './bind.ts';
import type { Look } from './look.ts';
import { skuOf } from './match.ts';
import { compareAge, sameThing } from './same-thing.ts';

/**
 * One id, and perhaps several things under it (S10): copies that kept it, or one thing whose item number changed.
 * The one in front may have the link; all others lie beside it.
 */

/** A listing without what lies beside it, and told apart. */
export const alone = ({ beside, newcomer, ...listing }: Listing): Listing => listing;

/** Everything that is known under an id, the one in front first. */
export const thingsUnder = (listing: Listing): readonly Listing[] => {
  const { beside, ...front } = listing;
  return beside === undefined ? [listing] : [front, ...beside];
};

/** What the shop still has under an id; the rest was there once, and is kept so that we know. */
export const thingsThere = (listing: Listing): readonly Listing[] =>
  thingsUnder(listing).filter(({ goneAt }) => goneAt === undefined);

/** Whether the shop has several things under the id of a listing. */
export const hasCompany = (listing: Listing): boolean =>
  listing.beside !== undefined && thingsThere(listing).length > 1;

/** Those that the shop sells before those that it does not, and the older first. */
const compareClaims = (a: Listing, b: Listing): number => Number(linkable(b)) - Number(linkable(a)) || compareAge(a, b);

const withBeside = ({ beside: _, ...front }: Listing, beside: readonly Listing[]): Listing =>
  beside.length === 0 ? front : { ...front, beside: beside.toSorted(compareClaims) };

/** A thing as it was just seen, laid where it was known before, else beside the others as a newcomer. */
export function layDown(seen: Listing, known: Listing | undefined): Listing {
  if (known === undefined || (known.beside === undefined && (known.goneAt !== undefined || sameThing(known, seen))))
    return seen;
  const others = thingsUnder(known).filter((one) => !sameThing(one, seen));
  if (sameThing(known, seen) || thingsThere(known).length === 0) return withBeside(seen, others);
  const told = known.beside?.some((one) => sameThing(one, seen) && one.newcomer === undefined);
  return withBeside(known, [...others.slice(1), told ? seen : { ...seen, newcomer: true }]);
}

/** What is left under an id once everything there was asked for: what was not shown is not there. */
export function withoutUnseen(known: Listing, { runId, at }: Look): Listing {
  const told = (one: Listing): Listing => (one.seenIn === runId ? one : { ...one, goneAt: one.goneAt ?? at });
  const beside = (known.beside ?? []).filter(({ seenIn, newcomer }) => newcomer === undefined || seenIn === runId);
  return withBeside(told(known), beside.map(told));
}

/** Whether a reading showed some of what is known under an id and not all of it: then the shop is asked by id. */
export function mustAskById(listing: Listing, runId: RunId): boolean {
  if (listing.beside === undefined) return false;
  const there = thingsThere(listing);
  const shown = there.filter(({ seenIn }) => seenIn === runId).length;
  return shown > 0 && shown < there.length;
}

/** What the thing in front is now: itself, or a newcomer that it turned into; `undefined`: it is gone. */
export const heirOf = (listing: Listing): Listing | undefined =>
  listing.goneAt === undefined
    ? listing
    : thingsThere(listing)
        .filter(({ newcomer }) => newcomer !== undefined)
        .toSorted(compareClaims)[0];

/** What is there under an id, the one first that may have the link: one that the shop sells, then the one that has it, then the oldest. */
function ranked(listing: Listing, isLinked: boolean): readonly Listing[] {
  const heir = isLinked ? heirOf(listing) : undefined;
  const has = (one: Listing): number => Number(heir !== undefined && sameThing(one, heir));
  return thingsThere(listing).toSorted(
    (a, b) => Number(linkable(b)) - Number(linkable(a)) || has(b) - has(a) || compareAge(a, b),
  );
}

/**
 * In whose turn listings are settled: what loses its link, what is for sale, what changed its item number, what
 * rests; and the older first. The same whatever the order of pages.
 */
export function inTurns(listings: readonly Listing[], isLinked: (listing: Listing) => boolean): readonly Listing[] {
  const claims = listings.map((listing) => {
    const linked = isLinked(listing);
    const [first = listing] = ranked(listing, linked);
    return { listing, first, turn: turnOf(listing, first, linked) };
  });
  return claims.toSorted((a, b) => a.turn - b.turn || compareAge(a.first, b.first)).map(({ listing }) => listing);
}

function turnOf(listing: Listing, first: Listing, isLinked: boolean): number {
  if (listing.goneAt !== undefined && heirOf(listing) !== undefined) return 2;
  if (linkable(first)) return 1;
  return isLinked ? 0 : 3;
}

/** A listing as what is known of it now. `was`: what stood under this id before, when that turned into something else. */
export type ToldApart = { readonly listing: Listing; readonly was?: Listing };

/**
 * Tells copies that kept an id from a thing that changed its item number, and puts the one in front that may have
 * the link: one that the shop sells, then the one that has it, then the one that was there first. `undefined`: the
 * shop has to be asked first.
 */
export function tellApart(listing: Listing, look: Look): ToldApart | undefined {
  const { notebook, runId } = look;
  if (listing.beside === undefined) return { listing };
  if (mustAskById(listing, runId)) return undefined;
  const there = ranked(listing, notebook.integrationAt(listing.ref) !== undefined);
  if (!there.some(({ seenIn }) => seenIn === runId)) return { listing };
  const [front = listing, ...beside] = there.map(alone);
  return putInFront(withBeside(front, beside), listing, look);
}

function putInFront(chosen: Listing, listing: Listing, look: Look): ToldApart {
  const own = alone(listing);
  const heir = heirOf(listing);
  const changed = !sameThing(chosen, own);
  const renamed = changed && heir !== undefined && sameThing(chosen, heir);
  const gone = thingsUnder(listing).filter(
    (one) => one.goneAt !== undefined && !(heir !== undefined && sameThing(one, own)),
  );
  const kept = withBeside(chosen, [...(chosen.beside ?? []), ...gone]);
  if (changed && !renamed) unlinkAt(own.ref, lossOf(heir), look);
  if (renamed) observe(own, kept, look);
  else look.notebook.keep({ table: 'listings', put: kept });
  for (const one of chosen.beside ?? []) ensureProduct(one, look, true);
  if (changed && !renamed) ensureProduct(chosen, look, true);
  return renamed ? { listing: kept, was: own } : { listing: kept };
}

/** Puts the one of several things under an id in front that means a product, when that gets the link. */
export function seat(listing: Listing, product: Product, look: Look): Listing {
  const isIts = (one: Listing): boolean => one.goneAt === undefined && skuOf(one, look.shop) === product.sku;
  const own = listing.beside?.find(isIts);
  if (own === undefined || isIts(listing)) return listing;
  const others = thingsUnder(listing).filter((one) => one !== own);
  const seated = withBeside(alone(own), others);
  look.notebook.keep({ table: 'listings', put: seated });
  return seated;
}

/** Why the thing that had the id loses its link to another under the same id. */
function lossOf(heir: Listing | undefined) {
  if (heir === undefined) return 'gone-from-shop';
  return linkable(heir) ? 'moved' : 'inactive-in-shop';
}
