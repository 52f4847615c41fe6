import type { ProductId } from '../../../domain/ids.ts';
import { changedParts } from '../../../domain/warehouse/changed-parts.ts';
import type { StockLevel, WarehouseId, WarehouseKey } from '../../../domain/warehouse/warehouse.ts';
import type { BrokenRow, Urgency } from '../../../ports/shop-connector.ts';
import type { Warehouse, WarehouseParts } from '../../../ports/warehouse.ts';
import type { ServiceDependencies } from '../../dependencies/service-dependencies.ts';
import { productPages } from '../../facts/product-pages.ts';

const atOnce = 1_000;

/** Rows of stock by location, gathered: one product's may come far apart. */
type Gathered = {
  readonly rows: ReadonlyMap<WarehouseKey, readonly StockLevel[]>;
  /** Shop products of which some row could not be read: unknown, so that their parts stay as they were. */
  readonly unknown: ReadonlySet<string>;
  /** Some row could not be read and does not say whose it is: then nothing is known for certain. */
  readonly isUncertain: boolean;
};

const gathered = ({ rows, broken }: WarehouseParts): Gathered => ({
  rows: Map.groupBy(rows, ({ key }) => key),
  unknown: new Set(broken.flatMap(({ shopProductId }) => shopProductId ?? [])),
  isUncertain: broken.some(({ shopProductId }) => shopProductId === undefined),
});

export type WrittenParts = { readonly changed: readonly ProductId[]; readonly broken: readonly BrokenRow[] };

/** Reads all stock by location and makes it what is kept, once it was read to its end. */
export async function syncAllParts(
  deps: ServiceDependencies,
  { warehouse, source }: { readonly warehouse: Warehouse; readonly source: WarehouseId },
  signal: AbortSignal,
): Promise<WrittenParts> {
  const read: { rows: StockLevel[]; broken: BrokenRow[] } = { rows: [], broken: [] };
  let cursor: string | undefined;
  do {
    const page = await warehouse.stock({ cursor }, signal);
    for (const row of page.rows) read.rows.push(row);
    read.broken.push(...page.broken);
    cursor = page.next;
  } while (cursor !== undefined);
  const parts = gathered(read);
  const changed: ProductId[] = [];
  for await (const page of productPages(deps)) {
    const ids = page.flatMap(({ id, warehouse: link }) => (link?.source === source ? [id] : []));
    for (let from = 0; from < ids.length; from += atOnce)
      changed.push(...(await writeParts(deps, { source, ids: ids.slice(from, from + atOnce), parts })));
  }
  return { changed, broken: read.broken };
}

/** Reads the stock of some products by location and makes it what is kept of them. */
export async function syncPartsOf(
  deps: ServiceDependencies,
  {
    warehouse,
    source,
    urgency,
  }: { readonly warehouse: Warehouse; readonly source: WarehouseId; readonly urgency?: Urgency },
  known: ReadonlyMap<WarehouseKey, ProductId>,
  signal: AbortSignal,
): Promise<WrittenParts> {
  const read = await warehouse.stockAt([...known.keys()], signal, urgency);
  const changed = await writeParts(deps, { source, ids: [...known.values()], parts: gathered(read) });
  return { changed, broken: read.broken };
}

type Writing = { readonly source: WarehouseId; readonly ids: readonly ProductId[]; readonly parts: Gathered };

async function writeParts(deps: ServiceDependencies, { source, ids, parts }: Writing): Promise<readonly ProductId[]> {
  if (parts.isUncertain || ids.length === 0) return [];
  let changed: readonly ProductId[] = [];
  await deps.store.change(async (now) => {
    const [products, levels] = await Promise.all([now.products(ids), now.stockLevelsOf(ids)]);
    const stored = Map.groupBy(levels, ({ productId }) => productId);
    const found = products.flatMap(({ id: productId, warehouse: link }) => {
      // Where two products bear one key, its rows are of both.
      if (link?.source !== source || link.sharedAt !== undefined || parts.unknown.has(link.hostProductId ?? ''))
        return [];
      const read = parts.rows.get(link.key as WarehouseKey) ?? [];
      return { productId, ...changedParts({ productId, source, read, stored: stored.get(productId) ?? [] }) };
    });
    changed = found.flatMap(({ productId, put, drop }) => (put.length + drop.length === 0 ? [] : [productId]));
    return {
      put: { stockLevels: found.flatMap(({ put }) => put) },
      drop: { stockLevels: found.flatMap(({ drop }) => drop) },
      events: [],
    };
  });
  return changed;
}
