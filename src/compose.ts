import { join } from 'node:path';
import { makeDoor } from './connectors/door.ts';
import { platformRegistry } from './connectors/registry.ts';
import { makeCredentialKeeper } from './credentials.ts';
import type { Instant, ShopId } from './domain/ids.ts';
import { makeNewId } from './new-id.ts';
import type { Environment } from './places.ts';
import type { Store } from './ports/store.ts';
import { makeServices } from './services/make-services.ts';
import type { Services } from './services/services.ts';
import type { World } from './services/world.ts';
import type { Settings } from './settings.ts';
import { jsonStore } from './stores/json.ts';
import { fileLeases } from './stores/sharing/leases.ts';
import { systemClock } from './system-clock.ts';

/** Everything put together for one run of the program. */
export type Composed = {
  readonly services: Services;
  readonly world: World;
  readonly store: Store;
  /** Until when a shop is waited for because it asked us to slow down. */
  readonly waitingUntil: (shop: ShopId) => Instant | undefined;
  readonly close: () => Promise<void>;
};

/** The folder that the store lies in. */
export const storeFolder = (settings: Pick<Settings, 'places'>): string => join(settings.places.data, 'store');

/** The file that credentials lie in when they do not come from the environment. */
export const credentialsFile = (settings: Pick<Settings, 'places'>): string =>
  join(settings.places.config, 'credentials.json');

/** Opens the store and builds the services on it. Rejects with `StoreError` where the store cannot be opened. */
export async function compose(settings: Settings, env: Environment): Promise<Composed> {
  const keeper = makeCredentialKeeper(credentialsFile(settings), env);
  const waits = new Map<ShopId, Instant>();
  const door = makeDoor({
    drivers: platformRegistry,
    credentialsFor: keeper.credentialsFor,
    save: keeper.save,
    clock: systemClock,
    onWaiting: (shop, until) => (until === undefined ? waits.delete(shop.id) : waits.set(shop.id, until)),
  });
  const folder = storeFolder(settings);
  const store = await jsonStore({ folder, clock: systemClock });
  const world: World = {
    store,
    leases: fileLeases({ folder, clock: systemClock }),
    clock: systemClock,
    door,
    newId: makeNewId(Date.now),
    actor: settings.actor,
    readOnly: settings.readOnly,
    tuning: settings.tuning,
  };
  return {
    services: makeServices(world),
    world,
    store,
    waitingUntil: (shop) => waits.get(shop),
    close: () => store.close(),
  };
}
