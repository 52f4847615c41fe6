import type { Instant, ListingRef, PlatformId, ShopProductId, Sku } from '../domain/ids.ts';
import type { Listing, Sale } from '../domain/listing.ts';
import type { PushRefusal } from '../domain/push-plan.ts';
import type { FileFault } from '../domain/warehouse/file-fault.ts';
import type { BlindSpot } from './blind-spot.ts';

/** How a platform differs, said once and read by services, screens and the contract test alike. */
export type Capabilities = {
  /** Can list what changed since a moment. */
  readonly since: boolean;
  /** How many quantities one call may carry. */
  readonly pushBatch: number;
  /** A push can be refused by the shop when its figure is no longer the expected one. */
  readonly compareAndSet: boolean;
  readonly negative: boolean;
  /** Can be asked which listings carry a GTIN (`withGtin`); where it cannot, a fetch by GTIN says "not asked". */
  readonly findByGtin: boolean;
  /** Can be read cheaply as ids, SKUs and stock alone (`stockPage`), where changes of stock move no date. */
  readonly stockPass: boolean;
  /** A variant is a product of its own and is linked by its own id alone: its parent is context, and it may have several. */
  readonly variantsAreProducts?: boolean;
  /** Every product has a SKU, and no two have the same, whatever its case. */
  readonly uniqueSkus?: boolean;
  /** Counts every product or none: only the whole shop can leave counting out. */
  readonly countsAllOrNone?: boolean;
  /** Keeps stock at several locations of its own and can be told a figure for each (`locations`, `Quantity.location`). */
  readonly severalLocations?: true;
  /** How far back sales can be read, in days; absent means as far as wanted. */
  readonly salesDays?: number;
  readonly blindSpots: readonly BlindSpot[];
};

/** A permission the program wants, whether the key has it, and the platform's own word for it. */
export type Permission = {
  readonly wanted: 'read-products' | 'read-stock' | 'write-stock' | 'read-orders' | 'read-all-orders' | 'read-settings';
  readonly platformWord: string;
  /** `undefined`: the platform does not say. */
  readonly granted: boolean | undefined;
  /** Without it the program cannot do its work. */
  readonly needed: boolean;
};

/** What a test of the connection found. Testing writes nothing, here or in the shop. */
export type ConnectionReport = {
  /** What the shop calls itself; kept, so that a clone at the same address is recognised. */
  readonly identity: string;
  readonly shopName?: string;
  readonly version?: string;
  readonly currency?: string;
  readonly timeZone?: string;
  /** The shop's clock less ours, in milliseconds. */
  readonly clockAheadMs?: number;
  readonly permissions: readonly Permission[];
  readonly warnings: readonly ConnectionWarning[];
  /** What may be chosen for a platform option (for instance Shopify locations). */
  readonly choices: readonly {
    readonly option: string;
    readonly value: string;
    readonly label: string;
    readonly usual: boolean;
  }[];
};
export type ConnectionWarning =
  | 'stock-management-off'
  | 'api-version-retired'
  | 'credentials-had-to-go-in-query'
  | 'no-location-chosen'
  | 'clock-off';

/** A row that could not be read: it is counted and named, and the page goes on. */
export type BrokenRow = {
  readonly shopProductId?: string;
  readonly shopVariantId?: string;
  readonly where: string;
  readonly said: string;
  /** The same of a file of stock figures, to be told in the reader's words. */
  readonly inFile?: FileFault;
};

export type PageRequest = { readonly cursor?: string; readonly since?: Instant; readonly expected?: number };

/** One page of what a shop has. No `next` means that the reading reached the end. */
export type ListingPage = {
  readonly listings: readonly Listing[];
  readonly broken: readonly BrokenRow[];
  /** Where to go on; opaque, valid for the same request only. */
  readonly next?: string;
  /** How many listings or products there are in all, when the shop says. */
  readonly total?: number;
  /** The shop's clock when the page was asked for (its `Date` header), else ours. */
  readonly asOf: Instant;
};

/** What a shop has of one thing, and nothing else of it. */
export type StockRow = { readonly ref: ListingRef; readonly sku?: Sku; readonly stock: Listing['stock'] };
export type ListingsById = ReadonlyMap<ShopProductId, readonly Listing[]>;
export type StockPage = {
  readonly rows: readonly StockRow[];
  readonly broken: readonly BrokenRow[];
  readonly next?: string;
  readonly asOf: Instant;
};

