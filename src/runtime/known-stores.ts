import { createHash } from 'node:crypto';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Store } from '../ports/store.ts';
import type { StoreConfig, StoreFindings, WhyNotNew } from '../ports/store-engine.ts';
import { StoreError } from '../ports/store-error.ts';
import type { Settings } from '../settings.ts';
import { makeFolders } from '../stores/disk/make-folders.ts';
import { codeOf, toStoreError } from '../stores/file-errors.ts';
import type { PostgresAddress } from '../stores/sql/postgres/address.ts';
import type { CalledServer } from '../stores/sql/postgres/pool.ts';
import type { Paths } from './environment/paths.ts';

/** Where a store lies, as this machine remembers it beside the settings, which mostly lie on another disk. */
export type KnownStore = {
  /** Why no empty store may begin there by itself: one with shops was there. Its disk may not be mounted. */
  readonly whyNotNew: WhyNotNew;
  /** Remembers the store once it has a shop. */
  readonly note: (store: Pick<Store, 'shops'>) => Promise<void>;
  /** The same of one that everything was just put into, and that nobody has opened yet. */
  readonly noteFilled: (findings: Pick<StoreFindings, 'counts'>) => void;
  readonly forget: () => void;
};

async function placeOf(store: StoreConfig, paths: Paths, called: CalledServer | undefined): Promise<string> {
  if (store.kind === 'json') return resolve(store.folder);
  if (store.kind === 'sqlite') return resolve(store.path);
  const { place, config } =
    called?.connection === store.connection ? called.address : await addressOf(store.connection);
  // Another database that the environment names is another store under the same address.
  const { postgresDatabase, postgresPort, postgresUser } = paths;
  const taken = {
    PGDATABASE: config.database === undefined ? postgresDatabase : undefined,
    PGPORT: config.port === undefined ? postgresPort : undefined,
    PGUSER: config.user === undefined ? postgresUser : undefined,
  };
  const named = Object.entries(taken).filter(([, value]) => value !== undefined && value !== '');
  return [place, ...named.map(([name, value]) => `${name}=${value}`)].join(' ');
}

async function addressOf(connection: string): Promise<PostgresAddress> {
  const { readPostgresAddress } = await import('../stores/sql/postgres/address.ts');
  return readPostgresAddress(connection);
}

/** A name of a file is no longer than this, with its ending, also where names are encrypted; a digest takes Node 3 ms to load. */
const nameAtMost = 138;
const nameOf = (said: string): string => {
  const name = encodeURIComponent(said);
  return name.length <= nameAtMost ? name : createHash('sha256').update(said).digest('hex');
};

/**
 * One small file a store: programs that start at once have nothing to agree on, and to look for it costs nothing. `called`
 * is the server of the store, where one is being called already.
 */
export async function knownStore(
  { paths, store }: Pick<Settings, 'paths' | 'store'>,
  called?: CalledServer,
): Promise<KnownStore> {
  const place = await placeOf(store, paths, called);
  const file = join(paths.config, 'known-stores', `${nameOf(`${store.kind}:${place}`)}.json`);
  let isNoted = mayBeThere(file);
  const remember = (): void => {
    isNoted = true;
    makeNote(paths.config, file, { kind: store.kind, place });
  };
  return {
    whyNotNew: () => {
      if (!mayBeThere(file)) return undefined;
      const unseen = store.kind === 'postgres' ? undefined : whyUnseen(place);
      return unseen ?? new StoreError('missing', place, 'a store with shops was here before');
    },
    note: async ({ shops }) => {
      if (isNoted) return;
      // A store that cannot be read just now says so to whoever asks it something.
      const known = await shops().catch(() => []);
      if (known.length > 0) remember();
    },
    noteFilled: ({ counts }) => {
      // What a shop shows is there by a shop alone.
      if (counts.listings > 0) remember();
    },
    forget: () => {
      try {
        rmSync(file, { force: true });
      } catch {
        // Settings that this program may not write: a note that stays says what was true.
      }
    },
  };
}

/** Why it cannot be told whether anything lies there: a folder that may not be looked into. */
function whyUnseen(path: string): StoreError | undefined {
  try {
    statSync(path, { throwIfNoEntry: false });
    return undefined;
  } catch (error) {
    return toStoreError(error, path, 'looking at the store');
  }
}

/** What a file system answers where no such file can be. */
const cannotBe: readonly (string | undefined)[] = ['ENOTDIR', 'ENAMETOOLONG'];

/** A note that cannot be looked for is unknown, and no sign that none is there. */
function mayBeThere(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    return !cannotBe.includes(codeOf(error));
  }
}

/** That it is there is what counts: not what it holds, which is for people, and no secret. */
function makeNote(config: string, file: string, content: { readonly kind: string; readonly place: string }): void {
  try {
    makeFolders(config);
    makeFolders(dirname(file), 0o755);
    writeFileSync(file, `${JSON.stringify(content)}\n`, { mode: 0o644 });
  } catch {
    // Settings that this program may not write: a store is used without being remembered.
  }
}
