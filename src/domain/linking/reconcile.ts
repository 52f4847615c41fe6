import type { ListingRef, Sku } from '../ids.ts';
import type { Integration } from '../integration.ts';
import { type Listing, linkable } from '../listing.ts';
import type { Product } from '../product.ts';
import { createProduct, ensureProduct, followContent, keepUp, link, observe, rename, unlinkAt } from './bind.ts';
import type { Look } from './look.ts';
import { type Meaning, meaningOf, skuOf } from './match.ts';
import { sameThing } from './same-thing.ts';
import { type Contest, isKept, letStand } from './standing-conflict.ts';
import { hasCompany, layDown, tellApart, thingsThere, withoutUnseen } from './tell-apart.ts';

/**
 * Takes in one thing that a shop shows: writes down what was seen, and carries content in over a link that nobody
 * doubts. Makes and removes nothing: that wants the whole picture, and is left to `settle`. So the order in which
 * things are shown does not matter.
 */
export function glance(seen: Listing, look: Look): void {
  const { notebook } = look;
  const before = notebook.listing(seen.ref);
  const listing = layDown(seen, before);
  observe(before?.goneAt === undefined ? before : undefined, listing, look);
  const standing = notebook.integrationAt(listing.ref);
  if (standing === undefined || !linkable(listing) || !sameThing(listing, seen) || inDoubt(listing, look)) return;
  followContent(productOf(standing, look), listing, look);
}

/** Takes in what a shop did not show under an id, when it was asked for everything there with working credentials. */
export function miss(ref: ListingRef, look: Look): void {
  const { notebook } = look;
  const known = notebook.listing(ref);
  if (known === undefined || thingsThere(known).length === 0) return;
  const left = withoutUnseen(known, look);
  const there = thingsThere(left).length;
  if (there === 0) depart(left, look);
  else if (there < thingsThere(known).length) notebook.keep({ table: 'listings', put: left });
}

/** The shop does not know it any more. The product stays (S17). */
function depart({ goneAt: _, ...listing }: Listing, look: Look): void {
  const { notebook, at, by } = look;
  const productId = notebook.integrationAt(listing.ref)?.productId;
  unlinkAt(listing.ref, 'gone-from-shop', look);
  letStand(listing.ref, undefined, look);
  const about = productId === undefined ? {} : { productId };
  notebook.note([{ at, by, type: 'listing-gone', listing, ...about }]);
}

/**
 * What may decide which product a listing means. `named`: an item number, or a person's word. `all`: an EAN and
 * where it came from as well. What is named goes first, so that a guess never takes what another has by name.
 */
export type Deciding = 'named' | 'all';

/** What a listing means once everything is known that can be: whether its link stands, moves or goes, and which conflict stands at it. */
export function settle(ref: ListingRef, look: Look, deciding: Deciding): void {
  const known = look.notebook.listing(ref);
  const toldApart = known && tellApart(known, look);
  if (toldApart === undefined) return;
  const { listing, was } = toldApart;
  if (deciding === 'named' && isGuess(listing, look)) return;
  const contest = linkable(listing) ? judgeActive(listing, look, was) : judgeResting(listing, look);
  letStand(ref, contest ?? judgeBeside(listing, look), look);
}

const meaningHere = (listing: Listing, { shop, notebook }: Look): Meaning =>
  meaningOf(listing, shop, notebook, hasCompany(listing));

/** Whether a listing without a link has no more than an EAN or its origin to go by. */
function isGuess(listing: Listing, look: Look): boolean {
  if (look.notebook.integrationAt(listing.ref) !== undefined) return false;
  const meaning = meaningHere(listing, look);
  return meaning.kind === 'product' ? meaning.by === 'gtin' || meaning.by === 'origin' : listing.sku === undefined;
}

/** Not for sale, or sold only through its variants: no link, no conflict (S13); the product stays. */
function judgeResting(listing: Listing, look: Look): undefined {
  const inactive = listing.sellable !== 'parent' && listing.goneAt === undefined;
  unlinkAt(listing.ref, inactive ? 'inactive-in-shop' : 'gone-from-shop', look);
  ensureProduct(listing, look, hasCompany(listing));
}

