import type { Actor } from '../domain/actor.ts';
import type { Conflict, ConflictChoice } from '../domain/conflict.ts';
import type { BrokeAt } from '../domain/diagnosis/compare-stock.ts';
import type { Diagnosis } from '../domain/diagnosis/diagnosis.ts';
import type { FetchOutcome, StoredEvent } from '../domain/event.ts';
import type { Instant, ListingRef, PlanId, ProductId, RunId, ShopId } from '../domain/ids.ts';
import type { InactiveRow } from '../domain/inactive/inactive-row.ts';
import type { Integration, Tombstone } from '../domain/integration.ts';
import type { Activity, Listing, Sale } from '../domain/listing.ts';
import type { Mark } from '../domain/mark.ts';
import type { FoundPattern } from '../domain/patterns/find-patterns.ts';
import type { Content, Money, Product, Stock } from '../domain/product.ts';
import type { PushPlan, PushRefusal, PushRowResult } from '../domain/push-plan.ts';
import type { Run, RunCounts, Shop, ShopState } from '../domain/shop.ts';
import type { Detection, PlatformDriver } from '../ports/platform.ts';
import type { Capabilities, ConnectionReport } from '../ports/shop-connector.ts';
import type { ShopErrorDetail, ShopErrorKind } from '../ports/shop-error.ts';
import type { Holder, SearchHit, StoreCounts } from '../ports/store.ts';

/** Trouble with a shop as a value, where it is a result and not the end of the call. */
export type ShopFailure = { readonly kind: ShopErrorKind; readonly detail: ShopErrorDetail };

/** A refusal that is an answer, not a bug: what a person asked for cannot be done, and why. */
export type RefusalKind =
  | 'read-only'
  | 'unknown-shop'
  | 'unknown-product'
  | 'shop-exists'
  | 'address-taken'
  | 'id-too-like'
  | 'shop-paused'
  | 'no-credentials'
  | 'sync-running-elsewhere'
  | 'not-linked'
  | 'unknown-listing'
  | 'not-for-sale'
  | 'already-linked'
  | 'nothing-to-undo'
  | 'cannot-undo'
  | 'no-conflict'
  | 'choice-does-not-fit'
  | 'unknown-plan'
  | 'plan-expired'
  | 'plan-applied'
  | 'bad-import'
  | 'bad-value'
  | 'needs-number'
  | 'needs-reason';
/** Thrown by acting services only; front doors turn `kind` and `about` into words and an exit code. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly kind: RefusalKind;
  readonly about: Readonly<Record<string, string>>;
  readonly problems: readonly ImportProblem[];

  constructor(
    kind: RefusalKind,
    about: Readonly<Record<string, string>> = {},
    problems: readonly ImportProblem[] = [],
  ) {
    super(
      `${kind} ${Object.entries(about)
        .map(([name, value]) => `${name}=${value}`)
        .join(' ')}`.trim(),
    );
    this.kind = kind;
    this.about = about;
    this.problems = problems;
  }
}
/** What can be wrong with a line of a file. */
export type ImportFault =
  | 'not-a-whole-number'
  | 'decimal-number'
  | 'negative'
  | 'not-an-amount'
  | 'unknown-product'
  | 'several-products'
  | 'unknown-shop'
  | 'not-linked'
  | 'sku-missing'
  | 'sku-twice'
  | 'column-missing'
  | 'value-missing'
  | 'not-a-row'
  | 'too-many-cells';
export type ImportProblem = {
  readonly line: number;
  readonly column?: string;
  readonly what: ImportFault;
  readonly value?: string;
};

/** A line of a list of links by hand: a product by any identifier, a shop, and which of its products, if it is said. */
export type LinkLine = {
  readonly line: number;
  readonly sku: string;
  readonly shopId: ShopId;
  readonly ref?: ListingRef;
};
/** The same line beside what is known: the link that stands, the listing that is meant, who holds it. */
export type LinkToMake = {
  readonly line: number;
  readonly product: Product;
  readonly ref: ListingRef;
  readonly standing?: Integration;
  readonly listing?: Listing;
  readonly holder?: ProductId;
};

