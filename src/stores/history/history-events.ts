import { fstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredEvent } from '../../domain/event.ts';
import { checksumOf, runningChecksum } from '../disk/checksummed-line.ts';
import { historyFolder } from '../disk/file-names.ts';
import { damagedLine, fileStart, type LineFile, type LinePosition, readBytes, readLines } from '../disk/read-lines.ts';
import { toStoreError } from '../file-errors.ts';
import type { Generation } from '../generation/generation.ts';
import type { HistorySegment, Manifest } from '../generation/manifest.ts';
import { makeLineParser } from '../generation/record-lines.ts';
import { closeFile, parseLine } from '../generation/snapshot.ts';

type FilesOfPast = { readonly folder: string; readonly manifest: Manifest; readonly keepSince?: string };

/** A file of past events, open to be read. */
export function openSegment(folder: string, { file }: HistorySegment): LineFile {
  const path = join(folder, historyFolder, file);
  try {
    return { fd: openSync(path, 'r'), path };
  } catch (error) {
    throw toStoreError(error, path, 'opening a file of the history');
  }
}

/** Every event of a store, oldest first. */
export const allEvents = (folder: string, { manifest, journal }: Generation): AsyncGenerator<StoredEvent> =>
  eventsOf({ folder, manifest }, manifest.history, journal);

/** Events of some files of the past, and after them those of a journal, oldest first. */
export async function* eventsOf(
  { folder, manifest, keepSince = '' }: FilesOfPast,
  segments: readonly HistorySegment[],
  journal?: LineFile & { readonly place: LinePosition },
): AsyncGenerator<StoredEvent> {
  const parser = makeLineParser(manifest.version);
  for (const segment of segments) {
    const file = openSegment(folder, segment);
    try {
      for await (const { body, place } of bodies(file, segment.bytes)) {
        const event = parseLine(file.path, place, () => parser.event(body));
        if (event.at >= keepSince) yield event;
      }
    } finally {
      closeFile(file);
    }
  }
  if (journal === undefined) return;
  for await (const { body, place } of bodies(journal, journal.place.bytes)) {
    yield* parseLine(journal.path, place, () => parser.journalEvents(body));
  }
}

/**
 * Refuses a file of past events that is not what was written, naming the line. Looking for some events passes over
 * the lines of all others, so one that was damaged would otherwise only be missed.
 */
export async function requireSound(file: LineFile, segment: HistorySegment): Promise<void> {
  const { size } = fstatSync(file.fd);
  if (size !== segment.bytes) {
    throw damagedLine(file.path, { bytes: Math.min(size, segment.bytes) }, `${size} bytes, not ${segment.bytes}`);
  }
  if (segment.checksum !== undefined && (await checksumOfFile(file, size)) === segment.checksum) return;
  for await (const _ of bodies(file, size));
  if (segment.checksum !== undefined) throw damagedLine(file.path, { bytes: 0 }, 'wrong checksum of the whole file');
}

async function checksumOfFile(file: LineFile, size: number): Promise<string> {
  let sum = 0;
  for (let at = 0; at < size; at += pieceBytes) {
    sum = runningChecksum(await readBytes(file, at, Math.min(size, at + pieceBytes)), sum);
  }
  return checksumOf(sum);
}

const pieceBytes = 4 * 1024 * 1024;

type Body = { readonly body: Buffer; readonly place: { readonly bytes: number; readonly lines: number } };

/** The lines of a file that must be whole up to a size, a piece at a time. */
async function* bodies(file: LineFile, size: number): AsyncGenerator<Body> {
  let place = fileStart;
  let wanted = pieceBytes;
  while (place.bytes < size) {
    const found: Body[] = [];
    const range = { from: place, size: Math.min(size, place.bytes + wanted) };
    const end = await readLines(file, range, (body, at) => void found.push({ body, place: at }));
    const stuck = end.place.bytes === place.bytes;
    if (end.rest?.kind === 'wrong' || (stuck && range.size === size)) {
      throw damagedLine(file.path, end.place, end.rest?.kind === 'wrong' ? `wrong ${end.rest.why}` : 'cut off');
    }
    yield* found;
    wanted = stuck ? wanted * 2 : pieceBytes;
    place = end.place;
  }
}
