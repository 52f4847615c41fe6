import type { VendureApi } from './api.ts';
import { locationsDocument } from './documents.ts';
import { locationsSchema, type VendureLocation } from './wire.ts';

/** All stock locations of the shop. */
export async function allLocations(api: VendureApi, signal: AbortSignal): Promise<readonly VendureLocation[]> {
  const found: VendureLocation[] = [];
  for (let total = 1; found.length < total; ) {
    const question = {
      document: locationsDocument,
      variables: { skip: found.length },
      schema: locationsSchema,
      doing: 'reading stock locations',
      needs: 'ReadStockLocation',
    };
    const { stockLocations } = (await api.ask(question, signal)).data;
    if (stockLocations.items.length === 0) break;
    found.push(...stockLocations.items);
    total = stockLocations.totalItems;
  }
  return found;
}
