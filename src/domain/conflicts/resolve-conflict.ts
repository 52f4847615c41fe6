import { refKey } from '../changes.ts';
import type { Conflict, ConflictChoice, Ruling } from '../conflict.ts';
import type { ListingRef, ProductId } from '../ids.ts';
import type { Listing } from '../listing.ts';
import { hasDuplicates, promote } from '../reconcile/duplicates.ts';
import { createProduct, link, rename, unlink } from '../reconcile/links.ts';
import type { ReconcileContext } from '../reconcile/reconcile-context.ts';
import { contendersOf, findDuplicateConflict, setConflict } from '../reconcile/set-conflict.ts';
import { typedText } from '../text/typed-text.ts';

/** What a person can choose for a conflict, in the order in which it is offered: the least change first. */
export function choicesFor(conflict: Conflict): readonly ConflictChoice[] {
  switch (conflict.kind) {
    case 'shop-id-taken':
    case 'product-taken':
      return ['keep', 'move-the-link', 'not-the-same'];
    case 'sku-changed':
      return ['keep', 'accept-rename', 'not-the-same'];
    case 'ambiguous':
      return ['keep', 'not-the-same'];
    default:
      return conflict satisfies never;
  }
}

/** A choice that a person made about a conflict, and what they said to it. */
export type Resolution = { readonly conflict: Conflict; readonly choice: ConflictChoice; readonly note?: string };

/**
 * Carries out a choice, and looks again at what lies under the id: the next conflict there is told at once. `false`: it
 * does not fit this conflict, or what stands today is in its way.
 */
export function resolveConflict(resolution: Resolution, listing: Listing, context: ReconcileContext): boolean {
  const { conflict, choice } = resolution;
  if (!choicesFor(conflict).includes(choice)) return false;
  const done = applyChoice(resolution, listing, context);
  if (done) {
    setConflict(conflict.ref, undefined, context);
    const now = context.changeSet.listing(conflict.ref) ?? listing;
    setConflict(conflict.ref, findDuplicateConflict(now, context), context);
  }
  return done;
}

function applyChoice(resolution: Resolution, listing: Listing, context: ReconcileContext): boolean {
  switch (resolution.choice) {
    case 'keep':
      return recordRuling(keepRuling(resolution.conflict, resolution, context), context);
    case 'move-the-link':
      return moveLink(resolution, listing, context);
    case 'not-the-same':
      return separateListing(resolution, listing, context);
    case 'accept-rename':
      return acceptRename(resolution.conflict, listing, context);
    default:
      return resolution.choice satisfies never;
  }
}

function recordRuling(ruling: Ruling, { changeSet, at, by }: ReconcileContext): true {
  changeSet.record([{ at, by, type: 'ruled', ruling }]);
  return true;
}

const said = ({ note }: Resolution) => (note === undefined ? {} : { note: typedText(note) });

const keepRuling = (conflict: Conflict, resolution: Resolution, context: ReconcileContext): Ruling => ({
  ref: conflict.ref,
  at: context.at,
  by: context.by.name,
  ...said(resolution),
  kind: 'keep',
  settled: conflict.kind,
  between: contendersOf(conflict),
});

const notTheSame = (
  ref: ListingRef,
  productId: ProductId,
  resolution: Resolution,
  context: ReconcileContext,
): Ruling => ({
  ref,
  at: context.at,
  by: context.by.name,
  ...said(resolution),
  kind: 'not-the-same',
  productId,
});

/** Gives the link to the one who wanted it. */
function moveLink(resolution: Resolution, listing: Listing, context: ReconcileContext): boolean {
  const { conflict } = resolution;
  if (conflict.kind === 'shop-id-taken') return moveToClaimant(resolution, conflict, listing, context);
  if (conflict.kind === 'product-taken') return moveToListing(resolution, conflict.product, listing, context);
  return false;
}

/** The id gets another product. What that product had in this shop before is not taken from it: then the choice does not fit. */
function moveToClaimant(
  resolution: Resolution,
  conflict: Extract<Conflict, { kind: 'shop-id-taken' }>,
  listing: Listing,
  context: ReconcileContext,
): boolean {
  const { changeSet, shop } = context;
  const { holder, claimant: claimantId } = conflict;
  const claimant = changeSet.product(claimantId);
  const held = changeSet.integrationAt(listing.ref);
  if (claimant === undefined || held === undefined || changeSet.integrationOf(claimantId, shop.id) !== undefined)
    return false;
  unlink(held, 'moved', context);
  const promoted = promote(listing, claimant, context);
  link(claimant, promoted, context, 'hand');
  if (!hasDuplicates(promoted)) return true;
  // What gave the id up lies beside it now, and is not to ask for it back.
  const mirrored: Conflict = { ...conflict, since: context.at, holder: claimantId, claimant: holder };
  return recordRuling(keepRuling(mirrored, resolution, context), context);
}

/** The product gets another listing; the one that gives it up is not to ask for it back. */
function moveToListing(
  resolution: Resolution,
  productId: ProductId,
  listing: Listing,
  context: ReconcileContext,
): boolean {
  const { changeSet, shop } = context;
  const product = changeSet.product(productId);
  const held = changeSet.integrationOf(productId, shop.id);
  if (product === undefined || held === undefined || changeSet.integrationAt(listing.ref) !== undefined) return false;
  unlink(held, 'moved', context);
  link(product, listing, context, 'hand');
  const mirrored: Conflict = {
    kind: 'product-taken',
    ref: held.ref,
    since: context.at,
    product: productId,
    other: listing.ref,
  };
  return recordRuling(keepRuling(mirrored, resolution, context), context);
}

/** The listing is something else: it gets, or keeps, a product of its own. */
function separateListing(resolution: Resolution, listing: Listing, context: ReconcileContext): boolean {
  const { conflict } = resolution;
  if (conflict.kind === 'shop-id-taken')
    return recordRuling(notTheSame(conflict.ref, conflict.claimant, resolution, context), context);
  const ids =
    conflict.kind === 'ambiguous'
      ? conflict.candidates
      : [conflict.kind === 'sku-changed' ? conflict.holder : conflict.product];
  for (const id of ids) recordRuling(notTheSame(conflict.ref, id, resolution, context), context);
  const held = context.changeSet.integrationAt(listing.ref);
  if (held !== undefined) unlink(held, 'moved', context);
  link(createProduct(listing, context), listing, context, 'hand');
  return true;
}

/** The product follows the item number that the shop wrote; where it was not linked there, it is now. */
function acceptRename(conflict: Conflict, listing: Listing, context: ReconcileContext): boolean {
  if (conflict.kind !== 'sku-changed') return false;
  const { changeSet, shop } = context;
  const product = changeSet.product(conflict.holder);
  if (product === undefined || !rename(product, conflict.sku, conflict.ref, context)) return false;
  const elsewhere = changeSet.integrationOf(conflict.holder, shop.id);
  if (elsewhere === undefined) link(changeSet.product(product.id) ?? product, listing, context, 'hand');
  return elsewhere === undefined || refKey(elsewhere.ref) === refKey(conflict.ref);
}
