import type { Evidence } from '../diagnosis/diagnosis.ts';
import type { Instant, ListingRef, ProductId, ShopId } from '../ids.ts';
import type { Unbuyable } from '../listing.ts';
import type { Mark } from '../mark.ts';
import type { Money } from '../product.ts';

/** How sure it is that a product with stock cannot be bought in a shop. A ladder, not a score (S18-S21). */
export const rungs = ['confirmed', 'likely', 'unsure', 'probably-slow-seller'] as const;
export type Rung = (typeof rungs)[number];

/** A signal behind the judgement "not active". Never shown as a bare word (S19, S20). */
export type InactiveSignal =
  | { readonly kind: 'shop-says'; readonly evidence: Evidence }
  | { readonly kind: 'link-missing'; readonly since?: Instant }
  | { readonly kind: 'never-listed' }
  | { readonly kind: 'no-sale-since'; readonly since?: Instant; readonly days: number }
  | { readonly kind: 'no-sales-reading' }
  | { readonly kind: 'not-visible'; readonly shopSays: string }
  /** Active, and nobody can buy it all the same. */
  | { readonly kind: 'cannot-be-bought'; readonly why: Unbuyable['why']; readonly shopSays: string };

/** One product in one shop: goods on the shelf that perhaps nobody can buy there. */
export type InactiveRow = {
  readonly productId: ProductId;
  readonly shopId: ShopId;
  readonly name: string;
  readonly sku?: string;
  readonly ref?: ListingRef;
  readonly rung: Rung;
  readonly signals: readonly [InactiveSignal, ...InactiveSignal[]];
  readonly onHand: number;
  readonly available: number;
  /** On hand times cost, or price where no cost is known; absent where neither is. */
  readonly value?: Money;
  readonly valuedAt?: 'cost' | 'price';
  /** Since when it cannot be bought or has not sold, as far as known. */
  readonly since?: Instant;
  /** When the shop last said anything about it. */
  readonly asOf?: Instant;
  /** Somebody has looked at it, and until when that counts. */
  readonly tick?: Mark;
};
