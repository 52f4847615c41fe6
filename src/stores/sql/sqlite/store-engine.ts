import { existsSync } from 'node:fs';
import { chmod, rename, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, SqliteDialect, sql } from 'kysely';
import type { Instant } from '../../../domain/ids.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { StoreEngine, WhyNotNew } from '../../../ports/store-engine.ts';
import { StoreError } from '../../../ports/store-error.ts';
import type { Batch } from '../../contents/contents.ts';
import { requireOrdinary } from '../../disk/require-ordinary.ts';
import { withFileErrors } from '../../file-errors.ts';
import type { Ask } from '../engine.ts';
import { sqlContents } from '../maintenance/contents.ts';
import { sqlMaintenance } from '../maintenance/maintenance.ts';
import { newerWords, unknownIn } from '../migrations.ts';
import { sqlLeases } from '../store/leases.ts';
import { sqlSharedState } from '../store/shared-state.ts';
import { sqlStore } from '../store/store.ts';
import { asKyselyDatabase } from './database.ts';
import { sqliteDialect } from './dialect.ts';
import { sqliteEngine } from './engine.ts';
import { besides } from './files-beside.ts';
import { sqliteTrouble } from './trouble.ts';

const stamp = (at: Instant): string => at.slice(0, 19).replaceAll(':', '');

/** The store in one SQLite file, opened and looked after. */
export function sqliteStoreEngine(path: string, clock: Pick<Clock, 'now'>, whyNotNew?: WhyNotNew): StoreEngine {
  const open = () => sqliteEngine({ path, whyNotNew });
  return {
    open: async () => {
      const engine = await open();
      return {
        store: sqlStore(engine),
        leases: sqlLeases(engine),
        shared: sqlSharedState(engine),
        onlyRead: engine.onlyRead?.(),
      };
    },
    maintenance: sqlMaintenance(
      {
        kind: 'sqlite',
        place: path,
        open,
        openNew: () => sqliteEngine({ path }),
        copyTo: async (engine, file) => {
          await engine.run(sql`vacuum into ${file}`).catch(async (error: unknown) => {
            // Half a copy is none, and would be in the way of the next.
            if (!/already exists/.test(String(error))) await rm(file, { force: true }).catch(() => undefined);
            // What SQLite finds wrong here is mostly the place of the copy; a damaged store it names itself.
            if (!(error instanceof StoreError) || error.kind === 'damaged' || error.kind === 'missing') throw error;
            throw new StoreError(error.kind, file, error.detail, error);
          });
          await withFileErrors(file, 'making the copy safe', () => chmod(file, 0o600));
        },
        read: backupContents,
        keptName: (at) => `${path}-kept-${stamp(at)}`,
        layAside: async (at) => {
          const kept = `${path}-kept-${stamp(at)}`;
          for (const part of ['', ...besides]) await rename(path + part, kept + part).catch(() => undefined);
          return kept;
        },
      },
      clock,
    ),
  };
}

/** What a copy of a store holds; it is not written, not even by being opened. */
async function* backupContents(file: string): AsyncGenerator<Batch> {
  const trouble = (error: unknown): StoreError => sqliteTrouble(error, file, 'reading the copy');
  let db: Kysely<unknown>;
  // A pipe that nobody writes to would be waited for without end.
  requireOrdinary(file);
  if (!existsSync(file)) throw new StoreError('missing', file, 'reading the copy: ENOENT');
  try {
    const raw = new DatabaseSync(file, { readOnly: true });
    db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: asKyselyDatabase(raw) }) });
  } catch (error) {
    throw trouble(error);
  }
  const ask: Ask = async (query) => {
    try {
      return (await query.execute(db)).rows;
    } catch (error) {
      throw new StoreError('damaged', file, trouble(error).detail, error);
    }
  };
  try {
    const done = await ask(sql<{ name: string }>`select name from kysely_migration order by name`);
    const unknown = unknownIn(done.map(({ name }) => name));
    if (unknown !== undefined) throw new StoreError('newer-version', file, newerWords(unknown));
    const tables = await ask(sql<{ name: string }>`select name from sqlite_master where type = 'table'`);
    yield* sqlContents({ ask, dialect: sqliteDialect, place: file }, new Set(tables.map(({ name }) => name)));
  } finally {
    await db.destroy();
  }
}
