import { closeSync, constants, fdatasync, fstatSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StoreError } from '../../ports/store-error.ts';
import {
  damagedLine,
  fileStart,
  holdsChecksum,
  isSameLine,
  type LineFile,
  type LinePosition,
  type LineReader,
  linesFollow,
  markOf,
  readLines,
} from '../disk/read-lines.ts';
import { toStoreError } from '../file-errors.ts';
import type { HeldLock } from '../locking/held-lock.ts';
import { confirmedIn, confirmedName, noteConfirmed } from './confirmed-note.ts';

const syncData = promisify(fdatasync);
/** A pipe that lies there is found empty, and not waited for. */
export const toReadAtOnce = constants.O_RDONLY | constants.O_NONBLOCK;

/** The append-only file of changes since the last snapshot. `place` is how far this process has read or written. */
export type Journal = LineFile & { readonly confirmedPath: string; readonly place: LinePosition };

/** Opens a journal to read it; a writer opens it again to write. */
export function openJournal(folder: string, name: string): Journal {
  const path = join(folder, name);
  try {
    return {
      fd: openSync(path, toReadAtOnce),
      path,
      confirmedPath: join(folder, confirmedName(name)),
      place: fileStart,
    };
  } catch (error) {
    throw toStoreError(error, path, 'opening the journal');
  }
}
export const closeJournal = ({ fd }: Journal): void => closeSync(fd);

/** Bytes of the journal now on disk, torn end included. */
const journalSize = ({ fd }: Journal): number => fstatSync(fd).size;

/**
 * Whether the journal still holds what was read of it. Not so where somebody took back what could not be made safe
 * on disk, after it had been read, and wrote something else there.
 */
export const isUnchanged = (journal: Journal): boolean =>
  journalSize(journal) >= journal.place.bytes && isSameLine(journal, journal.place);

/** Whether the journal that is open still lies at its path: not so where a copy, or another store, was put there. */
export const isInPlace = ({ fd, path }: Journal): boolean =>
  attempt(path, 'looking at the journal', () => {
    const [ours, theirs] = [fstatSync(fd), statSync(path, { throwIfNoEntry: false })];
    return ours.ino === theirs?.ino && ours.dev === theirs.dev;
  });

/**
 * Reads on from where the journal was left and answers the new place. A line cut off at the very end is what a
 * crash leaves, or what another process is writing just now: it is passed over. Anything else that is not whole
 * is damage. A line that a writer of an older term wrote too late, after it had lost the lock, is passed over like
 * one that is cut off, and the next writer takes it away; a copy of a line that stands before is damage.
 */
export async function readJournal(journal: Journal, onLine: LineReader, upTo?: number): Promise<LinePosition> {
  const { bytes: confirmed, isForeign } = confirmedIn(journal.confirmedPath);
  const size = upTo ?? journalSize(journal);
  const { place, rest } = await readLines(journal, { from: journal.place, size }, onLine);
  if (rest === undefined && size >= confirmed) return place;
  const what = rest?.kind === 'wrong' ? `wrong ${rest.why}` : undefined;
  if (rest?.kind === 'refused' && (await holdsChecksum(journal, place.bytes, rest.checksum))) {
    throw damagedLine(journal.path, place, 'a line stands here that stands before already');
  }
  // Both the end and the note that would tell whether it was confirmed are not what was written.
  if (isForeign && rest !== undefined) {
    throw damagedLine(journal.path, place, `${what ?? 'a line is cut off'}, and ${journal.confirmedPath} is no note`);
  }
  if (place.bytes < confirmed) {
    throw damagedLine(journal.path, place, what ?? `ends here; ${confirmed} bytes had been confirmed`);
  }
  if (rest !== undefined && (await linesFollow(journal, place.bytes, size))) {
    throw damagedLine(journal.path, place, `${what ?? 'a line is cut off'}, and whole lines follow`);
  }
  return place;
}

/** A journal open for appending. Only under the lock, and only with everything before `place` read. */
export type Appender = {
  readonly append: (line: Buffer) => LinePosition;
  /** Takes back everything after a place. */
  readonly cutTo: (place: LinePosition) => void;
  /** Makes what was appended safe on disk and notes how much that is. */
  readonly confirm: () => Promise<void>;
  readonly close: () => void;
};

/** `between` is called when a line is half written; given only by tests, which kill the process there. */
export function openAppender(journal: Journal, held: HeldLock, between?: () => void): Appender {
  const { path, confirmedPath } = journal;
  let place = journal.place;
  held.requireHeld();
  // To append, wherever the end is by then: a writer that lost the lock unawares must not write over another's lines.
  const flags = constants.O_WRONLY | constants.O_APPEND;
  const fd = attempt(path, 'opening the journal to write', () => openSync(path, flags));
  const sameFile = attempt(path, 'looking at the journal', () => {
    const [ours, theirs] = [fstatSync(fd), fstatSync(journal.fd)];
    if (ours.size > place.bytes) ftruncateSync(fd, place.bytes);
    return ours.ino === theirs.ino && ours.size >= place.bytes;
  });
  if (!sameFile) {
    closeSync(fd);
    throw new StoreError('missing', path, 'the journal is not the file that it was');
  }
  const writeAll = (bytes: Buffer, at: number): void => {
    for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done, bytes.length - done, at + done);
  };
  const cutTo = (to: LinePosition): void => {
    place = to;
    if (!held.isHeld()) return;
    attempt(path, 'taking back a line', () => ftruncateSync(fd, to.bytes));
  };
  return {
    append(line) {
      const before = place;
      held.requireHeld();
      try {
        if (fstatSync(fd).size > before.bytes) cutTo(before);
        const half = between === undefined ? 0 : line.length >> 1;
        writeAll(line.subarray(0, half), before.bytes);
        between?.();
        writeAll(line.subarray(half), before.bytes + half);
        if (fstatSync(fd).size !== before.bytes + line.length) {
          throw new StoreError('locked', path, 'another process wrote at the same time');
        }
      } catch (error) {
        cutTo(before);
        throw toStoreError(error, path, 'writing a change');
      }
      const last = markOf(line, { start: 0, at: before.bytes });
      place = { bytes: before.bytes + line.length, lines: before.lines + 1, last };
      return place;
    },
    cutTo,
    confirm: async () => {
      held.requireHeld();
      try {
        await syncData(fd);
      } catch (error) {
        throw toStoreError(error, path, 'making a change safe on disk');
      }
      // Whoever took the lock meanwhile may have taken the lines away again.
      held.requireHeld();
      noteConfirmed(confirmedPath, place.bytes);
    },
    close: () => closeSync(fd),
  };
}

const attempt = <Value>(path: string, doing: string, work: () => Value): Value => {
  try {
    return work();
  } catch (error) {
    throw toStoreError(error, path, doing);
  }
};
