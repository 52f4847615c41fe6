import type { MedusaApi } from './api.ts';
import { locationsSchema, type MedusaLocation } from './wire.ts';

/** All stock locations of the shop. */
export async function allLocations(api: MedusaApi, signal: AbortSignal): Promise<readonly MedusaLocation[]> {
  const found: MedusaLocation[] = [];
  for (let total = 1; found.length < total; ) {
    const query = { fields: 'id,name', order: 'id', limit: '100', offset: String(found.length) };
    const question = { path: 'stock-locations', query, schema: locationsSchema, doing: 'reading stock locations' };
    const { stock_locations: page, count } = (await api.ask(question, signal)).data;
    if (page.length === 0) break;
    found.push(...page);
    total = count ?? found.length + 1;
  }
  return found;
}
