import { dirname } from 'node:path';
import type { Clock } from '../ports/clock.ts';
import type { OpenStore, StoreConfig, StoreEngine } from '../ports/store-engine.ts';
import type { CalledServer } from './sql/postgres/pool.ts';
import type { StorePlaces } from './store-config.ts';

/** Kinds of store, each loaded only when it is the one: a command pays for no other. */
export async function storeEngine(
  config: StoreConfig,
  clock: Pick<Clock, 'now'>,
  places: StorePlaces,
): Promise<StoreEngine> {
  switch (config.kind) {
    case 'json':
      return (await import('./json-engine.ts')).jsonStoreEngine(config.folder, clock);
    case 'sqlite':
      return (await import('./sql/sqlite/store-engine.ts')).sqliteStoreEngine(config.path, clock);
    case 'postgres': {
      const { postgresStoreEngine } = await import('./sql/postgres/store-engine.ts');
      return postgresStoreEngine({ ...config, keptIn: dirname(places.sqliteFile), clock });
    }
    default:
      return config satisfies never;
  }
}

/**
 * Opens the store. A server is called before what asks it is loaded, and lets us in meanwhile; `called` is one that was
 * called before, which is taken where it is the one.
 */
export async function openStore(
  config: StoreConfig,
  clock: Pick<Clock, 'now'>,
  places: StorePlaces,
  called?: CalledServer,
): Promise<OpenStore> {
  if (config.kind !== 'postgres') return (await storeEngine(config, clock, places)).open();
  const server = called?.connection === config.connection ? called : await callNow(config);
  // What is to be sent next is sent in the next turn.
  await new Promise((resolve) => void setImmediate(resolve));
  const { postgresStoreEngine } = await import('./sql/postgres/store-engine.ts');
  return postgresStoreEngine({ ...config, keptIn: dirname(places.sqliteFile), clock, called: server }).open();
}

async function callNow({ connection, passwordFile }: PostgresConfig): Promise<CalledServer> {
  const { callServer } = await import('./sql/postgres/pool.ts');
  return callServer(connection, passwordFile);
}
type PostgresConfig = Extract<StoreConfig, { readonly kind: 'postgres' }>;
