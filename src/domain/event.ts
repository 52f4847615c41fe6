import type { Actor } from './actor.ts';
import type { Conflict, Ruling } from './conflict.ts';
import {
  type ActId,
  type Gtin,
  type Instant,
  type ListingRef,
  type PlanId,
  type ProductId,
  type RunId,
  type ShopId,
  type Sku,
  toActId,
} from './ids.ts';
import type { Integration, RemovalReason } from './integration.ts';
import type { Activity, Listing } from './listing.ts';
import type { Mark } from './mark.ts';
import type { Content, Product, Stock } from './product.ts';
import type { PushRefusal } from './push-plan.ts';
import type { Run, Shop, ShopLocation } from './shop.ts';

/** How a fetch of one product from one shop ended. */
export type FetchOutcome =
  | 'linked'
  | 'already-linked'
  | 'inactive-in-shop'
  | 'conflict'
  | 'gone-from-shop'
  | 'never-in-shop'
  /** The platform cannot be asked by the one identifier there is. */
  | 'not-asked'
  | 'not-sellable-itself'
  /** A person took the link away, and verifying does not overrule that. */
  | 'left-unlinked'
  | 'refused';

/** The location of a shop that a figure was for, and what all its locations were told by then. */
export type ToldLocation = Pick<ShopLocation, 'id' | 'name'> & { readonly inAll: number };

/** What can have happened: the past tense, noun then verb, whole in itself. `actId` is shared by the events of one act. */
export type DomainEvent = { readonly at: Instant; readonly by: Actor; readonly actId?: ActId } & (
  | { readonly type: 'product-created'; readonly product: Product; readonly from?: ListingRef }
  | {
      readonly type: 'product-updated';
      readonly productId: ProductId;
      readonly before: Content;
      readonly content: Content;
      /** The listing that it follows; none where a warehouse said so. */
      readonly from?: ListingRef;
      readonly source?: string;
      /** What it followed before, when that was another listing. */
      readonly followed?: ListingRef;
      /** Its EAN, when that changed too. */
      readonly gtin?: { readonly was?: Gtin; readonly now?: Gtin };
    }
  | {
      readonly type: 'product-renamed';
      readonly productId: ProductId;
      readonly was?: Sku;
      readonly sku: Sku;
      /** The listing that it follows; none where a warehouse said so. */
      readonly from?: ListingRef;
      readonly source?: string;
    }
  | { readonly type: 'integration-created'; readonly integration: Integration }
  | {
      readonly type: 'integration-removed';
      readonly integration: Integration;
      readonly because: RemovalReason;
      readonly note?: string;
    }
  | { readonly type: 'conflict-found'; readonly conflict: Conflict }
  | { readonly type: 'conflict-cleared'; readonly conflict: Conflict }
  | {
      readonly type: 'activity-changed';
      readonly ref: ListingRef;
      readonly productId?: ProductId;
      readonly was: Activity;
      readonly now: Activity;
      readonly shopSays: string;
    }
  | { readonly type: 'listing-gone'; readonly listing: Listing; readonly productId?: ProductId }
  | {
      readonly type: 'stock-changed';
      readonly productId: ProductId;
      readonly before: Stock;
      readonly stock: Stock;
      readonly why: 'count' | 'import' | 'warehouse' | 'undo';
      /** Of a count that was written into a warehouse system: where, and what lay there before. */
      readonly counted?: { readonly location?: string; readonly was: number };
    }
  | {
      readonly type: 'gone-from-warehouse';
      readonly productId: ProductId;
      readonly source: string;
      /** A person took it to be gone, among very many; else the warehouse itself said that it does not have it. */
      readonly accepted?: true;
    }
  | { readonly type: 'back-in-warehouse'; readonly productId: ProductId; readonly source: string }
  | {
      readonly type: 'stock-pushed';
      readonly productId: ProductId;
      readonly ref: ListingRef;
      readonly was?: number;
      readonly quantity: number;
      readonly held?: number;
      readonly planId?: PlanId;
      /** Where the shop is told at several locations of its own. */
      readonly shopLocation?: ToldLocation;
    }
  | {
      readonly type: 'push-refused';
      readonly productId: ProductId;
      readonly shopId: ShopId;
      readonly ref?: ListingRef;
      readonly quantity?: number;
      readonly shopLocation?: Omit<ToldLocation, 'inAll'>;
      readonly why: PushRefusal;
      readonly said?: string;
      readonly planId?: PlanId;
    }
  | {
      readonly type: 'product-fetched';
      readonly productId?: ProductId;
      readonly shopId: ShopId;
      readonly asked: string;
      readonly outcome: FetchOutcome;
      readonly tookMs: number;
      /** What was said, where the shop refused this one thing, or it could not be understood. */
      readonly said?: string;
      readonly saidBy?: 'us' | 'shop';
    }
  | { readonly type: 'marked'; readonly mark: Mark }
  | { readonly type: 'unmarked'; readonly mark: Mark }
  | { readonly type: 'ruled'; readonly ruling: Ruling }
  | { readonly type: 'unruled'; readonly ruling: Ruling }
  | { readonly type: 'run-finished'; readonly run: Run }
  | { readonly type: 'sync-answered'; readonly shopId: ShopId; readonly runId: RunId; readonly accepted: number }
  | { readonly type: 'shop-added'; readonly shop: Shop }
  | { readonly type: 'shop-changed'; readonly before: Shop; readonly shop: Shop }
  | { readonly type: 'shop-removed'; readonly shop: Shop }
  | {
      readonly type: 'undone';
      /** The number of the event that was undone; its own number is another. */
      readonly undoes: number;
      readonly what: string;
      readonly productId?: ProductId;
      readonly shopId?: ShopId;
    }
);
export type EventType = DomainEvent['type'];

