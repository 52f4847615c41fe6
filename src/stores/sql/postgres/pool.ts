import { Socket } from 'node:net';
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

/** What a server says of itself and of the connection, and which changes were made to its tables, by name. */
export type ServerSays = {
  readonly encoding: string;
  readonly version: number;
  readonly path: string;
  /** What the connection was told when it was made. */
  readonly session: string | null;
  readonly done: string;
};

/** The question that `ServerSays` answers: one alone, for most commands find all as it should be. */
export const whatServerSays = (done: string): string =>
  `select current_setting('server_encoding') as encoding, current_setting('server_version_num')::int as version,
    current_setting('search_path') as path, current_setting('bindeled.session', true) as session, ${done} as done`;
const changesMade = "(select coalesce(string_agg(name, ' '), '') from kysely_migration)";
/** Tables that nearly every question is about, and ways in which questions put them together or look into them. */
const oftenAsked = [
  'products product_codes listings listing_codes integrations',
  'shops shop_states tombstones marks stock_levels conflicts rulings',
].flatMap((tables) => tables.split(' ').map((table) => `select 1 from ${table} where key = ''`));
const oftenJoined = [
  "select 1 from listings l left join integrations i on i.ref_key = l.key where l.sku = ''",
  "select 1 from listing_codes c left join integrations i on i.ref_key = c.key where c.kind = '' and c.code = ''",
  "select 1 from event_products p join events e on e.seq = p.seq where p.product_id = '' and e.type = any('{}'::text[])",
  "select 1 from conflict_products where product_id = any('{}'::text[])",
  "select 1 from products where search like '%zqzqzq%'",
  "select 1 from shared_state where substr(key, 1, 1) = ''",
];
/**
 * Asks of the server for nothing but that it knows of these when it is asked about them: a connection looks each table,
 * index and operator up in the catalogue for the first time, and has nothing else to do meanwhile.
 */
const tablesKnown = `select ${[...oftenAsked, ...oftenJoined].map((question) => `exists (${question})`).join(' or ')}`;

/** A server whose address was read, and that is being connected to and asked what it says of itself already. */
export type CalledServer = {
  /** As it was written. */
  readonly connection: string;
  readonly address: PostgresAddress;
  readonly pool: ServerPool;
  readonly says: Promise<ServerSays | undefined>;
};

/** Reads an address and begins to connect. Throws where it is none; that nobody answers is told to who takes the connection. */
export function callServer(connection: string, passwordFile?: string): CalledServer {
  const address = readPostgresAddress(connection, passwordFile);
  const { pool, first } = openPool(address);
  // Sent as soon as we are let in, whatever else is being loaded then.
  const says = first.then(async (client) => {
    const said = client.query<ServerSays>(whatServerSays(changesMade));
    // Nobody waits for it, nor minds where the tables of an older program are others.
    client.query(tablesKnown).catch(() => undefined);
    return (await said).rows[0];
  });
  says.catch(() => undefined);
  return { connection, address, pool, says };
}

/** A socket that sends in one go what the driver, question by question, writes to it in one turn of the event loop. */
function turnwise(): Socket {
  const socket = new Socket();
  const cork = socket.cork.bind(socket);
  let isTurn = false;
  socket.cork = () => {
    cork();
    if (isTurn) return;
    isTurn = true;
    cork();
    process.nextTick(() => {
      isTurn = false;
      socket.uncork();
    });
  };
  return socket;
}

/** One that broke is thrown away, and the next is a new one. */
function openPool({ config }: PostgresAddress): {
  readonly pool: ServerPool;
  readonly first: Promise<pg.PoolClient>;
} {
  // `pipeline`: what is asked while another answer is awaited is sent at once.
  const options: pg.PoolConfig = { ...config, types: rowTypes, pipeline: true, stream: turnwise };
  const pool = new pg.Pool(options);
  // An idle connection that the server closes is not needed by anybody: the next question opens another.
  pool.on('error', () => undefined);
  // Nor may a last word of the server end the program, said while a connection that broke is being thrown away: then
  // neither the pool nor whoever had it listens any more.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const first = pool.connect();
  let isTaken = false;
  const connect = (): Promise<pg.PoolClient> => {
    if (isTaken) return pool.connect();
    isTaken = true;
    return first;
  };
  const growing = growWhenNeeded({
    connect,
    max: pool.options.max,
    count: () => pool.totalCount,
  });
  return { pool: { ...growing, end: () => pool.end() }, first };
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
