import type { ShopId } from '../../domain/ids.ts';
import type { Shop, ShopLocation, ShopState } from '../../domain/shop.ts';
import type { Detection, PlatformDriver, Secrets } from '../../ports/platform.ts';
import type { Capabilities, ConnectionReport } from '../../ports/shop-connector.ts';
import type { Holder } from '../../ports/store.ts';
import type { ShopFailure } from '../dependencies/shop-failure.ts';

export type ShopOverview = {
  readonly shop: Shop;
  readonly state?: ShopState;
  /** What its vendor calls the platform; its id where this version does not know it. */
  readonly platformName: string;
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

/** A shop of which it is not known yet what answers at its address. */
export type ShopToCheck = Omit<NewShop, 'platform' | 'url'>;

export type ShopChange = Partial<Omit<NewShop, 'id' | 'platform'>> & {
  /** Locations of the warehouse that it sells from; an empty list: all there is. */
  readonly locations?: readonly string[];
  /** Locations of its own that are told a figure each, in place of `locations`; an empty list: none. */
  readonly shopLocations?: readonly ShopLocation[];
  readonly paused?: boolean;
  /** What the shop at the address calls itself now: accepted by a person, word for word. */
  readonly acceptIdentity?: string;
};

/** The webshops: their settings, health, credentials and platforms. */
export type ShopService = {
  /** Every shop as it was set up, without how it is. */
  all(): Promise<readonly Shop[]>;
  list(): Promise<readonly ShopOverview[]>;
  add(shop: NewShop): Promise<Shop>;
  /** Refuses what adding would refuse whoever answers at the address, before anybody is asked. */
  check(shop: ShopToCheck): Promise<void>;
  change(id: ShopId, change: ShopChange): Promise<Shop>;
  remove(id: ShopId): Promise<{ readonly linksRemoved: number }>;
  /** Tests a shop that is stored, or one that is only thought of; saves nothing (H4). */
  test(shop: ShopId | NewShop, credentials: Secrets | undefined, signal: AbortSignal): Promise<ConnectionTest>;
  /** Which platforms answer at an address, the surest first; asked without a key. */
  detectPlatform(address: string, signal: AbortSignal): Promise<readonly Detection[]>;
  /** Every platform that this version speaks. */
  platforms(): readonly PlatformDriver[];
  /** Keeps credentials in the owner-only file; refuses where there is none to write. */
  saveCredentials(id: ShopId, credentials: Secrets): Promise<void>;
};
