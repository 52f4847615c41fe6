import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import envPaths from 'env-paths';
import type { StorePlaces } from '../../stores/store-config.ts';

/** The variables that a program is started with. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where everything lies: settings, store, log and other leavings, and what can be made again at any time. */
export type Paths = {
  readonly config: string;
  readonly data: string;
  readonly state: string;
  readonly cache: string;
  /** PostgreSQL's own password file; none where the environment has a password, which goes before it. */
  readonly passwordFile?: string;
  /** PostgreSQL's `PGHOST`. */
  readonly postgresHost?: string;
  /** What PostgreSQL's driver takes from `PGDATABASE`, `PGPORT` and `PGUSER` where an address leaves it out. */
  readonly postgresDatabase?: string;
  readonly postgresPort?: string;
  readonly postgresUser?: string;
};

// A folder that is named from where one happens to stand is none: the shops would be gone from everywhere else. The
// XDG rules say to pass over it.
const ownFolder = (home = homedir()): string => (isAbsolute(home) ? home : userInfo().homedir);

const placed = (folder: string, usual: string): string =>
  isAbsolute(folder) ? folder : join(ownFolder(), usual, 'bindeled');

/** The folders, from `BINDELED_HOME` or else the places that the system gives to such files. */
export function pathsFrom(env: Environment): Paths {
  const postgres = {
    passwordFile: passwordFileFrom(env),
    postgresHost: env.PGHOST,
    postgresDatabase: env.PGDATABASE,
    postgresPort: env.PGPORT,
    postgresUser: env.PGUSER,
  };
  // What is no shell (a unit file, a container) leaves "~" as it was written.
  const home = env.BINDELED_HOME?.trim().replace(/^~(?=$|[\\/])/, homedir());
  if (home !== undefined && home !== '') {
    const root = resolve(home);
    const under = (name: string): string => join(root, name);
    return {
      config: under('config'),
      data: under('data'),
      state: under('state'),
      cache: under('cache'),
      ...postgres,
    };
  }
  const { config, data, log, cache } = envPaths('bindeled', { suffix: '' });
  return {
    config: placed(config, '.config'),
    data: placed(data, '.local/share'),
    state: placed(log, '.local/state'),
    cache: placed(cache, '.cache'),
    ...postgres,
  };
}

/** Where PostgreSQL's own tools look for the password file. */
export const passwordFilePlace = ({ PGPASSFILE, HOME }: Environment): string =>
  PGPASSFILE || join(ownFolder(HOME), '.pgpass');

const passwordFileFrom = (env: Environment): string | undefined =>
  env.PGPASSWORD !== undefined && env.PGPASSWORD !== '' ? undefined : passwordFilePlace(env);

/** Where stores lie by themselves. */
export const storePlaces = ({ data, passwordFile, postgresHost }: Paths): StorePlaces => ({
  jsonFolder: join(data, 'store'),
  sqliteFile: join(data, 'bindeled.sqlite'),
  passwordFile,
  postgresHost,
});
