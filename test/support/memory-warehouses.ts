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
  const kept: { settings?: WarehouseSettings; state: WarehouseState; secrets?: Secrets } = { settings, state: {} };
  return makeWarehouseFactory({
    drivers: warehouseRegistry,
    keeper: {
      settings: () => kept.settings,
      save: async (chosen) => {
        kept.settings = chosen;
      },
      state: () => kept.state,
      saveState: async (state) => {
        kept.state = state;
      },
      refresh: async () => {},
    },
    credentialsFor: () => (secrets || kept.secrets ? { ...secrets, ...kept.secrets } : undefined),
    saveCredentials: async (given) => {
      kept.secrets = given;
    },
    newSecret: () => 'a-secret-of-the-warehouse-hook',
    clock,
    chance: () => 0,
  });
}