/** One product in one shop: a line that is drawn also when there is no link. */
export type Place = {
  readonly shop: Shop;
  readonly state?: ShopState;
  readonly integration?: Integration;
  /** The listing that is linked, or the one that would be. */
  readonly listing?: Listing;
  readonly tombstone?: Tombstone;
  readonly conflict?: Conflict;
  readonly sale?: Sale;
  readonly mark?: Mark;
  readonly diagnosis: Diagnosis;
  /** Whether a link is expected here at all (S8, not-for-this-shop, another owner). */
  readonly expected: boolean;
};

export type ProductCard = {
  readonly product: Product;
  readonly available: number;
  /** One a shop, in the order of the shops; never shorter than the list of shops. */
  readonly places: readonly Place[];
  readonly linked: number;
  readonly expected: number;
  readonly lastSale?: Sale;
  readonly marks: readonly Mark[];
  /** Price, name or image that differ between shops: listed, never written. */
  readonly differences: readonly Difference[];
};
export type Difference = {
  readonly field: 'price' | 'name' | 'image';
  readonly values: readonly { readonly shopId: ShopId; readonly said: string }[];
};

/** One answer to a lookup, with what matched. */
export type LookupHit = {
  readonly hit: SearchHit;
  readonly product?: Product;
  readonly listing?: Listing;
  readonly linked: number;
  readonly expected: number;
};
export type LookupResult = {
  readonly asked: string;
  readonly hits: readonly LookupHit[];
  readonly more: boolean;
  /** What may have been meant, the nearest first, where nothing was found. */
  readonly near: readonly LookupHit[];
};

/** Who holds a shop product id, in which shop, and who else wants it. No holders is an answer. */
export type IdHolding = {
  readonly ref: ListingRef;
  readonly shop: Shop;
  readonly listing?: Listing;
  readonly integration?: Integration;
  readonly holder?: Product;
  readonly formerHolder?: { readonly product: Product; readonly tombstone: Tombstone };
  readonly conflict?: Conflict;
  readonly claimants: readonly Product[];
};

export type IntegrationFilter = 'all' | 'linked' | 'missing' | 'conflict' | 'stock-differs';
/** A line of a shop's list: a link, or the place where one is missing. */
export type IntegrationRow = {
  readonly product?: Product;
  readonly listing?: Listing;
  readonly integration?: Integration;
  readonly conflict?: Conflict;
  readonly tombstone?: Tombstone;
  readonly state: 'linked' | 'missing' | 'conflict';
  /** The figure the shop ought to have, and the one it said. */
  readonly wanted?: number;
  readonly shopHas?: number;
  readonly stockDiffers: boolean;
  /** Top cause when missing, from what is stored. */
  readonly diagnosis?: Diagnosis;
};
/** A page of a shop's list, with how many lines each filter would show. */
export type IntegrationPage = Page<IntegrationRow> & { readonly counts: Readonly<Record<IntegrationFilter, number>> };
export type Page<Row> = { readonly rows: readonly Row[]; readonly total: number; readonly offset: number };

