import { refKey, sameRef } from '../changes.ts';
import type { Conflict } from '../conflict.ts';
import type { ListingRef } from '../ids.ts';
import type { Look } from './look.ts';

type WithoutRef<Union> = Union extends unknown ? Omit<Union, 'ref' | 'since'> : never;
/** A conflict before it is known whether it stands already. */
export type Contest = WithoutRef<Conflict>;

/** Who and what a conflict is between: while this stays the same, so does a person's ruling. */
export function contendersOf(contest: Contest): readonly string[] {
  switch (contest.kind) {
    case 'shop-id-taken':
      return [contest.holder, contest.claimant];
    case 'sku-changed':
      return [contest.holder, contest.sku];
    case 'product-taken':
      return [contest.product, refKey(contest.other)];
    case 'ambiguous':
      return contest.candidates.toSorted();
    default:
      return contest satisfies never;
  }
}

const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, place) => text === b[place]);

const sameContest = (a: Contest, b: Contest): boolean =>
  a.kind === b.kind && sameTexts(contendersOf(a), contendersOf(b));

/** Whether a person said that what stands is to stand, between these very two. */
export const isKept = (ref: ListingRef, contest: Contest, { notebook }: Look): boolean =>
  notebook
    .rulingsAt(ref)
    .some(
      (ruling) =>
        ruling.kind === 'keep' && ruling.settled === contest.kind && sameTexts(ruling.between, contendersOf(contest)),
    );

/** Lets the right conflict stand at a listing: a new one is found, an old one stays, one that is over is cleared. */
export function letStand(ref: ListingRef, contest: Contest | undefined, look: Look): void {
  const { notebook, at, by } = look;
  const standing = notebook.conflictAt(ref);
  const wanted = contest !== undefined && isKept(ref, contest, look) ? undefined : contest;
  if (wanted === undefined) {
    if (standing !== undefined) notebook.note([{ at, by, type: 'conflict-cleared', conflict: standing }]);
    return;
  }
  if (standing !== undefined && sameRef(standing.ref, ref) && sameContest(standing, wanted)) return;
  notebook.note([{ at, by, type: 'conflict-found', conflict: { ...wanted, ref, since: at } }]);
}
