import type { WarehouseDriver, WarehouseRegistry } from '../ports/warehouse.ts';
import { embedded } from './embedded/embedded.ts';
import { stockFileDrop } from './files/driver.ts';
import { peakWms } from './peakwms/driver.ts';
import { tryton } from './tryton/driver.ts';

/** A registry of these drivers, each made when it is first asked for. Throws where one calls itself otherwise than the list. */
export function makeWarehouseRegistry(drivers: Readonly<Record<string, () => WarehouseDriver>>): WarehouseRegistry {
  const get = (id: string): WarehouseDriver | undefined => {
    const driver = Object.hasOwn(drivers, id) ? drivers[id]?.() : undefined;
    if (driver !== undefined && driver.id !== id) throw new Error(`the driver of ${id} calls itself ${driver.id}`);
    return driver;
  };
  return { get, all: () => Object.keys(drivers).flatMap((id) => get(id) ?? []) };
}

/** Every warehouse system the program speaks. A new one is a folder and a line here. */
export const warehouseRegistry: WarehouseRegistry = makeWarehouseRegistry({
  embedded: () => embedded,
  peakwms: () => peakWms,
  files: () => stockFileDrop,
  tryton: () => tryton,
});
