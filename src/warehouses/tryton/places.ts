import { z } from 'zod';
import { id, line, readRows } from '../../connectors/decode.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import { type Context, endless, figure, lastIdOf, rpcList, type TrytonConnection } from './rpc.ts';

/** The warehouse and the company that figures are worked out for. */
export type Places = {
  readonly warehouse: string;
  /** Where a count of what lies nowhere yet is written: goods lie in a part of the warehouse, not in the warehouse itself. */
  readonly storage?: string;
  readonly company: string;
  readonly name?: string;
};
/** A place in the warehouse where goods may lie. */
export type TrytonLocation = { readonly id: string; readonly name: string };
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
    return rpcList(connection, { method: `model.${model}.search_read`, params, context: {}, doing }, signal);
  };
  const wanted = chosen.warehouse === undefined ? [] : [['id', '=', Number(chosen.warehouse)]];
  const domain = [['type', '=', 'warehouse'], ...wanted];
  const locations = await search('stock.location', domain, ['name', 'storage_location']);
  const [warehouse] = readRows(locationSchema, locations).rows;
  if (warehouse === undefined)
    throw connection.http.trouble('not-found', { doing, found: 'Tryton shows no such warehouse' });
  const own = chosen.company === undefined ? [] : [['id', '=', Number(chosen.company)]];
  const [company] = readRows(companySchema, await search('company.company', own, ['id'])).rows;
  if (company === undefined)
    throw connection.http.trouble('not-found', { doing, found: 'Tryton shows no such company' });
  return {
    warehouse: warehouse.id,
    storage: idIn(warehouse.storage_location),
    company: company.id,
    name: warehouse.name,
  };
}

const storageSchema = z.object({ id, name: line, code: line, quantity: figure.optional() });
const storagesAtOnce = 200;
/** No warehouse has more places. */
const maxPlaces = 100_000;

/** A place, and what lies right there of one product. */
export type PlaceOfProduct = TrytonLocation & { readonly onHand: number };

/** What lies of one product at each place, without what lies within it. A place that tells no figure holds none of it. */
export async function findPlacesOf(
  connection: TrytonConnection,
  places: Places,
  product: string,
  signal: AbortSignal,
): Promise<readonly PlaceOfProduct[]> {
  const context = { company: Number(places.company), product: Number(product), with_childs: false };
  const { rows } = await storagesIn(connection, places, { fields: ['name', 'code', 'quantity'], context }, signal);
  return rows.map((row) => ({ ...named(row), onHand: row.quantity ?? 0 }));
}

/** Places, and those that nobody can read: what lies there is unknown. */
type TrytonLocations = { readonly rows: readonly TrytonLocation[]; readonly broken: readonly BrokenRow[] };

/** Every place of the warehouse by id: its storage with what is within it, and the zones for what comes in and goes out. */
export async function findLocations(
  connection: TrytonConnection,
  places: Places,
  signal: AbortSignal,
): Promise<TrytonLocations> {
  const { rows, broken } = await storagesIn(connection, places, { fields: ['name', 'code'], context: {} }, signal);
  if (rows.length + broken.length === 0)
    throw connection.http.trouble('unintelligible', {
      doing: 'reading locations',
      found: 'Tryton shows no place in the warehouse',
    });
  // The id of a place is no product's: whose row it is, nobody knows.
  return { rows: rows.map(named), broken: broken.map((row) => ({ ...row, shopProductId: undefined })) };
}

const named = ({ id, name, code }: z.infer<typeof storageSchema>): TrytonLocation => ({ id, name: code ?? name ?? id });

async function storagesIn(
  connection: TrytonConnection,
  { warehouse }: Places,
  { fields, context }: { readonly fields: readonly string[]; readonly context: Context },
  signal: AbortSignal,
): Promise<{ readonly rows: readonly z.infer<typeof storageSchema>[]; readonly broken: readonly BrokenRow[] }> {
  const within = [
    ['parent', 'child_of', [Number(warehouse)]],
    ['type', '=', 'storage'],
  ];
  const found: { rows: z.infer<typeof storageSchema>[]; broken: BrokenRow[] } = { rows: [], broken: [] };
  for (let after = 0; ; ) {
    const domain = [...within, ['id', '>', after]];
    const params = [domain, 0, storagesAtOnce, [['id', 'ASC']], fields];
    const call = { method: 'model.stock.location.search_read', params, context, doing: 'reading locations' };
    const answer = await rpcList(connection, call, signal);
    const { rows, broken } = readRows(storageSchema, answer);
    found.rows.push(...rows);
    found.broken.push(...broken);
    const last = lastIdOf(connection, answer, call.doing);
    if (last === undefined || answer.length < storagesAtOnce) return found;
    if (last <= after || found.rows.length > maxPlaces) throw endless(connection, call.doing);
    after = last;
  }
}
