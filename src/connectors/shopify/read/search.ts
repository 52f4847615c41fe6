import type { Instant } from '../../../domain/ids.ts';

/**
 * A value in single quotes, as Shopify's search wants it. Without them a date loses its time of day and a
 * word splits at its hyphens; a backslash guards what would end or divide the value.
 */
export const quoted = (value: string): string => `'${value.replace(/[\\':]/g, '\\$&')}'`;

/** A date in single quotes, to the second, as Shopify writes its own; a guarded colon would no longer be read as one. */
export const atOrAfter = (field: 'updated_at' | 'created_at', timestamp: Instant): string =>
  `${field}:>='${timestamp.replace(/\.\d+Z$/, 'Z')}'`;

export const skuIs = (sku: string): string => `sku:${quoted(sku)}`;

/** A barcode in any of the ways in which it may have been written. */
export const barcodeIs = (spellings: readonly string[]): string =>
  spellings.map((spelling) => `barcode:${quoted(spelling)}`).join(' OR ');
