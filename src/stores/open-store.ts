import { dirname } from 'node:path';
import type { Clock } from '../ports/clock.ts';
import type { OpenStore, StoreConfig, StoreEngine } from '../ports/store-engine.ts';

/** Where stores lie that no other place was said for. */
export type StorePlaces = {
  readonly jsonFolder: string;
  readonly sqliteFile: string;
  /** Where passwords of PostgreSQL servers are looked for that are said nowhere else. */
  readonly passwordFile?: string;
};

/**
 * Which store a text names: `json:` (or nothing at all), `sqlite:` or `sqlite:/path/file`, `postgres://…`. Answers
 * `undefined` for any other text.
 */
export function storeConfig(text: string, places: StorePlaces): StoreConfig | undefined {
  const { jsonFolder, sqliteFile, passwordFile } = places;
  const wanted = text.trim();
  if (wanted === '' || wanted === 'json' || wanted === 'json:') return { kind: 'json', folder: jsonFolder };
  if (wanted === 'sqlite' || wanted === 'sqlite:') return { kind: 'sqlite', path: sqliteFile };
  if (/^sqlite:(?:\/\/)?\//.test(wanted)) return { kind: 'sqlite', path: wanted.replace(/^sqlite:(?:\/\/)?/, '') };
  return /^postgres(?:ql)?:\/\//.test(wanted) ? { kind: 'postgres', connection: wanted, passwordFile } : undefined;
}

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

/** Opens the store. A server is called before what asks it is loaded, and lets us in meanwhile. */
export async function openStore(
  config: StoreConfig,
  clock: Pick<Clock, 'now'>,
  places: StorePlaces,
): Promise<OpenStore> {
  if (config.kind !== 'postgres') return (await storeEngine(config, clock, places)).open();
  const { callServer } = await import('./sql/postgres/pool.ts');
  const called = callServer(config.connection, config.passwordFile);
  // What is to be sent first is sent in the next turn.
  await new Promise((resolve) => void setImmediate(resolve));
  const { postgresStoreEngine } = await import('./sql/postgres/store-engine.ts');
  return postgresStoreEngine({ ...config, keptIn: dirname(places.sqliteFile), clock, called }).open();
}
