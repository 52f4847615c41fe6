import { type Kysely, sql } from 'kysely';
import type { WhyNotNew } from '../../../ports/store-engine.ts';
import type { StoreError } from '../../../ports/store-error.ts';
import { renewLinesOfReusedIds } from '../lines-of-reused-ids.ts';
import { migrate } from '../migrations.ts';
import type { SqliteConnection } from './database.ts';
import { searchedLines, sqliteDialect, sqliteTables } from './dialect.ts';

const words = { serial: 'integer primary key autoincrement', text: 'text', json: 'text', number: 'integer' };

/**
 * Two that start at once meet here: who comes second finds the tables made. In one transaction, which Kysely does not
 * begin for SQLite: whoever is killed in the middle leaves nothing by halves.
 */
export async function migrateWhole({ db, raw }: SqliteConnection, place: string, whyNotNew?: WhyNotNew): Promise<void> {
  const alone = async (work: () => Promise<void>): Promise<void> => {
    raw.exec('begin immediate');
    await work();
    raw.exec('commit');
  };
  try {
    await migrate(db, { ...ownTables, place, alone, whyNotNew });
  } catch (error) {
    if (raw.isTransaction) raw.exec('rollback');
    throw error;
  }
}

/** Of a file that can only be read: rejects with the reason where its tables would have to be brought up to date. */
export const requireTables = ({ db }: SqliteConnection, place: string, onlyRead: StoreError): Promise<void> =>
  migrate(db, { ...ownTables, place, alone: () => Promise.reject(onlyRead) });

const ownTables = {
  words,
  migrated: sql`select 1 from sqlite_master where type = 'table' and name = 'kysely_migration'`,
  // The index of texts knows them.
  beginnings: [],
  // A row is written in its place.
  room: [],
  searchedLines,
  fewPending: [],
  renewLines: (within: Kysely<unknown>) => renewLinesOfReusedIds(within, sqliteDialect),
  after: async (within: Kysely<unknown>) => {
    for (const statement of sqliteTables) await sql.raw(statement).execute(within);
  },
};
