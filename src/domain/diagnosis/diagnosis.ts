import type { Actor } from '../actor.ts';
import type { Conflict } from '../conflict.ts';
import type { Instant, ListingRef, ProductId, ShopId, Sku } from '../ids.ts';
import type { Integration, RemovalReason } from '../integration.ts';
import type { Activity } from '../listing.ts';
import type { PushRefusal } from '../push-plan.ts';
import type { ShopTrouble } from '../shop.ts';
import type { LinkNote } from './link-notes.ts';

/** How sure a cause is. Never a percentage. */
export type Certainty = 'confirmed' | 'likely' | 'possible' | 'ruled-out';

/** Why a product has no integration in a shop, in the order in which a good supporter tests. */
export const causes = [
  'connection-down',
  'shop-paused',
  'not-for-this-shop',
  'inactive-in-shop',
  'shop-id-taken',
  'sku-twice-in-shop',
  'ambiguous',
  'removed-by-user',
  'gone-from-shop',
  'now-has-variants',
  'refused',
  'other-spelling',
  'variant-missing',
  'not-fetched-yet',
  'only-in-warehouse',
  'never-in-this-shop',
  'unknown',
] as const;
export type Cause = (typeof causes)[number];

/** One fact that speaks for or against a cause, and when it was learned. Said in words by the views. */
export type Evidence = { readonly at?: Instant } & (
  | {
      readonly kind: 'shop-says';
      readonly activity: Activity;
      readonly shopSays: string;
      readonly ref: ListingRef;
      readonly live: boolean;
    }
  | { readonly kind: 'shop-does-not-know'; readonly ref: ListingRef; readonly live: boolean }
  /** The shop has something under the id, and it is another product of ours. */
  | { readonly kind: 'another-under-id'; readonly ref: ListingRef; readonly sku: Sku; readonly live: boolean }
  | ({
      readonly kind: 'shop-does-not-answer';
      readonly troubleKind: string;
      readonly live: boolean;
    } & Omit<ShopTrouble, 'kind'>)
  | { readonly kind: 'shop-answers' }
  | { readonly kind: 'shop-is-paused' }
  | {
      readonly kind: 'link-removed';
      readonly by: Actor;
      readonly because: RemovalReason;
      readonly ref: ListingRef;
      readonly note?: string;
    }
  | { readonly kind: 'no-removal-known' }
  | { readonly kind: 'in-conflict'; readonly conflict: Conflict }
  | { readonly kind: 'id-held-by'; readonly ref: ListingRef; readonly holder: ProductId }
  | { readonly kind: 'no-conflict' }
  | { readonly kind: 'marked-not-for-this-shop'; readonly by: string; readonly text?: string }
  | { readonly kind: 'created-in-warehouse' }
  | { readonly kind: 'fetched-from'; readonly shopId: ShopId }
  | { readonly kind: 'complete-reading-without-it'; readonly listings: number }
  | { readonly kind: 'no-complete-reading' }
  | { readonly kind: 'created-after-reading' }
  | { readonly kind: 'listing-seen-unlinked'; readonly ref: ListingRef }
  | {
      readonly kind: 'near-spelling';
      readonly field: 'sku' | 'gtin';
      readonly ours: string;
      readonly theirs: string;
      readonly ref: ListingRef;
    }
  | { readonly kind: 'no-near-spelling' }
  /** A person ruled that this listing, whatever SKU it carries, is not the product. */
  | { readonly kind: 'ruled-not-the-same'; readonly ref: ListingRef; readonly by: string }
  /** The shop hides what is sold out, and the link went after a nought was sent: it cannot come back by itself. */
  | { readonly kind: 'hidden-after-zero'; readonly ref: ListingRef }
  | { readonly kind: 'parent-known'; readonly ref: ListingRef }
  | { readonly kind: 'refused'; readonly why: PushRefusal | 'no-permission' | 'unintelligible'; readonly said?: string }
);

/** What a person does next. Exactly one a finding; activation is always by hand, in the shop (S16). */
export type Advice =
  | 'fetch-product'
  | 'activate-in-shop-by-hand'
  | 'restore-from-trash-in-shop'
  | 'await-date-in-shop'
  | 'activate-parent-in-shop-by-hand'
  | 'put-into-website-by-hand'
  | 'put-up-again-in-shop'
  | 'link-a-variant'
  | 'open-conflict'
  | 'give-it-its-own-id-in-shop'
  | 'open-shop-health'
  | 'resume-shop'
  | 'undo-removal'
  | 'correct-spelling-in-shop'
  | 'sync-shop'
  | 'mark-not-for-this-shop'
  | 'copy-ticket'
  | 'nothing-to-do';

/** One cause, how sure, with what speaks for it and against it, how old that is, and one next step. */
export type Finding = {
  readonly cause: Cause;
  readonly certainty: Certainty;
  readonly evidence: readonly Evidence[];
  readonly against: readonly Evidence[];
  /** The oldest fact it rests on; absent when it rests on none. */
  readonly asOf?: Instant;
  readonly next: Advice;
};

/** Why a product is, or is not, linked in one shop. The first finding is the top cause. Worked out anew each time. */
export type Diagnosis = { readonly productId: ProductId; readonly shopId: ShopId } & (
  | {
      readonly verdict: 'integrated';
      readonly integration: Integration;
      readonly stale?: PushRefusal | 'connection-down';
      /** When that was learned. */
      readonly staleSince?: Instant;
      /** What was said when a figure was refused, where that is why. */
      readonly staleSaid?: string;
      /** What is wrong with the connection, where that is why: its kind, and what was said. */
      readonly trouble?: ShopTrouble;
      readonly notes?: readonly LinkNote[];
    }
  | {
      readonly verdict: 'not-integrated';
      readonly findings: readonly [Finding, ...Finding[]];
      /** Goods lie on the shelf that this shop cannot sell (S15). */
      readonly goodsUnsellable: boolean;
    }
);
