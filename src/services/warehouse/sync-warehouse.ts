import { type Instant, later, type ProductId } from '../../domain/ids.ts';
import { type ClockReading, inServerTime, withinRecords } from '../../domain/server-clock.ts';
import type { WarehouseSettings, WarehouseState } from '../../domain/warehouse/warehouse.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { Warehouse } from '../../ports/warehouse.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { takeTurn } from '../dependencies/take-turn.ts';
import { type MarkedGone, markGone } from './ingest/mark-gone.ts';
import { clearShared, makeSharedKeys } from './ingest/shared-keys.ts';
import { syncAllParts, syncPartsOf, type WrittenParts } from './ingest/write-parts.ts';
import { chosenWarehouse, connectWarehouse } from './manage-warehouse.ts';
import { type ReadProducts, readProducts } from './read-products.ts';
import type { WarehouseSync, WarehouseSyncRequest } from './warehouse-service.ts';

const brokenNamed = 100;
const changedNamed = 10_000;
export const noCounts = { read: 0, changed: 0, created: 0, unmatched: 0, unreadable: 0 };

/**
 * Reads the warehouse to its end, or what changed in it, and takes its figures in, page by page: what was read before
 * an interruption counts. Trouble changes no figure; they grow older, and what is too old is sent to no shop.
 */
export async function syncWarehouse(
  deps: ServiceDependencies,
  request: WarehouseSyncRequest,
  signal: AbortSignal,
): Promise<WarehouseSync> {
  assertCanWrite(deps);
  chosenWarehouse(deps);
  const stopWatching = request.onWaiting && deps.warehouses?.watchWaiting(request.onWaiting);
  const asked = { ...deps, name: 'warehouse', doing: 'reading the warehouse', signal };
  try {
    const { value, by } = await takeTurn(asked, ({ store, lost }) =>
      readWarehouse({ ...deps, store }, request, { signal: AbortSignal.any([signal, lost]), lost }),
    );
    if (by === undefined) return value;
    return { kind: 'full', counts: noCounts, changedIds: [], broken: [], ...value, busy: by };
  } finally {
    stopWatching?.();
  }
}

/** A reading under way: what it found so far stands also where it does not reach its end. */
type Reading = {
  readonly settings: WarehouseSettings;
  readonly warehouse: Warehouse;
  readonly found: ReadProducts;
  readonly onProgress: WarehouseSyncRequest['onProgress'];
};

async function readWarehouse(
  deps: ServiceDependencies,
  request: WarehouseSyncRequest,
  { signal, lost }: { readonly signal: AbortSignal; readonly lost: AbortSignal },
): Promise<WarehouseSync> {
  const settings = chosenWarehouse(deps);
  const warehouse = connectWarehouse(deps);
  const began = deps.clock.now();
  const found: ReadProducts = {
    counts: noCounts,
    matched: new Map(),
    changed: new Set(),
    broken: [],
    seen: new Set(),
    isUncertain: false,
    shared: makeSharedKeys(),
    clock: {},
  };
  const reading: Reading = { settings, warehouse, found, onProgress: request.onProgress };
  let since = request.changes === true ? changesSince(deps, warehouse) : undefined;
  let marked: MarkedGone = { gone: [] };
  try {
    since = await readToEnd(deps, reading, { since, signal });
    if (since === undefined && warehouse.can.complete)
      for (const id of await clearShared(deps, settings.kind, found.shared)) found.changed.add(id);
    if (since === undefined && warehouse.can.complete && !found.isUncertain) {
      const { kind: source } = settings;
      marked = await markGone(
        deps,
        { source, warehouse, seen: found.seen, at: began, accepted: request.acceptGone },
        signal,
      );
      for (const id of marked.gone) found.changed.add(id);
    }
    await warehouse.acknowledge?.(signal);
  } catch (error) {
    // That it was not waited for any more says nothing of the warehouse.
    if (!(error instanceof ShopError) || lost.aborted) throw error;
    await saveState(deps, settings, (state) => ({ ...state, failedAt: deps.clock.now(), failure: error.kind }));
    return { ...syncOf(since, found), trouble: { kind: error.kind, detail: error.detail } };
  }
  await saveState(deps, settings, (before) =>
    since === undefined
      ? { ...afterAll(before, reading, began), wouldGo: marked.wouldGo }
      : afterChanges(before, reading, began),
  );
  return { ...syncOf(since, found), gone: marked.gone.length, wouldGo: marked.wouldGo };
}

