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

/** Counted, promised, and when somebody last said so. */
export type Stock = {
  readonly onHand: number;
  readonly reserved: number;
  readonly at?: Instant;
  /** What may be sold as a warehouse itself says; absent, it is worked out. */
  readonly available?: number;
  /** The warehouse that said so, by the id of its driver; absent: typed, counted or imported here. */
  readonly source?: string;
};

/** What a product is known by in a warehouse. */
export type WarehouseLink = {
  readonly source: string;
  readonly key: string;
  /** What the webshop that it came from calls it, as the warehouse has it. */
  readonly hostProductId?: string;
  readonly hostVariantId?: string;
  /** Since when a whole reading of the warehouse does not show it any more: what lies there is unknown. */
  readonly goneAt?: Instant;
  /** Since when another of its products bears what this one is known by: which figure is meant, nobody can tell. */
  readonly sharedAt?: Instant;
  /** Since when the warehouse shows the product and no figure that can be read: its last one grows older from then on. */
  readonly unreadableSince?: Instant;
};

// Control characters are stripped where keys come in.
const separator = '\u001f';

/** What a product is known by in a warehouse, as one text, by which it is looked up. */
export const warehouseCode = ({ source, key }: Pick<WarehouseLink, 'source' | 'key'>): string =>
  source + separator + key;

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
  /** Where the warehouse has it. */
  readonly warehouse?: WarehouseLink;
  readonly createdAt: Instant;
};

/** What may be sold: the warehouse's own figure, else on hand less reserved. May be negative (H24). */
export const available = (stock: Stock): number => stock.available ?? stock.onHand - stock.reserved;

/** Since when the warehouse that a product's figure came from has it no more: its last figure says nothing. */
export const goneFromWarehouse = ({ warehouse, stock }: Pick<Product, 'warehouse' | 'stock'>): Instant | undefined =>
  warehouse?.source === stock.source ? warehouse?.goneAt : undefined;

/** Since when the warehouse that a product's figure came from shows two that may be it: neither figure says anything. */
export const sharedInWarehouse = ({ warehouse, stock }: Pick<Product, 'warehouse' | 'stock'>): Instant | undefined =>
  warehouse?.source === stock.source ? warehouse?.sharedAt : undefined;

/** Whether two contents say the same to a customer. */
export const sameContent = (a: Content, b: Content): boolean =>
  a.name === b.name &&
  a.description === b.description &&
  a.imageUrl === b.imageUrl &&
  a.price?.minor === b.price?.minor &&
  a.price?.currency === b.price?.currency;
