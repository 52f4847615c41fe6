import { hider } from '../../../connectors/secrets/redact.ts';
import { StoreError, type StoreErrorKind } from '../../../ports/store-error.ts';
import { codeOf } from '../../file-errors.ts';
import type { PostgresAddress } from './address.ts';

/** A code of our own, in a class that PostgreSQL has not taken: the tables are of a newer program. */
export const newerCode = 'BD001';

// PostgreSQL's error codes, https://www.postgresql.org/docs/current/errcodes-appendix.html.
const kinds: readonly (readonly [code: RegExp, kind: StoreErrorKind])[] = [
  [new RegExp(`^${newerCode}$`), 'newer-version'],
  [/^53300$/, 'server-full'],
  [/^(?:08|57P|53[23])/, 'unreachable'],
  [/^25P03$/, 'unreachable'],
  [/^E(?:CONN|TIMEDOUT|HOST|NET|PIPE|AI_)|^ENOTFOUND$/, 'unreachable'],
  [/^(?:28|42501)/, 'no-access'],
  [/^(?:3D000|3F000)$/, 'missing'],
  // A table or a column that somebody took away, or the note of which were made: the store is there, and not what was written.
  [/^42(?:P01|703|P07)$/, 'damaged'],
  [/^E[MN]FILE$/, 'too-many-files'],
  [/^53100$/, 'disk-full'],
  [/^25006$/, 'read-only'],
  [/^57014$/, 'too-slow'],
  [/^(?:55P03|40001|40P01)$/, 'locked'],
  [/^XX00[12]$/, 'damaged'],
];
const lostWords =
  /terminated|timeout exceeded when trying to connect|^timeout expired$|Query read timeout|connection error|not queryable|Client was closed|connection has been discarded/i;
// What Node says of a certificate that does not do (codes of OpenSSL and `ERR_TLS_…`), and the driver of a server without TLS.
const untrustedCodes =
  /^(?:ERR_(?:TLS|SSL|OSSL)|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_CA|HOSTNAME_MISMATCH|EPROTO)/;
const untrustedWords = /self.signed|certificate|\bSSL\b|\bTLS\b/i;
/** No password was given and the server wants one; the driver says it in the words of the protocol. */
const noPassword = /^SASL: .*client password must be|no password supplied/;

/** A pooler hands connections on from one program to the next: no settings, no turn of writers, no notices. */
export const throughPooler =
  'a connection pooler such as PgBouncer is in between and takes away what a connection is told; name the server itself';
/** PgBouncer and its like know no parameters of a connection but their own (08P01). */
const fromPooler = /unsupported startup parameter/;
/** A statement that was prepared is not there, or was by somebody else: the connection is another than it was. */
const isOtherConnection = (code: string | undefined): boolean => code === '42P05' || code === '26000';

const rawOf = (error: unknown): unknown =>
  error instanceof StoreError && error.cause !== undefined ? error.cause : error;

/** Whether two writers collided, and it is worth another try. */
export const isCollision = (error: unknown): boolean => /^(?:40001|40P01)$/.test(codeOf(rawOf(error)) ?? '');

/** Whether the server is away, or the connection to it. */
export const isLost = (error: unknown): boolean => /^(?:unreachable|server-full)$/.test(kindOf(rawOf(error)));

/** Whether the connection was ended from elsewhere, which is told at once: no answer was waited for. */
export const wasCut = (error: unknown): boolean =>
  /^(?:57P0[15]|ECONNRESET|EPIPE)$/.test(codeOf(rawOf(error)) ?? '') ||
  (isLost(error) && /terminated unexpectedly/.test(String(rawOf(error))));

function kindOf(error: unknown): StoreErrorKind {
  const code = codeOf(error) ?? '';
  if (code === '23505' && error instanceof Error && /one_(?:integration|product)_per/.test(error.message))
    return 'law-broken';
  // A number or a key that is taken already: what lies there is not what was written last.
  if (code === '23505') return 'damaged';
  const said = error instanceof Error ? error.message : '';
  // A copy that follows another server refuses the kind of transaction, not the write.
  if (code === '0A000' && /hot standby/.test(said)) return 'read-only';
  if (fromPooler.test(said) || isOtherConnection(code)) return 'bad-address';
  const known = kinds.find(([pattern]) => pattern.test(code))?.[1];
  if (known !== undefined) return known;
  if (noPassword.test(said)) return 'no-access';
  if (lostWords.test(said)) return 'unreachable';
  return untrustedCodes.test(code) || untrustedWords.test(said) ? 'untrusted' : 'disk';
}

type Server = Pick<PostgresAddress, 'place' | 'passwords'>;

/** What PostgreSQL or the way to it says is wrong, by what somebody can do about it; a password in it is hidden. */
export function postgresTrouble(error: unknown, { place, passwords }: Server, doing: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  const said = hider(passwords())(wordsOf(error, code));
  return new StoreError(kindOf(error), place, `${doing}: ${said}${code === undefined ? '' : ` (${code})`}`, error);
}

function wordsOf(error: unknown, code: string | undefined): string {
  if (!(error instanceof Error)) return String(error);
  if (fromPooler.test(error.message) || isOtherConnection(code)) return `${error.message}: ${throughPooler}`;
  if (noPassword.test(error.message))
    return 'the server asks for a password, and there is none in PGPASSWORD, in ~/.pgpass or in the address; a password file counts only where nobody but its owner may read it (chmod 600)';
  // What OpenSSL says stands among where in its own code it says so.
  return (
    error.message.replace(/^[0-9A-F]+:error:[0-9A-F]+:[^:]*:[^:]*:([^:]+):.*$/s, '$1').trim() || (code ?? error.name)
  );
}
