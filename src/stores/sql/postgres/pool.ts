import pg from 'pg';
import { type PostgresAddress, readPostgresAddress } from './address.ts';

// Loaded before all else that speaks to PostgreSQL, and without it: a server takes as long to let somebody in as the rest
// takes to be loaded.

const bigint = 20;
const json = 114;

/** Numbers as numbers, and JSON as the text it is: every record is held against its shape by whoever reads it. */
const rowTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === bigint) return Number;
    if (oid === json) return (text: string) => text;
    return pg.types.getTypeParser(oid, format as 'text');
  },
};

/** Connections of a server. `released` is to be called for each that was taken, when it has been given back. */
export type ServerPool = {
  readonly connect: () => Promise<pg.PoolClient>;
  readonly released: () => void;
  readonly end: () => Promise<void>;
};

/** A server whose address was read, and that is being connected to already. */
export type CalledServer = { readonly address: PostgresAddress; readonly pool: ServerPool };

/** Reads an address and begins to connect. Throws where it is none; that nobody answers is told to who takes the connection. */
export function callServer(connection: string, passwordFile?: string): CalledServer {
  const address = readPostgresAddress(connection, passwordFile);
  return { address, pool: openPool(address) };
}

/** One that broke is thrown away, and the next is a new one. */
function openPool({ config }: PostgresAddress): ServerPool {
  // `pipeline`: what is asked while another answer is awaited is sent at once.
  const options: pg.PoolConfig = { ...config, types: rowTypes, pipeline: true };
  const pool = new pg.Pool(options);
  // An idle connection that the server closes is not needed by anybody: the next question opens another.
  pool.on('error', () => undefined);
  // Nor may a last word of the server end the program, said while a connection that broke is being thrown away: then
  // neither the pool nor whoever had it listens any more.
  pool.on('connect', (client) => client.on('error', () => undefined));
  let first: Promise<pg.PoolClient> | undefined = pool.connect();
  first.catch(() => undefined);
  const connect = (): Promise<pg.PoolClient> => {
    const made = first ?? pool.connect();
    first = undefined;
    return made;
  };
  const growing = growWhenNeeded({
    connect,
    max: pool.options.max,
    count: () => pool.totalCount,
  });
  return { ...growing, end: () => pool.end() };
}

/** So long a question waits for a connection that is there: to make another costs more than most questions take. */
const growAfterMs = 50;

type Growing<Client> = {
  readonly connect: () => Promise<Client>;
  readonly max: number;
  /** How many connections there are. */
  readonly count: () => number;
};

/**
 * Takes connections from a pool, and has it make another only where none of those that are there came free in time. The
 * pool itself makes one for each question that is put while others are under way. `released` is to be called for each
 * that was taken, when it has been given back.
 */
export function growWhenNeeded<Client>(pool: Growing<Client>): {
  readonly connect: () => Promise<Client>;
  readonly released: () => void;
} {
  const waiting: (() => void)[] = [];
  let taken = 0;
  const released = (): void => {
    taken -= 1;
    waiting.shift()?.();
  };
  const oneIsFree = (): Promise<void> =>
    new Promise((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        const place = waiting.indexOf(go);
        if (place >= 0) waiting.splice(place, 1);
        // Taken here and now: whoever asks next must not count on the same one.
        taken += 1;
        resolve();
      };
      const timer = setTimeout(go, growAfterMs);
      waiting.push(go);
    });
  return {
    connect: async () => {
      const isFree = taken === 0 || (taken < pool.count() && waiting.length === 0);
      if (isFree || taken >= pool.max) taken += 1;
      else await oneIsFree();
      try {
        return await pool.connect();
      } catch (error) {
        released();
        throw error;
      }
    },
    released,
  };
}