/** Keeps how a reading went, unless another warehouse was chosen meanwhile: of that one it says nothing. */
async function saveState(
  { warehouses }: ServiceDependencies,
  { kind, address, addedAt }: WarehouseSettings,
  after: (before: WarehouseState) => WarehouseState,
): Promise<void> {
  await warehouses?.refresh();
  const now = warehouses?.settings();
  if (now?.kind !== kind || now.address !== address || now.addedAt !== addedAt) return;
  await warehouses?.saveState(after(warehouses.state()));
}

/** Everything is read so often, whoever asks for changes alone: what no change told of is found then. */
const wholeEveryMs = 24 * 3_600_000;

/** From when on changes are asked for; nothing where the warehouse tells none, or was not read to its end of late. */
function changesSince({ warehouses, tuning, clock }: ServiceDependencies, { can }: Warehouse): Instant | undefined {
  const { wholeReadAt, changesFrom } = warehouses?.state() ?? {};
  if (!can.changedSince || wholeReadAt === undefined || changesFrom === undefined) return undefined;
  if (later(wholeReadAt, wholeEveryMs) < clock.now()) return undefined;
  return later(changesFrom, -tuning.overlapMs);
}

/** Answers since when it read: everything, where this warehouse turns out to tell no changes. */
async function readToEnd(
  deps: ServiceDependencies,
  { settings, warehouse, found, onProgress }: Reading,
  { since, signal }: { readonly since?: Instant; readonly signal: AbortSignal },
): Promise<Instant | undefined> {
  const source = settings.kind;
  const clockBefore = clockOf(deps.warehouses?.state() ?? {});
  const read = (from: Instant | undefined) =>
    readProducts(deps, { settings, warehouse, found, onProgress, since: from, clockBefore }, signal);
  const isRead = await read(since).catch((error: unknown) => {
    if (since === undefined || !(error instanceof ShopError) || error.kind !== 'refused') throw error;
    return false;
  });
  const readSince = isRead ? since : undefined;
  if (!isRead) {
    found.counts = noCounts;
    await read(undefined);
  }
  if (warehouse.can.locations !== 'rows') return readSince;
  const of = { warehouse, source };
  const parts: WrittenParts =
    readSince === undefined ? await syncAllParts(deps, of, signal) : await syncPartsOf(deps, of, found.matched, signal);
  for (const id of parts.changed) found.changed.add(id);
  found.broken.push(...parts.broken);
  found.counts = { ...found.counts, unreadable: found.counts.unreadable + parts.broken.length };
  return readSince;
}

function syncOf(since: Instant | undefined, { counts, changed, broken }: ReadProducts): WarehouseSync {
  const changedIds: readonly ProductId[] = [...changed].slice(0, changedNamed);
  const named: readonly BrokenRow[] = broken.slice(0, brokenNamed);
  return { kind: since === undefined ? 'full' : 'changes', counts, changedIds, broken: named };
}

/** How the clock stood at the last reading: a state without it was noted by our own. */
const clockOf = ({ clockAheadMs: aheadMs, clockFault }: WarehouseState): ClockReading =>
  clockFault === 'far-off' ? { aheadMs, fault: clockFault } : { aheadMs };

/** From when on changes are asked for next, and what is known of the clock. One that says nothing stands as it stood. */
function afterClock(before: WarehouseState, { found }: Reading, began: Instant): WarehouseState {
  const clock = found.clock.aheadMs === undefined ? clockOf(before) : found.clock;
  const newestChange = found.newestChange ?? before.newestChange;
  const answered = inServerTime(began, clock);
  return {
    changesFrom: answered && withinRecords(answered, newestChange),
    newestChange,
    clockAheadMs: clock.aheadMs,
    clockFault: clock.fault ?? found.clockMoved,
  };
}

const wellRead = { failedAt: undefined, failure: undefined };

/** A folder without a new file says nothing: what was read before keeps its time. */
function afterAll(before: WarehouseState, reading: Reading, began: Instant): WarehouseState {
  const { warehouse, found } = reading;
  const { complete } = warehouse.can;
  const { read: products, unreadable, unmatched } = found.counts;
  if (!complete && products === 0 && unreadable === 0) return { ...before, ...wellRead };
  const readAt = products > 0 || complete ? began : before.readAt;
  return { readAt, wholeReadAt: began, ...afterClock(before, reading, began), products, unreadable, unmatched };
}

/** Changes confirm what did not change only where the warehouse says that they do. */
const afterChanges = (before: WarehouseState, reading: Reading, began: Instant): WarehouseState => ({
  ...before,
  ...wellRead,
  readAt: reading.warehouse.can.changesConfirm ? began : before.readAt,
  ...afterClock(before, reading, began),
  changesReadAt: began,
});
