import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { RawBuilder } from 'kysely';
import { StoreError } from '../../../ports/store-error.ts';
import { requireOrdinary } from '../../disk/require-ordinary.ts';
import { gone, logGone, type SqliteConnections } from './connections.ts';
import { logOf } from './files-beside.ts';
import { isBusy, isUnreadable, requireReadable, whyNotWritten } from './trouble.ts';

/** A question that could not be answered is asked again this often: where it reads much, it costs as much. */
const askAgainMs = 2_000;

type Opened = {
  readonly connections: () => SqliteConnections;
  /** Opens what lies there now in the place of what was open; `closeFirst` where it is the same file, whose log is another. */
  readonly reopen: (order?: 'closeFirst') => Promise<SqliteConnections>;
};
export type Verifier = {
  /** The connections to use. Rejects while the file cannot be read; opens another that was laid in its place. */
  readonly look: () => Promise<SqliteConnections>;
  /** Notes a question that could not be answered; where the file is the reason, all is well only when it can be. */
  readonly refused: (query: RawBuilder<unknown>, error: unknown) => void;
  /** Whether to close the file writes nothing over what others have written. */
  readonly mayClose: () => boolean;
  /** Waits for a look that is under way; none opens anything after it. */
  readonly stop: () => Promise<void>;
};

/** Looks whether an open file is still there, still whole as far as SQLite tells cheaply, and still the same. */
export function verifier(path: string, { connections, reopen }: Opened): Verifier {
  let proven = stampOf(path);
  let arriving: string | undefined;
  let failing: { readonly query: RawBuilder<unknown>; readonly error: unknown; readonly at: number } | undefined;
  let stopped = false;
  let isLogLost = false;
  // Not asked when the file is opened: what asks and ends has no use for the clock, and Node loads it with the first look.
  let lookedAt: number | undefined;
  let log = stampOf(logOf(path));
  let last: Promise<unknown> = Promise.resolve();

  /** Another file is opened once it holds still and is a store: one that is still being copied is left alone. */
  const openOther = async (): Promise<void> => {
    const stamp = stampOf(path);
    if (stamp === '') throw gone(path);
    requireOrdinary(path);
    const isStill = stamp === arriving;
    arriving = stamp;
    if (!isStill || stopped || !prove(path)) throw gone(path);
    await reopen();
    failing = undefined;
    proven = stampOf(path);
  };
  /** What lies in a log that was taken away is lost, unless it can be taken into the file before anybody else opens that. */
  const goOnWithoutLog = async (): Promise<void> => {
    const { raw } = connections().writer;
    if (raw.isOpen && !isTakenIn(raw, 'noop')) {
      const isUntouched = stampOf(path) === proven && !existsSync(logOf(path));
      isLogLost = !isUntouched;
      if (isLogLost) neverClosed();
      if (isLogLost || !isTakenIn(raw, 'truncate')) throw logGone(path);
    }
    if (stopped) throw logGone(path);
    await reopen('closeFirst');
    proven = stampOf(path);
  };
  const askAgain = async (): Promise<void> => {
    if (failing === undefined) return;
    if (performance.now() - failing.at < askAgainMs) throw failing.error;
    const { db, raw } = connections().reader;
    const { query, error } = failing;
    try {
      // A damaged page stays in memory as it was read.
      raw.exec('pragma shrink_memory');
      await query.execute(db);
      failing = undefined;
    } catch {
      failing = { query, error, at: performance.now() };
      throw error;
    }
  };
  /** Nothing tells that a disk takes changes again: it is tried every so often, and then the file is opened anew. */
  const lookOnlyReading = async (): Promise<SqliteConnections> => {
    const isSame = stampOf(path) === proven && stampOf(logOf(path)) === log;
    lookedAt ??= performance.now();
    const isDue = performance.now() - lookedAt > askAgainMs;
    if (stopped || (isSame && !isDue)) return connections();
    lookedAt = performance.now();
    requireReadable(path);
    if (stampOf(path) === '') throw gone(path);
    if (isSame && whyNotWritten(path, 'looking at the store') !== undefined) return connections();
    await reopen();
    [proven, log] = [stampOf(path), stampOf(logOf(path))];
    return connections();
  };
  const look = async (): Promise<SqliteConnections> => {
    if (connections().onlyRead !== undefined) return lookOnlyReading();
    if (connections().isOnlyLogGone()) await goOnWithoutLog();
    else if (!connections().isThere()) await openOther();
    requireReadable(path);
    const stamp = stampOf(path);
    if (stamp !== proven && prove(path)) proven = stamp;
    await askAgain();
    return connections();
  };
  return {
    look: () => {
      const looked = look();
      last = looked.catch(() => undefined);
      return looked;
    },
    refused: (query, error) => {
      if (isUnreadable(error)) failing ??= { query, error, at: performance.now() };
    },
    mayClose: () => !isLogLost,
    stop: async () => {
      stopped = true;
      await last;
    },
  };
}

/** Whether all of the log is in the file; `truncate` takes it in first. SQLite before 3.51 knows no way only to ask. */
function isTakenIn(raw: DatabaseSync, how: 'noop' | 'truncate'): boolean {
  if (how === 'noop' && !canOnlyAsk) return false;
  const row = Object(raw.prepare(`pragma wal_checkpoint(${how})`).get());
  return row.busy === 0 && row.log === row.checkpointed;
}

/**
 * To close the file would write what lies in the lost log over what others have written since, also when the program
 * ends by itself: so it ends without closing.
 */
function neverClosed(): void {
  if (endsUnclosed) return;
  endsUnclosed = true;
  process.once('exit', () => process.exit());
}
let endsUnclosed = false;
const [major = 0, minor = 0] = (process.versions.sqlite ?? '').split('.').map(Number);
const canOnlyAsk = major > 3 || (major === 3 && minor >= 51);

/** Another text when the file is another or was written to; empty where it is gone. */
function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.dev} ${found.ino} ${found.size} ${found.mtimeMs}`;
}

/**
 * Throws unless SQLite finds a store there, over a connection that has nothing in memory yet; false where others keep it
 * from looking just now. Never by reading the file ourselves: to close it would take away the locks that this process
 * has on it.
 */
function prove(path: string): boolean {
  const raw = new DatabaseSync(path, { readOnly: true, timeout: 50 });
  try {
    const tables = raw.prepare(`select 1 from sqlite_master where name = 'kysely_migration'`).all();
    if (tables.length === 0) throw new StoreError('damaged', path, 'what lies there is no store');
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  } finally {
    raw.close();
  }
}
