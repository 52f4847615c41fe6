import { z } from 'zod';
import { id, numberId, readRows } from '../../connectors/decode.ts';
import { type Instant, later } from '../../domain/ids.ts';
import {
  type StockLevel,
  toWarehouseId,
  type WarehouseKey,
  type WarehouseProduct,
} from '../../domain/warehouse/warehouse.ts';
import type { Clock } from '../../ports/clock.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import type {
  BrokenWarehouseRow,
  Count,
  Warehouse,
  WarehouseCapabilities,
  WarehouseParts,
} from '../../ports/warehouse.ts';
import { writeCount } from './count.ts';
import { type ChosenPlaces, findLocations, findPlaces, type Places, type TrytonLocation } from './places.ts';
import { pageSize, searchProducts } from './products.ts';
import { endless, ifAllowed, lastIdOf, momentOf, rpcList, type TrytonConnection, taggedMoment } from './rpc.ts';

export const trytonId = toWarehouseId('tryton');

export const trytonCapabilities: WarehouseCapabilities = {
  count: true,
  changedSince: true,
  changesConfirm: true,
  reserved: false,
  locations: 'rows',
  ownAvailable: true,
  hostIds: false,
  complete: true,
};

const madeSchema = z.object({ create_date: z.unknown() });
const moveSchema = z.object({ id, product: numberId });
/** So many products are more than any warehouse has. */
const maxMoved = 1_000_000;

type Input = { readonly connection: TrytonConnection; readonly chosen: ChosenPlaces; readonly clock: Clock };

/** What all pages of a reading go by, asked once: with the first page, or where it was asked about something else. */
function keptOverPages<Of, Value>(ask: (of: Of, signal: AbortSignal) => Promise<Value>) {
  let kept: { readonly of: Of; readonly value: Value } | undefined;
  return async ({ cursor, of }: { readonly cursor?: string; readonly of: Of }, signal: AbortSignal): Promise<Value> => {
    if (cursor === undefined || kept?.of !== of) kept = { of, value: await ask(of, signal) };
    return kept.value;
  };
}

