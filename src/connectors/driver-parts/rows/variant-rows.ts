import type { z } from 'zod';
import type { BrokenRow } from '../../../ports/shop-connector.ts';
import { id, readRows } from '../../decode.ts';

/**
 * Rows of variants, each by itself. One that nobody can read is named by the product that it says it lies under, too: a
 * variant's id may be another product's.
 */
export const readVariantRows = <Value>(schema: z.ZodType<Value>, rows: readonly unknown[], productField: string) =>
  readRows(schema, rows, (broken, row) => ofVariant(broken, row, productField));

/** The same of one row; it is left as it is where it names no product. */
export function ofVariant(broken: BrokenRow, row: unknown, productField: string): BrokenRow {
  const written: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, productField) : undefined;
  const productId = id.safeParse(written);
  const { shopProductId: shopVariantId } = broken;
  return productId.success && shopVariantId !== undefined
    ? { ...broken, shopProductId: productId.data, shopVariantId }
    : broken;
}
