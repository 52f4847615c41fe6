import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { chosenWarehouse, factoryOf } from './manage-warehouse.ts';
import { forgetLocations } from './map-locations.ts';

/** Back to our own stock. The figures stay as they are; what lies where is forgotten, and so is who sells from there. */
export async function removeWarehouse(deps: ServiceDependencies): Promise<void> {
  assertCanWrite(deps);
  chosenWarehouse(deps);
  await forgetLocations(deps);
  await factoryOf(deps).save(undefined);
  await factoryOf(deps).saveState({});
}
