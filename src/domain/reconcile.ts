import { createProduct, ensureProduct, followContent, link, observe, rename, unlink, unlinkAt } from './bind.ts';
import { sameRef } from './changes.ts';
import type { ListingRef } from './ids.ts';
import type { Integration } from './integration.ts';
import { type Listing, linkable } from './listing.ts';
import type { Look } from './look.ts';
import { type Meaning, meaningOf, skuOf } from './match.ts';
import type { Product } from './product.ts';
import { compareAge, sameThing } from './same-thing.ts';
import { type Contest, letStand } from './standing-conflict.ts';
import { alone, inCompany, setAside, tellApart } from './tell-apart.ts';

/**
 * What one row of a reading means, at a glance. Does what later rows cannot change: writes down what was seen,
 * carries content in, makes products and links that nobody contests. Removes nothing and settles no contest:
 * that wants the whole picture, and is left to `settle`. So the order of rows does not matter.
 */
export function glance(seen: Listing, look: Look): void {
  const { notebook } = look;
  const stored = notebook.listing(seen.ref);
  const before = stored?.goneAt === undefined ? stored : undefined;
  if (before !== undefined && !sameThing(before, seen)) {
    setAside(before, seen, look);
    return;
  }
  const listing = before === undefined ? seen : inCompany(seen, before);
  observe(before, listing, look);
  const standing = notebook.integrationAt(listing.ref);
  if (standing !== undefined) {
    if (linkable(listing) && !inDoubt(listing, look)) keepUp(standing, listing, look);
  } else if (!linkable(listing)) {
    if (before === undefined || before.sellable === 'parent') ensureProduct(listing, look);
  } else if (listing.copy === undefined && listing.newcomer === undefined) seek(listing, look);
}

/**
 * What a listing means once everything is known that can be: whether its link stands, moves or goes, and which
 * conflict stands at it. `whole`: the reading asked for everything under this id.
 */
export function settle(ref: ListingRef, look: Look, whole: boolean): void {
  const stored = look.notebook.listing(ref);
  const toldApart = stored && tellApart(stored, look, whole);
  if (toldApart === undefined) return;
  const { listing, was } = toldApart;
  const contest = linkable(listing) ? judgeActive(listing, look, was) : judgeResting(listing, look, was);
  letStand(ref, contest ?? judgeCopy(listing, look), look);
}

/** The shop does not know it any more: asked by id, with working credentials. The product stays (S17). */
export function depart(ref: ListingRef, look: Look): void {
  const { notebook, at, by } = look;
  const listing = notebook.listing(ref);
  const productId = notebook.integrationAt(ref)?.productId;
  unlinkAt(ref, 'gone-from-shop', look);
  letStand(ref, undefined, look);
  if (listing === undefined || listing.goneAt !== undefined) return;
  const about = productId === undefined ? {} : { productId };
  notebook.note([{ at, by, type: 'listing-gone', listing: alone(listing), ...about }]);
}

/** Not for sale, or sold only through its variants: no link, no conflict (S13); the product stays. */
function judgeResting(listing: Listing, look: Look, was: Listing | undefined): undefined {
  const inactive = listing.sellable !== 'parent' && listing.goneAt === undefined;
  unlinkAt(listing.ref, inactive ? 'inactive-in-shop' : 'gone-from-shop', look);
  if (was !== undefined) ensureProduct(listing, look);
}

function judgeActive(listing: Listing, look: Look, was: Listing | undefined): Contest | undefined {
  const standing = look.notebook.integrationAt(listing.ref);
  if (standing === undefined) return contest(seek(listing, look), listing, look);
  const doubt = doubtLink(standing, listing, look, was);
  if (doubt === undefined) keepUp(standing, listing, look);
  return doubt;
}

/** The other thing under the same id is a product too; when it is for sale, it has lost the id to the holder (S10). */
function judgeCopy(listing: Listing, look: Look): Contest | undefined {
  const { copy } = listing;
  const holder = look.notebook.integrationAt(listing.ref)?.productId;
  if (copy === undefined || holder === undefined || !linkable(listing) || !linkable(copy)) return undefined;
  const claimant = meaningOf(copy, look.shop, look.notebook, true);
  if (claimant.kind !== 'product' || claimant.product.id === holder) return undefined;
  return { kind: 'shop-id-taken', holder, claimant: claimant.product.id, copy };
}

const productOf = (integration: Integration, { notebook }: Look): Product => {
  const product = notebook.product(integration.productId);
  if (product === undefined) throw new Error(`a link to a product that was not gathered: ${integration.productId}`);
  return product;
};

/** The shop wrote another item number over a link, and nobody has said yet what that means. */
function inDoubt(listing: Listing, { notebook }: Look): boolean {
  const conflict = notebook.conflictAt(listing.ref);
  return conflict !== undefined && !(conflict.kind === 'shop-id-taken' && conflict.copy !== undefined);
}

/** A standing link carries content in, and an item number to a product that has none. */
function keepUp(standing: Integration, listing: Listing, look: Look): void {
  const product = productOf(standing, look);
  const sku = skuOf(listing, look.shop);
  if (product.sku === undefined && sku !== undefined) rename(product, sku, listing.ref, look);
  followContent(productOf(standing, look), listing, look);
}

/**
 * Whether a link still joins the right two, once the shop writes another item number. A link made by hand
 * does; a product that lives in this one listing follows it; anything else is for a person to say.
 */
