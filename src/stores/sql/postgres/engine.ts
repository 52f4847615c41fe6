import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { StoreError } from '../../../ports/store-error.ts';
import { askInTurn } from '../ask-in-turn.ts';
import type { Ask, ChangeNotice, Engine } from '../engine.ts';
import { readPostgresAddress } from './address.ts';
import { connectPool, unhurried } from './connections.ts';
import { postgresBulk, postgresDialect } from './dialect.ts';
import { channelOf, listen } from './listen.ts';
import { prepare } from './prepare.ts';
import { makeTextIndexes, searchedTables, textIndexes } from './text-indexes.ts';
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
  const turn = `set local lock_timeout = ${Math.ceil(address.timeoutMs * 0.9)}; lock table writer_turn in exclusive mode`;
  const begin = `begin isolation level serializable; ${turn}`;

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
  /** Questions alone, which may take as long as whoever reads the answers takes. */
  const view = <Value>(begins: string, work: (ask: Ask) => Promise<Value>): Promise<Value> =>
    db.connection().execute(async (own) => {
      const within = asking(own, 'reading');
      await within(sql.raw(begins));
      try {
        await within(sql.raw('set local idle_in_transaction_session_timeout = 0'));
        await within(sql.raw(unhurried));
        return await work(askInTurn(within));
      } finally {
        await within(sql`rollback`).catch(() => undefined);
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
    whileNobodyWrites: (work) => view(`begin isolation level repeatable read; ${turn}`, work),
    steady: (work) => view('begin isolation level repeatable read read only', work),
    warnings: async () => {
      const { indexes, extension } = await textIndexes(ask);
      if (indexes === searchedTables.length) return [];
      return [{ kind: 'no-text-index', extension: extension === undefined ? 'missing' : 'there' }];
    },
    tidy: () =>
      db.connection().execute(async (own) => {
        const within = asking(own, 'tidying up');
        await within(sql.raw(`begin; ${unhurried}`));
        try {
          await makeTextIndexes(within);
          await within(sql`analyze`);
          await within(sql`commit`);
        } catch (error) {
          if (!isLost(error)) await within(sql`rollback`);
          throw error;
        }
      }),
    nextSeqs: (count) => sql<{ seq: number }>`
      select nextval(pg_get_serial_sequence('events', 'seq')) as seq from generate_series(1, ${count}::int)`,
    announce: (within, notice) => announce(within, notice, schema),
    follow: (follower) => listen(address, follower, lastChange(ask)),
    followsAlways: false,
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
