import { refKey, sameRef } from '../changes.ts';
import type { Conflict } from '../conflict.ts';
import type { ListingRef, Sku } from '../ids.ts';
import { type Listing, linkable } from '../listing.ts';
import type { Product } from '../product.ts';
import { meaningOf } from './match.ts';
import type { ReconcileContext } from './reconcile-context.ts';

type WithoutRef<Union> = Union extends unknown ? Omit<Union, 'ref' | 'since'> : never;
/** A conflict before it is known whether it stands already. */
export type ConflictDraft = WithoutRef<Conflict>;

/** Who and what a conflict is between: while this stays the same, so does a person's ruling. */
export function contendersOf(draft: ConflictDraft): readonly string[] {
  switch (draft.kind) {
    case 'shop-id-taken':
      return [draft.holder, draft.claimant];
    case 'sku-changed':
      return [draft.holder, draft.sku];
    case 'product-taken':
      return [draft.product, refKey(draft.other)];
    case 'ambiguous':
      return draft.candidates.toSorted();
    default:
      return draft satisfies never;
  }
}

const sameTexts = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, place) => text === b[place]);

const sameConflict = (a: ConflictDraft, b: ConflictDraft): boolean =>
  a.kind === b.kind && sameTexts(contendersOf(a), contendersOf(b));

/** Whether a person said that what stands is to stand, between these very two. */
export const isKept = (ref: ListingRef, draft: ConflictDraft, { changeSet }: ReconcileContext): boolean =>
  changeSet
    .rulingsAt(ref)
    .some(
      (ruling) =>
        ruling.kind === 'keep' &&
        changeSet.isAbout(ref.shopId, ruling.at) &&
        ruling.settled === draft.kind &&
        sameTexts(ruling.between, contendersOf(draft)),
    );

/** Lets the right conflict stand at a listing: a new one is found, an old one stays, one that is over is cleared. */
export function setConflict(ref: ListingRef, draft: ConflictDraft | undefined, context: ReconcileContext): void {
  const { changeSet, at, by } = context;
  const standing = changeSet.conflictAt(ref);
  const wanted = draft !== undefined && isKept(ref, draft, context) ? undefined : draft;
  if (wanted === undefined) {
    if (standing !== undefined) changeSet.record([{ at, by, type: 'conflict-cleared', conflict: standing }]);
    return;
  }
  if (standing !== undefined && sameRef(standing.ref, ref) && sameConflict(standing, wanted)) {
    // What speaks for it may be another by now; that is no news.
    if (standing.kind === 'product-taken' && wanted.kind === 'product-taken' && standing.by !== wanted.by)
      changeSet.apply({ table: 'conflicts', put: { ...standing, by: wanted.by } });
    return;
  }
  changeSet.record([{ at, by, type: 'conflict-found', conflict: { ...wanted, ref, since: at } }]);
}

/** A link whose listing now bears a number of nobody's. */
export const skuChanged = ({ id: holder, sku: was }: Product, sku: Sku): ConflictDraft => ({
  kind: 'sku-changed',
  holder,
  was,
  sku,
});

/** A listing that could be any of several products. */
export function betweenProducts(candidates: readonly Product[]): ConflictDraft | undefined {
  const [first, second, ...rest] = candidates.map(({ id }) => id).toSorted();
  if (first === undefined || second === undefined) return undefined;
  return { kind: 'ambiguous', candidates: [first, second, ...rest] };
}

/** Another thing under the same id is a product too; when it is for sale, it has lost the id to the holder (S10). */
export function findDuplicateConflict(
  { ref, beside = [] }: Listing,
  context: ReconcileContext,
): ConflictDraft | undefined {
  const { changeSet, shop } = context;
  const holder = changeSet.integrationAt(ref)?.productId;
  if (holder === undefined) return undefined;
  for (const copy of beside.filter(linkable)) {
    const claimant = meaningOf(copy, shop, changeSet, true);
    if (claimant.kind !== 'product' || claimant.product.id === holder) continue;
    const draft: ConflictDraft = { kind: 'shop-id-taken', holder, claimant: claimant.product.id, copy };
    if (!isKept(ref, draft, context)) return draft;
  }
  return undefined;
}
