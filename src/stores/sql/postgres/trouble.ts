import { StoreError, type StoreErrorKind } from '../../../ports/store-error.ts';
import { codeOf } from '../../file-errors.ts';

// PostgreSQL's error codes, https://www.postgresql.org/docs/current/errcodes-appendix.html.
const kinds: readonly (readonly [code: RegExp, kind: StoreErrorKind])[] = [
  [/^(?:08|57P|53[23])/, 'unreachable'],
  [/^25P03$/, 'unreachable'],
  [/^E(?:CONN|TIMEDOUT|HOST|NET|PIPE|AI_)|^ENOTFOUND$/, 'unreachable'],
  [/^(?:28|42501)/, 'no-access'],
  [/^(?:3D000|3F000|42P01)$/, 'missing'],
  [/^53100$/, 'disk-full'],
  [/^25006$/, 'read-only'],
  [/^(?:55P03|57014|40001|40P01)$/, 'locked'],
  [/^XX00[12]$/, 'damaged'],
];
const lostWords =
  /terminated|timeout exceeded when trying to connect|^timeout expired$|Query read timeout|connection error|not queryable|Client was closed|connection has been discarded|self.signed|certificate|SSL/i;

const rawOf = (error: unknown): unknown =>
  error instanceof StoreError && error.cause !== undefined ? error.cause : error;

/** Whether two writers collided, and it is worth another try. */
export const isCollision = (error: unknown): boolean => /^(?:40001|40P01)$/.test(codeOf(rawOf(error)) ?? '');

/** Whether the server is away, or the connection to it. */
export const isLost = (error: unknown): boolean => kindOf(rawOf(error)) === 'unreachable';

function kindOf(error: unknown): StoreErrorKind {
  const code = codeOf(error) ?? '';
  if (code === '23505' && error instanceof Error && /one_(?:integration|product)_per/.test(error.message))
    return 'law-broken';
  const known = kinds.find(([pattern]) => code !== '57014' && pattern.test(code))?.[1];
  if (known !== undefined) return known;
  if (code === '57014') return 'locked';
  return error instanceof Error && lostWords.test(error.message) ? 'unreachable' : 'disk';
}

/** What PostgreSQL or the way to it says is wrong, by what somebody can do about it. */
export function postgresTrouble(error: unknown, place: string, doing: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  const said = error instanceof Error ? error.message || (code ?? error.name) : String(error);
  return new StoreError(kindOf(error), place, `${doing}: ${said}${code === undefined ? '' : ` (${code})`}`, error);
}
