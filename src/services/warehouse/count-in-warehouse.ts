import type { DomainEvent } from '../../domain/event.ts';
import type { ProductId } from '../../domain/ids.ts';
import type { Product, Stock } from '../../domain/product.ts';
import { stockFrom } from '../../domain/warehouse/stock-of.ts';
import type { WarehouseKey } from '../../domain/warehouse/warehouse.ts';
import type { Count, Warehouse } from '../../ports/warehouse.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { changesFromEvents } from '../dependencies/changes-from-events.ts';
import { recordTold } from '../dependencies/record-shop-failure.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { syncPartsOf } from './ingest/write-parts.ts';
import { chosenWarehouse, connectWarehouse } from './manage-warehouse.ts';
import type { WarehouseCount } from './warehouse-service.ts';

/**
 * Writes a count into the warehouse, for a person who asked for just that, and takes in what the warehouse says of it
 * then. Tried once: a `ShopError` says that nobody knows whether it arrived, and the next reading tells.
 */
export async function countInWarehouse(
  deps: ServiceDependencies,
  { productId, onHand, location }: WarehouseCount,
  signal: AbortSignal,
): Promise<Product> {
  return writeCount(deps, { productId, onHand, location }, signal);
}

/** The same; `undone` is noted with it where it takes a count back. */
export async function writeCount(
  deps: ServiceDependencies,
  { productId, onHand, location, undone }: WarehouseCount & { readonly undone?: DomainEvent },
  signal: AbortSignal,
): Promise<Product> {
  assertCanWrite(deps);
  const { kind } = chosenWarehouse(deps);
  const warehouse = connectWarehouse(deps);
  if (!warehouse.can.count || warehouse.setOnHand === undefined) throw new Refusal('no-counting', { warehouse: kind });
  const [product] = await deps.store.products([productId]);
  if (product === undefined) throw new Refusal('unknown-product', { product: productId });
  if (product.warehouse?.source !== kind) throw new Refusal('not-in-warehouse', { warehouse: kind });
  if (onHand < 0) throw new Refusal('bad-value', { field: 'count', value: String(onHand) });
  const key = product.warehouse.key as WarehouseKey;
  const counted = await before(warehouse, { key, location, onHand }, signal);
  const level = await warehouse.setOnHand({ key, location, onHand }, signal);
  const kept = { productId, stock: stockFrom(level, kind), counted, undone };
  const now = await recordTold(deps.warehouses?.driver(kind)?.label.en ?? kind, () => keep(deps, kept));
  if (warehouse.can.locations === 'rows')
    await syncPartsOf(deps, { warehouse, source: kind, urgency: 'interactive' }, new Map([[key, productId]]), signal);
  return now;
}

type Counted = { readonly location?: string; readonly was: number };

/** Where is counted and what lies there until then, as the warehouse says right now: what an undo would write. */
async function before(
  warehouse: Warehouse,
  { key, location }: Count,
  signal: AbortSignal,
): Promise<Counted | undefined> {
  if (warehouse.can.locations === 'none') {
    const [level] = await warehouse.stockOf([key], signal);
    return level && { was: level.onHand };
  }
  const { rows, broken } = await warehouse.stockAt([key], signal, 'interactive');
  if (broken.length > 0) return undefined;
  if (location !== undefined) return { location, was: rows.find((row) => row.location === location)?.onHand ?? 0 };
  const [only, ...others] = rows.filter(({ onHand }) => onHand !== 0);
  return others.length > 0 ? undefined : { location: only?.location, was: only?.onHand ?? 0 };
}

type Kept = {
  readonly productId: ProductId;
  readonly stock: Stock;
  readonly counted?: Counted;
  readonly undone?: DomainEvent;
};

async function keep(deps: ServiceDependencies, { productId, stock, counted, undone }: Kept): Promise<Product> {
  let changed: Product | undefined;
  await deps.store.change(async (now) => {
    const [product] = await now.products([productId]);
    if (product === undefined) throw new Refusal('unknown-product', { product: productId });
    changed = { ...product, stock };
    const by = { at: deps.clock.now(), by: deps.actor };
    const figures = { productId, before: product.stock, stock };
    if (undone !== undefined)
      return changesFromEvents(now, [{ ...by, ...figures, type: 'stock-changed', why: 'undo' }, undone]);
    return changesFromEvents(now, [{ ...by, ...figures, type: 'stock-changed', why: 'count', counted }]);
  });
  if (changed === undefined) throw new Error(`a count of ${productId} wrote no product`);
  return changed;
}
