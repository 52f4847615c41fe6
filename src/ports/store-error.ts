import type { Instant } from '../domain/ids.ts';

/** What is wrong with the store, by what somebody can do about it. */
export type StoreErrorKind =
  /** Another process holds it and lives. */
  | 'locked'
  /** What is on disk is not what was written. It was left untouched. */
  | 'damaged'
  /** Written by a newer version of the program. It was left untouched. */
  | 'newer-version'
  /** A change would have broken one of the two laws; nothing of it was written. */
  | 'law-broken'
  /** A change holds a record that could not be read again as it is; nothing of the change was written. */
  | 'wrong-shape'
  | 'disk-full'
  /** The system gives this program, or all of them, no more open files. */
  | 'too-many-files'
  | 'read-only'
  | 'no-access'
  /** The file system gives a file no second name, which the lock is made of. */
  | 'no-hard-links'
  /** The file system cannot be made to write down what it was given: what is confirmed could be lost. */
  | 'no-sync'
  /** The file system has no locks, which SQLite needs. */
  | 'no-locks'
  /** A file stands where a folder should be, or no folder can be made there. */
  | 'no-folder'
  /** The file or folder is not there any more. */
  | 'missing'
  /** Larger than a JSON store is sensible for. */
  | 'too-large'
  /** The server that holds it does not answer, or turned us away; what was confirmed is there when it is back. */
  | 'unreachable'
  /** The server answers, but has no connection left for us; it is worth another try. */
  | 'server-full'
  /** The server cannot show that it is the one that was meant; nothing was said to it. */
  | 'untrusted'
  /** The server took longer than it is given; nothing of the change was written. */
  | 'too-slow'
  /** What names the store is no such name, or names what cannot be used. */
  | 'bad-address'
  | 'disk';

/** Trouble with the store. `place` is the file, with a line or byte where that is known. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreErrorKind;
  readonly place: string;
  readonly detail: string;
  /** Names of shops, or of the warehouse, that were told what could not be written down then. */
  readonly told: readonly string[];

  constructor(kind: StoreErrorKind, place: string, detail: string, cause?: unknown, told: readonly string[] = []) {
    super(`${kind}: ${place}: ${detail}`, { cause });
    this.kind = kind;
    this.place = place;
    this.detail = detail;
    this.told = told;
  }

  /** The same trouble, met when it was to be written down what these had been told. */
  afterTelling(told: readonly string[]): StoreError {
    return new StoreError(this.kind, this.place, this.detail, this.cause ?? this, told);
  }
}

/** What does not suit a store, its size or its surroundings; said, never enforced. `sensible` is as much as it should be. */
export type StoreWarning =
  /** Opening takes long and every session holds everything in memory. */
  | { readonly kind: 'many-integrations'; readonly integrations: number; readonly sensible: number }
  | { readonly kind: 'large-files'; readonly bytes: number; readonly sensible: number }
  /** The journal has grown past the point at which a snapshot should have been written. */
  | { readonly kind: 'long-journal'; readonly bytes: number; readonly sensible: number }
  /** The clock is more than a day away from the newest record, so no history was let go. */
  | { readonly kind: 'clock-off'; readonly clock: Instant; readonly newest: Instant }
  /** Less than a month's worth of events ago their moments went on by more than a month, or back; no history was let go. */
  | { readonly kind: 'clock-jumped'; readonly from: Instant; readonly to: Instant }
  /** Searching reads every row: what the database needs for an index of texts is not there, came after the tables, or may not be used. */
  | { readonly kind: 'no-text-index'; readonly extension: 'missing' | 'there' | 'shut' }
  /** Several machines reach the folder; `host` is another one that wrote lately, where it left a trace. */
  | { readonly kind: 'shared-folder'; readonly host?: string };
