import type { Conflict, ConflictChoice, Translation } from '../../domain/conflict.ts';
import type { Instant, ListingRef, ProductId, ShopId } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import type { Listing, Sale } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import type { Shop } from '../../domain/shop.ts';

export type ConflictCard = {
  readonly conflict: Conflict;
  readonly shop: Shop;
  readonly listing?: Listing;
  /** The first is the one that stands today. */
  readonly contenders: readonly Contender[];
  readonly choices: readonly ChoiceEffect[];
  readonly translation?: Translation;
};

export type Contender = {
  readonly role: 'holder' | 'claimant';
  readonly product?: Product;
  readonly listing?: Listing;
  readonly integration?: Integration;
  readonly sale?: Sale;
  /** Since when, by what is known; the earlier was first. */
  readonly since?: Instant;
  readonly first: boolean;
};

/** What a choice would do, known before it is made. */
export type ChoiceEffect = {
  readonly choice: ConflictChoice;
  readonly removes?: ProductId;
  readonly links?: ProductId;
  readonly renames?: { readonly productId: ProductId; readonly to: string };
};

/** A page of conflicts; `after` is the last of the page before. */
export type ConflictQuery = { readonly shopId?: ShopId; readonly after?: ConflictCard; readonly limit?: number };

/** Which conflicts one answer settles. */
export type KeepAll = { readonly shopId?: ShopId; readonly translationsOnly?: boolean };

/** Listings that got no integration although they want one, and how they are resolved. */
export type ConflictService = {
  /** A page of them, the newest first. */
  list(query?: ConflictQuery): Promise<readonly ConflictCard[]>;
  find(ref: ListingRef): Promise<ConflictCard | undefined>;
  /** Keeps everything as it stands in every conflict that is asked for, in one go. */
  keepAll(which: KeepAll, note?: string): Promise<readonly Conflict[]>;
  resolve(ref: ListingRef, choice: ConflictChoice, note?: string): Promise<ConflictCard['conflict']>;
};