export type SalesPage = { readonly sales: readonly Sale[]; readonly next?: string };

/** An absolute quantity for one listing, so that saying it twice does no harm. */
export type Quantity = {
  readonly ref: ListingRef;
  /** The location of the shop that it is for, by its id; left out where the shop is told one figure. */
  readonly location?: string;
  readonly quantity: number;
  /** What the shop called it when last read: a platform that is asked by number needs not look for the number first. */
  readonly sku?: Sku;
  /** What the shop is believed to have; a platform that can compares before it sets. */
  readonly expected?: number;
  /** The same key for the same intent, so that a network retry is recognised. */
  readonly key: string;
};

/** A location of the shop that a person may map to locations of the warehouse. */
export type LocationChoice = { readonly id: string; readonly name?: string };

export type PushOutcome = {
  readonly ref: ListingRef;
} /** `quantity`: read back from the shop's own answer, not assumed. */ & (
  | { readonly kind: 'set'; readonly quantity: number; readonly was?: number }
  /**
   * Another figure than the expected one was found: read again, then decide; never sent blindly. `written`: it was found
   * when the write was read back, so something was sold or counted in the same moment.
   */
  | { readonly kind: 'stale'; readonly shopHas?: number; readonly written?: true }
  | { readonly kind: 'refused'; readonly why: PushRefusal; readonly said?: string }
);

/** A person waits for it, or the program does it by itself and lets a person go first. */
export type Urgency = 'interactive' | 'background';

/**
 * One webshop, seen from here. There is no method to create, delete or activate a shop product and there
 * will be none: the program has no such right, so the type leaves no room for it (S16, I6).
 * Every method rejects with a `ShopError` and nothing else.
 */
export interface ShopConnector {
  readonly platform: PlatformId;
  readonly can: Capabilities;
  /** Asks who the shop is and which permissions the key has. With `urgency`, it is asked only to know who answers. */
  test(signal: AbortSignal, urgency?: Urgency): Promise<ConnectionReport>;
  /** What the shop calls itself, asked as cheaply as can be; where it is absent, `test` says it. */
  identify?(signal: AbortSignal, urgency?: Urgency): Promise<string>;
  /**
   * One page of everything the shop has, active or not, parents and variants alike. No cursor means the first
   * page. With `since`, what changed at or after that moment (more is allowed, less is not). `expected`: how many
   * listings there were last time, so that a shop without end is recognised: such a reading is `unintelligible`.
   */
  page(request: PageRequest, signal: AbortSignal): Promise<ListingPage>;
  /** Interactive unless said. The product and all its variants; none if the shop, asked with working credentials, does not know it. */
  product(id: ShopProductId, signal: AbortSignal, urgency?: Urgency): Promise<readonly Listing[]>;
  /** Several at once, each as `product` would tell it. What is left out may be gone or unreadable: only `product` says which. */
  products?(ids: readonly ShopProductId[], signal: AbortSignal, urgency?: Urgency): Promise<ListingsById>;
  /** All listings that carry exactly this SKU. */
  withSku(sku: Sku, signal: AbortSignal, urgency?: Urgency): Promise<readonly Listing[]>;
  /**
   * All listings that carry exactly this GTIN, or this text in their barcode field; nothing at all where this shop, as
   * it is set up, cannot be asked for it. Only where `can.findByGtin`.
   */
  withGtin?(barcode: string, signal: AbortSignal, urgency?: Urgency): Promise<readonly Listing[] | undefined>;
  /**
   * One page of what lies in stock everywhere, without content: for platforms whose changes say nothing of stock.
   * Only where `can.stockPass`. A row is less than a listing and never removes a link.
   */
  stockPage?(request: { readonly cursor?: string }, signal: AbortSignal): Promise<StockPage>;
  /** The locations of the shop that a figure can be told for. Only where `can.severalLocations`. */
  locations?(signal: AbortSignal): Promise<readonly LocationChoice[]>;
  /** The last sale of each listing sold since a moment, page by page; cancelled and test orders do not count. */
  sales(request: { readonly since: Instant; readonly cursor?: string }, signal: AbortSignal): Promise<SalesPage>;
  /** Sets absolute quantities. One outcome for each, in the order given. One refusal never stops the rest. */
  push(quantities: readonly Quantity[], signal: AbortSignal): Promise<readonly PushOutcome[]>;
}
