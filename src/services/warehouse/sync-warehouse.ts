import type { ProductId } from '../../domain/ids.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { StoreReader } from '../../ports/store.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { knownKeys } from './find-products.ts';
import { ingest, type TakenIn } from './ingest.ts';
import { chosenWarehouse, connectWarehouse } from './manage-warehouse.ts';
import type { WarehouseCounts, WarehouseSync } from './warehouse-service.ts';

const brokenNamed = 100;
const noCounts: WarehouseCounts = { read: 0, changed: 0, created: 0, unmatched: 0, unreadable: 0 };

type Progress = (counts: WarehouseCounts) => void;

/**
 * Reads the warehouse to its end and takes its figures in, page by page: what was read before an interruption counts.
 * Trouble changes no figure; they grow older, and what is too old is sent to no shop.
 */
export async function syncWarehouse(
  deps: ServiceDependencies,
  signal: AbortSignal,
  onProgress?: Progress,
): Promise<WarehouseSync> {
  assertCanWrite(deps);
  chosenWarehouse(deps);
  const lease = await deps.leases.take('warehouse', 'reading the warehouse');
  if (!lease.held) return { counts: noCounts, broken: [], busy: lease.by };
  try {
    return await readToEnd(deps, AbortSignal.any([signal, lease.lost]), onProgress);
  } finally {
    await lease.release();
  }
}

async function readToEnd(
  deps: ServiceDependencies,
  signal: AbortSignal,
  onProgress?: Progress,
): Promise<WarehouseSync> {
  const settings = chosenWarehouse(deps);
  const warehouse = connectWarehouse(deps);
  const { complete } = warehouse.can;
  const began = deps.clock.now();
  const keys = await knownKeys(deps, settings.kind);
  const claimed = new Map<ProductId, string>();
  const broken: BrokenRow[] = [];
  let counts = noCounts;
  let cursor: string | undefined;
  try {
    do {
      const page = await warehouse.products({ cursor }, signal);
      let taken: TakenIn | undefined;
      await deps.store.change(async (now: StoreReader) => {
        taken = await ingest(deps, now, { rows: page.rows, keys, claimed, settings, complete });
        return taken.changes;
      });
      for (const [key, id] of taken?.learned ?? []) {
        keys.set(key, id);
        if (complete) claimed.set(id, key);
      }
      broken.push(...page.broken.slice(0, brokenNamed - broken.length));
      counts = added(counts, { rows: page.rows.length, unreadable: page.broken.length, taken });
      onProgress?.(counts);
      cursor = page.next;
    } while (cursor !== undefined);
    await warehouse.acknowledge?.(signal);
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    const state = deps.warehouses?.state() ?? {};
    deps.warehouses?.saveState({ ...state, failedAt: deps.clock.now(), failure: error.kind });
    return { counts, broken, trouble: { kind: error.kind, detail: error.detail } };
  }
  const { read: products, unreadable, unmatched } = counts;
  // A folder without a new file says nothing: what was read before keeps its time.
  const before = deps.warehouses?.state() ?? {};
  if (complete || products > 0 || unreadable > 0)
    deps.warehouses?.saveState({
      readAt: products > 0 || complete ? began : before.readAt,
      products,
      unreadable,
      unmatched,
    });
  else deps.warehouses?.saveState({ ...before, failedAt: undefined, failure: undefined });
  return { counts, broken };
}

const added = (
  counts: WarehouseCounts,
  page: { readonly rows: number; readonly unreadable: number; readonly taken?: TakenIn },
): WarehouseCounts => ({
  read: counts.read + page.rows,
  changed: counts.changed + (page.taken?.changed ?? 0),
  created: counts.created + (page.taken?.created ?? 0),
  unmatched: counts.unmatched + (page.taken?.unmatched ?? 0),
  unreadable: counts.unreadable + page.unreadable,
});
