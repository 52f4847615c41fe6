import { parseGtin } from '../../domain/ids.ts';
import type { Listing, UnreadPart } from '../../domain/listing.ts';
import type { Shop } from '../../domain/shop.ts';
import type { WooItem } from './schema.ts';

/** The barcode: WooCommerce's own field since 9.2, else the field a plug-in keeps it in, by the shop's setting. */
export function barcodeOf(item: WooItem, shop: Shop): Pick<Listing, 'gtin' | 'barcode'> {
  const metaKey = shop.options.gtinMeta;
  const written = item.global_unique_id ?? (metaKey === undefined ? undefined : item.meta_data?.get(metaKey));
  if (written === undefined || typeof written === 'object') return {};
  const gtin = parseGtin(written);
  return gtin === undefined ? { barcode: written } : { gtin };
}

/** The field of a plug-in holds something that is no text, and WooCommerce's own holds nothing. */
export function unreadBarcode(item: WooItem, shop: Shop): readonly UnreadPart[] {
  const { gtinMeta: field } = shop.options;
  const written = field === undefined ? undefined : item.meta_data?.get(field);
  if (field === undefined || typeof written !== 'object' || item.global_unique_id !== undefined) return [];
  return [{ part: 'barcode', field, value: written.unreadable }];
}
