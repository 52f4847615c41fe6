import type { Instant } from '../ids.ts';
import type { Integration } from '../integration.ts';
import type { Listing } from '../listing.ts';
import type { Product } from '../product.ts';
import type { Shop, ShopLocation } from '../shop.ts';
import type { LocationStock } from '../warehouse/location-stock.ts';

/** One product in one shop, with what a push of it depends on. */
export type PushCandidate = {
  readonly product: Product;
  readonly shop: Shop;
  readonly integration?: Integration;
  readonly listing?: Listing;
  /** The location of the shop that it is seen from, where that is told at several, and what is wanted there. */
  readonly at?: ShopLocation;
  readonly wanted?: { readonly quantity?: number; readonly held?: number };
  /** The shop keeps none of it at that location. */
  readonly notStocked?: boolean;
  /** What lies at each location of the warehouse. */
  readonly parts?: readonly LocationStock[];
  /** When its figure was last known to be right. */
  readonly figureAt?: Instant;
  /** Whether the shop's software takes negative figures. */
  readonly canNegative: boolean;
  /** The warehouse's figure is older than the limit. */
  readonly figureTooOld?: boolean;
  /** A new figure this many times the old one, or more, is a jump. */
  readonly jumpFactor: number;
};