/** An event as the store keeps it: `seq` counts up, perhaps with gaps, and names it for undo. */
export type StoredEvent = DomainEvent & { readonly seq: number };

/** The act that an event belongs to; one that names none is an act of its own. */
export const actIdOf = ({ actId, seq }: StoredEvent): ActId => actId ?? toActId(`#${seq}`);

const refOf = (event: DomainEvent): ListingRef | undefined => {
  switch (event.type) {
    case 'integration-created':
    case 'integration-removed':
      return event.integration.ref;
    case 'conflict-found':
    case 'conflict-cleared':
      return event.conflict.ref;
    case 'listing-gone':
      return event.listing.ref;
    case 'ruled':
    case 'unruled':
      return event.ruling.ref;
    case 'product-created':
    case 'product-updated':
    case 'product-renamed':
      return event.from;
    case 'activity-changed':
    case 'stock-pushed':
    case 'push-refused':
      return event.ref;
    default:
      return undefined;
  }
};

/** The products of ours that contend for a listing. */
export const conflictProducts = (conflict: Conflict): readonly ProductId[] => {
  switch (conflict.kind) {
    case 'shop-id-taken':
      return [conflict.holder, conflict.claimant];
    case 'sku-changed':
      return [conflict.holder];
    case 'product-taken':
      return [conflict.product];
    case 'ambiguous':
      return conflict.candidates;
    default:
      return conflict satisfies never;
  }
};

/** Every product that an event tells something about: on whose timelines it belongs. */
export function productsOf(event: DomainEvent): readonly ProductId[] {
  switch (event.type) {
    case 'product-created':
      return [event.product.id];
    case 'integration-created':
    case 'integration-removed':
      return [event.integration.productId];
    case 'conflict-found':
    case 'conflict-cleared':
      return conflictProducts(event.conflict);
    case 'marked':
    case 'unmarked':
      return [event.mark.productId];
    case 'ruled':
    case 'unruled':
      return event.ruling.kind === 'not-the-same' ? [event.ruling.productId] : [];
    case 'product-updated':
    case 'product-renamed':
    case 'stock-changed':
    case 'gone-from-warehouse':
    case 'back-in-warehouse':
    case 'stock-pushed':
    case 'push-refused':
      return [event.productId];
    case 'activity-changed':
    case 'listing-gone':
    case 'product-fetched':
    case 'undone':
      return event.productId === undefined ? [] : [event.productId];
    case 'run-finished':
    case 'sync-answered':
    case 'shop-added':
    case 'shop-changed':
    case 'shop-removed':
      return [];
    default:
      return event satisfies never;
  }
}

/** The shop that an event happened in, when there is one. */
export function shopOf(event: DomainEvent): ShopId | undefined {
  switch (event.type) {
    case 'push-refused':
    case 'product-fetched':
    case 'sync-answered':
      return event.shopId;
    case 'run-finished':
      return event.run.shopId;
    case 'shop-added':
    case 'shop-changed':
    case 'shop-removed':
      return event.shop.id;
    case 'marked':
    case 'unmarked':
      return event.mark.shopId;
    case 'undone':
      return event.shopId;
    default:
      return refOf(event)?.shopId;
  }
}

/** The listing that an event is about, when there is one. */
export const listingRefOf = refOf;

/** Whether a figure was confirmed without being written: the shop had it. */
export const isAlreadyThere = (event: DomainEvent): boolean =>
  event.type === 'stock-pushed' && event.was !== undefined && event.was === event.quantity;
