import { z } from 'zod';
import { cleanLine } from '../../connectors/clean.ts';
import { id, line, readRow, title } from '../../connectors/decode.ts';
import type { Instant } from '../../domain/ids.ts';
import {
  type StockLevel,
  toWarehouseKey,
  type WarehouseKey,
  type WarehouseProduct,
} from '../../domain/warehouse/warehouse.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import type { BrokenWarehouseRow, WarehouseParts } from '../../ports/warehouse.ts';
import { costOf, isActive, levelOf } from './unknowns.ts';

/** A number of pieces, decimals too, also as text; nothing where none is said. Not finite is unreadable. */
export const pieces = z.unknown().transform((value, context): number | undefined => {
  if (value === null || value === undefined || value === '') return undefined;
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  const number = /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER) return number === 0 ? 0 : number;
  context.addIssue({ code: 'custom', message: `is "${cleanLine(String(value)).slice(0, 40)}", not a number` });
  return z.NEVER;
});

const hostIds = { productId: line, variantId: line };

/** Everything but the id may be null, and what is null may be left out. */
const sparse = <Shape extends z.ZodRawShape>(shape: Shape) => z.object({ id, ...z.object(shape).partial().shape });

export const productSchema = sparse({
  ...hostIds,
  itemNumber: line,
  description: title,
  ean: line,
  state: z.unknown(),
  averageCostPrice: z.unknown(),
  availableToSell: pieces,
  availableInStock: pieces,
  orderedByCustomers: pieces,
});
export type ProductRow = z.infer<typeof productSchema>;

const hostSchema = z.object({ productId: line }).partial();

export const stockSchema = sparse({
  ...hostIds,
  quantity: pieces,
  reservedQuantity: pieces,
  availableQuantity: pieces,
  locationCode: line,
});
export type StockRow = z.infer<typeof stockSchema>;

type HostIds = { readonly id: string; readonly productId?: string; readonly variantId?: string };

/**
 * What a product is known by. Stock rows carry the host's ids and no id of the product's, so that these are the key;
 * a product that no host made has PeakWMS's own.
 */
export const keyOf = ({ id: own, productId, variantId }: HostIds): WarehouseKey =>
  toWarehouseKey(
    productId === undefined
      ? `#${own}`
      : [productId, ...(variantId === undefined ? [] : [variantId])].map(encodeURIComponent).join('/'),
  );

/** The host's ids in a key; nothing for a product that no host made. */
export function hostOf(key: WarehouseKey): { readonly productId: string; readonly variantId?: string } | undefined {
  if (key.startsWith('#')) return undefined;
  const [productId = '', variantId] = key.split('/').map(decodeURIComponent);
  return { productId, variantId };
}

export function productOf(row: ProductRow, asOf: Instant): WarehouseProduct {
  const key = keyOf(row);
  return {
    key,
    ownId: row.id,
    sku: row.itemNumber,
    barcode: row.ean,
    name: row.description,
    hostProductId: row.productId,
    hostVariantId: row.variantId,
    active: isActive(row.state),
    cost: costOf(row.averageCostPrice),
    level: levelOf(
      key,
      { toSell: row.availableToSell, inStock: row.availableInStock, ordered: row.orderedByCustomers },
      asOf,
    ),
  };
}

const keySchema = z.object({ id, ...z.object(hostIds).partial().shape });

const nameSchema = z.object({ itemNumber: line });

/** Products, and those that nobody can read, by their key and item number where those can be read. */
export function readProducts(raw: readonly unknown[], asOf: Instant) {
  const found: { rows: WarehouseProduct[]; broken: BrokenWarehouseRow[] } = { rows: [], broken: [] };
  for (const row of raw) {
    const read = readRow(productSchema, row);
    if (read.ok) found.rows.push(productOf(read.value, asOf));
    else {
      const named = keySchema.safeParse(row).data;
      found.broken.push({
        ...read.broken,
        key: named && keyOf(named),
        sku: nameSchema.safeParse(row).data?.itemNumber,
      });
    }
  }
  return found;
}

type Quantities = Pick<StockRow, 'reservedQuantity' | 'availableQuantity'> & { readonly quantity: number };

/** A row of stock lies at one location. It counts goods that may not be sold, too: never add these up for a shop. */
function levelAt(row: StockRow, { quantity, reservedQuantity = 0, availableQuantity }: Quantities, asOf: Instant) {
  const available = availableQuantity ?? quantity - reservedQuantity;
  return { key: keyOf(row), location: row.locationCode, onHand: quantity, reserved: reservedQuantity, available, asOf };
}

/** Rows of stock, and those that nobody can read, named by the shop product that they are of: not one by one. */
export function readStock(raw: readonly unknown[], asOf: Instant): WarehouseParts {
  const found: { rows: StockLevel[]; broken: BrokenRow[] } = { rows: [], broken: [] };
  for (const row of raw) {
    const read = readRow(stockSchema, row);
    if (!read.ok) found.broken.push({ ...read.broken, shopProductId: hostSchema.safeParse(row).data?.productId });
    // Its own number is no product's: whose row it is without a host's id, it does not say.
    else if (read.value.productId === undefined) continue;
    else if (read.value.quantity === undefined)
      found.broken.push({ shopProductId: read.value.productId, where: 'quantity', said: 'is missing' });
    else found.rows.push(levelAt(read.value, { ...read.value, quantity: read.value.quantity }, asOf));
  }
  return found;
}
