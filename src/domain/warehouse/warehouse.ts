import type { Branded, Instant } from '../ids.ts';
import type { Money } from '../product.ts';
import type { ClockFault } from '../server-clock.ts';

/** A kind of warehouse system, by the id of its driver: `embedded`, `peakwms`, `files`, `tryton`. */
export type WarehouseId = Branded<string, 'WarehouseId'>;
/** What a warehouse knows one product by, for as long as it lives. Always text. */
export type WarehouseKey = Branded<string, 'WarehouseKey'>;

export const toWarehouseId = (text: string): WarehouseId => text as WarehouseId;
export const toWarehouseKey = (text: string): WarehouseKey => text as WarehouseKey;

/**
 * Who decides which products there are. `shop`: a fetched listing makes a product (S1). `warehouse`: products come
 * from the warehouse alone.
 */
export type ProductMaster = 'shop' | 'warehouse';
export const productMasters = ['shop', 'warehouse'] as const;

/** What a warehouse has of one product, in one location or (`location` absent) in all. Pieces; may have decimals. */
export type StockLevel = {
  readonly key: WarehouseKey;
  readonly location?: string;
  readonly onHand: number;
  readonly reserved: number;
  /** The warehouse's own figure where it gives one; else on hand less reserved. */
  readonly available: number;
  readonly incoming?: number;
  /** When the warehouse said so, or its file was written. */
  readonly asOf: Instant;
};

/** One product as a warehouse describes it. What it does not say, or says unreadably, is absent: unknown, never nought. */
export type WarehouseProduct = {
  readonly key: WarehouseKey;
  /** What the warehouse itself numbers it, where its key is something else that another may bear as well. */
  readonly ownId?: string;
  readonly sku?: string;
  /** As it came; whether it is a GTIN is ours to judge. */
  readonly barcode?: string;
  readonly name?: string;
  /** What the webshop it came from calls it: evidence for matching. */
  readonly hostProductId?: string;
  readonly hostVariantId?: string;
  readonly active?: boolean;
  readonly cost?: Money;
  /** The sum over all locations, where the product itself tells it. */
  readonly level?: StockLevel;
  /** What lies at each location, where the warehouse tells it with the product. */
  readonly parts?: readonly StockLevel[];
  /** Where it stands, in a file that somebody or some program wrote: its number may be misspelled there. */
  readonly inFile?: { readonly file: string; readonly line: number };
};

/** The warehouse that somebody has chosen; never a secret. */
export type WarehouseSettings = {
  readonly kind: WarehouseId;
  /** The address of its API, or a folder or file. */
  readonly address: string;
  readonly master: ProductMaster;
  readonly options: Readonly<Record<string, string>>;
  readonly addedAt: Instant;
};

/** How the readings of a warehouse went. */
export type WarehouseState = {
  /** When a reading last reached its end. */
  readonly readAt?: Instant;
  /** When everything was last read to its end. */
  readonly wholeReadAt?: Instant;
  /** From when on the next reading of changes asks, by the warehouse's clock: when the last reading began, or earlier where its records are dated by a slower one. */
  readonly changesFrom?: Instant;
  /** The warehouse's clock less ours, in milliseconds, at the last reading; absent where it does not say. */
  readonly clockAheadMs?: number;
  /** The newest moment that its records bore at the last readings; absent where it shows none. */
  readonly newestChange?: Instant;
  /** Why everything was read and not changes: the warehouse's clock cannot be gone by. */
  readonly clockFault?: ClockFault;
  /** When changes alone were last read to their end. */
  readonly changesReadAt?: Instant;
  readonly products?: number;
  readonly unreadable?: number;
  readonly unmatched?: number;
  /** So many products were not shown any more that none was taken to be gone. */
  readonly wouldGo?: number;
  /** The last reading that did not reach its end, and why; absent once one did. */
  readonly failedAt?: Instant;
  readonly failure?: string;
};
