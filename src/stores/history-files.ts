import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredEvent } from '../domain/event.ts';
import type { HistoryQuery } from '../ports/store.ts';
import { fits } from './history-query.ts';
import type { Journal } from './journal.ts';
import { linesBackward } from './lines-backward.ts';
import type { HistorySegment, Manifest } from './manifest.ts';
import { historyFolder } from './places.ts';
import type { LineFile } from './read-lines.ts';
import type { History } from './reader.ts';
import { makeLineParser } from './record-lines.ts';
import { storeTrouble } from './trouble.ts';

/** What is needed to look back: the files of the past, and the journal up to where it has been read. */
export type HistoryFiles = { readonly folder: string; readonly manifest: Manifest; readonly journal: Journal };

/**
 * Answers questions about the past from the files, newest first, so that history costs no memory. `now` gives
 * the files as they stand, and `refresh` looks at them anew when one was replaced meanwhile.
 */
export function makeFileHistory(now: () => HistoryFiles, refresh: () => Promise<void>): History {
  const retrying = async <Value>(work: (files: HistoryFiles) => Promise<Value>): Promise<Value> => {
    const files = now();
    try {
      return await work(files);
    } catch (error) {
      await refresh();
      if (now().manifest.generation === files.manifest.generation) throw error;
      return work(now());
    }
  };
  return {
    history: (query) => retrying((files) => search(files, query)),
    events: (seqs) => retrying((files) => bySeq(files, seqs)),
  };
}

async function search(files: HistoryFiles, query: HistoryQuery): Promise<readonly StoredEvent[]> {
  const found: StoredEvent[] = [];
  for await (const event of eventsBackward(files, mayHold(query), needleOf(query))) {
    if (found.length >= query.limit) break;
    if (fits(event, query)) found.push(event);
  }
  return found.slice(0, query.limit);
}

async function bySeq(files: HistoryFiles, seqs: readonly number[]): Promise<readonly StoredEvent[]> {
  const found: StoredEvent[] = [];
  for (const seq of new Set(seqs)) {
    const inRange = ({ fromSeq, toSeq }: HistorySegment): boolean => fromSeq <= seq && seq <= toSeq;
    const needle = Buffer.from(`{"seq":${seq},`);
    for await (const event of eventsBackward(files, inRange, needle)) {
      if (event.seq !== seq) continue;
      found.push(event);
      break;
    }
  }
  return found;
}

/** Whether a file of the past can hold an answer, by the numbers and moments that it spans. */
const mayHold =
  ({ before, since }: HistoryQuery) =>
  ({ fromSeq, toAt }: HistorySegment): boolean =>
    (before === undefined || fromSeq < before) && (since === undefined || toAt >= since);

/** A text that stands in every line that can answer; found much faster than lines are parsed. */
function needleOf({ productId, types }: HistoryQuery): Buffer | undefined {
  if (productId !== undefined) return Buffer.from(JSON.stringify(productId));
  return types?.length === 1 ? Buffer.from(`"type":${JSON.stringify(types[0])}`) : undefined;
}

async function* eventsBackward(
  { folder, manifest, journal }: HistoryFiles,
  wanted: (segment: HistorySegment) => boolean,
  needle: Buffer | undefined,
): AsyncGenerator<StoredEvent> {
  const parser = makeLineParser(manifest.version);
  for await (const body of linesBackward(journal, journal.place.bytes, needle)) {
    yield* parser.journalLine(body).events.toReversed();
  }
  for (const segment of manifest.history.toReversed()) {
    if (!wanted(segment)) continue;
    const file = openSegment(folder, segment);
    try {
      for await (const body of linesBackward(file, segment.bytes, needle)) yield parser.event(body);
    } finally {
      closeSync(file.fd);
    }
  }
}

/** A file of past events, open to be read. */
export function openSegment(folder: string, { file }: HistorySegment): LineFile {
  const path = join(folder, historyFolder, file);
  try {
    return { fd: openSync(path, 'r'), path };
  } catch (error) {
    throw storeTrouble(error, path, 'opening a file of the history');
  }
}
