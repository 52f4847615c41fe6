import { z } from 'zod';
import { id, line, readRows } from '../../connectors/decode.ts';
import { rpc, type TrytonConnection } from './rpc.ts';

/** The warehouse and the company that figures are worked out for. */
export type Places = {
  readonly warehouse: string;
  /** Where a count is written: goods lie in a part of the warehouse, not in the warehouse itself. */
  readonly storage?: string;
  readonly company: string;
  readonly name?: string;
};
export type ChosenPlaces = { readonly warehouse?: string; readonly company?: string };

const locationSchema = z.object({ id, name: line, storage_location: z.unknown() });
const companySchema = z.object({ id });
const doing = 'looking for the warehouse';

const idIn = (value: unknown): string | undefined => {
  const read = id.safeParse(value);
  return read.success ? read.data : undefined;
};

/**
 * Finds the warehouse and the company. Without a location Tryton answers nought for everything and calls it no error:
 * so nothing is ever asked without one.
 */
export async function findPlaces(
  connection: TrytonConnection,
  chosen: ChosenPlaces,
  signal: AbortSignal,
): Promise<Places> {
  const search = async (model: string, domain: readonly unknown[], fields: readonly string[]) => {
    const params = [domain, 0, 1, [['id', 'ASC']], fields];
    const found = await rpc(connection, { method: `model.${model}.search_read`, params, context: {}, doing }, signal);
    return Array.isArray(found) ? found : [];
  };
  const wanted = chosen.warehouse === undefined ? [] : [['id', '=', Number(chosen.warehouse)]];
  const domain = [['type', '=', 'warehouse'], ...wanted];
  const locations = await search('stock.location', domain, ['name', 'storage_location']);
  const [warehouse] = readRows(locationSchema, locations).rows;
  if (warehouse === undefined)
    throw connection.http.trouble('not-found', { doing, said: 'Tryton shows no such warehouse' });
  const own = chosen.company === undefined ? [] : [['id', '=', Number(chosen.company)]];
  const [company] = readRows(companySchema, await search('company.company', own, ['id'])).rows;
  if (company === undefined)
    throw connection.http.trouble('not-found', { doing, said: 'Tryton shows no such company' });
  return {
    warehouse: warehouse.id,
    storage: idIn(warehouse.storage_location),
    company: company.id,
    name: warehouse.name,
  };
}
