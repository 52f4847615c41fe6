import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { StoreError } from '../../../ports/store-error.ts';
import { askInTurn } from '../ask-in-turn.ts';
import type { Ask, ChangeNotice, Engine } from '../engine.ts';
import { migrate } from '../migrations.ts';
import { type PostgresAddress, readPostgresAddress } from './address.ts';
import { connectPool } from './connections.ts';
import { postgresBulk, postgresDialect, postgresWords } from './dialect.ts';
import { channelOf, listen } from './listen.ts';
import { isCollision, isLost, postgresTrouble } from './trouble.ts';

const collisionsAtMost = 20;
/** How long a change is tried again while the server is away. */
const awayMs = 5_000;
const changesKept = 500;
/** PostgreSQL takes a message of less than 8,000 bytes. */
const messageBytes = 7_000;

/** A store in a schema of a PostgreSQL database. Rejects with `unreachable` where the server is not to be had. */
export async function postgresEngine(connection: string): Promise<Engine> {
  const address = readPostgresAddress(connection);
  const { place, schema } = address;
  const trouble = (error: unknown, doing: string): StoreError => postgresTrouble(error, place, doing);
  const { db, end } = connectPool(address);
  try {
    await prepare(db, address);
  } catch (error) {
    await end();
    throw trouble(error, 'opening the store');
  }
  const asking =
    (on: Kysely<unknown>, doing: string): Ask =>
    async (query) => {
      try {
        return (await query.execute(on)).rows;
      } catch (error) {
        throw trouble(error, doing);
      }
    };
  const ask = asking(db, 'reading');
  const begin = `begin isolation level serializable; set local lock_timeout = ${address.timeoutMs}; lock table writer_turn in exclusive mode`;

  /** One try. The snapshot is taken after the lock is had, so that one writer after another sees all before it. */
  const attempt = <Value>(
    state: { commits: boolean; value?: { readonly of: Value } },
    work: (ask: Ask) => Promise<Value>,
  ) =>
    db.connection().execute(async (own) => {
      const within = asking(own, 'writing');
      await within(sql.raw(begin));
      try {
        const value = await work(askInTurn(within));
        state.value = { of: value };
        state.commits = true;
        await within(sql`commit`);
        return value;
      } catch (error) {
        if (!isLost(error)) await within(sql`rollback`);
        throw error;
      }
    });
  /** Whether a change is there, after its confirmation was lost on the way. Waits for whoever still writes. */
  const isThere = (token: string): Promise<boolean> =>
    db.connection().execute(async (own) => {
      const within = asking(own, 'looking whether a change is there');
      await within(sql.raw(begin));
      const rows = await within(sql`select 1 from changes where token = ${token}`);
      await within(sql`rollback`);
      return rows.length > 0;
    });

  // One writes at a time anyhow: who waits here keeps no connection from those who read, and outlasts no time-out of it.
  let last: Promise<unknown> = Promise.resolve();
  const transact: Engine['transact'] = (token, work) => {
    const until = performance.now() + awayMs;
    const made = last.then(() => tryUntil(token, work, until));
    last = made.catch(() => undefined);
    return made;
  };
  const tryUntil = async <Value>(token: string, work: (ask: Ask) => Promise<Value>, until: number): Promise<Value> => {
    for (let tries = 1; ; tries += 1) {
      const state: { commits: boolean; value?: { readonly of: Value } } = { commits: false };
      try {
        return await attempt(state, work);
      } catch (error) {
        const again = isCollision(error) ? tries < collisionsAtMost : isLost(error) && performance.now() < until;
        if (state.commits && isLost(error) && (await settled(token, isThere)) && state.value) return state.value.of;
        if (!again) throw trouble(error, 'writing');
        await pause(Math.min(500, 5 * 2 ** tries) * (0.5 + Math.random()));
      }
    }
  };

  return {
    kind: 'postgres',
    place,
    dialect: postgresDialect,
    ask,
    run: asking(db, 'writing'),
    transact,
    bulk: postgresBulk,
    bytes: async () => {
      const [row] = await ask(sql<{ bytes: number }>`
        select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint as bytes from pg_class c
        join pg_namespace n on n.oid = c.relnamespace where n.nspname = ${schema} and c.relkind in ('r', 'm')`);
      return { database: row?.bytes ?? 0 };
    },
    faults: async () => [],
    tidy: async () => void (await ask(sql`analyze`)),
    nextSeqs: (count) => sql<{ seq: number }>`
      select nextval(pg_get_serial_sequence('events', 'seq')) as seq from generate_series(1, ${count}::int)`,
    announce: (within, notice) => announce(within, notice, schema),
    follow: (follower) => listen(address, follower),
    trouble,
    close: end,
  };
}

