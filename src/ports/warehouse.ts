import type { Actor } from '../domain/actor.ts';
import type { Instant } from '../domain/ids.ts';
import type {
  StockLevel,
  WarehouseId,
  WarehouseKey,
  WarehouseProduct,
  WarehouseSettings,
  WarehouseState,
} from '../domain/warehouse/warehouse.ts';
import type { Clock } from './clock.ts';
import type { CredentialForm, Localised, OptionForm, Secrets, UrlResult } from './platform.ts';
import type { BrokenRow, Urgency } from './shop-connector.ts';
import type { Store } from './store.ts';

/** What a warehouse can do: read by services, screens and the contract test alike. */
export type WarehouseCapabilities = {
  /** Takes a count: `setOnHand` is there. */
  readonly count: boolean;
  /** Tells what changed since a moment. */
  readonly changedSince: boolean;
  /** What is not among the changes has not changed: reading them to the end confirms every figure. */
  readonly changesConfirm: boolean;
  /** Tells what is promised to customers apart from what is on hand. */
  readonly reserved: boolean;
  /** Tells stock by location: in rows of its own, or with each product (`parts`). */
  readonly locations: 'none' | 'rows' | 'with-products';
  /** Gives its own figure of what may be sold; else it is on hand less reserved. */
  readonly ownAvailable: boolean;
  /** Knows which product of a webshop a product came from. */
  readonly hostIds: boolean;
  /** A whole reading shows everything there is. A file of figures may hold a part only. */
  readonly complete: boolean;
};

/** What a test of a warehouse found. */
export type WarehouseReport = {
  readonly name?: string;
  readonly version?: string;
  /** The first products, so that a person sees whether it is the right place. */
  readonly sample: readonly WarehouseProduct[];
  readonly broken: readonly BrokenRow[];
  /** Of a file: its first lines as they stand there, cleaned and cut, and the titles of its columns. */
  readonly firstLines?: readonly string[];
  readonly titles?: readonly string[];
  /** What is worth knowing, in the driver's own words. */
  readonly notes: readonly Localised[];
};

/** A row that could not be read, and whose it is where that can be told: such a product is unknown, and not gone. */
export type BrokenWarehouseRow = BrokenRow & {
  readonly key?: WarehouseKey;
  /** Its item number, where that can be read: a person knows it by that. */
  readonly sku?: string;
};

/** One page. No `next` means that the reading reached the end. */
export type WarehousePage<Row> = {
  readonly rows: readonly Row[];
  /** Rows that could not be read: unknown, never absent. */
  readonly broken: readonly BrokenWarehouseRow[];
  /** Where to go on; opaque, valid for the same request only. */
  readonly next?: string;
  /** By our own clock, so that figures can be told apart by age. */
  readonly asOf: Instant;
  /** The warehouse's clock less ours, in milliseconds; absent where it does not say. */
  readonly clockAheadMs?: number;
  /** The newest moment that the warehouse's own records bear: the clock that dates them need not be the one that answers. */
  readonly newestChange?: Instant;
};

/** Stock by location, and the rows of it that could not be read. */
export type WarehouseParts = { readonly rows: readonly StockLevel[]; readonly broken: readonly BrokenRow[] };

export type PageRequest = { readonly cursor?: string; readonly since?: Instant };

/** A count of one product: what lies there now, said as a whole so that saying it twice does no harm. */
export type Count = { readonly key: WarehouseKey; readonly location?: string; readonly onHand: number };

/**
 * Where the goods lie. Reads on; the one thing that is ever written is a count. Rejects with a `ShopError`, whose
 * `shop` is the id of the warehouse.
 */
export interface Warehouse {
  readonly id: WarehouseId;
  readonly can: WarehouseCapabilities;
  test(signal: AbortSignal): Promise<WarehouseReport>;
  /** Products with the sum of their stock, each once. */
  products(request: PageRequest, signal: AbortSignal): Promise<WarehousePage<WarehouseProduct>>;
  /** Stock by location where the warehouse tells it, else the sums. Rows of one product and location are added up. */
  stock(request: PageRequest, signal: AbortSignal): Promise<WarehousePage<StockLevel>>;
  /** The sums of these products as they are now. Keys that are not known are left out. */
  stockOf(keys: readonly WarehouseKey[], signal: AbortSignal): Promise<readonly StockLevel[]>;
  /** What lies of these products at each location; nothing of a warehouse that tells none. `urgency`: whether a person waits for it. */
  stockAt(keys: readonly WarehouseKey[], signal: AbortSignal, urgency?: Urgency): Promise<WarehouseParts>;
  /** These products as they are now. Keys that are not known are left out. */
  productsOf?(
    keys: readonly WarehouseKey[],
    signal: AbortSignal,
  ): Promise<{ readonly rows: readonly WarehouseProduct[]; readonly broken: readonly BrokenWarehouseRow[] }>;
  setOnHand?(count: Count, signal: AbortSignal): Promise<StockLevel>;
  /** What was read since the last call is safely kept: files are moved aside. */
  acknowledge?(signal: AbortSignal): Promise<void>;
}

/** What a warehouse tells by itself: a hint that something may have changed. What did, is asked. */
export type WarehouseHooks = {
  /** The events that are of use, by the warehouse's own numbers or names. */
  readonly events: readonly { readonly id: string; readonly label: Localised }[];
  /** The products that a delivery is about; `all` where it does not say which. Nothing where it is no event of use. */
  keysIn(event: string, body: Uint8Array): readonly WarehouseKey[] | 'all' | undefined;
};

export type WarehouseInput<Options> = {
  readonly address: string;
  readonly secrets: Secrets;
  readonly options: Options;
  readonly clock: Clock;
  /** Our own records and who works: what the embedded warehouse is made of. */
  readonly store: Store;
  readonly actor: Actor;
};

/** All that the rest of the program needs to know of one warehouse system. */
export interface WarehouseDriver<Options = unknown> {
  readonly id: WarehouseId;
  /** The vendor's own spelling. */
  readonly label: Localised;
  /** None where nobody has to be let in. */
  readonly credentials: readonly CredentialForm[];
  readonly options: OptionForm<Options>;
  readonly can: WarehouseCapabilities;
  /** What its address is, in a line; absent where it has none. */
  readonly addressHint?: Localised;
  readonly usualAddress?: string;
  /** The address as it is kept, or what is wrong with the one that was typed. */
  readonly normaliseAddress: (typed: string) => UrlResult;
  readonly webhooks?: WarehouseHooks;
  connect(input: WarehouseInput<Options>): Warehouse;
}

/** Where the choice of a warehouse and its readings are kept, for all who work on one store. Rejects with a `StoreError`. */
export type WarehouseKeeper = {
  /** The choice as it was when last asked for; nothing where our own stock is all there is. */
  settings(): WarehouseSettings | undefined;
  save(settings: WarehouseSettings | undefined): Promise<void>;
  state(): WarehouseState;
  saveState(state: WarehouseState): Promise<void>;
  /** Asks the store for both again: another machine may have changed them. */
  refresh(): Promise<void>;
};

/** Every warehouse system the program speaks. */
export type WarehouseRegistry = {
  get(id: WarehouseId): WarehouseDriver | undefined;
  all(): readonly WarehouseDriver[];
};
