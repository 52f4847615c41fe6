import { dirname } from 'node:path';
import type { Clock } from '../ports/clock.ts';
import type { OpenStore, StoreConfig, StoreEngine, WhyNotNew } from '../ports/store-engine.ts';
import { StoreError } from '../ports/store-error.ts';
import type { CalledServer } from './sql/postgres/pool.ts';
import type { StorePlaces } from './store-config.ts';

/**
 * Kinds of store, each loaded only when it is the one: a command pays for no other. `whyNotNew` may keep an empty store from
 * being made; one is always made where a copy is to be put.
 */
export async function storeEngine(
  config: StoreConfig,
  clock: Pick<Clock, 'now'>,
  places: StorePlaces,
  whyNotNew?: WhyNotNew,
): Promise<StoreEngine> {
  switch (config.kind) {
    case 'json':
      return (await import('./json-engine.ts')).jsonStoreEngine(config.folder, clock, whyNotNew);
    case 'sqlite':
      return (await import('./sql/sqlite/store-engine.ts')).sqliteStoreEngine(config.path, clock, whyNotNew);
    case 'postgres': {
      const { postgresStoreEngine } = await import('./sql/postgres/store-engine.ts');
      return postgresStoreEngine({ ...config, keptIn: dirname(places.sqliteFile), clock, whyNotNew });
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
  { called, whyNotNew }: OpenOptions = {},
): Promise<OpenStore> {
  if (config.kind !== 'postgres') return (await storeEngine(config, clock, places, whyNotNew)).open();
  const server = called?.connection === config.connection ? called : await callNow(config);
  // What is to be sent next is sent in the next turn.
  await new Promise((resolve) => void setImmediate(resolve));
  const { postgresStoreEngine } = await import('./sql/postgres/store-engine.ts');
  const keptIn = dirname(places.sqliteFile);
  return postgresStoreEngine({ ...config, keptIn, clock, called: server, whyNotNew }).open();
}

type OpenOptions = { readonly called?: CalledServer; readonly whyNotNew?: WhyNotNew };

/** Makes an empty store where none is; answers false, and changes nothing, where one is there. */
export async function beginStore(
  config: StoreConfig,
  clock: Pick<Clock, 'now'>,
  places: StorePlaces,
): Promise<boolean> {
  const isNone = new StoreError('missing', '', 'there is no store here');
  try {
    const { store } = await openStore(config, clock, places, { whyNotNew: () => isNone });
    await store.close();
    return false;
  } catch (error) {
    if (error !== isNone) throw error;
  }
  const { store } = await openStore(config, clock, places);
  await store.close();
  return true;
}

async function callNow({ connection, passwordFile }: PostgresConfig): Promise<CalledServer> {
  const { callServer } = await import('./sql/postgres/pool.ts');
  return callServer(connection, passwordFile);
}
type PostgresConfig = Extract<StoreConfig, { readonly kind: 'postgres' }>;