/** Tryton by JSON-RPC. */
export function makeTrytonWarehouse({ connection, chosen, clock }: Input): Warehouse {
  let known: Places | undefined;
  const placesOf = async (signal: AbortSignal): Promise<Places> => {
    known ??= await findPlaces(connection, chosen, signal);
    return known;
  };

  const products: Warehouse['products'] = async ({ cursor, since }, signal) => {
    const places = await placesOf(signal);
    const asOf = clock.now();
    const newestChange = cursor === undefined ? await newestMove(signal) : undefined;
    const changed = since === undefined ? [] : [['id', 'in', await moved({ cursor, of: since }, signal)]];
    const after = Number(cursor ?? '0');
    const domain = [['id', '>', after], ...changed];
    const page = await searchProducts(connection, places, { domain, asOf, doing: 'reading products' }, signal);
    if (page.last !== undefined && Number(page.last) <= after)
      throw connection.http.trouble('unintelligible', { doing: 'reading products', found: 'the same page came again' });
    const clockAheadMs = connection.http.clockAheadMs();
    return { rows: page.rows, broken: page.broken, asOf, next: page.last, clockAheadMs, newestChange };
  };

  /** When the newest move was made, by the clock of the database; nothing where none says so, or it lies ahead. */
  async function newestMove(signal: AbortSignal): Promise<Instant | undefined> {
    const params = [[], 0, 1, [['id', 'DESC']], ['create_date']];
    const call = { method: 'model.stock.move.search_read', params, context: {}, doing: 'reading stock moves' };
    const [move] = await rpcList(connection, call, signal).catch(ifAllowed);
    const made = momentOf(madeSchema.safeParse(move).data?.create_date);
    return made !== undefined && made <= later(clock.now(), connection.http.clockAheadMs() ?? 0) ? made : undefined;
  }

  const moved = keptOverPages(movedSince);
  const locationsIn = keptOverPages((places: Places, signal) => findLocations(connection, places, signal));

  /** A move of stock changes no date of the product: the moves themselves are asked. */
  async function movedSince(since: Instant, signal: AbortSignal): Promise<readonly number[]> {
    const at = taggedMoment(since);
    const moved = new Set<number>();
    for (let after = 0; ; ) {
      const either = ['OR', ['write_date', '>=', at], ['create_date', '>=', at]];
      const params = [[['id', '>', after], either], 0, pageSize, [['id', 'ASC']], ['product']];
      const call = { method: 'model.stock.move.search_read', params, context: {}, doing: 'reading stock moves' };
      const found = await rpcList(connection, call, signal);
      const { rows, broken } = readRows(moveSchema, found);
      // What it moved, nobody knows: everything is read instead.
      if (broken.length > 0)
        throw connection.http.trouble('refused', { doing: call.doing, found: 'a move cannot be read' });
      for (const row of rows) moved.add(Number(row.product));
      const last = lastIdOf(connection, found, call.doing);
      if (last === undefined) return [...moved];
      if (last <= after || moved.size > maxMoved) throw endless(connection, call.doing);
      after = last;
    }
  }

  /** What lies in one place, of one page of products; a place is read to its end before the next. */
  const stock: Warehouse['stock'] = async ({ cursor }, signal) => {
    const places = await placesOf(signal);
    const { rows: locations, broken: unread } = await locationsIn({ cursor, of: places }, signal);
    const [at = '0', after = '0'] = cursor?.split(' ') ?? [];
    const here = locations.findIndex(({ id }) => Number(id) >= Number(at));
    const location = locations[here];
    const asOf = clock.now();
    if (location === undefined) return { rows: [], broken: unread, asOf };
    const from = location.id === at ? after : '0';
    const request = { domain: [['id', '>', Number(from)]], asOf, doing: 'reading stock', location };
    const page = await searchProducts(connection, places, request, signal);
    if (page.last !== undefined && Number(page.last) <= Number(from))
      throw connection.http.trouble('unintelligible', { doing: 'reading stock', found: 'the same page came again' });
    const follows = locations[here + 1];
    const next = page.last === undefined ? follows && `${follows.id} 0` : `${location.id} ${page.last}`;
    // Places that cannot be read are told once, at the end.
    const broken = next === undefined ? [...page.broken, ...unread] : page.broken;
    return { rows: partsIn(page.rows, location), broken, asOf, next };
  };

  async function stockAt(keys: readonly WarehouseKey[], signal: AbortSignal): Promise<WarehouseParts> {
    const places = await placesOf(signal);
    const found: { rows: StockLevel[]; broken: BrokenRow[] } = { rows: [], broken: [] };
    if (keys.length === 0) return found;
    const locations = await findLocations(connection, places, signal);
    found.broken.push(...locations.broken);
    for (const location of locations.rows)
      for (let from = 0; from < keys.length; from += pageSize) {
        const domain = [['id', 'in', keys.slice(from, from + pageSize).map(Number)]];
        const request = { domain, asOf: clock.now(), doing: 'reading stock', location };
        const { rows, broken } = await searchProducts(connection, places, request, signal);
        found.rows.push(...partsIn(rows, location));
        found.broken.push(...broken);
      }
    return found;
  }

  async function productsOf(keys: readonly WarehouseKey[], signal: AbortSignal) {
    const places = await placesOf(signal);
    const found: { rows: WarehouseProduct[]; broken: BrokenWarehouseRow[] } = { rows: [], broken: [] };
    for (let from = 0; from < keys.length; from += pageSize) {
      const domain = [['id', 'in', keys.slice(from, from + pageSize).map(Number)]];
      const request = { domain, asOf: clock.now(), doing: 'reading products' };
      const { rows, broken } = await searchProducts(connection, places, request, signal);
      found.rows.push(...rows);
      found.broken.push(...broken);
    }
    return found;
  }

  const stockOf = async (keys: readonly WarehouseKey[], signal: AbortSignal): Promise<readonly StockLevel[]> =>
    (await productsOf(keys, signal)).rows.flatMap(({ level }) => level ?? []);

  async function setOnHand(count: Count, signal: AbortSignal): Promise<StockLevel> {
    await writeCount(connection, await placesOf(signal), count, signal);
    const [level] = await stockOf([count.key], signal);
    if (level !== undefined) return level;
    throw connection.http.trouble('not-found', { doing: 'counting', found: 'the product is not there' });
  }

  return {
    id: trytonId,
    can: trytonCapabilities,
    test: async (signal) => {
      known = undefined;
      const { rows, broken } = await products({}, signal);
      return { name: (await placesOf(signal)).name, sample: rows.slice(0, 5), broken, notes: [] };
    },
    products,
    productsOf,
    stock,
    stockAt,
    stockOf,
    setOnHand,
  };
}

/** What lies there; a product of which nothing does has no row. */
const partsIn = (rows: readonly WarehouseProduct[], { name }: TrytonLocation): readonly StockLevel[] =>
  rows.flatMap(({ level }) =>
    level === undefined || (level.onHand === 0 && level.available === 0) ? [] : [{ ...level, location: name }],
  );
