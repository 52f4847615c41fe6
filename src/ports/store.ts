import type { Changes } from '../domain/changes.ts';
import type { Conflict, Ruling } from '../domain/conflict.ts';
import type { EventType, StoredEvent } from '../domain/event.ts';
import type { Gtin, Instant, ListingRef, PlanId, ProductId, ShopId, ShopProductId, Sku } from '../domain/ids.ts';
import type { Integration, Tombstone } from '../domain/integration.ts';
import type { Listing, Sale } from '../domain/listing.ts';
import type { Mark } from '../domain/mark.ts';
import type { Product } from '../domain/product.ts';
import type { PushPlan } from '../domain/push-plan.ts';
import type { Shop, ShopState } from '../domain/shop.ts';
import type { LocationStock } from '../domain/warehouse/location-stock.ts';
import type { StoreError } from './store-error.ts';
import type { BoundedReader, StoreChange } from './store-questions.ts';

/** What a search found, and which of the identifiers it was that matched. Exact before beginning before middle. */
export type SearchHit = {
  readonly matched:
    | 'sku'
    | 'former-sku'
    | 'gtin'
    | 'barcode'
    | 'shop-product-id'
    | 'shop-variant-id'
    | 'product-id'
    | 'name';
  readonly how: 'exact' | 'beginning' | 'middle';
  readonly productId?: ProductId;
  /** The listing whose id or SKU matched; a listing without a product is still an answer. */
  readonly ref?: ListingRef;
};

/** Newest first. `before` is a `seq`, not included. */
export type HistoryQuery = {
  readonly productId?: ProductId;
  /** Of any of these products. */
  readonly productIds?: readonly ProductId[];
  readonly shopId?: ShopId;
  readonly types?: readonly EventType[];
  readonly since?: Instant;
  readonly before?: number;
  readonly limit: number;
};

/** How many there are, kept up to date, so that asking costs nothing. */
export type ShopCounts = {
  readonly shopId: ShopId;
  readonly listings: number;
  readonly integrations: number;
  readonly conflicts: number;
};
export type StoreCounts = {
  readonly products: number;
  readonly integrations: number;
  readonly listings: number;
  readonly conflicts: number;
  readonly shops: readonly ShopCounts[];
};

/**
 * Questions. Plural on purpose: one round trip for a page, whatever lies beneath. Answers keep no order unless
 * said, and leave out what is not there. Records are shared and never to be changed.
 */
