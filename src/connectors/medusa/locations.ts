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

/** The location that gets a figure: the one that is `told` if the shop still has it, else the chosen one, or the only one there is. */
export async function targetLocation(
  api: MedusaApi,
  told: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (told !== undefined) return (await allLocations(api, signal)).find(({ id }) => id === told)?.id;
  if (api.options.location !== undefined) return api.options.location;
  const [only, ...more] = await allLocations(api, signal);
  return more.length === 0 ? only?.id : undefined;
}
