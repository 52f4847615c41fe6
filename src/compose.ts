import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { makeConnectorFactory, webhookSecretName } from './connectors/connector-factory.ts';
import { makePictureReader } from './connectors/picture-reader.ts';
import { platformRegistry } from './connectors/registry.ts';
import { type Instant, type ShopId, toShopId } from './domain/ids.ts';
import type { SharedState } from './ports/shared-state.ts';
import type { Store } from './ports/store.ts';
import type { StoreError } from './ports/store-error.ts';
import type { WebhookAccess } from './ports/webhooks.ts';
import { makeCredentialKeeper } from './runtime/credentials.ts';
import { ownVariables } from './runtime/environment/own-variables.ts';
import { type Environment, storePlaces } from './runtime/environment/paths.ts';
import { makeNewId } from './runtime/id-generator.ts';
import { knownStore } from './runtime/known-stores.ts';
import { systemClock } from './runtime/system-clock.ts';
import { openWarehouseKeeper } from './runtime/warehouse-keeper.ts';
import { makeWebhookAccess } from './runtime/webhook-access.ts';
import type { ServiceDependencies } from './services/dependencies/service-dependencies.ts';
import { makeServices } from './services/facade/make-services.ts';
import type { Services } from './services/services.ts';
import type { Settings } from './settings.ts';
import { openStore } from './stores/open-store.ts';
import { serverBoard } from './stores/shared-state/server-board.ts';
import type { CalledServer } from './stores/sql/postgres/pool.ts';
import { warehouseRegistry } from './warehouses/registry.ts';
import { makeWarehouseFactory, warehouseVariables } from './warehouses/warehouse-factory.ts';

/** Everything put together for one run of the program. */
export type Composed = {
  readonly services: Services;
  readonly world: ServiceDependencies;
  readonly store: Store;
  readonly shared: SharedState;
  /** Why the store can only be read just now. */
  readonly onlyRead: StoreError | undefined;
  readonly webhooks: WebhookAccess;
  /** Until when a shop is waited for because it asked us to slow down. */
  readonly waitingUntil: (shop: ShopId) => Instant | undefined;
  readonly close: () => Promise<void>;
};

/** So often a program that stays open asks which warehouse is chosen and how its readings went. */
const followMs = 15_000;

/** The file that credentials lie in when they do not come from the environment. */
const credentialsFile = (settings: Pick<Settings, 'paths'>): string => join(settings.paths.config, 'credentials.json');

/**
 * Opens the store and builds the services on it. Rejects with `StoreError` where the store cannot be opened. `called` is
 * the server of the store, where one is being called already.
 */
export async function compose(settings: Settings, env: Environment, called?: CalledServer): Promise<Composed> {
  const keeper = makeCredentialKeeper(credentialsFile(settings), env);
  const waits = new Map<ShopId, Instant>();
  const connectors = makeConnectorFactory({
    drivers: platformRegistry,
    credentialsFor: keeper.credentialsFor,
    // A new key leaves the secret of the shop's webhooks as it is.
    save: (shop, secrets) => {
      const kept = keeper.credentialsFor(shop, [])?.[webhookSecretName];
      return keeper.save(shop, kept === undefined ? secrets : { [webhookSecretName]: kept, ...secrets });
    },
    forget: keeper.forget,
    keepingFor: keeper.keepingFor,
    // Asked for when a shop is added: to have all systems tell theirs takes as long as opening the store.
    reservedVariables: () => [...ownVariables, ...warehouseVariables(warehouseRegistry)],
    clock: systemClock,
    onWaiting: (shop, until) => (until === undefined ? waits.delete(shop.id) : waits.set(shop.id, until)),
  });
  const places = storePlaces(settings.paths);
  const known = await knownStore(settings, called);
  const { store, leases, shared, onlyRead } = await openStore(settings.store, systemClock, places, {
    called,
    whyNotNew: known.whyNotNew,
  });
  await known.note(store);
  const warehouse = { id: toShopId('warehouse') };
  const warehouses = makeWarehouseFactory({
    drivers: warehouseRegistry,
    keeper: await openWarehouseKeeper(
      shared,
      {
        settings: join(settings.paths.config, 'warehouse.json'),
        state: join(settings.paths.data, 'warehouse-state.json'),
      },
      settings.readOnly,
    ),
    credentialsFor: (names) => keeper.credentialsFor(warehouse, names),
    saveCredentials: (secrets) => keeper.save(warehouse, secrets),
    newSecret: () => randomBytes(24).toString('hex'),
    clock: systemClock,
  });
  const world: ServiceDependencies = {
    store,
    leases,
    servers: serverBoard(shared),
    clock: systemClock,
    connectors,
    warehouses,
    pictures: makePictureReader(),
    newId: makeNewId(Date.now),
    actor: settings.actor,
    readOnly: settings.readOnly,
    tuning: settings.tuning,
  };
  // What is sent or taken in asks by itself; this is for what is shown. A store in trouble is told of elsewhere.
  const following = setInterval(() => void warehouses.refresh().catch(() => undefined), followMs).unref();
  return {
    services: makeServices(world),
    world,
    store,
    shared,
    onlyRead,
    webhooks: makeWebhookAccess({
      drivers: platformRegistry,
      credentialsFor: keeper.credentialsFor,
      save: keeper.save,
      keepingFor: keeper.keepingFor,
      clock: systemClock,
    }),
    waitingUntil: (shop) => waits.get(shop),
    close: async () => {
      clearInterval(following);
      // Its first shop may have been added since it was opened.
      await known.note(store);
      await store.close();
    },
  };
}
