import type { Gtin, Instant, ListingRef, ProductId, Sku } from './ids.ts';

/** An amount in minor units (øre, cents) of an ISO 4217 currency. */
export type Money = { readonly minor: number; readonly currency: string };

/** What a webshop may change on a product: the update that an integration carries in (S3). */
export type Content = {
  readonly name: string;
  readonly description?: string;
  readonly imageUrl?: string;
  readonly price?: Money;
};

/** Counted, promised, and when somebody last said so. Available is worked out, never stored. */
export type Stock = { readonly onHand: number; readonly reserved: number; readonly at?: Instant };

/** One thing on a shelf. Lives as long as the warehouse remembers it: nothing here ever deletes a product (S17). */
export type Product = {
  readonly id: ProductId;
  /** Absent: fetched from a shop that gave it no item number. */
  readonly sku?: Sku;
  /** Item numbers that it had before, the latest last: labels and files still carry them. */
  readonly formerSkus?: readonly Sku[];
  /** Follows the shop that its content follows. */
  readonly gtin?: Gtin;
  /** Who first knew it: a shop it was fetched from, or the warehouse itself (S8). */
  readonly origin: 'shop' | 'warehouse';
  /** The listing it was first fetched from; its content follows that listing. */
  readonly contentFrom?: ListingRef;
  readonly content: Content;
  readonly stock: Stock;
  /** What one costs us, when somebody told us. */
  readonly cost?: Money;
  readonly createdAt: Instant;
};

/** What may be sold: on hand less reserved. May be negative (H24). */
export const available = (stock: Stock): number => stock.onHand - stock.reserved;

/** Whether two contents say the same to a customer. */
export const sameContent = (a: Content, b: Content): boolean =>
  a.name === b.name &&
  a.description === b.description &&
  a.imageUrl === b.imageUrl &&
  a.price?.minor === b.price?.minor &&
  a.price?.currency === b.price?.currency;
