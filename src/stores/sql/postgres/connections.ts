import {
  type DatabaseIntrospector,
  type Dialect,
  Kysely,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  sql,
} from 'kysely';
import type pg from 'pg';
import type { CalledServer } from './pool.ts';
import { statementNames } from './prepared.ts';
import { unlessSilent } from './silence.ts';
import { isLost } from './trouble.ts';

/** Said within a transaction: its statements take as long as they need, here and on the server. */
export const unhurried = 'set local statement_timeout = 0';
const dayMs = 24 * 3_600_000;

/**
 * Asks over the connections of a pool. `reads` is for questions outside of a transaction: those that are put at once go
 * over one connection, until `askApart` is called.
 */
export function connectPool({ address, pool }: CalledServer): {
  readonly db: Kysely<unknown>;
  readonly reads: Kysely<unknown>;
  readonly askApart: () => void;
  readonly end: () => Promise<void>;
} {
  const { config, schema } = address;
  const { connect, released } = pool;
  const nameOf = statementNames();
  const careful: PostgresPool = {
    connect: async () => carefully(await connect(), { config, released, nameOf }),
    end: () => pool.end(),
  };
  const shared = sharedAtOnce(careful.connect);
  let isApart = false;
  const forReads: PostgresPool = {
    connect: () => (isApart ? careful.connect() : shared()),
    end: async () => undefined,
  };
  const db = new Kysely<unknown>({ dialect: dialectIn(schema, careful) });
  return {
    db,
    reads: new Kysely<unknown>({ dialect: dialectIn(schema, forReads) }),
    askApart: () => {
      isApart = true;
    },
    end: () => db.destroy(),
  };
}

/**
 * Has all who ask for a connection in the same turn of the event loop use one, which is given back by the last of them:
 * one way there and back for what would else be as many.
 */
function sharedAtOnce(connect: PostgresPool['connect']): PostgresPool['connect'] {
  let open: { readonly client: Promise<PostgresPoolClient>; users: number } | undefined;
  return async () => {
    const mine = open ?? { client: connect(), users: 0 };
    const shut = (): void => {
      if (open === mine) open = undefined;
    };
    if (open === undefined) setImmediate(shut);
    open = mine;
    mine.users += 1;
    const client = await mine.client;
    const release = (): void => {
      mine.users -= 1;
      if (mine.users > 0) return;
      shut();
      client.release();
    };
    return { query: client.query, release };
  };
}

/**
 * Kysely's own way to speak to PostgreSQL, but for how it finds out which tables there are: it looks through the columns
 * of every schema, and fails where somebody else's is dropped meanwhile.
 */
function dialectIn(schema: string, pool: PostgresPool): Dialect {
  const postgres = new PostgresDialect({ pool });
  return {
    createAdapter: () => postgres.createAdapter(),
    createDriver: () => postgres.createDriver(),
    createQueryCompiler: () => postgres.createQueryCompiler(),
    createIntrospector: (db) => {
      const getTables: DatabaseIntrospector['getTables'] = async () => {
        const { rows } = await sql<{
          name: string;
        }>`select tablename as name from pg_catalog.pg_tables where schemaname = ${schema}`.execute(db);
        return rows.map(({ name }) => ({ name, schema, isView: false, columns: [] }));
      };
      return {
        getTables,
        getMetadata: async () => ({ tables: await getTables() }),
        getSchemas: () => postgres.createIntrospector(db).getSchemas(),
      };
    },
  };
}

type Care = {
  readonly config: pg.PoolConfig;
  readonly released: () => void;
  readonly nameOf: (text: string) => string | undefined;
};

// Kysely gives connections back as sound, whatever happened on them.
function carefully(client: pg.PoolClient, { config, released, nameOf }: Care): PostgresPoolClient {
  let broken = false;
  const onError = (): void => {
    broken = true;
  };
  client.on('error', onError);
  let hurries = true;
  const query = async (text: unknown, values?: unknown): Promise<unknown> => {
    // Several statements at once have no values, and cannot be named.
    const name = typeof text === 'string' && Array.isArray(values) && values.length > 0 ? nameOf(text) : undefined;
    // The driver gives a statement up by itself after a while, for a server may be silent for ever.
    if (typeof text === 'string' && /^(?:commit|rollback)\b/.test(text)) hurries = true;
    const asked =
      hurries && name === undefined ? text : { text, values, name, ...(hurries ? {} : { query_timeout: dayMs }) };
    if (typeof text === 'string' && text.endsWith(unhurried)) hurries = false;
    try {
      const answer = (client.query as (text: unknown, values?: unknown) => Promise<unknown>).call(
        client,
        asked,
        asked === text ? values : undefined,
      );
      return await (hurries ? answer : unlessSilent(config, answer));
    } catch (error) {
      if (isLost(error)) broken = true;
      throw error;
    }
  };
  return {
    query: query as PostgresPoolClient['query'],
    release: () => {
      client.off('error', onError);
      client.release(broken);
      released();
    },
  };
}
