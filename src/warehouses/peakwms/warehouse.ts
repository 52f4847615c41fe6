import { readRows } from '../../connectors/decode.ts';
import type { StockLevel, WarehouseKey, WarehouseProduct } from '../../domain/warehouse/warehouse.ts';
import { toWarehouseId } from '../../domain/warehouse/warehouse.ts';
import type {
  PageRequest,
  Warehouse,
  WarehouseCapabilities,
  WarehousePage,
  WarehouseReport,
} from '../../ports/warehouse.ts';
import { ask, type PeakConnection, rowsIn, troubleOf } from './api.ts';
import { changedPage, keySetPage } from './pages.ts';
import { hostOf, levelAt, productOf, productSchema, stockSchema } from './schema.ts';

export const peakWmsId = toWarehouseId('peakwms');

export const peakWmsCapabilities: WarehouseCapabilities = {
  count: false,
  changedSince: true,
  reserved: true,
  locations: true,
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
      throw connection.http.trouble('refused', { doing, said: 'this PeakWMS does not list changes' });
    const page = changed ?? (await keySetPage(connection, { list: 'product', cursor, doing }, signal));
    const { rows, broken } = readRows(productSchema, page.rows);
    return { rows: rows.map((row) => productOf(row, asOf)), broken, next: page.next, asOf };
  }

  async function stock({ cursor }: PageRequest, signal: AbortSignal): Promise<WarehousePage<StockLevel>> {
    const asOf = clock.now();
    const page = await keySetPage(connection, { list: 'stock', cursor, doing: 'reading stock' }, signal);
    const { rows, broken } = readRows(stockSchema, page.rows);
    return { rows: rows.flatMap((row) => levelAt(row, asOf)), broken, next: page.next, asOf };
  }

  /** One question for all variants of a product. */
  async function variantsOf(productId: string, signal: AbortSignal): Promise<readonly WarehouseProduct[]> {
    const asOf = clock.now();
    const path = `product/${encodeURIComponent(productId)}`;
    const reply = await ask(connection, { path, doing: 'reading a product' }, signal);
    if (reply.status === 404) return [];
    return readRows(productSchema, rowsIn(connection, reply)).rows.map((row) => productOf(row, asOf));
  }

  async function stockOf(keys: readonly WarehouseKey[], signal: AbortSignal): Promise<readonly StockLevel[]> {
    const wanted = new Set(keys);
    const hosts = new Set(keys.flatMap((key) => hostOf(key)?.productId ?? []));
    const levels: StockLevel[] = [];
    for (const host of hosts) {
      const variants = await variantsOf(host, signal);
      levels.push(...variants.flatMap(({ key, level }) => (level !== undefined && wanted.has(key) ? [level] : [])));
    }
    return levels;
  }

  async function test(signal: AbortSignal): Promise<WarehouseReport> {
    const doing = 'testing the connection';
    const pong = await ask(connection, { path: 'ping', doing }, signal);
    if (pong.status < 200 || pong.status > 299) throw troubleOf(connection, pong);
    const { rows, broken } = await products({}, signal);
    const notes = rows.some(({ level }) => level !== undefined) || rows.length === 0 ? [] : [noFigures];
    return { sample: rows.slice(0, 5), broken, notes };
  }

  return { id: peakWmsId, can: peakWmsCapabilities, test, products, stock, stockOf };
}

const noFigures = {
  da: 'PeakWMS viser ingen varer med "til salg" (availableToSell); beholdninger læses ikke.',
  en: 'PeakWMS shows no product with availableToSell; no stock can be read.',
};