export interface StoreReader extends BoundedReader {
  shops(): Promise<readonly Shop[]>;
  shopStates(): Promise<readonly ShopState[]>;
  products(ids: readonly ProductId[]): Promise<readonly Product[]>;
  /** `formerSkus`: item numbers that products had once and have no more. `warehouseCodes`: as `warehouseCode` makes them. */
  productsBy(key: {
    readonly skus?: readonly Sku[];
    readonly formerSkus?: readonly Sku[];
    readonly gtins?: readonly Gtin[];
    readonly warehouseCodes?: readonly string[];
  }): Promise<readonly Product[]>;
  /** Products that were first fetched from these listings, or follow them (`contentFrom`). */
  productsFrom(refs: readonly ListingRef[]): Promise<readonly Product[]>;
  /** Products whose SKU is written nearly so: equal by `looseSku`. */
  productsNear(skus: readonly string[]): Promise<readonly Product[]>;
  /** All products, a page at a time, in a fixed order. */
  productPage(request: { readonly after?: ProductId; readonly limit: number }): Promise<readonly Product[]>;
  /** What lies of these products at each location. */
  stockLevelsOf(ids: readonly ProductId[]): Promise<readonly LocationStock[]>;
  /** The locations that something lies at, in the order of their names, and how many products. */
  stockLocations(request: {
    readonly after?: string;
    readonly limit: number;
  }): Promise<readonly { readonly location: string; readonly products: number }[]>;
  integrationsAt(refs: readonly ListingRef[]): Promise<readonly Integration[]>;
  integrationsOf(ids: readonly ProductId[]): Promise<readonly Integration[]>;
  integrationsOn(shopId: ShopId): Promise<readonly Integration[]>;
  listingsAt(refs: readonly ListingRef[]): Promise<readonly Listing[]>;
  listingsOn(shopId: ShopId): Promise<readonly Listing[]>;
  /** In every shop, all variants. */
  listingsWith(id: ShopProductId): Promise<readonly Listing[]>;
  /** By what the shop calls it: SKU as the shop wrote it, GTIN, what stood in the barcode field (equal by `barcodeKey`). */
  listingsBy(key: {
    readonly skus?: readonly Sku[];
    readonly gtins?: readonly Gtin[];
    readonly barcodes?: readonly string[];
  }): Promise<readonly Listing[]>;
  /** Listings whose SKU is written nearly so: equal by `looseSku`. */
  listingsNear(skus: readonly string[]): Promise<readonly Listing[]>;
  tombstonesOf(ids: readonly ProductId[]): Promise<readonly Tombstone[]>;
  tombstonesAt(refs: readonly ListingRef[]): Promise<readonly Tombstone[]>;
  tombstonesOn(shopId: ShopId): Promise<readonly Tombstone[]>;
  conflictsAt(refs: readonly ListingRef[]): Promise<readonly Conflict[]>;
  /** Conflicts in which a product is a contender. */
  conflictsOf(ids: readonly ProductId[]): Promise<readonly Conflict[]>;
  conflictsOn(shopId: ShopId): Promise<readonly Conflict[]>;
  rulingsAt(refs: readonly ListingRef[]): Promise<readonly Ruling[]>;
  salesAt(refs: readonly ListingRef[]): Promise<readonly Sale[]>;
  marksOf(ids: readonly ProductId[]): Promise<readonly Mark[]>;
  marks(): Promise<readonly Mark[]>;
  plan(id: PlanId): Promise<PushPlan | undefined>;
  history(query: HistoryQuery): Promise<readonly StoredEvent[]>;
  /** Events by number. */
  events(seqs: readonly number[]): Promise<readonly StoredEvent[]>;
  search(query: { readonly text: string; readonly limit: number }): Promise<readonly SearchHit[]>;
  counts(): Promise<StoreCounts>;
}

export interface Store extends StoreReader {
  /**
   * The only way to change anything. Runs `decide` on a steady view and writes what it returns, all or
   * nothing; resolves once that is safe on disk. May run `decide` again after a collision, so `decide` must not
   * reach outside the store. Rejects with `StoreError`: `law-broken` when a product would get a second
   * integration in a shop, or a listing a second product. Within one change drops come before puts, so moving a
   * link means dropping the old one and putting the new one, both said.
   */
  change(decide: (now: StoreReader) => Promise<Changes>): Promise<Changes>;
  /**
   * Changes that are asked for at once are decided in that order, each on what the one before made, and made safe
   * together: whoever writes many need not wait for each. Elsewhere they stand in each other's way.
   */
  readonly joinsChanges?: true;
  /** Called after every change, ours or another process's, with what it touched. Returns the way to stop. */
  watch(listener: (change: StoreChange) => void): () => void;
  /**
   * Called when what is open can no longer be read, so that what was read is old, and with `undefined` when it can
   * be again; at once where it is so already. Not there where the store cannot tell. Returns the way to stop.
   */
  watchTrouble?(listener: (trouble: StoreError | undefined) => void): () => void;
  close(): Promise<void>;
}

/** Who holds a lease, so that a person can be told. */
export type Holder = {
  readonly pid: number;
  readonly host: string;
  readonly user: string;
  readonly doing: string;
  readonly since: Instant;
};

/** A lease that is had. */
export interface Lease {
  readonly held: true;
  /** Aborts when it could not be kept; whoever was stopped meanwhile may hear of it late. */
  readonly lost: AbortSignal;
  /** Asks whether it is still had at this moment. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

/** A right that one process has at a time and keeps alive by a heartbeat; a dead holder's lease can be taken over. */
export interface Leases {
  /** The lease, or who holds it. `lost` aborts when it could not be kept. */
  take(name: string, doing: string): Promise<Lease | { readonly held: false; readonly by: Holder }>;
  /** The living holder, if any. */
  holder(name: string): Promise<Holder | undefined>;
}
