import { keyOf } from '../../domain/changes.ts';
import type { ShopId } from '../../domain/ids.ts';
import { type Shop, tellsLocations } from '../../domain/shop.ts';
import { isMapped } from '../../domain/warehouse/location-stock.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { productPages } from '../facts/product-pages.ts';
import { changeShop, findShop } from '../shops/manage-shops.ts';
import type { ShopChange } from '../shops/shop-service.ts';
import { chosenWarehouse } from './manage-warehouse.ts';
import type { WarehouseLocation } from './warehouse-service.ts';

/** The locations that something lies at, by name, and the shops that sell from them. */
export async function warehouseLocations(
  deps: ServiceDependencies,
  request: { readonly after?: string; readonly limit: number },
): Promise<readonly WarehouseLocation[]> {
  const [found, shops] = await Promise.all([deps.store.stockLocations(request), deps.store.shops()]);
  return found.map(({ location, products }) => ({
    location,
    products,
    shops: shops.filter((shop) => sellsFrom(shop, location)).map(({ id }) => id),
  }));
}

const sellsFrom = ({ locations = [], shopLocations = [] }: Shop, location: string): boolean =>
  isMapped(locations, location) || shopLocations.some(({ from }) => isMapped(from, location));

/**
 * Maps a shop to locations of the warehouse: it is told what lies there, and of all where it is mapped to none. A
 * location that nothing lies at is refused: a slip would tell the shop nought of everything.
 */
export async function mapShop(deps: ServiceDependencies, id: ShopId, wanted: readonly string[]): Promise<Shop> {
  return changeShop(deps, id, await mappingOf(deps, id, wanted));
}

/** The change that maps a shop to these locations, looked at and not written. */
export async function mappingOf(
  deps: ServiceDependencies,
  id: ShopId,
  wanted: readonly string[],
): Promise<Pick<ShopChange, 'locations'>> {
  assertCanWrite(deps);
  const locations = await knownLocations(deps, wanted);
  const shop = await findShop(deps, id);
  // One figure in place of several would go to one location of the shop, and leave what the others were told.
  if (locations.length > 0 && tellsLocations(shop)) throw new Refusal('told-by-location', { shop: id });
  return { locations };
}

/** Locations of the warehouse as they were typed, each once; one that nothing lies at is refused. */
export async function knownLocations(deps: ServiceDependencies, wanted: readonly string[]): Promise<readonly string[]> {
  const { kind } = chosenWarehouse(deps);
  const locations = [...new Set(wanted.map((one) => one.trim()).filter((one) => one !== ''))];
  if (locations.length > 0 && deps.warehouses?.driver(kind)?.can.locations === 'none')
    throw new Refusal('no-locations', { warehouse: kind });
  for (const one of locations) {
    const isPattern = one.endsWith('*');
    const from = isPattern ? one.slice(0, -1) : one;
    // Names come in order, so that the name itself comes before what begins with it.
    const first = await locationFrom(deps, from);
    if (first === undefined || (!isPattern && first !== from))
      throw new Refusal('bad-value', { field: 'location', value: one });
  }
  return locations;
}

/** The first location whose name is this text or begins with it. */
async function locationFrom({ store }: ServiceDependencies, text: string): Promise<string | undefined> {
  for (let after: string | undefined; ; ) {
    const page = await store.stockLocations({ after, limit: 5_000 });
    const found = page.find(({ location }) => location.startsWith(text));
    if (found !== undefined || page.length === 0) return found?.location;
    after = page.at(-1)?.location;
  }
}

/** Back to all there is, in every shop, and nothing kept of what lies where: another warehouse calls its places otherwise. */
export async function forgetLocations(deps: ServiceDependencies): Promise<void> {
  for (const { id, locations, shopLocations } of await deps.store.shops())
    if (locations !== undefined || shopLocations !== undefined) await changeShop(deps, id, { locations: [] });
  for await (const page of productPages(deps)) {
    const ids = page.map(({ id }) => id);
    await deps.store.change(async (now) => ({
      put: {},
      drop: { stockLevels: (await now.stockLevelsOf(ids)).map(keyOf.stockLevels) },
      events: [],
    }));
  }
}
