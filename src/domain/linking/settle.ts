import { refKey } from '../changes.ts';
import type { Conflict, ConflictChoice, Ruling } from '../conflict.ts';
import type { ListingRef, ProductId } from '../ids.ts';
import type { Listing } from '../listing.ts';
import { createProduct, link, rename, unlink } from './bind.ts';
import type { Look } from './look.ts';
import { contendersOf, letStand } from './standing-conflict.ts';
import { seat } from './tell-apart.ts';

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
export type Settlement = { readonly conflict: Conflict; readonly choice: ConflictChoice; readonly note?: string };

/** Carries out a choice. `false`: it does not fit this conflict, or what stands today is in its way. */
export function settleConflict(settlement: Settlement, listing: Listing, look: Look): boolean {
  const { conflict, choice } = settlement;
  if (!choicesFor(conflict).includes(choice)) return false;
  const done = carryOut(settlement, listing, look);
  if (done) letStand(conflict.ref, undefined, look);
  return done;
}

function carryOut(settlement: Settlement, listing: Listing, look: Look): boolean {
  switch (settlement.choice) {
    case 'keep':
      return rule(keepRuling(settlement.conflict, settlement, look), look);
    case 'move-the-link':
      return moveLink(settlement, listing, look);
    case 'not-the-same':
      return setApart(settlement, listing, look);
    case 'accept-rename':
      return acceptRename(settlement.conflict, listing, look);
    default:
      return settlement.choice satisfies never;
  }
}

function rule(ruling: Ruling, { notebook, at, by }: Look): true {
  notebook.note([{ at, by, type: 'ruled', ruling }]);
  return true;
}

const said = ({ note }: Settlement) => (note === undefined ? {} : { note });

const keepRuling = (conflict: Conflict, settlement: Settlement, look: Look): Ruling => ({
  ref: conflict.ref,
  at: look.at,
  by: look.by.name,
  ...said(settlement),
  kind: 'keep',
  settled: conflict.kind,
  between: contendersOf(conflict),
});

const notTheSame = (ref: ListingRef, productId: ProductId, settlement: Settlement, look: Look): Ruling => ({
  ref,
  at: look.at,
  by: look.by.name,
  ...said(settlement),
  kind: 'not-the-same',
  productId,
});

/** Gives the link to the one who wanted it. */
function moveLink(settlement: Settlement, listing: Listing, look: Look): boolean {
  const { conflict } = settlement;
  if (conflict.kind === 'shop-id-taken') return moveToClaimant(conflict.claimant, listing, look);
  if (conflict.kind === 'product-taken') return moveToListing(settlement, conflict.product, listing, look);
  return false;
}

/** The id gets another product. What that product had in this shop before is not taken from it: then the choice does not fit. */
function moveToClaimant(claimantId: ProductId, listing: Listing, look: Look): boolean {
  const { notebook, shop } = look;
  const claimant = notebook.product(claimantId);
  const held = notebook.integrationAt(listing.ref);
  if (claimant === undefined || held === undefined || notebook.integrationOf(claimantId, shop.id) !== undefined)
    return false;
  unlink(held, 'moved', look);
  link(claimant, seat(listing, claimant, look), look, 'hand');
  return true;
}

/** The product gets another listing; the one that gives it up is not to ask for it back. */
function moveToListing(settlement: Settlement, productId: ProductId, listing: Listing, look: Look): boolean {
  const { notebook, shop } = look;
  const product = notebook.product(productId);
  const held = notebook.integrationOf(productId, shop.id);
  if (product === undefined || held === undefined || notebook.integrationAt(listing.ref) !== undefined) return false;
  unlink(held, 'moved', look);
  link(product, listing, look, 'hand');
  const mirrored: Conflict = {
    kind: 'product-taken',
    ref: held.ref,
    since: look.at,
    product: productId,
    other: listing.ref,
  };
  return rule(keepRuling(mirrored, settlement, look), look);
}

/** The listing is something else: it gets, or keeps, a product of its own. */
function setApart(settlement: Settlement, listing: Listing, look: Look): boolean {
  const { conflict } = settlement;
  if (conflict.kind === 'shop-id-taken')
    return rule(notTheSame(conflict.ref, conflict.claimant, settlement, look), look);
  const ids =
    conflict.kind === 'ambiguous'
      ? conflict.candidates
      : [conflict.kind === 'sku-changed' ? conflict.holder : conflict.product];
  for (const id of ids) rule(notTheSame(conflict.ref, id, settlement, look), look);
  const held = look.notebook.integrationAt(listing.ref);
  if (held !== undefined) unlink(held, 'moved', look);
  link(createProduct(listing, look), listing, look, 'hand');
  return true;
}

/** The product follows the item number that the shop wrote; where it was not linked there, it is now. */
function acceptRename(conflict: Conflict, listing: Listing, look: Look): boolean {
  if (conflict.kind !== 'sku-changed') return false;
  const { notebook, shop } = look;
  const product = notebook.product(conflict.holder);
  if (product === undefined || !rename(product, conflict.sku, conflict.ref, look)) return false;
  const elsewhere = notebook.integrationOf(conflict.holder, shop.id);
  if (elsewhere === undefined) link(notebook.product(product.id) ?? product, listing, look, 'hand');
  return elsewhere === undefined || refKey(elsewhere.ref) === refKey(conflict.ref);
}
