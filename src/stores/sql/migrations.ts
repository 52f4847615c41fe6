import { type Kysely, type Migration, Migrator, type RawBuilder, sql } from 'kysely';
import type { WhyNotNew } from '../../ports/store-engine.ts';
import { StoreError } from '../../ports/store-error.ts';
import { firstTables, stockLevelTables, type TableWords } from './first-tables.ts';
import { unsentTables } from './unsent-tables.ts';
import { writeWarehouseKeys } from './warehouse-keys.ts';
import { textsDoneTo } from './writing/finish-texts.ts';

/** What a database needs besides the tables that both have. */
export type OwnTables = {
  readonly words: TableWords;
  readonly after: (db: Kysely<unknown>) => Promise<void>;
  /** What finds the beginnings of texts that are searched, a statement each, where `after` did not make it. */
  readonly beginnings: readonly string[];
  /** What keeps room beside rows that change often, a statement each, where the database does not see to it. */
  readonly room: readonly string[];
  /** What has the lines of a shop searched in their order without a look at each line, a statement each. */
  readonly searchedLines: readonly string[];
  /** What keeps new texts from lying before the index of texts unsorted, where each search reads them, a statement each. */
  readonly fewPending: readonly string[];
  /** Works the lines out anew that an earlier program took for those of a shop whose id is used again. */
  readonly renewLines: (db: Kysely<unknown>) => Promise<void>;
  /** Answers a row where the table of migrations is there. */
  readonly migrated: RawBuilder<unknown>;
};

const migrationsFor = ({
  words,
  after,
  beginnings,
  room,
  searchedLines,
  fewPending,
  renewLines,
}: Omit<OwnTables, 'migrated'>): Readonly<Record<string, Migration>> => ({
  '0001-first-tables': {
    up: async (db: Kysely<unknown>) => {
      for (const statement of firstTables(words)) await sql.raw(statement).execute(db);
      await after(db);
    },
  },
  '0002-stock-by-location': {
    up: async (db: Kysely<unknown>) => {
      for (const statement of stockLevelTables(words)) await sql.raw(statement).execute(db);
    },
  },
  '0003-shared-state': {
    up: async (db: Kysely<unknown>) => {
      const { text, number } = words;
      await sql
        .raw(`create table shared_state (key ${text} primary key, body ${text} not null, at ${number} not null)`)
        .execute(db);
    },
  },
  '0004-what-is-unsent': {
    up: async (db: Kysely<unknown>) => {
      for (const statement of unsentTables(words)) await sql.raw(statement).execute(db);
    },
  },
  '0005-warehouse-keys': { up: writeWarehouseKeys },
  // Shops that are told at several locations of their own: none was, so that no row has to be worked out anew.
  '0006-figures-by-shop-location': {
    up: async (db: Kysely<unknown>) => {
      await sql.raw(`alter table listings add column quantities_at ${words.text}`).execute(db);
      await sql.raw(`alter table integrations add column pushed_at ${words.text}`).execute(db);
    },
  },
  // The texts themselves are worked out by whoever stays open: with a million listings that takes minutes.
  '0007-own-texts': {
    up: async (db: Kysely<unknown>) => {
      await sql`insert into counters (name, shop_id, value)
        select ${textsDoneTo}, '', 0 where exists (select 1 from listings)`.execute(db);
    },
  },
  // What a sync of changes showed is found by it: parents alone were, and a product without variants may have had some.
  '0008-listings-by-sync': {
    up: async (db: Kysely<unknown>) => {
      await sql.raw('drop index if exists listings_parents').execute(db);
      await sql
        .raw('create index listings_seen on listings (shop_id, seen_in, shop_product_id) where shop_variant_id is null')
        .execute(db);
    },
  },
  '0009-beginnings-of-texts': {
    up: async (db: Kysely<unknown>) => {
      for (const statement of beginnings) await sql.raw(statement).execute(db);
    },
  },
  '0010-room-for-figures': {
    up: async (db: Kysely<unknown>) => {
      for (const statement of room) await sql.raw(statement).execute(db);
    },
  },
  '0011-searched-lines': {
    up: async (db: Kysely<unknown>) => {
      for (const statement of searchedLines) await sql.raw(statement).execute(db);
    },
  },
  '0012-few-pending-texts': {
    up: async (db: Kysely<unknown>) => {
      for (const statement of fewPending) await sql.raw(statement).execute(db);
      await renewLines(db);
    },
  },
});

/** The version of the tables that this program writes. */
export const tablesVersion = 12;

export const newerWords = (unknown: string): string => `it has ${unknown}; this program knows up to ${tablesVersion}`;

export type MigrateOptions = OwnTables & {
  readonly schema?: string;
  readonly place: string;
  /** Does the work as a whole and alone, where Kysely does not see to it. */
  readonly alone?: (work: () => Promise<void>) => Promise<void>;
  readonly whyNotNew?: WhyNotNew;
};

/**
 * Brings the tables up to this version. Safe when several start at once: one does it, the others wait. Rejects with
 * `newer-version` where a newer program has been here; nothing is touched then.
 */
export async function migrate(
  db: Kysely<unknown>,
  { schema, place, alone = (work) => work(), whyNotNew, ...own }: MigrateOptions,
): Promise<void> {
  const migrations = migrationsFor(own);
  const done = await doneIn(db, own.migrated);
  const unknown = unknownIn(done);
  if (unknown !== undefined) throw new StoreError('newer-version', place, newerWords(unknown));
  if (done.length === Object.keys(migrations).length) return;
  const refusal = done.length === 0 ? whyNotNew?.() : undefined;
  // Looked for once more: another may have made the tables meanwhile.
  if (refusal !== undefined && (await doneIn(db, own.migrated)).length === 0) throw refusal;
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...migrations }) },
    migrationTableSchema: schema,
  });
  await alone(async () => {
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
  });
}

/** Whether all was done to a database that this program does, and nothing else. */
export const isUpToDate = (done: readonly string[]): boolean =>
  done.length === tablesVersion && unknownIn(done) === undefined;

/** Whether this program knows all that was done to a database; `undefined`, or the first that it does not know. */
export const unknownIn = (done: readonly string[]): string | undefined =>
  done.find((name) => !Object.hasOwn(migrationsFor(noTables), name));
const noTables = {
  words: { serial: '', text: '', json: '', number: '' },
  after: async () => undefined,
  beginnings: [],
  room: [],
  searchedLines: [],
  fewPending: [],
  renewLines: async () => undefined,
};

/**
 * What was done to a database by a newer program, which may come while this one has it open: asked in every change, which
 * would else write into tables that mean something else by now.
 */
export const doneByNewer = `select name from kysely_migration where name not in (${Object.keys(migrationsFor(noTables))
  .map((name) => `'${name}'`)
  .join(', ')}) limit 1`;

async function doneIn(db: Kysely<unknown>, migrated: RawBuilder<unknown>): Promise<readonly string[]> {
  if ((await migrated.execute(db)).rows.length === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
}
