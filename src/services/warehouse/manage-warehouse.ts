import { later } from '../../domain/ids.ts';
import { toWarehouseId, type WarehouseSettings } from '../../domain/warehouse/warehouse.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { Warehouse, WarehouseDriver } from '../../ports/warehouse.ts';
import { addressRefusal } from '../dependencies/address-refusal.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies, WarehouseFactory } from '../dependencies/service-dependencies.ts';
import { passed } from '../dependencies/service-dependencies.ts';
import type {
  GivenWarehouse,
  NewWarehouse,
  WarehouseChange,
  WarehouseOverview,
  WarehouseTest,
} from './warehouse-service.ts';

export const factoryOf = ({ warehouses }: ServiceDependencies): WarehouseFactory => {
  if (warehouses === undefined) throw new Refusal('no-warehouse');
  return warehouses;
};

/** The warehouse that was chosen. A `Refusal` where there is none. */
export function chosenWarehouse(deps: ServiceDependencies): WarehouseSettings {
  const settings = factoryOf(deps).settings();
  if (settings === undefined) throw new Refusal('no-warehouse');
  return settings;
}

/** The connection to the chosen warehouse. A `Refusal` where there is none, or no key for it. */
export function connectWarehouse(deps: ServiceDependencies): Warehouse {
  const settings = chosenWarehouse(deps);
  const factory = factoryOf(deps);
  const warehouse = factory.connect(settings, deps);
  if (warehouse !== undefined) return warehouse;
  throw new Refusal('no-warehouse-key', { names: factory.credentialNames(settings.kind).join(', ') });
}

export function showWarehouse(deps: ServiceDependencies): WarehouseOverview | undefined {
  const { warehouses } = deps;
  const settings = warehouses?.settings();
  const driver = warehouses?.driver(settings?.kind ?? toWarehouseId('embedded'));
  if (warehouses === undefined || driver === undefined) return undefined;
  const state = warehouses.state();
  const limit = later(deps.clock.now(), -deps.tuning.figureMs);
  return {
    driver,
    settings,
    state,
    hasCredentials: settings === undefined || warehouses.hasCredentials(settings),
    credentialNames: warehouses.credentialNames(driver.id),
    tooOld: settings !== undefined && (state.readAt === undefined || state.readAt < limit),
  };
}

function settingsFrom(driver: WarehouseDriver, base: Omit<WarehouseSettings, 'kind'>): WarehouseSettings {
  const typed = base.address === '' ? (driver.usualAddress ?? '') : base.address;
  const normal = driver.normaliseAddress(typed);
  if ('problem' in normal) throw addressRefusal(typed, normal);
  const known = new Set(driver.options.fields.map(({ name }) => name));
  const unknown = Object.keys(base.options).find((name) => !known.has(name));
  if (unknown !== undefined) throw new Refusal('bad-value', { field: 'option', value: unknown });
  try {
    driver.options.parse(base.options);
  } catch {
    throw new Refusal('bad-value', { field: 'option', value: Object.entries(base.options).flat().join(' ') });
  }
  return { ...base, kind: driver.id, address: normal.url };
}

/** Chooses a warehouse. Reads nothing from it yet: what it would change is previewed first. */
export async function addWarehouse(deps: ServiceDependencies, given: NewWarehouse): Promise<WarehouseSettings> {
  const settings = addedSettings(deps, given);
  await saveNewWarehouse(deps, settings);
  return settings;
}

/** Nothing that was read from a warehouse before counts for it. */
export async function saveNewWarehouse(deps: ServiceDependencies, settings: WarehouseSettings): Promise<void> {
  const factory = factoryOf(deps);
  await factory.saveState({});
  await factory.save(settings);
}

/** The settings of a warehouse that is chosen anew, looked at and not written. */
export function addedSettings(deps: ServiceDependencies, given: NewWarehouse): WarehouseSettings {
  assertCanWrite(deps);
  const factory = factoryOf(deps);
  const before = factory.settings();
  if (before !== undefined) throw new Refusal('warehouse-exists', { warehouse: before.kind });
  const driver = factory.driver(toWarehouseId(given.kind));
  if (driver === undefined || driver.id === toWarehouseId('embedded'))
    throw new Refusal('bad-value', { field: 'kind', value: given.kind });
  return settingsFrom(driver, {
    address: given.address ?? '',
    master: given.master ?? 'shop',
    options: given.options ?? {},
    addedAt: deps.clock.now(),
  });
}

export async function changeWarehouse(deps: ServiceDependencies, change: WarehouseChange): Promise<WarehouseSettings> {
  const settings = changedSettings(deps, change);
  await factoryOf(deps).save(settings);
  return settings;
}

/** The settings of the chosen warehouse with a change, looked at and not written. */
export function changedSettings(deps: ServiceDependencies, change: WarehouseChange): WarehouseSettings {
  assertCanWrite(deps);
  const before = chosenWarehouse(deps);
  const factory = factoryOf(deps);
  const driver = factory.driver(before.kind);
  if (driver === undefined) throw new Refusal('no-warehouse');
  // An empty value takes an option away.
  const options = Object.fromEntries(
    Object.entries({ ...before.options, ...change.options }).filter(([, value]) => value !== ''),
  );
  return settingsFrom(driver, {
    ...before,
    address: change.address ?? before.address,
    master: change.master ?? before.master,
    options,
  });
}

export async function saveWarehouseCredentials(
  deps: ServiceDependencies,
  secrets: Readonly<Record<string, string>>,
): Promise<void> {
  assertCanWrite(deps);
  chosenWarehouse(deps);
  await factoryOf(deps).saveCredentials(secrets);
}

/** The secret of the address that the warehouse tells us at: it signs nothing. Made and kept where there is none. */
export async function hookSecret(deps: ServiceDependencies): Promise<string> {
  assertCanWrite(deps);
  const { kind } = chosenWarehouse(deps);
  const factory = factoryOf(deps);
  if (factory.driver(kind)?.webhooks === undefined) throw new Refusal('no-warehouse-hooks', { warehouse: kind });
  const kept = factory.hookSecret();
  if (kept !== undefined) return kept;
  return factory.makeHookSecret();
}

/** The warehouse that a form describes, with the key that was typed into it or the one that is kept. Nothing is saved. */
function connectGiven(deps: ServiceDependencies, { settings: given, secrets }: GivenWarehouse): Warehouse {
  const factory = factoryOf(deps);
  const driver = factory.driver(toWarehouseId(given.kind));
  if (driver === undefined) throw new Refusal('bad-value', { field: 'kind', value: given.kind });
  const options = Object.fromEntries(Object.entries(given.options ?? {}).filter(([, value]) => value !== ''));
  const base = { address: given.address ?? '', master: given.master ?? 'shop', options, addedAt: deps.clock.now() };
  const warehouse = factory.connect(settingsFrom(driver, base), deps, secrets);
  if (warehouse !== undefined) return warehouse;
  throw new Refusal('no-warehouse-key', { names: factory.credentialNames(driver.id).join(', ') });
}

export async function testWarehouse(
  deps: ServiceDependencies,
  signal: AbortSignal,
  given?: GivenWarehouse,
): Promise<WarehouseTest> {
  const warehouse = given === undefined ? connectWarehouse(deps) : connectGiven(deps, given);
  const began = passed(deps.clock);
  try {
    const report = await warehouse.test(signal);
    return { ok: true, report, tookMs: passed(deps.clock) - began };
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    return { ok: false, trouble: { kind: error.kind, detail: error.detail } };
  }
}
