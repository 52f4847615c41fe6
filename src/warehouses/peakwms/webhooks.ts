import { z } from 'zod';
import { line } from '../../connectors/decode.ts';
import { jsonInBody } from '../../connectors/json/json-in-body.ts';
import type { WarehouseHooks } from '../../ports/warehouse.ts';
import { keyOf } from './schema.ts';

/** A body names the product by the webshop's ids; of `UpdateEan` the fields are not known, so it may name none. */
const bodySchema = z.object({ productId: line, variantId: line }).partial();

const events = [
  { id: '100', label: { da: 'Beholdning justeret (StockAdjust)', en: 'stock adjusted (StockAdjust)' } },
  { id: '101', label: { da: 'EAN ændret (EanUpdates)', en: 'EAN changed (EanUpdates)' } },
  {
    id: '105',
    label: {
      da: 'Vare oprettet eller ændret (ProductCreateUpdate)',
      en: 'product made or changed (ProductCreateUpdate)',
    },
  },
] as const;

/**
 * PeakWMS signs nothing and does not say in the body which event it is: both the secret and the event stand in the
 * address. A body that cannot be read is a hint all the same.
 */
export const peakHooks: WarehouseHooks = {
  events,
  keysIn: (event, body) => {
    if (!events.some(({ id }) => id === event)) return undefined;
    const read = bodySchema.safeParse(jsonInBody(body));
    if (!read.success || read.data.productId === undefined) return 'all';
    const { productId, variantId } = read.data;
    return [keyOf({ id: '', productId, variantId })];
  },
};
