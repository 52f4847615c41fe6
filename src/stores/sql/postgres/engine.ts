import { type RawBuilder, sql } from 'kysely';
import type { WhyNotNew } from '../../../ports/store-engine.ts';
import { StoreError } from '../../../ports/store-error.ts';
import type { Ask, ChangeNotice, Engine } from '../engine.ts';
import { postgresBulk } from './bulk.ts';
import { connectPool, unhurried } from './connections.ts';
import { postgresDialect } from './dialect.ts';
import { channelOf, listen } from './listen.ts';
import { callServer } from './pool.ts';
import { catchUpNumbers, faultsIn, prepare, whyNoTable } from './prepare.ts';
import { makeTextIndexes, searchedTables, textIndexes } from './text-indexes.ts';
import { asking, transactions } from './transactions.ts';
import { postgresTrouble, wasCut } from './trouble.ts';

const changesKept = 500;
/** PostgreSQL takes a message of less than 8,000 bytes. */
const messageBytes = 7_000;

/** A store in a schema of a PostgreSQL database. Rejects with `unreachable` where the server is not to be had. */
export async function postgresEngine(
  connection: string,
  passwordFile?: string,
  called = callServer(connection, passwordFile),
  whyNotNew?: WhyNotNew,
): Promise<Engine> {
  const { address } = called;
  const { place, schema } = address;
  const trouble = (error: unknown, doing: string): StoreError => postgresTrouble(error, address, doing);
  const { db, reads, askApart, end } = connectPool(called);
  try {
    await prepare(db, called, whyNotNew);
  } catch (error) {
    await end();
    throw trouble(error, 'opening the store');
  }
  const asked = asking(reads, trouble, 'reading');
  // Not over the connection that others ask for in the same turn: what is put for the first time would fail with it.
  const askedAgain = asking(db, trouble, 'reading');
  /** A question changes nothing: one that met a connection which was cut while nobody used it is put once more. */
  const ask: Ask = async (query) => {
    try {
      return await asked(query).catch((error: unknown) => {
        if (wasCut(error)) return askedAgain(query);
        throw error;
      });
    } catch (error) {
      throw error instanceof StoreError ? await whyNoTable(error, { db, schema }) : error;
    }
  };
  const { transact, view, alone, turn } = transactions(db, address, trouble);

  return {
    kind: 'postgres',
    place,
    dialect: postgresDialect,
    ask,
    run: asking(db, trouble, 'writing'),
    transact,
    bulk: postgresBulk,
    bytes: async () => {
      const [row] = await ask(sql<{ bytes: number }>`
        select coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint as bytes from pg_class c
        join pg_namespace n on n.oid = c.relnamespace where n.nspname = ${schema} and c.relkind in ('r', 'm')`);
      return { database: row?.bytes ?? 0 };
    },
    faults: () => faultsIn(ask, schema),
    whileNobodyWrites: (work) => view(`begin isolation level repeatable read; ${turn}`, work),
    steady: (work) => view('begin isolation level repeatable read read only', work),
    warnings: async () => {
      const { indexes, extension } = await textIndexes(ask);
      if (indexes === searchedTables.length) return [];
      if (extension === undefined) return [{ kind: 'no-text-index', extension: 'missing' }];
      return [{ kind: 'no-text-index', extension: extension.isOpen ? 'there' : 'shut' }];
    },
    tidy: () =>
      alone(unhurried, 'tidying up', async (within) => {
        await catchUpNumbers(within);
        await makeTextIndexes(within);
        await within(analyzed(schema));
      }),
    nextSeqs: (count) => sql<{ seq: number }>`
      select nextval(pg_get_serial_sequence('events', 'seq')) as seq from generate_series(1, ${count}::int)`,
    announce: (within, notice) => announce(within, notice, schema),
    follow: (follower) => {
      // Who stays open asks for several ends at once, and a slow answer to one must not hold up the others.
      askApart();
      return listen(address, follower, lastChange(ask));
    },
    followsAlways: false,
    trouble,
    close: end,
  };
}

/** Own tables alone: without names it takes a lock on all of the database, those of others too, and holds each to the end. */
const analyzed = (schema: string): RawBuilder<unknown> => sql`
  do $$ declare one text; begin
    for one in select tablename from pg_catalog.pg_tables where schemaname = ${sql.lit(schema)} order by tablename loop
      execute format('analyze %I.%I', ${sql.lit(schema)}, one);
    end loop;
  end $$`;

/** The newest change, as it is now; nothing where that could not be asked. */
const lastChange = (ask: Ask): Promise<number | undefined> =>
  ask(sql<{ id: number }>`select coalesce(max(id), 0) as id from changes`).then(
    ([row]) => row?.id,
    () => undefined,
  );

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
