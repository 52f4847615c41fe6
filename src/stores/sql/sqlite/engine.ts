import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { StoreError } from '../../../ports/store-error.ts';
import { makeFolders } from '../../disk/make-folders.ts';
import { askInTurn } from '../ask-in-turn.ts';
import type { Ask, Engine } from '../engine.ts';
import { migrate } from '../migrations.ts';
import { announce, followChanges } from './changes.ts';
import { connect, type SqliteConnection } from './database.ts';
import { sqliteBulk, sqliteDialect, sqliteTables } from './dialect.ts';
import { isBusy, sqliteTrouble } from './trouble.ts';

export type SqliteOptions = {
  readonly path: string;
  /** Milliseconds to wait for a living writer. */
  readonly timeoutMs?: number;
  /** Milliseconds between two looks at what others wrote. */
  readonly lookEveryMs?: number;
};

const words = { serial: 'integer primary key autoincrement', text: 'text', json: 'text', number: 'integer' };

/** A store in one SQLite file: one connection reads, one writes, so that nobody reads what is not yet confirmed. */
export async function sqliteEngine({ path, timeoutMs = 30_000, lookEveryMs = 200 }: SqliteOptions): Promise<Engine> {
  const trouble = (error: unknown, doing: string): StoreError => sqliteTrouble(error, path, doing);
  const [writer, reader] = await opened(path, timeoutMs).catch((error: unknown) => {
    throw trouble(error, 'opening the store');
  });
  const identity = inodeOf(path);

  const asking =
    (db: Kysely<unknown>, doing: string): Ask =>
    async (query) => {
      try {
        return (await query.execute(db)).rows;
      } catch (error) {
        throw isThere() ? trouble(error, doing) : gone();
      }
    };
  const isThere = (): boolean => inodeOf(path) === identity;
  const gone = (): StoreError => new StoreError('missing', path, 'the file is gone, or another lies in its place');
  const requireThere = (): void => {
    if (!isThere()) throw gone();
  };

  const retrying = <Value>(work: () => Promise<Value>): Promise<Value> =>
    retryWhileBusy(work, timeoutMs).catch((error: unknown) => {
      throw trouble(error, isBusy(error) ? 'waiting for another process to write' : 'writing');
    });
  const ask = asking(reader.db, 'reading');
  let third: SqliteConnection | undefined;
  const upkeep = (): SqliteConnection => {
    third ??= connect(path, { readOnly: false, busyMs: 5 });
    return third;
  };
  return {
    kind: 'sqlite',
    place: path,
    dialect: sqliteDialect,
    ask: (query) => {
      requireThere();
      return ask(query);
    },
    run: async (query) => {
      requireThere();
      const { db } = upkeep();
      return retrying(async () => (await query.execute(db)).rows);
    },
    transact: (_token, work) =>
      writer.db.connection().execute(async (db) => {
        requireThere();
        await retrying(() => sql`begin immediate`.execute(db));
        try {
          const value = await work(askInTurn(asking(db, 'writing')));
          await asking(db, 'making a change safe')(sql`commit`);
          return value;
        } catch (error) {
          if (writer.raw.isTransaction) await sql`rollback`.execute(db);
          throw error;
        }
      }),
    bulk: sqliteBulk,
    bytes: async () => {
      const size = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      return { database: size(path), log: size(`${path}-wal`) };
    },
    faults: async () => {
      const rows = await ask(sql<{ integrity_check: string }>`pragma integrity_check(5)`);
      return rows.map((row) => row.integrity_check).filter((said) => said !== 'ok');
    },
    tidy: () =>
      writer.db.connection().execute(async (db) => {
        await retrying(() => sql`vacuum`.execute(db));
        await retrying(() => sql`pragma wal_checkpoint(truncate)`.execute(db));
      }),
    nextSeqs: (count) => sql<{ seq: number }>`
      select coalesce((select seq from sqlite_sequence where name = 'events'), 0) + value as seq
      from json_each(${JSON.stringify(Array.from({ length: count }, (_, place) => place + 1))})`,
    announce: announce,
    follow: (onNotice) => followChanges(reader, { everyMs: lookEveryMs, isThere }, onNotice),
    trouble,
    close: async () => {
      await reader.db.destroy();
      await writer.db.destroy();
      await third?.db.destroy();
    },
  };
}

const inodeOf = (path: string): string => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.dev}:${found.ino}`;
};

/** What waits for another writer waits here, and not in SQLite, where the whole process would stand still. */
async function retryWhileBusy<Value>(work: () => Promise<Value>, timeoutMs: number): Promise<Value> {
  const until = performance.now() + timeoutMs;
  for (let wait = 1; ; wait = Math.min(20, wait * 2)) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error;
      await pause(wait * (0.5 + Math.random()));
    }
  }
}

/** Also to connect can be refused for a moment: while another opens the file, or mends it after a crash. */
async function opened(path: string, timeoutMs: number): Promise<readonly [SqliteConnection, SqliteConnection]> {
  makeFile(path);
  const writer = await retryWhileBusy(async () => connect(path, { readOnly: false, busyMs: 25 }), timeoutMs);
  await retryWhileBusy(() => migrateWhole(writer, path), timeoutMs);
  const reader = await retryWhileBusy(async () => connect(path, { readOnly: true, busyMs: 5_000 }), timeoutMs);
  return [writer, reader];
}

/** The file, for its owner's eyes only; what SQLite lays beside it gets the same rights. */
function makeFile(path: string): void {
  if (existsSync(path)) return;
  makeFolders(dirname(path));
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

/**
 * Two that start at once meet here: who comes second finds the tables made. In one transaction, which Kysely does not
 * begin for SQLite: whoever is killed in the middle leaves nothing by halves.
 */
async function migrateWhole({ db, raw }: SqliteConnection, place: string): Promise<void> {
  const own = {
    words,
    place,
    migrated: sql`select 1 from sqlite_master where type = 'table' and name = 'kysely_migration'`,
    after: async (within: Kysely<unknown>) => {
      for (const statement of sqliteTables) await sql.raw(statement).execute(within);
    },
    alone: async (work: () => Promise<void>) => {
      raw.exec('begin immediate');
      await work();
      raw.exec('commit');
    },
  };
  try {
    await migrate(db, own);
  } catch (error) {
    if (raw.isTransaction) raw.exec('rollback');
    throw error;
  }
}
