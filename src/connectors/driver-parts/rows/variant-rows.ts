import type { z } from 'zod';
import type { BrokenRow } from '../../../ports/shop-connector.ts';
import { id, readRow } from '../../decode.ts';

/**
 * Rows of variants, each by itself. One that nobody can read is named by the product that it says it lies under, too: a
 * variant's id may be another product's.
 */
export function readVariantRows<Value>(
  schema: z.ZodType<Value>,
  rows: readonly unknown[],
  productField: string,
): { readonly rows: readonly Value[]; readonly broken: readonly BrokenRow[] } {
  const read = rows.map((row) => readRow(schema, row));
  return {
    rows: read.flatMap((one) => (one.ok ? [one.value] : [])),
    broken: read.flatMap((one, at) => (one.ok ? [] : [ofVariant(one.broken, rows[at], productField)])),
  };
}

/** The same of one row; it is left as it is where it names no product. */
export function ofVariant(broken: BrokenRow, row: unknown, productField: string): BrokenRow {
  const written: unknown = typeof row === 'object' && row !== null ? Reflect.get(row, productField) : undefined;
  const productId = id.safeParse(written);
  const { shopProductId: shopVariantId } = broken;
  return productId.success && shopVariantId !== undefined
    ? { ...broken, shopProductId: productId.data, shopVariantId }
    : broken;
}
