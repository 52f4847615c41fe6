import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredEvent } from '../domain/event.ts';
import { syncFolder } from './durable-file.ts';
import { openSegment } from './history-files.ts';
import type { Journal } from './journal.ts';
import { encodeLine } from './line.ts';
import { type HistorySegment, type Manifest, storeVersion } from './manifest.ts';
import { historyFolder, segmentName } from './places.ts';
import { damagedLine, fileStart, type LineFile, readLines } from './read-lines.ts';
import { makeLineParser } from './record-lines.ts';
import { closeFile, understood, writeLines } from './snapshot.ts';
import { onFile } from './trouble.ts';

const smallSegment = 8 * 1024 * 1024;
const largeSegment = 48 * 1024 * 1024;

export type HistoryToWrite = {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly journal?: Journal;
  /** The generation that will own the new files; none of the old ones is changed. */
  readonly generation: number;
  readonly keepSince?: string;
  readonly onLine: () => void;
};

/**
 * The list of history files of a new generation: the old ones as they are, less those that are too old, and new
 * ones with the journal's events. A small last file is written anew together with what follows, so that files
 * stay few; one that holds events which are too old is written anew without them.
 */
export async function writeHistory(work: HistoryToWrite): Promise<Manifest['history']> {
  const { folder, manifest, keepSince = '' } = work;
  await onFile(folder, 'making the folder of the history', () =>
    mkdir(join(folder, historyFolder), { recursive: true, mode: 0o700 }),
  );
  const young = manifest.history.filter(({ toAt }) => toAt >= keepSince);
  const isKept = (segment: HistorySegment, place: number): boolean =>
    segment.fromAt >= keepSince && (segment.bytes >= smallSegment || place < young.length - 1) && !isOld(manifest);
  const firstNew = young.findIndex((segment, place) => !isKept(segment, place));
  const kept = firstNew < 0 ? young : young.slice(0, firstNew);
  const events = eventsOf(work, firstNew < 0 ? [] : young.slice(firstNew));
  return [...kept, ...(await writeSegments(work, events))];
}

// Files of an older version are written anew, so that all files of a generation are of one version.
const isOld = ({ version }: Manifest): boolean => version < storeVersion;

async function* eventsOf(
  { folder, manifest, journal, keepSince = '' }: HistoryToWrite,
  segments: readonly HistorySegment[],
): AsyncGenerator<StoredEvent> {
  const parser = makeLineParser(manifest.version);
  for (const segment of segments) {
    const file = openSegment(folder, segment);
    try {
      for await (const { body, place } of bodies(file, segment.bytes)) {
        const event = understood(file.path, place, () => parser.event(body));
        if (event.at >= keepSince) yield event;
      }
    } finally {
      closeFile(file);
    }
  }
  if (journal === undefined) return;
  for await (const { body, place } of bodies(journal, journal.place.bytes)) {
    yield* understood(journal.path, place, () => parser.journalLine(body).events);
  }
}

type Body = { readonly body: Buffer; readonly place: { readonly bytes: number; readonly lines: number } };

/** The lines of a file that must be whole up to a size, a piece at a time. */
async function* bodies(file: LineFile, size: number): AsyncGenerator<Body> {
  const pieceBytes = 4 * 1024 * 1024;
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

async function writeSegments(
  { folder, generation, onLine }: HistoryToWrite,
  events: AsyncGenerator<StoredEvent>,
): Promise<HistorySegment[]> {
  const segments: HistorySegment[] = [];
  let next = await events.next();
  while (next.done !== true) {
    const file = segmentName(generation, segments.length + 1);
    const span = { events: 0, fromSeq: next.value.seq, toSeq: 0, fromAt: next.value.at as string, toAt: '' };
    async function* lines(): AsyncGenerator<Buffer> {
      for (let bytes = 0; next.done !== true && bytes < largeSegment; next = await events.next()) {
        const { at, seq } = next.value;
        span.events += 1;
        span.toSeq = seq;
        if (at < span.fromAt) span.fromAt = at;
        if (at > span.toAt) span.toAt = at;
        const line = encodeLine(next.value);
        bytes += line.length;
        yield line;
      }
    }
    const { bytes } = await writeLines(join(folder, historyFolder, file), lines(), onLine);
    segments.push({ file, bytes, ...span });
  }
  if (segments.length > 0)
    await onFile(folder, 'making the history safe', () => syncFolder(join(folder, historyFolder)));
  return segments;
}
