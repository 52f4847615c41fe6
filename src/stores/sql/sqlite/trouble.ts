import { accessSync, closeSync, constants, existsSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError, type StoreErrorKind } from '../../../ports/store-error.ts';
import { codeOf, toStoreError } from '../../file-errors.ts';
import { besides } from './files-beside.ts';

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
const anyError = 1;
/** A table or a column that somebody took away, or the note of which of them were made. */
const takenAway = /^no such (?:table|column)|^(?:table|index) \S+ already exists/;
const readOnly = 8;
const cannotOpen = 14;
const constraint = 19;
/** The file beside the store that its readers share could not grow (SQLITE_IOERR_SHMSIZE): there is no room for it. */
const noRoomBeside = 4_874;
/** SQLITE_IOERR_ with _FSYNC and _DIR_FSYNC. */
const notSynced: readonly number[] = [1_034, 1_290];
/** SQLITE_IOERR_ with _UNLOCK, _RDLOCK, _CHECKRESERVEDLOCK, _LOCK and _SHMLOCK. */
const noLocks: readonly number[] = [2_058, 2_314, 3_594, 3_850, 5_130];

const errcodeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined;

/** Whether another process was writing: worth another try. */
export const isBusy = (error: unknown): boolean => {
  const code = errcodeOf(error);
  return code !== undefined && (code & 0xff) === 5;
};

/** Whether a connection that only reads was asked to write. */
export const isWriteRefused = (error: unknown): boolean => {
  const code = errcodeOf(error instanceof StoreError ? error.cause : error);
  return code !== undefined && (code & 0xff) === readOnly;
};

const unreadable = new Set([3, 10, 11, 14, 23, 26]);

/** Whether the file is what is wrong, and not what was asked of it. */
export const isUnreadable = (error: unknown): boolean => {
  const code = errcodeOf(error instanceof StoreError ? error.cause : error);
  return code !== undefined && unreadable.has(code & 0xff);
};

/** A connection opens the store, its log and what its readers share, and a second one does at the same time. */
const filesWanted = 6;

/** SQLite keeps to itself why it could not open a file, and has closed by now what it could open. */
function areFilesUsedUp(place: string): boolean {
  const files: number[] = [];
  try {
    while (files.length < filesWanted) files.push(openSync(place, constants.O_RDONLY | constants.O_NONBLOCK));
    return false;
  } catch (error) {
    return toStoreError(error, place, '').kind === 'too-many-files';
  } finally {
    for (const file of files) closeSync(file);
  }
}

/** Throws where the file, or what lies beside it, may not be read: what is open goes on, and nothing else can begin. */
export function requireReadable(path: string): void {
  for (const part of ['', ...besides]) {
    const refused = refusal(path + part, constants.R_OK);
    if (refused !== undefined) throw toStoreError(refused, path + part, 'looking at the store');
  }
}

/** SQLite keeps to itself which of its files may not be used, and whether that is the rights or the disk. */
function whyNotUsed(path: string, doing: string): StoreError | undefined {
  for (const place of [path, ...besides.map((part) => path + part), dirname(path)]) {
    const refused = refusal(place, constants.R_OK | constants.W_OK);
    if (refused !== undefined) return toStoreError(refused, place, doing);
  }
  return undefined;
}

/** Why something that is there may not be used like this. */
function refusal(path: string, mode: number): unknown {
  try {
    accessSync(path, mode);
    return undefined;
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? undefined : error;
  }
}

/**
 * SQLite keeps to itself why the file beside the store could not grow, or why the disk would not write down what it was
 * given: a quota, a disk that fails, no room indeed, or a file system that knows no such thing.
 */
export function whyNotWritten(place: string, doing: string): StoreError | undefined {
  const beside = `${place}-room`;
  try {
    writeFileSync(beside, Buffer.alloc(64 * 1024), { mode: 0o600, flush: true });
    rmSync(beside);
    return undefined;
  } catch (error) {
    if (existsSync(beside)) rmSync(beside);
    return toStoreError(error, place, doing);
  }
}

/** What SQLite says is wrong, by what somebody can do about it. */
export function sqliteTrouble(error: unknown, place: string, doing: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = errcodeOf(error);
  if (code === undefined) return toStoreError(error, place, doing);
  const said = error instanceof Error ? error.message : String(error);
  const primary = code & 0xff;
  if (primary === cannotOpen && areFilesUsedUp(place))
    return new StoreError('too-many-files', place, `${doing}: ${said}`, error);
  const unused = primary === cannotOpen || primary === readOnly ? whyNotUsed(place, doing) : undefined;
  if (unused !== undefined) return unused;
  // What lies beside the store could not be made, where the disk has no more files.
  if (primary === cannotOpen && existsSync(place)) {
    const full = whyNotWritten(place, doing);
    if (full?.kind === 'disk-full') return full;
  }
  if (primary === anyError && takenAway.test(said)) return new StoreError('damaged', place, `${doing}: ${said}`, error);
  if (noLocks.includes(code)) return new StoreError('no-locks', place, `${doing}: ${said}`, error);
  const unwritten = code === noRoomBeside || notSynced.includes(code) ? whyNotWritten(place, doing) : undefined;
  if (unwritten !== undefined) return unwritten;
  if (code === noRoomBeside) return new StoreError('disk-full', place, `${doing}: ${said}`, error);
  if (primary === constraint && /integrations\.|one_/.test(said))
    return new StoreError('law-broken', place, said, error);
  return new StoreError(kinds[primary] ?? 'disk', place, `${doing}: ${said}`, error);
}
