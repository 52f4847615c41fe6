import type { Actor } from '../../domain/actor.ts';
import { type Instant, millisecondsOf, type PlatformId, type ShopId } from '../../domain/ids.ts';
import type { Shop } from '../../domain/shop.ts';
import type { WarehouseId, WarehouseSettings } from '../../domain/warehouse/warehouse.ts';
import type { Clock } from '../../ports/clock.ts';
import type { PictureReader } from '../../ports/picture-reader.ts';
import type { Detection, PlatformDriver, Secrets } from '../../ports/platform.ts';
import type { ServerBoard } from '../../ports/shared-state.ts';
import type { ShopConnector } from '../../ports/shop-connector.ts';
import type { Leases, Store } from '../../ports/store.ts';
import type { Warehouse, WarehouseDriver, WarehouseKeeper } from '../../ports/warehouse.ts';

/** Makes connectors, so that services need not know how a connector is made or where its key lies. */
export type ConnectorFactory = {
  /** A connector that retries; `undefined` where no credentials are to be found. `given` outweighs what is kept. */
  connect(shop: Shop, given?: Secrets): ShopConnector | undefined;
  /** `undefined` for a platform that this version does not know: such a shop is shown, and neither read nor written. */
  driver(platform: PlatformId): PlatformDriver | undefined;
  drivers(): readonly PlatformDriver[];
  /** Which platforms answer at an address that was typed, the surest first; asked without a key. */
  detect(typed: string, signal: AbortSignal): Promise<readonly Detection[]>;
  /** Whether two shop ids would look for their secrets under one name. */
  sharesVariables(one: ShopId, other: ShopId): boolean;
  /** The environment variable that a shop of this id would read and that is meant for something else, where there is one. */
  reservedVariable(id: ShopId): string | undefined;
  hasCredentials(shop: Shop): boolean;
  /** Names of what is looked for, never values. */
  credentialNames(shop: Shop): readonly string[];
  saveCredentials(shop: Shop, credentials: Secrets): Promise<void>;
  /** Takes away what is kept for a shop: its key is not to go to whoever bears its id next. */
  forgetCredentials(shop: Shop): Promise<void>;
};

/** Makes the warehouse that was chosen, and keeps which one it is. */
export type WarehouseFactory = WarehouseKeeper & {
  drivers(): readonly WarehouseDriver[];
  driver(id: WarehouseId): WarehouseDriver | undefined;
  /** Told until when the warehouse is waited for, since it asked us to slow down. Returns the way to stop. */
  watchWaiting(listener: (until: Instant | undefined) => void): () => void;
  /** A warehouse that retries; `undefined` where no credentials are to be found. `given` outweighs what is kept. */
  connect(
    settings: WarehouseSettings,
    world: Pick<ServiceDependencies, 'store' | 'actor'>,
    given?: Secrets,
  ): Warehouse | undefined;
  hasCredentials(settings: Pick<WarehouseSettings, 'kind'>): boolean;
  /** Names of what is looked for, never values. */
  credentialNames(id: WarehouseId): readonly string[];
  saveCredentials(secrets: Secrets): Promise<void>;
  /** What the warehouse proves itself with when it tells us something; `undefined` where none is kept yet. Never shown in a log. */
  hookSecret(): string | undefined;
  /** Makes one and keeps it. */
  makeHookSecret(): Promise<string>;
};

/** Numbers that a person may set. */
export type Tuning = {
  /** Days without a sale after which a product counts as long unsold. */
  readonly unsoldDays: number;
  /** Milliseconds that a changes-since sync looks back over its watermark. */
  readonly overlapMs: number;
  /** Milliseconds that a push plan stays good. */
  readonly planMs: number;
  /** A new figure this many times the old one, or more, is a jump. */
  readonly jumpFactor: number;
  /** Shops read at the same time. */
  readonly shopsAtOnce: number;
  /** A shop unread for so long is stale, in milliseconds. */
  readonly staleMs: number;
  /** A figure that the warehouse has not confirmed for so long is sent to no shop, in milliseconds. */
  readonly figureMs: number;
  /** Milliseconds between two cheap passes over the stock of one shop, where its changes say nothing of stock. */
  readonly stockPassMs: number;
  /** Pages of orders that a sync reads at most, and fifty more for each day since the last one. */
  readonly orderPages: number;
};
export const defaultTuning: Tuning = {
  unsoldDays: 180,
  overlapMs: 15 * 60_000,
  planMs: 15 * 60_000,
  jumpFactor: 5,
  shopsAtOnce: 3,
  staleMs: 24 * 3_600_000,
  figureMs: 24 * 3_600_000,
  stockPassMs: 15 * 60_000,
  orderPages: 500,
};

/** A clock that moved by less is looked back over; no answer tells the time to the second. */
export const clockToleranceOf = ({ overlapMs }: Tuning): number => Math.max(overlapMs, 60_000);

/** Everything that the services act through. Built once, at the entry point. */
export type ServiceDependencies = {
  readonly store: Store;
  readonly leases: Leases;
  /** Absent: no server can work on this store. */
  readonly servers?: ServerBoard;
  readonly clock: Clock;
  readonly connectors: ConnectorFactory;
  /** Absent: our own stock is all there is, and no other can be chosen. */
  readonly warehouses?: WarehouseFactory;
  /** Absent: no picture is fetched. */
  readonly pictures?: PictureReader;
  /** A new id, never given before; sortable by time is welcome, not promised. */
  readonly newId: () => string;
  readonly actor: Actor;
  readonly readOnly: boolean;
  readonly tuning: Tuning;
};

/** Milliseconds that a clock has counted: the difference of two is how long something took, also where its time was set. */
export const passed = (clock: Pick<Clock, 'now' | 'passed'>): number => clock.passed?.() ?? millisecondsOf(clock.now());
