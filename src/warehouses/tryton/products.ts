import { z } from 'zod';
import { flag, id, line, readRow, readRows, title } from '../../connectors/decode.ts';
import type { Instant } from '../../domain/ids.ts';
import { toWarehouseKey, type WarehouseProduct } from '../../domain/warehouse/warehouse.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import type { BrokenWarehouseRow, WarehousePage } from '../../ports/warehouse.ts';
import type { Places, TrytonLocation } from './places.ts';
import { type Context, figure, ifAllowed, lastIdOf, rpcList, type TrytonConnection } from './rpc.ts';

export const pageSize = 200;

/** Figures are worked out for the locations and the company of the context. */
export const contextOf = ({ warehouse, company }: Places): Context => ({
  company: Number(company),
  locations: [Number(warehouse)],
});

const productSchema = z.object({
  id,
  code: line,
  active: flag,
  'template.': z.object({ name: title }).nullish(),
  quantity: figure,
  forecast_quantity: figure,
});
const fields = ['code', 'active', 'template.name', 'quantity', 'forecast_quantity'];

const namesSchema = z.object({ code: line.catch(undefined) });

/** A row that cannot be read, by its key and the item number that a person knows it by. */
function named(broken: BrokenRow, row: unknown): BrokenWarehouseRow {
  const sku = namesSchema.safeParse(row).data?.code;
  const { shopProductId } = broken;
  return { ...broken, sku, key: shopProductId === undefined ? undefined : toWarehouseKey(shopProductId) };
}

/** An inactive product is left out of every search unless it is asked for, and may still lie there. */
const alsoInactive = ['active', 'in', [true, false]];

export type ProductSearch = {
  readonly domain: readonly unknown[];
  readonly asOf: Instant;
  readonly doing: string;
  /** Figures of this place alone, without what lies within it; of the whole warehouse when left out. */
  readonly location?: TrytonLocation;
};

/** Products that fit, by id; `broken` are those that nobody can read. */
export async function searchProducts(
  connection: TrytonConnection,
  places: Places,
  request: ProductSearch,
  signal: AbortSignal,
): Promise<WarehousePage<WarehouseProduct> & { readonly last?: string }> {
  const { doing, asOf, location } = request;
  const params = [[...request.domain, alsoInactive], 0, pageSize, [['id', 'ASC']], fields];
  const context =
    location === undefined
      ? contextOf(places)
      : { ...contextOf(places), locations: [Number(location.id)], with_childs: false };
  const call = { method: 'model.product.product.search_read', params, context, doing };
  const found = await rpcList(connection, call, signal);
  const read = found.map((row) => readRow(productSchema, row));
  const rows = read.flatMap((one) => (one.ok ? [one.value] : []));
  const broken = read.flatMap((one, at) => (one.ok ? [] : [named(one.broken, found[at])]));
  const barcodes = location === undefined ? await barcodesOf(connection, rows, signal) : new Map<string, string>();
  const last = lastIdOf(connection, found, doing);
  const products = rows.map((row) => ({ ...productOf(row, asOf), barcode: barcodes.get(row.id) }));
  return { rows: products, broken, asOf, last: last === undefined ? undefined : String(last) };
}

/**
 * What may be sold is the forecast, where more is promised than comes in; goods on their way are not sold yet. Without
 * a forecast nobody knows what is promised.
 */
function productOf(row: z.infer<typeof productSchema>, asOf: Instant): WarehouseProduct {
  const key = toWarehouseKey(row.id);
  const { quantity: onHand, forecast_quantity: forecast } = row;
  const available = onHand === undefined || forecast === undefined ? undefined : Math.min(onHand, forecast);
  return {
    key,
    sku: row.code,
    name: row['template.']?.name,
    active: row.active,
    level:
      onHand === undefined || available === undefined
        ? undefined
        : { key, onHand, reserved: onHand - available, available, asOf },
  };
}

const identifierSchema = z.object({ id, product: id, code: line });

/** Barcodes lie in a list of their own. A Tryton that does not let us look there has none to tell. */
async function barcodesOf(
  connection: TrytonConnection,
  rows: readonly { readonly id: string }[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  if (rows.length === 0) return new Map();
  const domain = [
    ['product', 'in', rows.map((row) => Number(row.id))],
    ['type', '=', 'ean'],
  ];
  const params = [domain, 0, pageSize * 2, [['id', 'DESC']], ['product', 'code']];
  const call = { method: 'model.product.identifier.search_read', params, context: {}, doing: 'reading barcodes' };
  const found = await rpcList(connection, call, signal).catch(ifAllowed);
  const { rows: read } = readRows(identifierSchema, found);
  return new Map(read.flatMap(({ product, code }) => (code === undefined ? [] : [[product, code] as const])));
}
