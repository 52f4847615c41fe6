import { z } from 'zod';
import type { Count } from '../../ports/warehouse.ts';
import { findPlacesOf, type PlaceOfProduct, type Places } from './places.ts';
import { rpc, type TrytonConnection } from './rpc.ts';

const doing = 'counting';

/**
 * Writes a count. Tryton makes the moves that are needed, so that saying it twice does no harm. It counts one place
 * alone, without the places within it: written to the storage while goods lie on a shelf, a count would come on top.
 */
export async function writeCount(
  connection: TrytonConnection,
  places: Places,
  { key, location, onHand }: Count,
  signal: AbortSignal,
): Promise<void> {
  const found = await findPlacesOf(connection, places, key, signal);
  const place = placeToCount(connection, found, { location, storage: places.storage ?? places.warehouse });
  const context = { company: Number(places.company) };
  const line = { product: Number(key), quantity: onHand };
  const inventory = { location: Number(place), company: Number(places.company), lines: [['create', [line]]] };
  const create = { method: 'model.stock.inventory.create', params: [[inventory]], context, doing };
  const made = z.array(z.number()).safeParse(await rpc(connection, create, signal));
  if (!made.success) throw connection.http.trouble('unintelligible', { doing, found: 'the count got no id' });
  await rpc(connection, { method: 'model.stock.inventory.confirm', params: [made.data], context, doing }, signal);
}

/** The place that was named, else the only one where the product lies; the storage where it lies nowhere yet. */
function placeToCount(
  { http }: TrytonConnection,
  places: readonly PlaceOfProduct[],
  { location, storage }: { readonly location?: string; readonly storage: string },
): string {
  if (location !== undefined) {
    const [place, another] = places.filter(({ name }) => name === location);
    if (place === undefined) throw http.trouble('refused', { doing, found: `Tryton has no place called ${location}` });
    if (another !== undefined)
      throw http.trouble('refused', { doing, found: `Tryton has several places called ${location}` });
    return place.id;
  }
  const [place, ...others] = places.filter(({ onHand }) => onHand !== 0);
  if (others.length === 0) return place?.id ?? storage;
  const named = places.filter(({ onHand }) => onHand !== 0).map(({ name, onHand }) => `${name} (${onHand})`);
  throw http.trouble('refused', { doing, found: `it lies at ${named.join(', ')}: say which place was counted` });
}
