import { randomUUID } from 'node:crypto';
import { type ConnectionOptions, checkServerIdentity as checkIdentity } from 'node:tls';
import { domainToASCII } from 'node:url';
import pg, { type PoolConfig } from 'pg';
import { readRegularFile } from '../../../files/regular-file.ts';
import { StoreError } from '../../../ports/store-error.ts';
import { type Login, passwordFromFile, passwordsInFile } from '../../disk/password-file.ts';
import { codeOf } from '../../file-errors.ts';

/** How certain it must be who answers. `verify-full`: the certificate is sound and names the server. */
type SslMode = 'disable' | 'require' | 'verify-ca' | 'verify-full';
const sslModes: readonly string[] = ['disable', 'require', 'verify-ca', 'verify-full'] satisfies readonly SslMode[];
const isSslMode = (text: string): text is SslMode => sslModes.includes(text);

/** A server and a database, out of a connection string. */
export type PostgresAddress = {
  /** For people: without the password. */
  readonly place: string;
  readonly schema: string;
  readonly config: PoolConfig;
  /** Every password that the server may be told: it, or what stands before it, may repeat one. */
  readonly passwords: () => readonly string[];
  /** Milliseconds to wait for another writer. */
  readonly timeoutMs: number;
};

const known: readonly string[] = [
  'schema',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'host',
  'port',
  'pool',
  'statement_timeout',
  'connect_timeout',
];

/** To compile a question, or to start other processes of the server for it, takes longer than to answer any that is put here. */
const forShortQuestions = '-c jit=off -c max_parallel_workers_per_gather=0';

/** What a connection is told of whose it is: a pooler that stands in between passes it over, or hands on another's. */
export const session = randomUUID();

const isLocal = (host: string): boolean => /^(?:localhost|127\.\d+\.\d+\.\d+|\[?::1\]?|\/.*|)$/.test(host);

/**
 * Reads `postgres://user:password@host:port/database?…`. Known parameters: `schema` (default `bindeled`), `sslmode`,
 * `sslrootcert` (a PEM file, or `system`), `sslcert` and `sslkey` (PEM files: who we are), `host` (a socket's folder) and its `port`, `pool` (connections at most),
 * `statement_timeout` and `connect_timeout` (seconds). Without `sslmode` a server elsewhere must show a certificate that
 * names it. The password may be left out: then `passwordFile` is looked through, and where none is given the driver takes
 * `PGPASSWORD`.
 */
export function readPostgresAddress(text: string, passwordFile?: string): PostgresAddress {
  const url = parsed(text);
  const { searchParams: given } = url;
  // A parameter that is spelled wrong would be passed over: a certificate, say, not looked at.
  const unknown = [...given.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) throw wrong(`${unknownWords(unknown)}; known are ${known.join(', ')}`);
  const host = given.get('host') ?? decoded(url.hostname, 'server');
  if (host.includes(',')) throw wrong(oneServer);
  // A letter that looks like another one would get the password.
  if (/[^\x20-\x7e]/.test(host) && !host.startsWith('/'))
    throw wrong(`the server is not written in plain letters, but ${domainToASCII(host) || 'as nobody is called'}`);
  const schema = given.get('schema') ?? 'bindeled';
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) throw wrong('schema is not a plain name in lower case');
  const mode = given.get('sslmode') ?? (isLocal(host) ? 'disable' : 'verify-full');
  if (!isSslMode(mode)) throw wrong(`sslmode is one of ${sslModes.join(', ')}`);
  const database = decoded(url.pathname.slice(1), 'database') || undefined;
  const user = decoded(url.username, 'user') || undefined;
  const port = url.port === '' ? portOf(given.get('port')) : Number(url.port);
  const password = decoded(url.password, 'password');
  const statementMs = seconds(given, 'statement_timeout', 30);
  const place = `postgres://${user === undefined ? '' : `${user}@`}${host || 'localhost'}${port === undefined ? '' : `:${port}`}/${database ?? ''} (${schema})`;
  return {
    place,
    schema,
    timeoutMs: statementMs,
    passwords: () => [
      password,
      // What the driver finds in the environment where none is given.
      new pg.Client({ host: 'localhost' }).password ?? '',
      ...(passwordFile === undefined ? [] : passwordsInFile(passwordFile)),
    ],
    config: {
      host: host === '' ? 'localhost' : host.replace(/^\[|\]$/g, ''),
      port,
      database,
      user,
      password: password === '' ? filePassword(passwordFile) : password,
      ssl: sslOf(mode, host, given),
      max: Math.max(2, whole(given, 'pool', 5)),
      connectionTimeoutMillis: seconds(given, 'connect_timeout', 5),
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      // Without a number here the system's own counts, which is two hours.
      keepAliveInitialDelayMillis: 10_000,
      application_name: 'bindeled',
      options: `-c search_path=${schema} -c bindeled.session=${session} ${forShortQuestions}`,
      statement_timeout: statementMs,
      query_timeout: statementMs + 5_000,
      idle_in_transaction_session_timeout: 20_000,
    },
  };
}