/** Asks until the server answers or it has been long enough; then nobody knows, and that is said. */
async function settled(token: string, isThere: (token: string) => Promise<boolean>): Promise<boolean> {
  const until = performance.now() + awayMs;
  for (;;) {
    try {
      return await isThere(token);
    } catch (error) {
      if (!isLost(error) || performance.now() > until) {
        if (!(error instanceof StoreError)) throw error;
        throw new StoreError(
          error.kind,
          error.place,
          `whether the change was written is not known: ${error.detail}`,
          error,
        );
      }
      await pause(200);
    }
  }
}

async function announce(ask: Ask, { token, change }: ChangeNotice, schema: string): Promise<void> {
  const touched = JSON.stringify(change);
  const message = JSON.stringify({ token, touched });
  const said = Buffer.byteLength(message) < messageBytes ? message : JSON.stringify({ token });
  await ask(sql`
    with told as (
      insert into changes (token, at, touched) values (${token}, ${Date.now()}, ${touched}) returning id
    ), old as (delete from changes where id <= (select id from told) - ${sql.lit(changesKept)})
    select pg_notify(${channelOf(schema)}, ${said}) from told`);
}

/** Makes or brings up to date the tables. Two machines that start at once wait for each other. */
async function prepare(db: Kysely<unknown>, { schema, place }: PostgresAddress): Promise<void> {
  const { rows } = await sql<{ encoding: string }>`select current_setting('server_encoding') as encoding`.execute(db);
  if (rows[0]?.encoding !== 'UTF8')
    throw new StoreError('no-access', place, `the database is in ${rows[0]?.encoding}, not in UTF8`);
  const own = {
    schema,
    place,
    words: postgresWords,
    migrated: sql`select 1 where to_regclass(${`${schema}.kysely_migration`}) is not null`,
    after: ownTables,
  };
  for (let tries = 1; ; tries += 1) {
    try {
      await migrate(db, own);
      return;
    } catch (error) {
      // Two that make the same schema or table at once: one of them is told so, and finds it made. And where the tables
      // are counted, all schemas are looked through: somebody else's may be dropped meanwhile.
      const raced =
        error instanceof Error &&
        'code' in error &&
        /^(?:23505|3F000|42P06|42P07|42710|40001|40P01)$/.test(String(error.code));
      if (!raced || tries > 20) throw error;
      await pause(50 * (0.5 + Math.random()));
    }
  }
}

async function ownTables(db: Kysely<unknown>): Promise<void> {
  await sql`create table writer_turn (one bigint)`.execute(db);
  // Whoever may not make the extension can have it made by somebody who may; without it a search reads all rows.
  await sql
    .raw(
      'do $$ begin create extension if not exists pg_trgm with schema public; exception when others then null; end $$',
    )
    .execute(db);
  const { rows } = await sql<{ schema: string }>`
    select n.nspname as schema from pg_extension e join pg_namespace n on n.oid = e.extnamespace
    where e.extname = 'pg_trgm'`.execute(db);
  const [extension] = rows;
  if (extension === undefined) return;
  for (const table of ['products', 'listings']) {
    await sql`create index ${sql.ref(`${table}_text`)} on ${sql.table(table)}
      using gin (search ${sql.ref(extension.schema)}.gin_trgm_ops)`.execute(db);
  }
}
