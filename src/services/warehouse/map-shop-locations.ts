import type { ShopId } from '../../domain/ids.ts';
import type { Shop, ShopLocation } from '../../domain/shop.ts';
import { overlaps } from '../../domain/warehouse/shop-location-figures.ts';
import type { LocationChoice } from '../../ports/shop-connector.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { makeVerifiedConnectors } from '../dependencies/connect-verified.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { refusePaused } from '../fetch/refuse-paused.ts';
import { changeShop, findShop } from '../shops/manage-shops.ts';
import type { ShopChange } from '../shops/shop-service.ts';
import { knownLocations } from './map-locations.ts';
import type { ShopLocationRow, WantedShopLocation } from './warehouse-service.ts';

/**
 * The locations that a shop keeps stock at, asked of the shop itself, with what each is told of; and those that are
 * mapped and that it has no more. Rejects with a `ShopError`.
 */
export async function shopLocations(
  deps: ServiceDependencies,
  id: ShopId,
  signal: AbortSignal,
): Promise<readonly ShopLocationRow[]> {
  const { shopLocations: mapped = [] } = await findShop(deps, id);
  const there = await askLocations(deps, id, signal);
  const gone = mapped.filter((one) => !there.some((other) => other.id === one.id));
  return [
    ...there.map(
      (one): ShopLocationRow => ({
        ...one,
        from: mapped.find((other) => other.id === one.id)?.from ?? [],
        inShop: true,
      }),
    ),
    ...gone.map((one): ShopLocationRow => ({ ...one, inShop: false })),
  ];
}

async function askLocations(
  deps: ServiceDependencies,
  id: ShopId,
  signal: AbortSignal,
): Promise<readonly LocationChoice[]> {
  await refusePaused(deps, id);
  const shop = await findShop(deps, id);
  if (deps.connectors.driver(shop.platform)?.capabilities.severalLocations !== true) {
    throw new Refusal('one-shop-location', { shop: shop.id, platform: shop.platform });
  }
  const connector = await makeVerifiedConnectors(deps)(shop, signal);
  return (await connector.locations?.(signal)) ?? [];
}

/**
 * Maps locations of a shop to locations of the warehouse: each is told what lies there, and no other is told anything.
 * They are named as the shop calls them, or by id. One that the shop has not, and goods that would be told of twice, are
 * refused. Those that are not named stay as they are; an empty list takes one out.
 */
export async function mapShopLocations(
  deps: ServiceDependencies,
  id: ShopId,
  wanted: readonly WantedShopLocation[],
  signal: AbortSignal,
): Promise<Shop> {
  return changeShop(deps, id, await shopMappingOf(deps, id, wanted, signal));
}

/** The change that maps locations of a shop so, looked at and not written. Rejects with a `ShopError`. */
export async function shopMappingOf(
  deps: ServiceDependencies,
  id: ShopId,
  wanted: readonly WantedShopLocation[],
  signal: AbortSignal,
): Promise<Pick<ShopChange, 'shopLocations'>> {
  assertCanWrite(deps);
  const { shopLocations: before = [] } = await findShop(deps, id);
  const isNew = wanted.some(({ from }) => from.length > 0);
  const there = isNew ? await askLocations(deps, id, signal) : [];
  const changes: ShopLocation[] = [];
  for (const { location, from } of wanted) {
    const meant = locationNamed(from.length === 0 ? [...before, ...there] : there, location);
    changes.push({ ...meant, from: await knownLocations(deps, from) });
  }
  const kept = before.filter((one) => !changes.some((change) => change.id === one.id));
  const after = [...kept, ...changes].filter(({ from }) => from.length > 0);
  refuseToldTwice(after);
  return { shopLocations: after };
}

/** The location of a shop that is meant: by its id, or by its name where no two are called so. */
function locationNamed(there: readonly LocationChoice[], typed: string): Pick<ShopLocation, 'id' | 'name'> {
  const wanted = typed.trim();
  const isMeant = ({ id, name }: LocationChoice): boolean =>
    id === wanted || name?.trim().toLowerCase() === wanted.toLowerCase();
  const [found, another] = there
    .filter(isMeant)
    .filter((one, place, all) => all.findIndex(({ id }) => id === one.id) === place);
  if (found === undefined || another !== undefined) {
    const known = there.map(({ id, name }) => (name === undefined ? id : `${name} (${id})`)).join(', ');
    throw new Refusal('unknown-shop-location', { location: wanted, known });
  }
  return { id: found.id, ...(found.name === undefined ? {} : { name: found.name }) };
}

function refuseToldTwice(all: readonly ShopLocation[]): void {
  for (const [place, one] of all.entries()) {
    const other = all.slice(place + 1).find(({ from }) => overlaps(one.from, from));
    if (other === undefined) continue;
    const named = ({ id, name }: ShopLocation): string => name ?? id;
    throw new Refusal('location-told-twice', {
      location: `${one.from.join(', ')} / ${other.from.join(', ')}`,
      at: `${named(one)}, ${named(other)}`,
    });
  }
}
