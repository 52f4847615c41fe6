import { StoreError, type StoreErrorKind } from '../../../ports/store-error.ts';
import { toStoreError } from '../../file-errors.ts';

// SQLite's primary result codes, https://sqlite.org/rescode.html.
const kinds: Readonly<Record<number, StoreErrorKind>> = {
  3: 'no-access',
  5: 'locked',
  6: 'locked',
  8: 'read-only',
  10: 'disk',
  11: 'damaged',
  13: 'disk-full',
  14: 'no-access',
  23: 'no-access',
  26: 'damaged',
};
const constraint = 19;
/** The file beside the store that its readers share could not grow (SQLITE_IOERR_SHMSIZE): there is no room for it. */
const noRoomBeside = 4_874;

const errcodeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined;

/** Whether another process was writing: worth another try. */
export const isBusy = (error: unknown): boolean => {
  const code = errcodeOf(error);
  return code !== undefined && (code & 0xff) === 5;
};

const unreadable = new Set([3, 10, 11, 14, 23, 26]);

/** Whether the file is what is wrong, and not what was asked of it. */
export const isUnreadable = (error: unknown): boolean => {
  const code = errcodeOf(error instanceof StoreError ? error.cause : error);
  return code !== undefined && unreadable.has(code & 0xff);
};

/** What SQLite says is wrong, by what somebody can do about it. */
export function sqliteTrouble(error: unknown, place: string, doing: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = errcodeOf(error);
  if (code === undefined) return toStoreError(error, place, doing);
  const said = error instanceof Error ? error.message : String(error);
  const primary = code & 0xff;
  if (code === noRoomBeside) return new StoreError('disk-full', place, `${doing}: ${said}`, error);
  if (primary === constraint && /integrations\.|one_/.test(said))
    return new StoreError('law-broken', place, said, error);
  return new StoreError(kinds[primary] ?? 'disk', place, `${doing}: ${said}`, error);
}
