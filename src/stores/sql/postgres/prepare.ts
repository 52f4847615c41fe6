import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { WhyNotNew } from '../../../ports/store-engine.ts';
import { StoreError } from '../../../ports/store-error.ts';
import { codeOf } from '../../file-errors.ts';
import { tableNames } from '../../tables/tables.ts';
import { specs } from '../columns.ts';
import type { Ask } from '../engine.ts';
import { renewLinesOfReusedIds } from '../lines-of-reused-ids.ts';
import { isUpToDate, migrate } from '../migrations.ts';
import { session } from './address.ts';
import { postgresDialect, postgresWords } from './dialect.ts';
import { type CalledServer, type ServerSays, whatServerSays } from './pool.ts';
import { fewPending, makeTextIndexes } from './text-indexes.ts';
import { textParts } from './text-parts.ts';
import { throughPooler } from './trouble.ts';

const oldest = 14;

/** Why a database cannot hold a store in this schema; nothing where it can. */
export function whyNotUsable(
  { encoding, version, path, session: told }: Omit<ServerSays, 'done'>,
  schema: string,
): string | undefined {
  const major = Math.floor(version / 10_000);
  if (major < oldest) return `the server is PostgreSQL ${major}, and ${oldest} or newer is needed`;
  if (encoding !== 'UTF8') return `the database is in ${encoding}, not in UTF8`;
  // Tables would be made in another schema, among those of others; or the turn of a writer be given to another.
  return path.replaceAll('"', '') === schema && told === session ? undefined : throughPooler;
}

/** What the server said when it was called; where there are no tables yet it is asked once more, without them. */
async function firstAnswer(db: Kysely<unknown>, called: CalledServer): Promise<ServerSays> {
  const said = await called.says.catch(async (error: unknown) => {
    if (codeOf(error) !== noSuchTable) throw error;
    return (await sql.raw<ServerSays>(whatServerSays("''")).execute(db)).rows[0];
  });
  if (said === undefined) throw new Error('the server says nothing of itself');
  return said;
}
const noSuchTable = '42P01';
const noPermission = '42501';

/** How a schema stands to whoever asks. */
async function stateOf(db: Kysely<unknown>, schema: string): Promise<'gone' | 'shut' | 'open'> {
  const { rows } = await sql<{ state: 'gone' | 'shut' | 'open' }>`
    select case when n.oid is null then 'gone' when has_schema_privilege(n.oid, 'usage') then 'open' else 'shut' end as state
    from (values (1)) one(row) left join pg_catalog.pg_namespace n on n.nspname = ${schema}`.execute(db);
  return rows[0]?.state ?? 'gone';
}

/** Tables that are not found are gone, or the whole schema is, or the role may not look into it: which of them. */
export async function whyNoTable(
  error: StoreError,
  { db, schema }: { readonly db: Kysely<unknown>; readonly schema: string },
): Promise<StoreError> {
  if (codeOf(error.cause) !== noSuchTable) return error;
  const state = await stateOf(db, schema).catch(() => 'open');
  if (state === 'gone') return new StoreError('missing', error.place, `the schema ${schema} is gone`, error.cause);
  if (state === 'shut')
    return new StoreError('no-access', error.place, `the role may not use the schema ${schema}`, error.cause);
  return error;
}

/** Makes or brings up to date the tables. Two machines that start at once wait for each other. */
export async function prepare(db: Kysely<unknown>, called: CalledServer, whyNotNew?: WhyNotNew): Promise<void> {
  const { schema, place } = called.address;
  const says = await firstAnswer(db, called);
  const refusal = whyNotUsable(says, schema);
  if (refusal !== undefined) throw new StoreError('bad-address', place, refusal);
  if (isUpToDate(says.done.split(' '))) return;
  const own = {
    schema,
    place,
    whyNotNew,
    words: postgresWords,
    migrated: sql`select 1 where to_regclass(${`${schema}.kysely_migration`}) is not null`,
    after: ownTables,
    beginnings: textParts,
    room: roomForFigures,
    searchedLines: [],
    fewPending,
    renewLines: (within: Kysely<unknown>) => renewLinesOfReusedIds(within, postgresDialect),
  };
  for (let tries = 1; ; tries += 1) {
    try {
      await migrate(db, own);
      return;
    } catch (error) {
      // Two that make the same schema or table at once: one of them is told so, and finds it made.
      const raced =
        error instanceof Error &&
        'code' in error &&
        /^(?:23505|3F000|42P01|42P06|42P07|42710|40001|40P01)$/.test(String(error.code));
      if (codeOf(error) === noPermission && (await stateOf(db, schema)) === 'gone')
        throw new StoreError(
          'no-access',
          place,
          `the schema ${schema} is not there, and the role may not make it`,
          error,
        );
      if (!raced || tries > 20) throw error;
      await pause(50 * (0.5 + Math.random()));
    }
  }
}

