import type { Instant, ListingRef, ProductId, ShopId } from '../../domain/ids.ts';
import type { Product } from '../../domain/product.ts';
import type { Shop } from '../../domain/shop.ts';
import type { MatchedBy } from '../../domain/warehouse/match-product.ts';
import type {
  ProductMaster,
  WarehouseKey,
  WarehouseProduct,
  WarehouseSettings,
  WarehouseState,
} from '../../domain/warehouse/warehouse.ts';
import type { Secrets } from '../../ports/platform.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import type { Holder } from '../../ports/store.ts';
import type { WarehouseDriver, WarehouseReport } from '../../ports/warehouse.ts';
import type { ShopFailure } from '../dependencies/shop-failure.ts';

export type WarehouseOverview = {
  readonly driver: WarehouseDriver;
  /** Absent: our own stock. */
  readonly settings?: WarehouseSettings;
  readonly state: WarehouseState;
  readonly hasCredentials: boolean;
  readonly credentialNames: readonly string[];
  /** Its figures have not been confirmed within the limit: they are sent to no shop. */
  readonly tooOld: boolean;
};

export type WarehouseChange = {
  readonly address?: string;
  readonly master?: ProductMaster;
  readonly options?: Readonly<Record<string, string>>;
};
export type NewWarehouse = WarehouseChange & { readonly kind: string };

/** A warehouse that is not saved yet, and the key that was typed for it. */
export type GivenWarehouse = { readonly settings: NewWarehouse; readonly secrets?: Secrets };

export type WarehouseTest =
  | { readonly ok: true; readonly report: WarehouseReport; readonly tookMs: number }
  | { readonly ok: false; readonly trouble: ShopFailure };

export type WarehouseCounts = {
  readonly read: number;
  readonly changed: number;
  readonly created: number;
  /** Products of the warehouse that are none of ours: unknown, several meant, or item numbers that differ. */
  readonly unmatched: number;
  readonly unreadable: number;
};
export type WarehouseSyncRequest = {
  /** Only what changed since the last reading, where the warehouse tells; else everything. */
  readonly changes?: boolean;
  readonly onProgress?: (counts: WarehouseCounts) => void;
  /** Told until when the warehouse is waited for, since it asked us to slow down, and `undefined` when that is over. */
  readonly onWaiting?: (until: Instant | undefined) => void;
  /** So many products a person accepts to be gone, where so many are not shown any more that none was marked. */
  readonly acceptGone?: number;
};
export type WarehouseSync = {
  readonly kind: 'full' | 'changes';
  /** Products whose figure changed, or what lies of them at some location; the first ten thousand. */
  readonly changedIds: readonly ProductId[];
  readonly counts: WarehouseCounts;
  /** Rows that could not be read, the first hundred. */
  readonly broken: readonly BrokenRow[];
  /** Products that the warehouse has no more: their figures are unknown, and sent to no shop. */
  readonly gone?: number;
  /** So many would be gone that none was marked; answered with `acceptGone` of exactly this number. */
  readonly wouldGo?: number;
  /** Why it did not reach the end: figures stay as they were, and grow older. */
  readonly trouble?: ShopFailure;
  readonly busy?: Holder;
};

/** One product of the warehouse in a preview, and what would become of it. */
export type PreviewRow = {
  readonly product: WarehouseProduct;
  readonly kind: 'matched' | 'ambiguous' | 'differs' | 'unknown';
  readonly by?: MatchedBy;
  readonly ours: readonly { readonly id: ProductId; readonly name: string; readonly sku?: string }[];
  /** What may be sold now and then; shops with a link would be told. */
  readonly was?: number;
  readonly willBe?: number;
  readonly shops: number;
  /** What each shop with a link is told now and would be told: of the locations that it is mapped to; nothing where nobody knows what lies there. */
  readonly perShop: readonly { readonly shopId: ShopId; readonly was?: number; readonly willBe?: number }[];
};
/** How many figures would change in a shop, and how many of them to nothing left to sell. */
export type ShopPreview = { readonly shopId: ShopId; readonly figures: number; readonly zeroes: number };
export type WarehousePreview = {
  readonly rows: readonly PreviewRow[];
  readonly counts: Readonly<Record<PreviewRow['kind'], number>> & {
    readonly byKey: Readonly<Partial<Record<MatchedBy, number>>>;
    /** Matched products whose figure would change, and links over which a shop would be told. */
    readonly figures: number;
    readonly links: number;
    readonly byShop: readonly ShopPreview[];
  };
  /** Products of ours that the warehouse does not show, the first thousand, and how many there are. */
  readonly notInWarehouse: readonly { readonly id: ProductId; readonly name: string; readonly sku?: string }[];
  readonly notInWarehouseCount: number;
  readonly broken: readonly BrokenRow[];
};

