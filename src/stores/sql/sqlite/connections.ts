import { randomUUID } from 'node:crypto';
import { chmodSync, closeSync, existsSync, openSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import type { WhyNotNew } from '../../../ports/store-engine.ts';
import { StoreError } from '../../../ports/store-error.ts';
import { makeFolders } from '../../disk/make-folders.ts';
import { requireOrdinary } from '../../disk/require-ordinary.ts';
import { toFolderError } from '../../file-errors.ts';
import { connect, type SqliteConnection } from './database.ts';
import { logOf } from './files-beside.ts';
import { connectOnlyToRead, whyOnlyRead } from './only-read.ts';
import { migrateWhole, requireTables } from './prepare.ts';
import { isBusy, sqliteTrouble } from './trouble.ts';

/** The connections to one file: one reads, one writes, and one is for what is written beside any change. */
export type SqliteConnections = {
  readonly writer: SqliteConnection;
  readonly reader: SqliteConnection;
  readonly upkeep: () => SqliteConnection;
  /** One more to read with, to be closed by whoever asked for it. */
  readonly another: () => SqliteConnection;
  /** Why the file can only be read: then all of them only read. */
  readonly onlyRead: StoreError | undefined;
  /** Whether the file that was opened still lies at its path, and its log beside it. */
  readonly isThere: () => boolean;
  /** Whether only its log was taken away: what is written from then on would be seen by nobody else. */
  readonly isOnlyLogGone: () => boolean;
  readonly requireThere: () => void;
  readonly close: () => Promise<void>;
  /** Closes once all who wait for a connection have had it. */
  readonly retire: () => Promise<void>;
};

/**
 * Opens the file, makes it where it is not, and brings its tables up to date; where the disk takes no changes, only to
 * read it. Rejects with `StoreError`.
 */
export async function openConnections(
  path: string,
  timeoutMs: number,
  whyNotNew?: WhyNotNew,
): Promise<SqliteConnections> {
  const { writer, reader, onlyRead } = await opened(path, timeoutMs, whyNotNew)
    .catch((error: unknown) => openedOnlyToRead(error, path))
    .catch((error: unknown) => {
      throw sqliteTrouble(error, path, 'opening the store');
    });
  const identity = inodeOf(path);
  const log = logOf(path);
  const identityOfLog = inodeOf(log);
  const isFileThere = (): boolean => inodeOf(path) === identity;
  const isLogThere = (): boolean => identityOfLog === '' || inodeOf(log) === identityOfLog;
  const isThere = (): boolean => isFileThere() && isLogThere();
  let third: SqliteConnection | undefined;
  const close = async (): Promise<void> => {
    for (const one of new Set([reader, writer, third ?? reader])) {
      await one.db.destroy();
      // Kysely leaves what it was never asked to use open, and the log is only taken into the file by the last to close.
      if (one.raw.isOpen) one.raw.close();
    }
  };
  return {
    writer,
    reader,
    upkeep: () => {
      third ??= onlyRead === undefined ? connect(path, { readOnly: false, busyMs: 5 }) : reader;
      return third;
    },
    another: () =>
      onlyRead === undefined ? connect(path, { readOnly: true, busyMs: 5_000 }) : connectOnlyToRead(path, 5_000),
    onlyRead,
    isThere,
    isOnlyLogGone: () => isFileThere() && !isLogThere(),
    requireThere: () => {
      if (!isFileThere()) throw gone(path);
      if (!isLogThere()) throw logGone(path);
    },
    close,
    retire: async () => {
      for (const { db } of new Set([reader, writer])) await db.connection().execute(async () => undefined);
      await close();
    },
  };
}

export const logGone = (path: string): StoreError =>
  new StoreError('missing', logOf(path), 'the log was taken away under the program');

export const gone = (path: string): StoreError =>
  new StoreError('missing', path, 'the file is gone, or another lies in its place');

const inodeOf = (path: string): string => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.dev}:${found.ino}`;
};

/** Waiting so long is not usual: then it is looked whether anybody can have the lock at all. */
const longWaitMs = 1_000;

/** What waits for another writer waits here, and not in SQLite, where the whole process would stand still. */
export async function retryWhileBusy<Value>(
  path: string,
  work: () => Promise<Value>,
  timeoutMs: number,
): Promise<Value> {
  // The clock is asked once there is something to wait for: Node loads it with the first look, which takes 1.5 ms.
  let begun: number | undefined;
  let areLocksProven = false;
  for (let wait = 1; ; wait = Math.min(20, wait * 2)) {
    try {
      return await work();
    } catch (error) {
      begun ??= performance.now();
      const waited = performance.now() - begun;
      if (!isBusy(error) || waited > timeoutMs) throw error;
      if (waited > longWaitMs && !areLocksProven) {
        requireLocks(path, error);
        areLocksProven = true;
      }
      await pause(wait * (0.5 + Math.random()));
    }
  }
}

/** Throws where even a file that nobody else knows cannot be locked: then nobody holds the store, and none ever will. */
function requireLocks(path: string, busy: unknown): void {
  const probe = `${path}-locks-${randomUUID()}`;
  try {
    const raw = new DatabaseSync(probe, { timeout: 0 });
    try {
      raw.exec('begin exclusive; rollback');
    } finally {
      raw.close();
    }
  } catch (error) {
    if (isBusy(error)) throw new StoreError('no-locks', path, 'a file of its own cannot be locked either', busy);
  } finally {
    rmSync(probe, { force: true });
  }
}

/** Also to connect can be refused for a moment: while another opens the file, or mends it after a crash. */
async function opened(path: string, timeoutMs: number, whyNotNew?: WhyNotNew): Promise<Opened> {
  makeFile(path, whyNotNew);
  const writer = await retryWhileBusy(path, async () => connect(path, { readOnly: false, busyMs: 25 }), timeoutMs);
  try {
    await retryWhileBusy(path, () => migrateWhole(writer, path, whyNotNew), timeoutMs);
    const reader = await retryWhileBusy(path, async () => connect(path, { readOnly: true, busyMs: 5_000 }), timeoutMs);
    return { writer, reader };
  } catch (error) {
    writer.raw.close();
    throw error;
  }
}
type Opened = {
  readonly writer: SqliteConnection;
  readonly reader: SqliteConnection;
  readonly onlyRead?: StoreError;
};

/** The tables must be those of this version: they cannot be brought up to date. */
async function openedOnlyToRead(error: unknown, path: string): Promise<Opened> {
  const onlyRead = whyOnlyRead(error, path);
  if (onlyRead === undefined) throw error;
  let reader: SqliteConnection;
  try {
    reader = connectOnlyToRead(path, 5_000);
  } catch {
    throw onlyRead;
  }
  try {
    await requireTables(reader, path, onlyRead);
  } catch (refused) {
    reader.raw.close();
    throw refused;
  }
  return { writer: reader, reader, onlyRead };
}

/** The file, for its owner's eyes only; what SQLite lays beside it gets the same rights. */
function makeFile(path: string, whyNotNew?: WhyNotNew): void {
  const refusal = existsSync(path) ? undefined : whyNotNew?.();
  // Looked for once more: another may have made it meanwhile.
  if (existsSync(path)) {
    requireOrdinary(path);
    return;
  }
  if (refusal !== undefined) throw refusal;
  try {
    makeFolders(dirname(path));
  } catch (error) {
    throw toFolderError(error, dirname(path));
  }
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}
