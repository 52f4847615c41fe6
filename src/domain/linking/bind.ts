import { sameRef } from '../changes.ts';
import type { ListingRef, Sku } from '../ids.ts';
import type { Integration, LinkedBy, RemovalReason } from '../integration.ts';
import type { Listing } from '../listing.ts';
import { type Product, sameContent } from '../product.ts';
import type { Look } from './look.ts';
import { meaningOf, skuOf } from './match.ts';

/** The small steps of reconciling: each notes what it does, and so shows in what is judged next. */

/** Makes the product that nobody knew yet. What is on the shelf is for the warehouse to say. */
export function createProduct(listing: Listing, look: Look): Product {
  const sku = skuOf(listing, look.shop);
  const product: Product = {
    id: look.newProductId(),
    ...(sku === undefined ? {} : { sku }),
    ...(listing.gtin === undefined ? {} : { gtin: listing.gtin }),
    origin: 'shop',
    contentFrom: listing.ref,
    content: listing.content,
    stock: { onHand: 0, reserved: 0 },
    createdAt: look.at,
  };
  look.notebook.note([{ at: look.at, by: look.by, type: 'product-created', product, from: listing.ref }]);
  return product;
}

/**
 * The warehouse knows every sellable thing that a shop showed, also one that is inactive there (S17). Of several
 * things under one id (`inCompany`), each that has an identifier by which it is found again.
 */
export function ensureProduct(listing: Listing, look: Look, inCompany = false): void {
  const { notebook, shop } = look;
  if (listing.sellable === 'parent' || listing.goneAt !== undefined) return;
  if (meaningOf(listing, shop, notebook, inCompany).kind !== 'unknown') return;
  const found =
    listing.sku !== undefined || (listing.gtin !== undefined && notebook.productsByGtin(listing.gtin).length === 0);
  if (found || !inCompany) createProduct(listing, look);
}

/**
 * Carries content in over a link (S3). A product follows the shop that it was first fetched from, at the
 * listing that it is linked to there; one that no shop has described yet begins to follow here.
 */
export function followContent(product: Product, listing: Listing, look: Look): void {
  const follows = product.contentFrom;
  if (follows !== undefined && follows.shopId !== listing.ref.shopId) return;
  if (follows !== undefined && sameRef(follows, listing.ref) && sameContent(product.content, listing.content)) return;
  const { content, ref: from } = listing;
  const { at, by } = look;
  look.notebook.note([
    { at, by, type: 'product-updated', productId: product.id, before: product.content, content, from },
  ]);
}

/** What comes in over a link: content, and an item number for a product that has none. */
export function keepUp(product: Product, listing: Listing, look: Look): void {
  const sku = skuOf(listing, look.shop);
  if (product.sku === undefined && sku !== undefined) rename(product, sku, listing.ref, look);
  followContent(look.notebook.product(product.id) ?? product, listing, look);
}

/** Links a product and a listing, at once and for both directions (S1). */
export function link(product: Product, listing: Listing, look: Look, how: LinkedBy = look.asked): void {
  const { at, by } = look;
  const integration: Integration = { productId: product.id, ref: listing.ref, createdAt: at, by, how };
  look.notebook.note([{ at, by, type: 'integration-created', integration }]);
  keepUp(product, listing, look);
}

export function unlink(integration: Integration, because: RemovalReason, look: Look): void {
  look.notebook.note([{ at: look.at, by: look.by, type: 'integration-removed', integration, because }]);
}

/** Takes away whatever link stands at a listing. */
export function unlinkAt(ref: ListingRef, because: RemovalReason, look: Look): void {
  const integration = look.notebook.integrationAt(ref);
  if (integration !== undefined) unlink(integration, because, look);
}

/** Lets a product follow the item number that a shop wrote, when no product has it. */
export function rename(product: Product, sku: Sku, from: ListingRef, look: Look): boolean {
  if (look.notebook.productsBySku(sku).length > 0) return false;
  const { at, by } = look;
  const was = product.sku === undefined ? {} : { was: product.sku };
  look.notebook.note([{ at, by, type: 'product-renamed', productId: product.id, ...was, sku, from }]);
  return true;
}

/** Writes down what the shop said, and that its word for the activity changed. */
export function observe(before: Listing | undefined, seen: Listing, look: Look): void {
  const { notebook, at, by } = look;
  notebook.keep({ table: 'listings', put: seen });
  if (before === undefined || before.activity === seen.activity) return;
  const meaning = meaningOf(seen, look.shop, notebook);
  const productId =
    notebook.integrationAt(seen.ref)?.productId ?? (meaning.kind === 'product' ? meaning.product.id : undefined);
  const about = productId === undefined ? {} : { productId };
  const { ref, activity: now, shopSays } = seen;
  notebook.note([{ at, by, type: 'activity-changed', ref, ...about, was: before.activity, now, shopSays }]);
}
