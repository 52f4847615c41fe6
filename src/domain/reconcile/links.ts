import { sameRef } from '../changes.ts';
import type { ListingRef, Sku } from '../ids.ts';
import type { Integration, LinkedBy, RemovalReason } from '../integration.ts';
import type { Listing } from '../listing.ts';
import { type Product, sameContent } from '../product.ts';
import { meaningOf, skuOf } from './match.ts';
import type { ReconcileContext } from './reconcile-context.ts';

/** The small steps of reconciling: each notes what it does, and so shows in what is judged next. */

/** Makes the product that nobody knew yet. What is on the shelf is for the warehouse to say. */
export function createProduct(listing: Listing, context: ReconcileContext): Product {
  const sku = skuOf(listing, context.shop);
  const product: Product = {
    id: context.newProductId(),
    sku,
    gtin: listing.gtin,
    origin: 'shop',
    contentFrom: listing.ref,
    content: listing.content,
    stock: { onHand: 0, reserved: 0 },
    createdAt: context.at,
  };
  context.changeSet.record([{ at: context.at, by: context.by, type: 'product-created', product, from: listing.ref }]);
  return product;
}

/**
 * The warehouse knows every sellable thing that a shop showed, also one that is inactive there (S17). Of several
 * things under one id (`amongDuplicates`), each that has an identifier by which it is found again.
 */
export function ensureProduct(listing: Listing, context: ReconcileContext, amongDuplicates = false): void {
  const { changeSet, shop } = context;
  // What no product of the warehouse matches stays a listing: in the shop, not in the warehouse.
  if (context.productMaster === 'warehouse') return;
  if (listing.sellable === 'parent' || listing.goneAt !== undefined) return;
  if (meaningOf(listing, shop, changeSet, amongDuplicates).kind !== 'unknown') return;
  const found =
    listing.sku !== undefined || (listing.gtin !== undefined && changeSet.productsByGtin(listing.gtin).length === 0);
  if (found || !amongDuplicates) createProduct(listing, context);
}

/**
 * Carries content and EAN in over a link (S3). A product follows the shop that it was first fetched from, at the
 * listing that it is linked to there; one that no shop has described yet begins to follow here.
 */
export function setContent(product: Product, listing: Listing, context: ReconcileContext): void {
  const follows = product.contentFrom;
  const isElsewhere = follows !== undefined && follows.shopId !== listing.ref.shopId;
  // A source that was removed from here says nothing any more: the next shop that shows the product is followed.
  if (isElsewhere && context.changeSet.isAbout(follows.shopId, product.createdAt)) return;
  const followsHere = follows !== undefined && sameRef(follows, listing.ref);
  const { content, ref: from } = listing;
  const gtin = product.gtin === listing.gtin ? undefined : { was: product.gtin, now: listing.gtin };
  if (followsHere && gtin === undefined && sameContent(product.content, content)) return;
  const { at, by } = context;
  const followed = followsHere ? undefined : follows;
  context.changeSet.record([
    { at, by, type: 'product-updated', productId: product.id, before: product.content, content, from, followed, gtin },
  ]);
}

/** What comes in over a link: content, and an item number for a product that has none. */
export function updateProduct(product: Product, listing: Listing, context: ReconcileContext): void {
  const sku = skuOf(listing, context.shop);
  if (product.sku === undefined && sku !== undefined) rename(product, sku, listing.ref, context);
  const isWarehouseContent = context.productMaster === 'warehouse' && product.warehouse !== undefined;
  if (!isWarehouseContent) setContent(context.changeSet.product(product.id) ?? product, listing, context);
}

/** Links a product and a listing, at once and for both directions (S1). */
export function link(
  product: Product,
  listing: Listing,
  context: ReconcileContext,
  how: LinkedBy = context.asked,
): void {
  const { at, by } = context;
  const integration: Integration = { productId: product.id, ref: listing.ref, createdAt: at, by, how };
  context.changeSet.record([{ at, by, type: 'integration-created', integration }]);
  updateProduct(product, listing, context);
}

export function unlink(integration: Integration, because: RemovalReason, context: ReconcileContext): void {
  context.changeSet.record([{ at: context.at, by: context.by, type: 'integration-removed', integration, because }]);
}

/** Why what a shop shows can carry no link. */
export const reasonNotForSale = ({ goneAt, sellable }: Listing): RemovalReason => {
  if (goneAt !== undefined) return 'gone-from-shop';
  return sellable === 'parent' ? 'became-parent' : 'inactive-in-shop';
};

/** Takes away whatever link stands at a listing. */
export function unlinkAt(ref: ListingRef, because: RemovalReason, context: ReconcileContext): void {
  const integration = context.changeSet.integrationAt(ref);
  if (integration !== undefined) unlink(integration, because, context);
}

/** Lets a product follow the item number that a shop wrote, when no product has it. */
export function rename(product: Product, sku: Sku, from: ListingRef, context: ReconcileContext): boolean {
  if (context.changeSet.productsBySku(sku).length > 0) return false;
  const { at, by } = context;
  const was = product.sku === undefined ? {} : { was: product.sku };
  context.changeSet.record([{ at, by, type: 'product-renamed', productId: product.id, ...was, sku, from }]);
  return true;
}

/** Writes down what the shop said, and that its word for the activity changed. */
export function saveSeen(before: Listing | undefined, seen: Listing, context: ReconcileContext): void {
  const { changeSet, at, by } = context;
  changeSet.apply({ table: 'listings', put: seen });
  if (before === undefined || before.activity === seen.activity) return;
  const meaning = meaningOf(seen, context.shop, changeSet);
  const productId =
    changeSet.integrationAt(seen.ref)?.productId ?? (meaning.kind === 'product' ? meaning.product.id : undefined);
  const about = productId === undefined ? {} : { productId };
  const { ref, activity: now, shopSays } = seen;
  changeSet.record([{ at, by, type: 'activity-changed', ref, ...about, was: before.activity, now, shopSays }]);
}
