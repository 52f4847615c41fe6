import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { StoreError, StoreErrorKind } from '../../../ports/store-error.ts';
import { ready, type SqliteConnection } from './database.ts';
import { logOf } from './files-beside.ts';
import { sqliteTrouble } from './trouble.ts';

/** What keeps a file from being written, and not from being read. */
const onlyWriting: ReadonlySet<StoreErrorKind> = new Set(['read-only', 'disk-full']);

/** Why a file that could not be opened to write can still be read; nothing where it cannot either. */
export function whyOnlyRead(error: unknown, path: string): StoreError | undefined {
  const why = sqliteTrouble(error, path, 'opening the store');
  return onlyWriting.has(why.kind) && existsSync(path) ? why : undefined;
}

/**
 * A connection to a file that cannot be written. What readers share beside it is used where it lies there. Else nobody has
 * the file open, and where no log waits to be taken into it, all is in the file: it is read without anything beside it.
 */
export function connectOnlyToRead(path: string, busyMs: number): SqliteConnection {
  try {
    return proven(new DatabaseSync(path, { timeout: busyMs, readOnly: true }));
  } catch (error) {
    if ((statSync(logOf(path), { throwIfNoEntry: false })?.size ?? 0) > 0) throw error;
    const alone = pathToFileURL(path);
    alone.searchParams.set('immutable', '1');
    return proven(new DatabaseSync(alone, { readOnly: true }));
  }
}

/** The first question is what opens the files. */
function proven(raw: DatabaseSync): SqliteConnection {
  try {
    raw.prepare('select 1 from sqlite_master').get();
    return ready(raw);
  } catch (error) {
    raw.close();
    throw error;
  }
}
