import type { ProductId } from '../../domain/ids.ts';
import type { Product, Stock } from '../../domain/product.ts';
import { stockFrom } from '../../domain/warehouse/stock-of.ts';
import type { WarehouseKey } from '../../domain/warehouse/warehouse.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { changesFromEvents } from '../dependencies/changes-from-events.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { chosenWarehouse, connectWarehouse } from './manage-warehouse.ts';
import type { WarehouseCount } from './warehouse-service.ts';
import { syncPartsOf } from './write-parts.ts';

/**
 * Writes a count into the warehouse, for a person who asked for just that, and takes in what the warehouse says of it
 * then. Tried once: a `ShopError` says that nobody knows whether it arrived, and the next reading tells.
 */
export async function countInWarehouse(
  deps: ServiceDependencies,
  { productId, onHand, location }: WarehouseCount,
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
  const level = await warehouse.setOnHand({ key, location, onHand }, signal);
  const counted = await keep(deps, productId, stockFrom(level, kind));
  if (warehouse.can.locations === 'rows')
    await syncPartsOf(deps, { warehouse, source: kind }, new Map([[key, productId]]), signal);
  return counted;
}

async function keep(deps: ServiceDependencies, productId: ProductId, stock: Stock): Promise<Product> {
  let changed: Product | undefined;
  await deps.store.change(async (now) => {
    const [product] = await now.products([productId]);
    if (product === undefined) throw new Refusal('unknown-product', { product: productId });
    changed = { ...product, stock };
    const at = deps.clock.now();
    const event = {
      at,
      by: deps.actor,
      type: 'stock-changed',
      productId,
      before: product.stock,
      stock,
      why: 'count',
    } as const;
    return changesFromEvents(now, [event]);
  });
  if (changed === undefined) throw new Error(`a count of ${productId} wrote no product`);
  return changed;
}
