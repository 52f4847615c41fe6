import { read, readSync } from 'node:fs';
import { promisify } from 'node:util';
import { StoreError } from '../../ports/store-error.ts';
import { toStoreError } from '../file-errors.ts';
import { type FoundLine, findLine, wholeLineAfter } from './checksummed-line.ts';

const readInto = promisify(read);
const chunkBytes = 4 * 1024 * 1024;

/** A file that is read line by line: open, with its name for whoever has to be told. */
export type LineFile = { readonly fd: number; readonly path: string };

/** Where in a file one is: how many bytes and lines lie before, and what the last of them is, to know it again. */
export type LinePosition = { readonly bytes: number; readonly lines: number; readonly last?: LineMark };
/** Where a line begins, and its checksum. */
export type LineMark = { readonly bytes: number; readonly checksum: string };
export const fileStart: LinePosition = { bytes: 0, lines: 0 };

/** How far a reading came, and what made it stop: the end, a line cut off there, or something wrong. */
export type ReadEnd = { readonly place: LinePosition; readonly rest?: UnreadRest };
export type UnreadRest =
  | Exclude<FoundLine, { kind: 'whole' }>
  | { readonly kind: 'refused'; readonly checksum: string };

/** Given each line with its checksum; `false` where it does not belong, and the reading ends before it. */
export type LineReader = (body: Buffer, place: LinePosition, checksum: string) => unknown;

/** Bytes of a file from one offset to another; fewer when it ends before. */
export async function readBytes({ fd, path }: LineFile, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(Math.max(0, to - from));
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await readInto(fd, bytes, filled, bytes.length - filled, from + filled).catch((error) => {
      throw toStoreError(error, path, 'reading');
    });
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/**
 * Hands on every whole line from a place up to `size` bytes, in pieces, so that no file is too long for it.
 * Stops at the first line that is not whole and says so; the caller knows whether that may be.
 */
export async function readLines(
  file: LineFile,
  range: { readonly from: LinePosition; readonly size: number },
  onLine: LineReader,
): Promise<ReadEnd> {
  let { bytes: at, lines, last } = range.from;
  let wanted = chunkBytes;
  while (at < range.size) {
    const chunk = await readBytes(file, at, Math.min(range.size, at + wanted));
    const isLast = at + chunk.length >= range.size || chunk.length < wanted;
    let offset = 0;
    let start = -1;
    let refused: string | undefined;
    let found = findLine(chunk, offset);
    while (found.kind === 'whole') {
      const sum = chunk.toString('latin1', offset, offset + checksumDigits);
      if (onLine(found.body, { bytes: at + offset, lines }, sum) === false) {
        refused = sum;
        break;
      }
      start = offset;
      offset = found.end;
      lines += 1;
      if (offset === chunk.length) break;
      found = findLine(chunk, offset);
    }
    if (start >= 0) last = markOf(chunk, { start, at });
    at += offset;
    if (refused !== undefined)
      return { place: { bytes: at, lines, last }, rest: { kind: 'refused', checksum: refused } };
    if (found.kind === 'wrong' || (found.kind === 'cut' && isLast)) {
      return { place: { bytes: at, lines, last }, rest: found };
    }
    wanted = offset === 0 ? wanted * 2 : chunkBytes;
  }
  return { place: { bytes: at, lines, last } };
}

/** What a line is known by; `at` is where the bytes begin in the file. */
export const markOf = (bytes: Buffer, { start, at }: { readonly start: number; readonly at: number }): LineMark => ({
  bytes: at + start,
  checksum: bytes.toString('latin1', start, start + checksumDigits),
});
const checksumDigits = 8;

/** Whether the last line before a place is still the one that was read or written there. */
export function isSameLine({ fd }: LineFile, { last }: LinePosition): boolean {
  if (last === undefined) return true;
  const bytes = Buffer.alloc(checksumDigits);
  return (
    readSync(fd, bytes, 0, checksumDigits, last.bytes) === checksumDigits && bytes.toString('latin1') === last.checksum
  );
}

/**
 * Whether whole lines follow after something wrong, and nothing but damage explains it. A power cut in the middle of
 * an fsync can leave lines behind a hole where others never reached the disk; no line holds noughts.
 */
export async function linesFollow(file: LineFile, after: number, size: number): Promise<boolean> {
  const bytes = await readBytes(file, after, size);
  return !bytes.includes(hole) && wholeLineAfter(bytes, 1);
}
const hole = Buffer.alloc(8);

/** Whether a line with a checksum begins anywhere before a place. */
export async function holdsChecksum(file: LineFile, before: number, checksum: string): Promise<boolean> {
  let found = false;
  await readLines(file, { from: fileStart, size: before }, (_body, _place, sum) => {
    found ||= sum === checksum;
  });
  return found;
}

/** The error for a line that is not what was written, with file, line and byte. */
export function damagedLine(
  path: string,
  { bytes, lines }: Pick<LinePosition, 'bytes'> & Partial<LinePosition>,
  what: string,
): StoreError {
  const line = lines === undefined ? '' : `line ${lines + 1}, `;
  return new StoreError('damaged', `${path}, ${line}byte ${bytes}`, what);
}