/** A location that something lies at, how many products do, and the shops that sell from it. */
export type WarehouseLocation = {
  readonly location: string;
  readonly products: number;
  readonly shops: readonly ShopId[];
};

/** A location of a shop, and the locations of the warehouse that it is told of; `inShop`: the shop has it today. */
export type ShopLocationRow = {
  readonly id: string;
  readonly name?: string;
  readonly from: readonly string[];
  readonly inShop: boolean;
};
/** A location of a shop, by its name there or its id, and what it is to be told of. */
export type WantedShopLocation = { readonly location: string; readonly from: readonly string[] };

/** What a shop sells from: locations of the warehouse, or what each location of its own is told of. */
export type ShopMapping = { readonly shopId: ShopId } & (
  | { readonly locations: readonly string[] }
  | { readonly shopLocations: readonly WantedShopLocation[] }
);
/** All that a form says of the warehouse, to be saved as a whole. */
export type WarehouseSetup = GivenWarehouse & { readonly mappings: readonly ShopMapping[] };

/** Something that one side has and the other has not. */
export type UnmatchedRow = {
  readonly shopId?: ShopId;
  readonly ref?: ListingRef;
  /** Absent: a listing that is no product of ours. */
  readonly productId?: ProductId;
  readonly name: string;
  readonly sku?: string;
  /** What the shop counts, or what may be sold of ours. */
  readonly figure?: number;
};
export type UnmatchedList = { readonly rows: readonly UnmatchedRow[]; readonly more: boolean };

/** What a person counted: of a product in all where it lies at one place, else at the place that is named. */
export type WarehouseCount = { readonly productId: ProductId; readonly onHand: number; readonly location?: string };

/** What can be listed of the warehouse: what lies where, what one side has alone, and what a reading would do. */
export type WarehouseSide = 'locations' | 'not-in-warehouse' | 'in-no-shop' | 'preview';

/** Where stock figures come from. */
export type WarehouseService = {
  show(): WarehouseOverview | undefined;
  drivers(): readonly WarehouseDriver[];
  /** Whether a key for a system is kept, or none is needed. */
  hasKeyFor(driver: WarehouseDriver): boolean;
  add(given: NewWarehouse): Promise<WarehouseSettings>;
  change(change: WarehouseChange): Promise<WarehouseSettings>;
  /** Chooses it or changes it, with its key and what shops sell from: all of it or nothing. Rejects with a `ShopError`. */
  configure(setup: WarehouseSetup, signal: AbortSignal): Promise<WarehouseSettings>;
  /** Back to our own stock; the figures stay as they are. */
  remove(): Promise<void>;
  saveCredentials(secrets: Secrets): Promise<void>;
  /** Asks the chosen warehouse, or one that is given and not saved. Saves nothing. */
  test(signal: AbortSignal, given?: GivenWarehouse): Promise<WarehouseTest>;
  /** Reads products with their figures, all or what changed, and takes them in. */
  sync(request: WarehouseSyncRequest, signal: AbortSignal): Promise<WarehouseSync>;
  /** Reads some products again: the warehouse told that they may have changed. Rejects with a `ShopError`. */
  reread(keys: readonly WarehouseKey[], signal: AbortSignal): Promise<WarehouseSync | undefined>;
  /** The secret that stands in the address that the warehouse tells us at, made where there is none. */
  hookSecret(): Promise<string>;
  /** What a reading would do, without doing it. Rejects with a `ShopError`. */
  preview(signal: AbortSignal): Promise<WarehousePreview>;
  locations(request: { readonly after?: string; readonly limit: number }): Promise<readonly WarehouseLocation[]>;
  /** The locations that a shop sells from; none: all there is. */
  mapShop(shopId: ShopId, locations: readonly string[]): Promise<Shop>;
  /** The locations that a shop keeps stock at, asked of it. Rejects with a `ShopError`. */
  shopLocations(shopId: ShopId, signal: AbortSignal): Promise<readonly ShopLocationRow[]>;
  /** What locations of a shop are told of; none: nothing any more. Rejects with a `ShopError`. */
  mapShopLocations(shopId: ShopId, wanted: readonly WantedShopLocation[], signal: AbortSignal): Promise<Shop>;
  /** In a shop, not in the warehouse. */
  notInWarehouse(request: { readonly shopId?: ShopId; readonly limit: number }): Promise<UnmatchedList>;
  /** In the warehouse, in no shop. */
  inNoShop(request: { readonly limit: number }): Promise<UnmatchedList>;
  /** Writes a count into the warehouse. Rejects with a `ShopError`. */
  count(request: WarehouseCount, signal: AbortSignal): Promise<Product>;
};
