import { ensureCopy, observe, unlinkAt } from './bind.ts';
import { type Listing, linkable } from './listing.ts';
import type { Look } from './look.ts';
import { skuOf } from './match.ts';
import type { Product } from './product.ts';
import { compareAge, sameThing } from './same-thing.ts';
import type { Run } from './shop.ts';

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

/** A newcomer and whatever else was set aside with it. */
const strangersIn = (newcomer: Listing | undefined): readonly Listing[] =>
  newcomer === undefined ? [] : [alone(newcomer), ...strangersIn(newcomer.copy)];

/** Sets aside what a reading shows under an id that stands for something else. Strangers of an earlier reading make way. */
export function setAside(known: Listing, seen: Listing, look: Look): void {
  const keep = (aside: Pick<Listing, 'copy' | 'newcomer'>): void =>
    look.notebook.keep({ table: 'listings', put: { ...known, ...aside } });
  if (known.copy !== undefined && sameThing(known.copy, seen)) {
    keep({ copy: seen });
    return;
  }
  const others = strangersIn(known.newcomer).filter((other) => other.seenIn === look.runId && !sameThing(other, seen));
  keep({ newcomer: others.reduce<Listing>((last, other) => ({ ...other, copy: last }), seen) });
}

/** Whose turn it is to be settled: things that changed their item number after all that did not, and the older first. */
export const compareTurns = (a: Listing, b: Listing): number =>
  Number(mayBeRenamed(a)) - Number(mayBeRenamed(b)) || compareAge(a, b);

const mayBeRenamed = ({ newcomer, seenIn }: Listing): boolean => newcomer !== undefined && newcomer.seenIn !== seenIn;

/** Whether a reading showed some of what is known under an id and not all of it: then the shop is asked by id. */
export function mustAskById(listing: Listing, run: Run): boolean {
  const { copy, newcomer } = listing;
  const fresh = (one: Listing | undefined): boolean => one?.seenIn === run.id;
  if (fresh(newcomer)) return !fresh(listing);
  return run.kind === 'full' && copy !== undefined && fresh(listing) !== fresh(copy);
}

/** A listing as what is known of it now. `was`: what stood under this id before, when that turned into something else. */
export type ToldApart = { readonly listing: Listing; readonly was?: Listing };

/**
 * Tells a copy that kept its id from a thing that changed its item number: several were shown in one reading, or
 * only the new one. `whole`: everything that the shop has under this id was asked for, so what was not shown is
 * not there. `undefined`: that has to be asked first.
 */
export function tellApart(listing: Listing, look: Look, whole: boolean): ToldApart | undefined {
  const { copy, newcomer } = listing;
  if (copy === undefined && newcomer === undefined) return { listing };
  const fresh = ({ seenIn }: Listing): boolean => seenIn === look.runId;
  const strangers = strangersIn(newcomer).filter(fresh);
  const known = [alone(listing), ...(copy === undefined ? [] : [alone(copy)])];
  const shown = [...known.filter(fresh), ...strangers];
  if (!whole && strangers.length > 0 && !fresh(listing)) return undefined;
  if (shown.length === 0) return { listing };
  const present = whole ? shown : [...known, ...strangers];
  return choose({ listing, present, strangers }, look);
}

type Company = {
  readonly listing: Listing;
  readonly present: readonly Listing[];
  readonly strangers: readonly Listing[];
};

/**
 * Which of the things under one id may have the link: one that the shop sells, then the one that had it before
 * this reading, then the one that was there first. The next in line is kept beside it as its copy.
 */
function choose({ listing, present, strangers }: Company, look: Look): ToldApart {
  const own = alone(listing);
  const staying = present.find((one) => sameThing(one, own));
  const better = (a: Listing, b: Listing): number => Number(linkable(b)) - Number(linkable(a)) || compareAge(a, b);
  const successor = staying ?? present.filter((one) => strangers.includes(one)).toSorted(better)[0];
  const standing = look.notebook.integrationAt(own.ref);
  const had = standing !== undefined && standing.madeIn !== look.runId ? successor : undefined;
  const [holder = own, copy] = present.toSorted(
    (a, b) => Number(linkable(b)) - Number(linkable(a)) || Number(b === had) - Number(a === had) || better(a, b),
  );
  const changed = !sameThing(holder, own);
  const renamed = changed && staying === undefined && holder === successor;
  if (changed && !renamed) unlinkAt(own.ref, lossOf(successor), look);
  const chosen = withCopy(holder, copy);
  if (renamed) observe(own, chosen, look);
  else look.notebook.keep({ table: 'listings', put: chosen });
  if (copy !== undefined) ensureCopy(copy, look);
  if (changed && !renamed) ensureCopy(holder, look);
  return renamed ? { listing: chosen, was: own } : { listing: chosen };
}

/** Puts the one of two things under an id in front that means a product, when that gets the link. */
export function seat(listing: Listing, product: Product, look: Look): Listing {
  const { copy } = listing;
  if (copy === undefined || skuOf(copy, look.shop) !== product.sku || skuOf(listing, look.shop) === product.sku)
    return listing;
  const seated = withCopy(copy, listing);
  look.notebook.keep({ table: 'listings', put: seated });
  return seated;
}

/** Why the thing that had the id loses its link to another under the same id. */
function lossOf(successor: Listing | undefined) {
  if (successor === undefined) return 'gone-from-shop';
  return linkable(successor) ? 'moved' : 'inactive-in-shop';
}
