import type { CalledServer } from '../stores/sql/postgres/pool.ts';
import { storeConfig } from '../stores/store-config.ts';
import { readUncheckedConfig } from './environment/config-unchecked.ts';
import { type Environment, pathsFrom, storePlaces } from './environment/paths.ts';
import { withSystemCredentials } from './environment/system-credentials.ts';

/** Commands that ask no store, or another than the settings name. */
const asksNoStore = /^(?:completion|demo|help|serve install|store)(?: |$)/;
const asksForHelp = (arg: string): boolean => arg === '-h' || arg === '--help';

/** Whether a command asks the store that the settings name, as far as its words tell. */
export const asksStore = (args: readonly string[]): boolean =>
  !asksNoStore.test(args.join(' ')) && !args.some(asksForHelp);

/**
 * Begins to connect to the server that the store lies on, before the command itself is loaded: it lets us in meanwhile.
 * Nothing where the store lies on none. What is wrong with the address is said by whoever opens the store.
 */
export async function callStoreServer(given: Environment): Promise<CalledServer | undefined> {
  const env = usable(given);
  if (env === undefined) return undefined;
  const paths = pathsFrom(env);
  const said = env.BINDELED_STORE || readUncheckedConfig(paths.config).store;
  const config = typeof said === 'string' ? storeConfig(said, storePlaces(paths)) : undefined;
  if (config?.kind !== 'postgres') return undefined;
  const { callServer } = await import('../stores/sql/postgres/pool.ts');
  try {
    return callServer(config.connection, config.passwordFile);
  } catch {
    return undefined;
  }
}

/** What cannot be read of the environment's keys is said by whoever runs the command. */
function usable(given: Environment): Environment | undefined {
  try {
    return withSystemCredentials(given);
  } catch {
    return undefined;
  }
}
