import {
  closeSync,
  constants,
  fdatasync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StoreError } from '../../ports/store-error.ts';
import { checksum } from '../disk/checksummed-line.ts';
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
import { codeOf, toStoreError } from '../file-errors.ts';
import type { HeldLock } from '../locking/held-lock.ts';

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
export const confirmedName = (journal: string): string => `${journal}.confirmed`;

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
 * How many bytes were confirmed to somebody, as far as noted; a net under the journal's own checksums that
 * catches an end cut off cleanly between two lines. Nought where the note itself is lost or damaged; `isForeign`: what
 * stands there is nothing that a crash leaves of a note.
 */
function confirmedIn({ confirmedPath }: Journal): { readonly bytes: number; readonly isForeign: boolean } {
  try {
    const text = readFileSync(confirmedPath, 'latin1');
    const bytes = Number(text.slice(0, noteDigits));
    if (text === confirmedNote(bytes)) return { bytes, isForeign: false };
    // It is written in place: a power cut leaves any part of it, old, new or nought.
    return { bytes: 0, isForeign: text.length > confirmedNote(0).length || /[^\da-f \n\0]/.test(text) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { bytes: 0, isForeign: false };
    throw toStoreError(error, confirmedPath, 'reading');
  }
}

/**
 * Reads on from where the journal was left and answers the new place. A line cut off at the very end is what a
 * crash leaves, or what another process is writing just now: it is passed over. Anything else that is not whole
 * is damage. A line that a writer of an older term wrote too late, after it had lost the lock, is passed over like
 * one that is cut off, and the next writer takes it away; a copy of a line that stands before is damage.
 */
export async function readJournal(journal: Journal, onLine: LineReader, upTo?: number): Promise<LinePosition> {
  const { bytes: confirmed, isForeign } = confirmedIn(journal);
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

/** The note is only a net under what is safe already, so a note that cannot be written fails nobody's change. */
function noteConfirmed(path: string, bytes: number): void {
  let fd: number | undefined;
  try {
    fd = openSync(path, constants.O_WRONLY | constants.O_CREAT, 0o600);
    writeSync(fd, confirmedNote(bytes), 0);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
/** The note's whole text: the number and its checksum; always as long, so that it is overwritten in place. */
export function confirmedNote(bytes: number): string {
  const digits = String(bytes).padStart(noteDigits, '0');
  return `${digits} ${checksum(digits)}\n`;
}
const noteDigits = 16;

const attempt = <Value>(path: string, doing: string, work: () => Value): Value => {
  try {
    return work();
  } catch (error) {
    throw toStoreError(error, path, doing);
  }
};