function judgeActive(listing: Listing, look: Look, was: Listing | undefined): Contest | undefined {
  const standing = look.notebook.integrationAt(listing.ref);
  if (standing === undefined) return seek(listing, look);
  const doubt = doubtLink(standing, listing, look, was);
  if (doubt === undefined) keepUp(productOf(standing, look), listing, look);
  return doubt;
}

/** Another thing under the same id is a product too; when it is for sale, it has lost the id to the holder (S10). */
function judgeBeside({ ref, beside = [] }: Listing, look: Look): Contest | undefined {
  const { notebook, shop } = look;
  const holder = notebook.integrationAt(ref)?.productId;
  if (holder === undefined) return undefined;
  for (const copy of beside.filter(linkable)) {
    const claimant = meaningOf(copy, shop, notebook, true);
    if (claimant.kind !== 'product' || claimant.product.id === holder) continue;
    const contest: Contest = { kind: 'shop-id-taken', holder, claimant: claimant.product.id, copy };
    if (!isKept(ref, contest, look)) return contest;
  }
  return undefined;
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

/**
 * Whether a link still joins the right two, once the shop writes another item number. A link made by hand
 * does; a product that lives in this one listing follows it; anything else is for a person to say, and stays so
 * once it was asked. A thing that was put up on another day may be another thing.
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
  const only = notebook.integrationsOf(product.id).length === 1 && was !== undefined && sameAge(was, listing);
  return (only || product.sku === undefined) && rename(product, sku, listing.ref, look)
    ? undefined
    : skuChanged(product, sku);
}

const sameAge = (a: Listing, b: Listing): boolean =>
  a.listedAt === b.listedAt || a.listedAt === undefined || b.listedAt === undefined;

const skuChanged = ({ id: holder, sku: was }: Product, sku: Sku): Contest => ({
  kind: 'sku-changed',
  holder,
  ...(was === undefined ? {} : { was }),
  sku,
});

/** Finds the product of a listing without a link, and links them; or says what stands in the way. */
function seek(listing: Listing, look: Look): Contest | undefined {
  const meaning = meaningHere(listing, look);
  if (meaning.kind === 'ambiguous') return betweenProducts(meaning.candidates);
  if (meaning.kind === 'unknown') {
    link(createProduct(listing, look), listing, look);
    return undefined;
  }
  const { product } = meaning;
  if (removedByPerson(product, listing, look)) return undefined;
  const other = look.notebook.integrationOf(product.id, look.shop.id);
  if (other !== undefined) return { kind: 'product-taken', product: product.id, other: other.ref };
  const sku = skuOf(listing, look.shop);
  if (meaning.by === 'origin' && sku !== undefined && sku !== product.sku)
    return returnRenamed(product, sku, listing, look);
  link(product, listing, look);
  return undefined;
}

function betweenProducts(candidates: readonly Product[]): Contest | undefined {
  const [first, second, ...rest] = candidates.map(({ id }) => id).toSorted();
  if (first === undefined || second === undefined) return undefined;
  return { kind: 'ambiguous', candidates: [first, second, ...rest] };
}

/** What a person took away, only a person brings back: by fetching that very thing, by hand, or by undo. */
function removedByPerson(product: Product, listing: Listing, { asked, wanted, notebook }: Look): boolean {
  if (asked === 'fetch' && (wanted === undefined || wanted === product.id)) return false;
  return notebook
    .tombstonesAt(listing.ref)
    .some(({ integration, because }) => because === 'removed-by-user' && integration.productId === product.id);
}

/**
 * It comes back where it was linked before, under an item number that is not the product's. A product whose only
 * home was this listing follows it; another one is for a person to say.
 */
function returnRenamed(product: Product, sku: Sku, listing: Listing, look: Look): Contest | undefined {
  const homeless = look.notebook.integrationsOf(product.id).length === 0;
  if (!homeless || !rename(product, sku, listing.ref, look)) return skuChanged(product, sku);
  link(look.notebook.product(product.id) ?? product, listing, look);
  return undefined;
}
