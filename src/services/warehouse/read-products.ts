import type { Instant, ProductId } from '../../domain/ids.ts';
import { type ClockFault, type ClockReading, canAskSince, observeClock } from '../../domain/server-clock.ts';
import type { WarehouseKey, WarehouseProduct, WarehouseSettings } from '../../domain/warehouse/warehouse.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import type { StoreReader } from '../../ports/store.ts';
import type { Warehouse, WarehousePage } from '../../ports/warehouse.ts';
import { clockToleranceOf, type ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { type Ingested, ingest } from './ingest/ingest.ts';
import type { SharedKeys } from './ingest/shared-keys.ts';
import type { WarehouseCounts } from './warehouse-service.ts';

/** What a reading of products found so far. */
export type ReadProducts = {
  counts: WarehouseCounts;
  readonly matched: Map<WarehouseKey, ProductId>;
  readonly changed: Set<ProductId>;
  readonly broken: BrokenRow[];
  /** Every key that was shown, also in rows that could not be read. */
  readonly seen: Set<string>;
  /** A row could not be read and does not say whose it is: then none can be said not to be there. */
  isUncertain: boolean;
  readonly shared: SharedKeys;
  /** How the warehouse's clock stood to ours. */
  clock: ClockReading;
  /** The newest moment that what was read bears. */
  newestChange?: Instant;
  /** Why changes could not be gone by, where everything was read in their stead. */
  clockMoved?: ClockFault;
};

type ProductReading = {
  readonly settings: WarehouseSettings;
  readonly warehouse: Warehouse;
  readonly found: ReadProducts;
  /** Only what changed since; everything when left out. */
  readonly since?: Instant;
  /** How the clock stood when `since` was noted. */
  readonly clockBefore?: ClockReading;
  readonly onProgress?: (counts: WarehouseCounts) => void;
};

/**
 * Reads products to the end of the list and takes their figures in, a page after another. Answers `false` where it
 * stopped at a clock that changes cannot be asked by.
 */
export async function readProducts(
  deps: ServiceDependencies,
  { settings, warehouse, found, since, clockBefore = {}, onProgress }: ProductReading,
  signal: AbortSignal,
): Promise<boolean> {
  const { complete } = warehouse.can;
  const claimed = new Map<ProductId, string>();
  let cursor: string | undefined;
  do {
    const page = await warehouse.products({ cursor, since }, signal);
    const toleranceMs = clockToleranceOf(deps.tuning);
    found.clock = observeClock(found.clock, page.clockAheadMs, toleranceMs);
    if (since !== undefined && !canAskSince(clockBefore, found.clock, toleranceMs)) {
      found.clockMoved = found.clock.fault ?? 'jumped';
      found.clock = {};
      return false;
    }
    found.newestChange = newest(found.newestChange, page.newestChange);
    const twice = found.shared.note(page.rows);
    let taken: Ingested | undefined;
    await deps.store.change(async (now: StoreReader) => {
      const brokenKeys = page.broken.flatMap(({ key }) => key ?? []);
      taken = await ingest(deps, now, {
        rows: page.rows,
        brokenKeys,
        claimed,
        shared: found.shared,
        settings,
        complete,
      });
      return taken.changes;
    });
    for (const [key, id] of taken?.matched ?? []) {
      // Of all products only the keys of what changed are asked for again.
      if (since !== undefined) found.matched.set(key, id);
      if (complete) claimed.set(id, key);
    }
    for (const id of taken?.changedIds ?? []) found.changed.add(id);
    found.broken.push(...page.broken, ...twice, ...(taken?.refused ?? []));
    if (complete && since === undefined) note(found, page);
    found.counts = added(found.counts, { rows: page.rows.length, unreadable: page.broken.length, taken });
    onProgress?.(found.counts);
    cursor = page.next;
  } while (cursor !== undefined);
  return true;
}

const newest = (one: Instant | undefined, other: Instant | undefined): Instant | undefined =>
  one === undefined || (other !== undefined && other > one) ? other : one;

function note(found: ReadProducts, { rows, broken }: WarehousePage<WarehouseProduct>): void {
  for (const { key } of rows) found.seen.add(key);
  for (const { key } of broken)
    if (key === undefined) found.isUncertain = true;
    else found.seen.add(key);
}

const added = (
  counts: WarehouseCounts,
  page: { readonly rows: number; readonly unreadable: number; readonly taken?: Ingested },
): WarehouseCounts => ({
  read: counts.read + page.rows,
  changed: counts.changed + (page.taken?.changed ?? 0),
  created: counts.created + (page.taken?.created ?? 0),
  unmatched: counts.unmatched + (page.taken?.unmatched ?? 0),
  unreadable: counts.unreadable + page.unreadable,
});
