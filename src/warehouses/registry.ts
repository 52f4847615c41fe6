import type { WarehouseDriver, WarehouseRegistry } from '../ports/warehouse.ts';
import { embedded } from './embedded/embedded.ts';
import { stockFileDrop } from './files/driver.ts';
import { peakWms } from './peakwms/driver.ts';
import { tryton } from './tryton/driver.ts';

/** A registry of these drivers. Throws when two have one id: that is a slip in the list. */
export function makeWarehouseRegistry(drivers: readonly WarehouseDriver[]): WarehouseRegistry {
  const byId = new Map(drivers.map((driver) => [driver.id, driver]));
  if (byId.size !== drivers.length) throw new Error('two warehouse drivers have the same id');
  return { get: (id) => byId.get(id), all: () => drivers };
}

/** Every warehouse system the program speaks. A new one is a folder and a line here. */
export const warehouseRegistry: WarehouseRegistry = makeWarehouseRegistry([embedded, peakWms, stockFileDrop, tryton]);