export type ConflictCard = {
  readonly conflict: Conflict;
  readonly shop: Shop;
  readonly listing?: Listing;
  /** The first is the one that stands today. */
  readonly contenders: readonly Contender[];
  readonly choices: readonly ChoiceEffect[];
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

export type InactiveReport = {
  readonly rows: readonly InactiveRow[];
  readonly total: number;
  readonly value: readonly Money[];
  readonly byRung: Readonly<Record<InactiveRow['rung'], number>>;
  readonly ticked: number;
  /** Products of which anything lies on the shelf: without any, an empty list says nothing. */
  readonly goods: number;
  /** Shops whose sales were never read: "no sale" is unknown there. */
  readonly withoutSales: readonly ShopId[];
};
export type InactiveQuery = {
  readonly shopIds?: readonly ShopId[];
  readonly productId?: ProductId;
  /** In whole units of a row's own currency. */
  readonly minValue?: number;
  readonly since?: Instant;
  readonly withTicked?: boolean;
  readonly offset?: number;
  readonly limit?: number;
};

/** Many links lost in one go, turned from many cases into one. */
export type Pattern = FoundPattern;

export type ShopOverview = {
  readonly shop: Shop;
  readonly state?: ShopState;
  readonly counts: { readonly listings: number; readonly integrations: number; readonly conflicts: number };
  /** Absent where this version has no driver for the platform. */
  readonly can?: Capabilities;
  readonly hasCredentials: boolean;
  /** Names (never values) of the environment variables or file entries that are looked for. */
  readonly credentialNames: readonly string[];
  readonly syncBy?: Holder;
  /** A run that says "running" while nobody holds its lease. */
  readonly interrupted: boolean;
  readonly health: 'good' | 'never-read' | 'paused' | 'trouble' | 'no-credentials' | 'stale' | 'unknown-platform';
};
export type ConnectionTest =
  | { readonly ok: true; readonly report: ConnectionReport; readonly tookMs: number }
  | { readonly ok: false; readonly trouble: ShopFailure; readonly tookMs: number };
export type NewShop = {
  readonly id: string;
  readonly platform: string;
  readonly url: string;
  readonly name?: string;
  readonly country?: string;
  readonly owner?: string;
  readonly skuPostfix?: string;
  readonly negative?: 'send' | 'hold-at-zero';
  readonly options?: Readonly<Record<string, string>>;
  readonly caFile?: string;
};
export type ShopChange = Partial<Omit<NewShop, 'id' | 'platform'>> & { readonly paused?: boolean };

export type SyncProgress = {
  readonly shopId: ShopId;
  readonly phase: 'waiting' | 'reading' | 'sales' | 'settling' | 'confirming-absence' | 'done';
  readonly counts: RunCounts;
  readonly total?: number;
  /** Listings a second, over the whole run. */
  readonly rate?: number;
  readonly secondsLeft?: number;
  /** Waiting until then because the shop asked us to. */
  readonly waitingUntil?: Instant;
};
export type SyncResult = {
  readonly shopId: ShopId;
  readonly run?: Run;
  readonly trouble?: ShopFailure;
  /** Somebody else is at it. */
  readonly busy?: Holder;
  /** Links that would vanish; answered with `acceptRemovals` of exactly this number. */
  readonly wouldRemove?: number;
  readonly cancelled: boolean;
  /** A paused shop is not read; nothing was done. */
  readonly paused?: boolean;
};
export type SyncRequest = {
  /** All shops that are not paused, when left out. */
  readonly shopIds?: readonly ShopId[];
  readonly full?: boolean;
  readonly acceptRemovals?: number;
  readonly onProgress?: (progress: SyncProgress) => void;
};

/** What one fetch found, before and after, and what it ruled out. */
export type FetchResult = {
  readonly shopId: ShopId;
  readonly productId?: ProductId;
  readonly asked: string;
  /** `shop-paused`: the shop was not asked, and nothing was written. */
  readonly outcome: FetchOutcome | 'unreachable' | 'cancelled' | 'shop-paused';
  readonly trouble?: ShopFailure;
  readonly before?: {
    readonly linked: boolean;
    readonly activity?: Activity;
    readonly quantity?: number;
    readonly at?: Instant;
  };
  readonly after?: {
    readonly linked: boolean;
    readonly activity?: Activity;
    readonly quantity?: number;
    readonly at: Instant;
  };
  readonly ruledOut: readonly string[];
  readonly tookMs: number;
};
export type FetchRequest = {
  /** Any identifier, or a product id. */
  readonly asked: readonly string[];
  readonly shopIds?: readonly ShopId[];
  /** These and no others, in place of what is asked by name. */
  readonly places?: readonly { readonly productId: ProductId; readonly shopId: ShopId }[];
  readonly onResult?: (result: FetchResult, done: number, total: number) => void;
};

/** A product that is expected in a shop and has no link there. */
export type MissingPlace = {
  readonly productId: ProductId;
  readonly shopId: ShopId;
  /** Fetched within the last hour: a list that is begun again passes it over. */
  readonly askedLately: boolean;
};

export type StockLine = {
  readonly sku: string;
  readonly onHand: number;
  readonly reserved?: number;
  readonly cost?: Money;
  /** Where it stood in the file, for the problems; else its place in the list, from one. */
  readonly line?: number;
};
export type StockImport = { readonly changed: number; readonly unchanged: number; readonly created: number };

export type PushRequest = { readonly shopIds?: readonly ShopId[]; readonly productIds?: readonly ProductId[] };
export type PushApply = {
  readonly planId: PlanId;
  /** How many zeroes (jumps, negatives, first pushes) the person has seen and means, by number. */
  readonly yes?: {
    readonly zeroes?: number;
    readonly jumps?: number;
    readonly firsts?: number;
    readonly negatives?: number;
  };
  readonly onProgress?: (done: number, total: number) => void;
};
export type PushResult = {
  readonly planId: PlanId;
  readonly results: readonly PushRowResult[];
  readonly sent: number;
  readonly refused: number;
  readonly heldByGuard: number;
  readonly reRead: number;
  readonly troubles: readonly ShopFailure[];
  readonly cancelled: boolean;
};

/** Warehouse, last sent, and what the shop says now; and where between them it broke. */
export type StockComparison = {
  readonly productId: ProductId;
  readonly shopId: ShopId;
  readonly wanted: number;
  readonly stock: Stock;
  readonly lastSent?: number;
  readonly lastSentAt?: Instant;
  readonly shopNow?: number;
  readonly brokeAt: BrokeAt;
  readonly content: readonly { readonly field: keyof Content; readonly ours: string; readonly theirs: string }[];
  readonly trouble?: ShopFailure;
};

export type Undoable = { readonly event: StoredEvent; readonly can: boolean };

/** Everything that can be done, for screens and commands alike. Reading never changes anything; acting says who acts. */
export type Services = {
  readonly actor: Actor;
  readonly readOnly: boolean;
  readonly now: () => Instant;
  watch(listener: () => void): () => void;

  // Looking
  lookUp(text: string, limit?: number): Promise<LookupResult>;
  product(id: ProductId): Promise<ProductCard | undefined>;
  /** Products by id, without their places: for naming many. */
  products(ids: readonly ProductId[]): Promise<readonly Product[]>;
  /** The one product that an identifier names; several or none are for the person to settle. */
  identify(text: string): Promise<readonly Product[]>;
  whoHolds(shopProductId: string, shopId?: ShopId): Promise<readonly IdHolding[]>;
  /** What a list of links by hand comes to, before any of it is done. */
  readLinks(
    lines: readonly LinkLine[],
  ): Promise<{ readonly links: readonly LinkToMake[]; readonly problems: readonly ImportProblem[] }>;
  integrationsOn(
    shopId: ShopId,
    query: {
      readonly filter: IntegrationFilter;
      readonly text?: string;
      readonly offset: number;
      readonly limit: number;
    },
  ): Promise<IntegrationPage>;
  why(productId: ProductId, shopId?: ShopId, live?: { readonly signal: AbortSignal }): Promise<readonly Diagnosis[]>;
  inactiveWithStock(query: InactiveQuery): Promise<InactiveReport>;
  conflicts(shopId?: ShopId): Promise<readonly ConflictCard[]>;
  patterns(shopId?: ShopId): Promise<readonly Pattern[]>;
  /** Every place where a link is expected and missing, in shops that are not paused. */
  missing(shopId?: ShopId): Promise<readonly MissingPlace[]>;
  timeline(query: {
    readonly productId?: ProductId;
    readonly shopId?: ShopId;
    readonly before?: number;
    readonly limit: number;
    readonly errorsOnly?: boolean;
  }): Promise<readonly StoredEvent[]>;
  shops(): Promise<readonly ShopOverview[]>;
  counts(): Promise<StoreCounts>;
  plans(): Promise<readonly PushPlan[]>;
  plan(id: PlanId): Promise<PushPlan | undefined>;
  /** How the rows of an applied plan ended, as far as it was written down. */
  pushResults(id: PlanId): Promise<readonly PushRowResult[]>;
  /** The newest plan, where its push was broken off before every row had its turn. */
  brokenPlan(): Promise<PushPlan | undefined>;
  undoable(limit: number): Promise<readonly Undoable[]>;

  // Shops
  addShop(shop: NewShop): Promise<Shop>;
  changeShop(id: ShopId, change: ShopChange): Promise<Shop>;
  removeShop(id: ShopId): Promise<{ readonly linksRemoved: number }>;
  /** Tests a shop that is stored, or one that is only thought of; saves nothing (H4). */
  testShop(shop: ShopId | NewShop, credentials: Credentials | undefined, signal: AbortSignal): Promise<ConnectionTest>;
  /** What the secrets of a platform are called, in the order in which a person types them; none for one we do not know. */
  secretNames(platform: string): readonly string[];
  /** Which platforms answer at an address, the surest first; asked without a key. */
  detectPlatform(address: string, signal: AbortSignal): Promise<readonly Detection[]>;
  /** Every platform that this version speaks. */
  platforms(): readonly PlatformDriver[];
  /** Keeps credentials in the owner-only file; refuses where there is none to write. */
  saveCredentials(id: ShopId, credentials: Credentials): Promise<void>;

  // Acting
  sync(request: SyncRequest, signal: AbortSignal): Promise<readonly SyncResult[]>;
  fetch(request: FetchRequest, signal: AbortSignal): Promise<readonly FetchResult[]>;
  setStock(productId: ProductId, onHand: number, reserved?: number): Promise<Product>;
  importStock(
    lines: readonly StockLine[],
    options: { readonly create: boolean; readonly dryRun: boolean },
  ): Promise<StockImport>;
  planPush(request: PushRequest): Promise<PushPlan>;
  applyPush(request: PushApply, signal: AbortSignal): Promise<PushResult>;
  remove(productId: ProductId, shopId: ShopId, note: string): Promise<Tombstone>;
  link(productId: ProductId, ref: ListingRef): Promise<Integration>;
  settle(ref: ListingRef, choice: ConflictChoice, note?: string): Promise<ConflictCard['conflict']>;
  /** Undoes one event, or the last of this person's that can be. */
  undo(seq?: number): Promise<StoredEvent>;
  mark(mark: Omit<Mark, 'at' | 'by'>): Promise<Mark>;
  unmark(mark: Pick<Mark, 'productId' | 'shopId' | 'kind'>): Promise<void>;
  /** Asks the shops live about rows of the report and answers what each is now. */
  verify(
    rows: readonly { readonly productId: ProductId; readonly shopId: ShopId }[],
    signal: AbortSignal,
    onRow?: (row: FetchResult, done: number, total: number) => void,
  ): Promise<readonly FetchResult[]>;
  compare(
    request: { readonly productId?: ProductId; readonly shopId?: ShopId },
    signal: AbortSignal,
  ): Promise<readonly StockComparison[]>;
};

/** Secrets by name, as a platform calls them (`key`, `secret`, `token`). Live only in memory and in the owner-only file. */
export type Credentials = Readonly<Record<string, string>>;

export type { PushRefusal, RunId };