const isLogin = (asked: unknown): asked is Login => {
  const { host, port, database, user }: Partial<Record<keyof Login, unknown>> = Object(asked);
  return [host, database, user].every((part) => typeof part === 'string') && typeof port === 'number';
};

/**
 * Asked when the server wants a password, with the login as the driver completed it, which its types do not say. The
 * driver would read the file as well, and warn on the screen that it will not do so for ever.
 */
function filePassword(file: string | undefined): PoolConfig['password'] {
  if (file === undefined) return undefined;
  return (...[login]: readonly unknown[]) => (isLogin(login) ? passwordFromFile(file, login) : '');
}

function parsed(text: string): URL {
  if (/^postgres(?:ql)?:\/\/[^/?#]*,/i.test(text)) throw wrong(oneServer);
  // PostgreSQL's own tools take a user without a server, where that is the folder of a socket.
  const whole = text.replace(/^(postgres(?:ql)?:\/\/[^/?#@]*@)(?=[:/?]|$)/i, '$1localhost');
  if (!URL.canParse(whole)) throw wrong(noAddress);
  const url = new URL(whole);
  if (!/^postgres(?:ql)?:$/.test(url.protocol)) throw wrong(noAddress);
  // A password that was not encoded ends the server's name early, and the rest of it would be shown as what follows.
  if (url.hash !== '' || /[/@]/.test(url.pathname.slice(1))) throw wrong(notEncoded);
  return url;
}

// Never said what was typed: it may hold a password.
const noAddress =
  'not an address such as postgres://user@server/database; in a password / ? # @ : % are written %2F %3F %23 %40 %3A %25';
const notEncoded = 'in a user, a password or a database / ? # @ : % are written %2F %3F %23 %40 %3A %25';
const oneServer = 'several servers are named; name the one that takes changes';
const unknownWords = (name: string): string =>
  /^\w{1,40}$/.test(name) ? `no parameter is called ${name}` : `a parameter has no name; ${notEncoded}`;

function portOf(text: string | null): number | undefined {
  if (text === null) return undefined;
  if (!/^\d{1,5}$/.test(text) || Number(text) === 0 || Number(text) > 65_535)
    throw wrong('port is not a number up to 65535');
  return Number(text);
}

const wrong = (what: string): StoreError => new StoreError('bad-address', 'postgres://', what);

/** A part of the address as it was meant; a `%` that begins no two digits stands for nothing. */
function decoded(part: string, name: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw wrong(`the ${name} holds a % that is not written %25`);
  }
}

function whole(given: URLSearchParams, name: string, usual: number): number {
  const value = given.get(name);
  if (value === null) return usual;
  if (!/^\d{1,5}$/.test(value)) throw wrong(`${name} is not a whole number`);
  return Number(value);
}
const seconds = (given: URLSearchParams, name: string, usual: number): number => 1_000 * whole(given, name, usual);

function sslOf(mode: SslMode, host: string, given: URLSearchParams): PoolConfig['ssl'] {
  if (mode === 'disable') return false;
  const file = (name: 'sslrootcert' | 'sslcert' | 'sslkey'): string | undefined => {
    const path = given.get(name);
    return path === null || (name === 'sslrootcert' && path === 'system') ? undefined : readPem(name, path);
  };
  const [ca, cert, key] = [file('sslrootcert'), file('sslcert'), file('sslkey')];
  if ((cert === undefined) !== (key === undefined)) throw wrong('sslcert and sslkey belong together');
  if (mode === 'require') return { ca, cert, key, rejectUnauthorized: false };
  // An address of numbers is held against the certificate as well; by itself the driver would not.
  const checkServerIdentity: ConnectionOptions['checkServerIdentity'] =
    mode === 'verify-full' ? (_name, certificate) => checkIdentity(host, certificate) : () => undefined;
  return { ca, cert, key, rejectUnauthorized: true, checkServerIdentity };
}

function readPem(name: string, file: string): string {
  const what = name === 'sslkey' ? 'key' : 'certificate';
  try {
    const text = `${readRegularFile(file)}`;
    const begins = what === 'key' ? /-----BEGIN (?:\w+ )*PRIVATE KEY-----/ : /-----BEGIN (?:TRUSTED )?CERTIFICATE-----/;
    if (!begins.test(text)) throw new Error(`it holds no ${what} in PEM`);
    if (what === 'key' && /ENCRYPTED/.test(text)) throw new Error('it has a pass phrase');
    return text;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const why = codeOf(error) ?? (said.endsWith('is no ordinary file') ? 'it is no ordinary file' : said);
    throw new StoreError('bad-address', file, `reading ${name}: ${why}`, error);
  }
}
