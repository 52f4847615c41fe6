import { later } from '../../domain/ids.ts';
import type { StockLevel, WarehouseKey, WarehouseProduct } from '../../domain/warehouse/warehouse.ts';
import { toWarehouseId } from '../../domain/warehouse/warehouse.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import type {
  BrokenWarehouseRow,
  PageRequest,
  Warehouse,
  WarehouseCapabilities,
  WarehousePage,
  WarehouseParts,
  WarehouseReport,
} from '../../ports/warehouse.ts';
import { ask, type PeakConnection, rowsIn, troubleOf } from './api.ts';
import { changedPage, keySetPage, newestIn } from './pages.ts';
import { hostOf, readProducts, readStock } from './schema.ts';
import { changesTellOfStock } from './unknowns.ts';

export const peakWmsId = toWarehouseId('peakwms');

export const peakWmsCapabilities: WarehouseCapabilities = {
  count: false,
  changedSince: true,
  changesConfirm: changesTellOfStock,
  reserved: true,
  locations: 'rows',
  ownAvailable: true,
  hostIds: true,
  complete: true,
};

/** PeakWMS by its public API. Reads only. */
export function makePeakWarehouse(connection: PeakConnection): Warehouse {
  const { clock } = connection;

  async function products(
    { cursor, since }: PageRequest,
    signal: AbortSignal,
  ): Promise<WarehousePage<WarehouseProduct>> {
    const asOf = clock.now();
    const doing = 'reading products';
    const changed = since === undefined ? undefined : await changedPage(connection, { since, cursor, doing }, signal);
    if (since !== undefined && changed === undefined)
      throw connection.http.trouble('refused', { doing, found: 'this PeakWMS does not list changes' });
    const page = changed ?? (await keySetPage(connection, { list: 'product', cursor, doing }, signal));
    const clockAheadMs = connection.http.clockAheadMs();
    const newestChange = newestIn(page.rows, later(asOf, clockAheadMs ?? 0));
    return { ...readProducts(page.rows, asOf), next: page.next, asOf, clockAheadMs, newestChange };
  }

  async function stock({ cursor }: PageRequest, signal: AbortSignal): Promise<WarehousePage<StockLevel>> {
    const asOf = clock.now();
    const page = await keySetPage(connection, { list: 'stock', cursor, doing: 'reading stock' }, signal);
    return { ...readStock(page.rows, asOf), next: page.next, asOf };
  }

  /** One question for all variants of a product. */
  async function productsOf(keys: readonly WarehouseKey[], signal: AbortSignal) {
    const wanted = new Set(keys);
    const found: { rows: WarehouseProduct[]; broken: BrokenWarehouseRow[] } = { rows: [], broken: [] };
    for (const host of new Set(keys.flatMap((key) => hostOf(key)?.productId ?? []))) {
      const asOf = clock.now();
      const path = `product/${encodeURIComponent(host)}`;
      const reply = await ask(connection, { path, doing: 'reading a product' }, signal);
      if (reply.status === 404) continue;
      const { rows, broken } = readProducts(rowsIn(connection, reply), asOf);
      found.rows.push(...rows.filter(({ key }) => wanted.has(key)));
      found.broken.push(...broken);
    }
    return found;
  }

  const stockOf = async (keys: readonly WarehouseKey[], signal: AbortSignal): Promise<readonly StockLevel[]> =>
    (await productsOf(keys, signal)).rows.flatMap(({ level }) => level ?? []);

  /** One question for the stock of all variants of a product. */
  async function stockAt(keys: readonly WarehouseKey[], signal: AbortSignal): Promise<WarehouseParts> {
    const wanted = new Set(keys);
    const found: { rows: StockLevel[]; broken: BrokenRow[] } = { rows: [], broken: [] };
    for (const host of new Set(keys.flatMap((key) => hostOf(key)?.productId ?? []))) {
      const asOf = clock.now();
      const path = `stock/${encodeURIComponent(host)}`;
      const reply = await ask(connection, { path, doing: 'reading stock' }, signal);
      if (reply.status === 404) continue;
      const { rows, broken } = readStock(rowsIn(connection, reply), asOf);
      found.rows.push(...rows.filter(({ key }) => wanted.has(key)));
      found.broken.push(...broken);
    }
    return found;
  }

  async function test(signal: AbortSignal): Promise<WarehouseReport> {
    const doing = 'testing the connection';
    const pong = await ask(connection, { path: 'ping', doing }, signal);
    if (pong.status < 200 || pong.status > 299) throw troubleOf(connection, pong);
    const { rows, broken } = await products({}, signal);
    const notes = rows.some(({ level }) => level !== undefined) || rows.length === 0 ? [] : [noFigures];
    return { sample: rows.slice(0, 5), broken, notes };
  }

  return { id: peakWmsId, can: peakWmsCapabilities, test, products, stock, stockOf, stockAt, productsOf };
}

const noFigures = {
  da: 'PeakWMS viser ingen varer med "til salg" (availableToSell); beholdninger læses ikke.',
  en: 'PeakWMS shows no product with availableToSell; no stock can be read.',
};
