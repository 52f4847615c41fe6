import { available, type Product, type Stock } from '../../domain/product.ts';
import { wantedQuantity } from '../../domain/push/shop-quantity.ts';
import { type Shop, sellsByLocation } from '../../domain/shop.ts';
import { changedParts } from '../../domain/warehouse/changed-parts.ts';
import { stockFrom } from '../../domain/warehouse/stock-of.ts';
import type { StockLevel, WarehouseKey, WarehouseSettings } from '../../domain/warehouse/warehouse.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { Warehouse, WarehousePage } from '../../ports/warehouse.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import type { ShopFailure } from '../dependencies/shop-failure.ts';
import { connectWarehouse } from '../warehouse/manage-warehouse.ts';
import type { WarehouseWord } from './diagnosis-service.ts';

/** What the warehouse says just now of a product as a shop would be told it; nothing where our own stock is all there is. */
export type WarehouseAnswer = (product: Product, shop: Shop) => WarehouseWord | undefined;

/** So many products are asked for one by one; of more, everything is read. */
const fewProducts = 50;

/** Asks the warehouse what it has of some products now, and what lies where, if some shop is mapped to locations. */
export async function askWarehouse(
  deps: ServiceDependencies,
  places: readonly { readonly product: Product; readonly shop: Shop }[],
  signal: AbortSignal,
): Promise<WarehouseAnswer> {
  const settings = deps.warehouses?.settings();
  if (settings === undefined) return () => undefined;
  const label = deps.warehouses?.driver(settings.kind)?.label;
  const base = { source: settings.kind, label };
  const keys = new Set(places.flatMap(({ product }) => keyIn(product, settings) ?? []));
  const isMapped = places.some(({ shop }) => sellsByLocation(shop));
  try {
    const warehouse = connectWarehouse(deps);
    const levels = Map.groupBy(await levelsOf(warehouse, keys, signal), ({ key }) => key);
    const parts = isMapped ? await partsOf(warehouse, keys, signal) : [];
    const partsByKey = Map.groupBy(parts, ({ key }) => key);
    return (product, shop) => {
      const key = keyIn(product, settings);
      const [level, another] = (key && levels.get(key)) ?? [];
      if (another !== undefined || product.warehouse?.sharedAt !== undefined) return { ...base, kind: 'shared' };
      if (key === undefined || level === undefined) return { ...base, kind: 'not-there' };
      const stock = stockFrom(level, settings.kind);
      const figure = figureFor({ product, shop, stock }, partsByKey.get(key) ?? [], settings);
      return { ...base, kind: 'told', stock: { ...stock, available: available(stock) }, figure };
    };
  } catch (error) {
    if (!(error instanceof ShopError) || error.kind === 'cancelled') throw error;
    const trouble: ShopFailure = { kind: error.kind, detail: error.detail };
    return () => ({ ...base, kind: 'unreachable', trouble });
  }
}

const keyIn = ({ warehouse }: Product, { kind }: WarehouseSettings): WarehouseKey | undefined =>
  warehouse?.source === kind ? (warehouse.key as WarehouseKey) : undefined;

function figureFor(
  { product, shop, stock }: { readonly product: Product; readonly shop: Shop; readonly stock: Stock },
  read: readonly StockLevel[],
  { kind: source }: WarehouseSettings,
): number | undefined {
  const { put: parts } = changedParts({ productId: product.id, source, read, stored: [] });
  return wantedQuantity({ product: { ...product, stock }, shop, parts }).quantity;
}

const levelsOf = async (
  warehouse: Warehouse,
  keys: ReadonlySet<WarehouseKey>,
  signal: AbortSignal,
): Promise<readonly StockLevel[]> =>
  keys.size <= fewProducts
    ? warehouse.stockOf([...keys], signal)
    : readAll(
        (cursor) => warehouse.products({ cursor }, signal),
        ({ level }) => level,
        keys,
      );

const partsOf = async (
  warehouse: Warehouse,
  keys: ReadonlySet<WarehouseKey>,
  signal: AbortSignal,
): Promise<readonly StockLevel[]> =>
  keys.size <= fewProducts
    ? (await warehouse.stockAt([...keys], signal, 'interactive')).rows
    : readAll(
        (cursor) => warehouse.stock({ cursor }, signal),
        (level) => level,
        keys,
      );

async function readAll<Row>(
  read: (cursor: string | undefined) => Promise<WarehousePage<Row>>,
  levelIn: (row: Row) => StockLevel | undefined,
  keys: ReadonlySet<WarehouseKey>,
): Promise<readonly StockLevel[]> {
  const found: StockLevel[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    for (const row of page.rows) {
      const level = levelIn(row);
      if (level !== undefined && keys.has(level.key)) found.push(level);
    }
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}
