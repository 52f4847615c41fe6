import type { WarehouseKey } from '../../domain/warehouse/warehouse.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { type Ingested, ingest } from './ingest/ingest.ts';
import { makeSharedKeys } from './ingest/shared-keys.ts';
import { syncPartsOf } from './ingest/write-parts.ts';
import { chosenWarehouse, connectWarehouse } from './manage-warehouse.ts';
import { noCounts } from './sync-warehouse.ts';
import type { WarehouseSync } from './warehouse-service.ts';

/**
 * Asks the warehouse for some products and takes them in, since it told that they may have changed. Nothing where it
 * cannot be asked for single products: then the next reading tells. Rejects with a `ShopError`.
 */
export async function rereadProducts(
  deps: ServiceDependencies,
  keys: readonly WarehouseKey[],
  signal: AbortSignal,
): Promise<WarehouseSync | undefined> {
  assertCanWrite(deps);
  const settings = chosenWarehouse(deps);
  const warehouse = connectWarehouse(deps);
  if (warehouse.productsOf === undefined) return undefined;
  const { rows, broken } = await warehouse.productsOf(keys, signal);
  const shared = makeSharedKeys();
  const twice = shared.note(rows);
  const { complete } = warehouse.can;
  let taken: Ingested | undefined;
  await deps.store.change(async (now) => {
    taken = await ingest(deps, now, { rows, claimed: new Map(), shared, settings, complete });
    return taken.changes;
  });
  const changed = new Set(taken?.changedIds);
  if (warehouse.can.locations === 'rows' && taken !== undefined) {
    const parts = await syncPartsOf(deps, { warehouse, source: settings.kind }, taken.matched, signal);
    for (const id of parts.changed) changed.add(id);
  }
  const { changed: figures = 0, created = 0, unmatched = 0 } = taken ?? {};
  const counts = { ...noCounts, read: rows.length, changed: figures, created, unmatched, unreadable: broken.length };
  return { kind: 'changes', counts, changedIds: [...changed], broken: [...broken, ...twice] };
}