/**
 * Room in each page for another figure of a row in it: then nothing but that page is written. In a page that is full the
 * row moves, and every index of its table, that of texts too, gets another entry in another place.
 */
const roomForFigures: readonly string[] = Object.entries({
  listings: 85,
  integrations: 90,
  shop_lines: 90,
  products: 90,
}).map(([table, percent]) => `alter table ${table} set (fillfactor = ${percent})`);

async function ownTables(db: Kysely<unknown>): Promise<void> {
  await sql`create table writer_turn (one bigint)`.execute(db);
  // Whoever may not make the extension can have it made by somebody who may; without it a search reads all rows.
  await sql
    .raw(
      'do $$ begin create extension if not exists pg_trgm with schema public; exception when others then null; end $$',
    )
    .execute(db);
  await makeTextIndexes(async (query) => (await query.execute(db)).rows);
}

/** Tables beside those of records. */
const others = ['listing_codes', 'product_codes', 'conflict_products', 'events', 'event_products', 'acts'];
const kept = ['shop_lines', 'counters', 'changes', 'leases', 'shared_state', 'writer_turn'];
const laws = ['one_integration_per_product_and_shop', 'one_product_per_listing'];

/** Tables, columns of records and laws that somebody has taken away by hand: without a law the next change may break it unseen. */
export async function faultsIn(ask: Ask, schema: string): Promise<readonly string[]> {
  const tables = await ask(
    sql<{ name: string }>`select tablename as name from pg_catalog.pg_tables where schemaname = ${schema}`,
  );
  const constraints = await ask(sql<{ name: string }>`
    select c.conname as name from pg_catalog.pg_constraint c join pg_catalog.pg_namespace n on n.oid = c.connamespace
    where n.nspname = ${schema} and c.contype = 'u'`);
  const columns = await ask(sql<{ name: string }>`
    select c.relname || '.' || a.attname as name from pg_catalog.pg_attribute a
    join pg_catalog.pg_class c on c.oid = a.attrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`);
  const missingIn = (wanted: readonly string[], there: readonly { name: string }[]): readonly string[] =>
    wanted.filter((name) => !there.some((one) => one.name === name));
  const records = tableNames.map((name) => specs[name].table);
  const missing = [
    ...missingIn([...records, ...others, ...kept], tables).map((name) => `the table ${name} is missing`),
    ...tableNames
      .map((name) => specs[name])
      .filter(({ table }) => tables.some(({ name }) => name === table))
      .flatMap((spec) =>
        missingIn(
          spec.columns.map(({ name }) => `${spec.table}.${name}`),
          columns,
        ),
      )
      .map((name) => `the column ${name} is missing`),
    ...missingIn(laws, constraints).map((name) => `the constraint ${name} is missing`),
  ];
  return missing.length === 0 ? numbersBehind(ask) : missing;
}

/** A copy that takes rows alone along, as logical replication does, counts events from where it was; a role that may only read is not told. */
async function numbersBehind(ask: Ask): Promise<readonly string[]> {
  const rows = await ask(sql<{ newest: number }>`
    select max(seq) as newest from events
    having max(seq) > case when has_sequence_privilege(pg_get_serial_sequence('events', 'seq'), 'usage, select')
      then coalesce(pg_sequence_last_value(pg_get_serial_sequence('events', 'seq')::regclass), 0)
      else max(seq) end`);
  return rows.map(
    ({ newest }) => `the next number of an event is not after ${newest}, the last; store compact sets it right`,
  );
}

/** Sets the number of the next event after the last, where it is not. */
export async function catchUpNumbers(ask: Ask): Promise<void> {
  if ((await numbersBehind(ask)).length === 0) return;
  await ask(sql`select setval(pg_get_serial_sequence('events', 'seq'), (select max(seq) from events))`);
}
