import type { WarehouseSettings, WarehouseState } from '../../src/domain/warehouse/warehouse.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Secrets } from '../../src/ports/platform.ts';
import type { WarehouseFactory } from '../../src/services/dependencies/service-dependencies.ts';
import { warehouseRegistry } from '../../src/warehouses/registry.ts';
import { makeWarehouseFactory } from '../../src/warehouses/warehouse-factory.ts';

/** The real warehouse systems, their choice and state kept in memory. */
export function memoryWarehouses(
  clock: Clock,
  { settings, secrets }: { readonly settings?: WarehouseSettings; readonly secrets?: Secrets } = {},
): WarehouseFactory {
  const kept: { settings?: WarehouseSettings; state: WarehouseState } = { settings, state: {} };
  return makeWarehouseFactory({
    drivers: warehouseRegistry,
    keeper: {
      settings: () => kept.settings,
      save: (chosen) => {
        kept.settings = chosen;
      },
      state: () => kept.state,
      saveState: (state) => {
        kept.state = state;
      },
    },
    credentialsFor: () => secrets,
    saveCredentials: async () => {},
    clock,
    chance: () => 0,
  });
}
