import type { ShopId } from '../../domain/ids.ts';
import type { Shop } from '../../domain/shop.ts';
import type { WarehouseSettings } from '../../domain/warehouse/warehouse.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { changeShops, findShop } from '../shops/manage-shops.ts';
import type { ShopChange } from '../shops/shop-service.ts';
import {
  addedSettings,
  changedSettings,
  chosenWarehouse,
  factoryOf,
  saveNewWarehouse,
  saveWarehouseCredentials,
} from './manage-warehouse.ts';
import { forgetLocations, mappingOf } from './map-locations.ts';
import { shopMappingOf } from './map-shop-locations.ts';
import type { ShopMapping, WarehouseSetup } from './warehouse-service.ts';

/**
 * Everything that a form says of the warehouse at once: its settings, its key, and what each shop sells from. All of it
 * is looked at before any of it is written, and what was written is taken back where the rest cannot be: a refused
 * location leaves everything as it was. Shops that are told by location are asked which they have; then it rejects with
 * a `ShopError`.
 */
export async function configureWarehouse(
  deps: ServiceDependencies,
  { settings: given, secrets, mappings }: WarehouseSetup,
  signal: AbortSignal,
): Promise<WarehouseSettings> {
  assertCanWrite(deps);
  const factory = factoryOf(deps);
  const before = factory.settings();
  const settings = before === undefined ? addedSettings(deps, given) : changedSettings(deps, given);
  const shops: { readonly shop: Shop; readonly change: ShopChange }[] = [];
  for (const mapping of mappings) {
    const shop = await findShop(deps, mapping.shopId);
    shops.push({ shop, change: await changeOf(deps, mapping, signal) });
  }
  await (before === undefined ? saveNewWarehouse(deps, settings) : factory.save(settings));
  const changes = new Map<ShopId, ShopChange>(shops.map(({ shop, change }) => [shop.id, change]));
  const wayBack: (() => Promise<unknown>)[] = [() => factory.save(before)];
  try {
    await changeShops(deps, changes);
    wayBack.unshift(() => changeShops(deps, new Map(shops.map(({ shop }) => [shop.id, mappedAs(shop)]))));
    if (secrets !== undefined) await saveWarehouseCredentials(deps, secrets);
  } catch (error) {
    for (const step of wayBack) await step();
    throw error;
  }
  return settings;
}

const changeOf = async (deps: ServiceDependencies, mapping: ShopMapping, signal: AbortSignal): Promise<ShopChange> =>
  'locations' in mapping
    ? mappingOf(deps, mapping.shopId, mapping.locations)
    : shopMappingOf(deps, mapping.shopId, mapping.shopLocations, signal);

const mappedAs = ({ locations = [], shopLocations }: Shop): ShopChange =>
  shopLocations === undefined ? { locations } : { shopLocations };

/** Back to our own stock. The figures stay as they are; what lies where is forgotten, and so is who sells from there. */
export async function removeWarehouse(deps: ServiceDependencies): Promise<void> {
  assertCanWrite(deps);
  chosenWarehouse(deps);
  await forgetLocations(deps);
  await factoryOf(deps).save(undefined);
  await factoryOf(deps).saveState({});
}