function doubtLink(standing: Integration, listing: Listing, look: Look, was?: Listing): Contest | undefined {
  const { notebook, shop } = look;
  const product = productOf(standing, look);
  const sku = skuOf(listing, shop);
  if (sku === undefined || sku === product.sku || standing.how === 'hand') return undefined;
  if (was === undefined && product.sku !== undefined && !inDoubt(listing, look)) return undefined;
  const claimant = meaningOf(listing, shop, notebook, true);
  if (claimant.kind === 'product' && claimant.product.id !== product.id)
    return { kind: 'shop-id-taken', holder: product.id, claimant: claimant.product.id };
  const only = product.sku === undefined || notebook.integrationsOf(product.id).length === 1;
  if (only && rename(product, sku, listing.ref, look)) return undefined;
  return { kind: 'sku-changed', holder: product.id, ...(product.sku === undefined ? {} : { was: product.sku }), sku };
}

/** A link that is wanted and cannot simply be made. */
type Obstacle =
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Product[] }
  | { readonly kind: 'taken'; readonly product: Product; readonly other: Integration }
  | { readonly kind: 'renamed'; readonly product: Product };

/** Finds the product of a listing without a link, and links them unless something stands in the way. */
function seek(listing: Listing, look: Look): Obstacle | undefined {
  const { notebook, shop } = look;
  const meaning = meaningOf(listing, shop, notebook, listing.copy !== undefined);
  if (meaning.kind === 'ambiguous') return meaning;
  if (meaning.kind === 'unknown') {
    link(createProduct(listing, look), listing, look);
    return clear(listing, look);
  }
  const { product } = meaning;
  if (removedByPerson(product, listing, look)) return undefined;
  const other = notebook.integrationOf(product.id, shop.id);
  if (other !== undefined) return { kind: 'taken', product, other };
  if (otherSku(meaning, listing, look)) return { kind: 'renamed', product };
  link(product, listing, look);
  return clear(listing, look);
}

function clear(listing: Listing, look: Look): undefined {
  letStand(listing.ref, undefined, look);
}

/** What a person took away, only a person brings back: by fetching that very thing, by hand, or by undo. */
function removedByPerson(product: Product, listing: Listing, { asked, wanted, notebook }: Look): boolean {
  if (asked === 'fetch' && (wanted === undefined || wanted === product.id)) return false;
  return notebook
    .tombstonesAt(listing.ref)
    .some(({ integration, because }) => because === 'removed-by-user' && integration.productId === product.id);
}

/** It comes back where it was linked before, but under an item number that is not the product's. */
function otherSku(meaning: Meaning, listing: Listing, look: Look): boolean {
  if (meaning.kind !== 'product' || meaning.by !== 'origin') return false;
  const sku = skuOf(listing, look.shop);
  return sku !== undefined && sku !== meaning.product.sku;
}

/** Settles what stands in the way of a link, or says between whom the contest is. */
function contest(obstacle: Obstacle | undefined, listing: Listing, look: Look): Contest | undefined {
  switch (obstacle?.kind) {
    case undefined:
      return undefined;
    case 'ambiguous': {
      const [first, second, ...rest] = obstacle.candidates.map(({ id }) => id).toSorted();
      if (first === undefined || second === undefined) return undefined;
      return { kind: 'ambiguous', candidates: [first, second, ...rest] };
    }
    case 'taken':
      return contestProduct(obstacle, listing, look);
    case 'renamed':
      return returnRenamed(obstacle.product, listing, look);
    default:
      return obstacle satisfies never;
  }
}

/** A product whose only home was this listing follows its new item number; another one is for a person to say. */
function returnRenamed(product: Product, listing: Listing, look: Look): Contest | undefined {
  const sku = skuOf(listing, look.shop);
  if (sku === undefined) return undefined;
  const homeless = look.notebook.integrationsOf(product.id).length === 0;
  if (!homeless || !rename(product, sku, listing.ref, look))
    return { kind: 'sku-changed', holder: product.id, ...(product.sku === undefined ? {} : { was: product.sku }), sku };
  link(look.notebook.product(product.id) ?? product, listing, look);
  return undefined;
}

/**
 * Two listings of one shop mean the same product. A link from before this reading stands; one that this
 * reading made is only first come, and gives way to the better claim.
 */
function contestProduct(
  { product, other }: { readonly product: Product; readonly other: Integration },
  listing: Listing,
  look: Look,
): Contest | undefined {
  const { notebook } = look;
  const held = notebook.listing(other.ref);
  const madeForIt =
    product.contentFrom !== undefined &&
    sameRef(product.contentFrom, other.ref) &&
    product.createdAt === other.createdAt;
  // For a product that the reading made itself, any SKU will do.
  const strength = (claim: Listing): number => {
    const claimed = skuOf(claim, look.shop);
    return Number(madeForIt ? claimed !== undefined : claimed === product.sku);
  };
  if (other.madeIn !== look.runId || held === undefined || compareClaims(listing, held, strength) >= 0)
    return { kind: 'product-taken', product: product.id, other: other.ref };
  unlink(other, 'moved', look);
  const sku = skuOf(listing, look.shop);
  if (madeForIt && sku !== undefined && notebook.integrationsOf(product.id).length === 0)
    rename(product, sku, listing.ref, look);
  link(notebook.product(product.id) ?? product, listing, look);
  return undefined;
}

/** Less than nought when the first claim is the better one: by strength, then by age. */
const compareClaims = (a: Listing, b: Listing, strength: (claim: Listing) => number): number =>
  strength(b) - strength(a) || compareAge(a, b);
