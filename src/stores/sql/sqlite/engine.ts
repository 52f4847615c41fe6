import { statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { WhyNotNew } from '../../../ports/store-engine.ts';
import { StoreError } from '../../../ports/store-error.ts';
import { tellsChanges } from '../../disk/tells-changes.ts';
import { onChanges } from '../../locking/watch-folder.ts';
import { askInTurn } from '../ask-in-turn.ts';
import type { Ask, Engine } from '../engine.ts';
import { doneByNewer, newerWords } from '../migrations.ts';
import { announce, followChanges } from './changes.ts';
import { openConnections, retryWhileBusy, type SqliteConnections } from './connections.ts';
import { sqliteBulk, sqliteDialect } from './dialect.ts';
import { logOf } from './files-beside.ts';
import { isBusy, isWriteRefused, sqliteTrouble } from './trouble.ts';
import { verifier } from './verifier.ts';

export type SqliteOptions = {
  readonly path: string;
  /** Milliseconds to wait for a living writer. */
  readonly timeoutMs?: number;
  /** Milliseconds between two looks at what others wrote and whether the file is still there. */
  readonly lookEveryMs?: number;
  readonly whyNotNew?: WhyNotNew;
};

/** A store in one SQLite file: one connection reads, one writes, so that nobody reads what is not yet confirmed. */
export async function sqliteEngine(options: SqliteOptions): Promise<Engine> {
  const { path, timeoutMs = 30_000, lookEveryMs, whyNotNew } = options;
  const trouble = (error: unknown, doing: string): StoreError => sqliteTrouble(error, path, doing);
  let now = await openConnections(path, timeoutMs, whyNotNew);
  let retired: Promise<unknown> = Promise.resolve();

  const asking =
    (on: SqliteConnections, db: Kysely<unknown>, doing: string): Ask =>
    async (query) => {
      try {
        return (await query.execute(db)).rows;
      } catch (error) {
        if (!on.isThere()) on.requireThere();
        throw trouble(error, doing);
      }
    };
  const retrying = <Value>(work: () => Promise<Value>): Promise<Value> =>
    retryWhileBusy(path, work, timeoutMs).catch((error: unknown) => {
      throw trouble(error, isBusy(error) ? 'waiting for another process to write' : 'writing');
    });
  const verify = verifier(path, {
    connections: () => now,
    reopen: async (order) => {
      const before = now;
      if (order === 'closeFirst') await before.retire();
      now = await openConnections(path, timeoutMs);
      if (order === undefined) retired = Promise.all([retired, before.retire()]).catch(() => undefined);
      return now;
    },
  });
  const ask: Ask = async (query) => {
    now.requireThere();
    try {
      return await asking(now, now.reader.db, 'reading')(query);
    } catch (error) {
      verify.refused(query, error);
      throw error;
    }
  };
  const transact = async <Value>(work: (ask: Ask) => Promise<Value>): Promise<Value> => {
    const on = now;
    if (on.onlyRead !== undefined) throw on.onlyRead;
    const { db: own, raw } = on.writer;
    return own.connection().execute(async (db) => {
      on.requireThere();
      await retrying(() => sql`begin immediate`.execute(db));
      try {
        const within = asking(on, db, 'writing');
        const [newer] = await within(sql.raw<{ name: string }>(doneByNewer));
        if (newer !== undefined) throw new StoreError('newer-version', path, newerWords(newer.name));
        const value = await work(askInTurn(within));
        on.requireThere();
        await asking(on, db, 'making a change safe')(sql`commit`);
        return value;
      } catch (error) {
        if (raw.isTransaction) await sql`rollback`.execute(db);
        throw error;
      }
    });
  };
  return {
    kind: 'sqlite',
    place: path,
    dialect: sqliteDialect,
    ask,
    run: async (query) => {
      now.requireThere();
      const { db } = now.upkeep();
      const { onlyRead } = now;
      return retrying(async () => (await query.execute(db)).rows).catch((error: unknown) => {
        throw onlyRead !== undefined && isWriteRefused(error) ? onlyRead : error;
      });
    },
    transact: (_token, work) => transact(work),
    whileNobodyWrites: (work) => transact(work),
    steady: async (work) => {
      now.requireThere();
      const on = now;
      const own = on.another();
      try {
        return await own.db.connection().execute(async (db) => {
          const within = asking(on, db, 'reading');
          await within(sql`begin`);
          const value = await work(askInTurn(within));
          await within(sql`rollback`);
          return value;
        });
      } finally {
        await own.db.destroy();
      }
    },
    bulk: sqliteBulk,
    bytes: async () => {
      const size = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      return { database: size(path), log: size(logOf(path)) };
    },
    faults: async (how) => {
      const check = sql.raw<Readonly<Record<string, string>>>(`pragma ${how ?? 'integrity'}_check(5)`);
      return (await ask(check)).flatMap((row) => Object.values(row)).filter((said) => said !== 'ok');
    },
    tidy: async () => {
      if (now.onlyRead !== undefined) throw now.onlyRead;
      await now.writer.db.connection().execute(async (db) => {
        await retrying(() => sql`vacuum`.execute(db));
        await retrying(() => sql`pragma wal_checkpoint(truncate)`.execute(db));
      });
    },
    warnings: async () => [],
    nextSeqs: (count) => sql<{ seq: number }>`
      select coalesce((select seq from sqlite_sequence where name = 'events'), 0) + value as seq
      from json_each(${JSON.stringify(Array.from({ length: count }, (_, place) => place + 1))})`,
    announce: announce,
    follow: (follower) => {
      const everyMs = lookEveryMs ?? (tellsChanges(dirname(path)) ? 1000 : 200);
      const onWrite = (written: () => void): (() => void) => onChanges(dirname(path), written, basename(path));
      return followChanges(now, { everyMs, onWrite, look: verify.look, trouble }, follower);
    },
    followsAlways: true,
    onlyRead: () => now.onlyRead,
    trouble,
    close: async () => {
      if (now.isOnlyLogGone()) await verify.look().catch(() => undefined);
      await verify.stop();
      await retired;
      if (verify.mayClose()) await now.close();
    },
  };
}
