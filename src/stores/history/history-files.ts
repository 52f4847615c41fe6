import type { StoredEvent } from '../../domain/event.ts';
import type { HistoryQuery } from '../../ports/store.ts';
import { type LineBackward, linesBackward, linesBefore } from '../disk/lines-backward.ts';
import type { LineFile } from '../disk/read-lines.ts';
import type { Journal } from '../generation/journal.ts';
import type { HistorySegment, Manifest } from '../generation/manifest.ts';
import { makeLineParser } from '../generation/record-lines.ts';
import { closeFile, parseLine } from '../generation/snapshot.ts';
import type { History } from '../queries/reader.ts';
import { openSegment, requireSound } from './history-events.ts';
import { matchesQuery } from './history-query.ts';

/** What is needed to look back: the files of the past, and the journal up to where it has been read. */
export type HistoryFiles = { readonly folder: string; readonly manifest: Manifest; readonly journal: Journal };
/** The same, and which files of the past have been found whole: they are never changed, so once is enough. */
type KnownFiles = HistoryFiles & { readonly sound: Set<string> };

/**
 * Answers questions about the past from the files, newest first, so that history costs no memory. `now` gives
 * the files as they stand, and `refresh` looks at them anew when one was replaced meanwhile.
 */
export function makeFileHistory(now: () => HistoryFiles, refresh: () => Promise<void>): History {
  const sound = new Set<string>();
  const retrying = async <Value>(work: (files: KnownFiles) => Promise<Value>): Promise<Value> => {
    const files = { ...now(), sound };
    try {
      return await work(files);
    } catch (error) {
      await refresh();
      if (now().manifest.generation === files.manifest.generation) throw error;
      return work({ ...now(), sound });
    }
  };
  return {
    history: (query) => retrying((files) => search(files, query)),
    events: (seqs) => retrying((files) => bySeq(files, seqs)),
  };
}

async function search(files: KnownFiles, query: HistoryQuery): Promise<readonly StoredEvent[]> {
  const found: StoredEvent[] = [];
  for await (const event of eventsBackward(files, mayHold(query), needleOf(query))) {
    if (found.length >= query.limit) break;
    if (matchesQuery(event, query)) found.push(event);
  }
  return found.slice(0, query.limit);
}

async function bySeq(files: KnownFiles, seqs: readonly number[]): Promise<readonly StoredEvent[]> {
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
  { folder, manifest, journal, sound }: KnownFiles,
  wanted: (segment: HistorySegment) => boolean,
  needle: Buffer | undefined,
): AsyncGenerator<StoredEvent> {
  const parser = makeLineParser(manifest.version);
  for await (const line of linesBackward(journal, journal.place.bytes, needle)) {
    const events = await parsed(journal, line, parser.journalEvents);
    yield* events.toReversed();
  }
  for (const segment of manifest.history.toReversed()) {
    if (!wanted(segment)) continue;
    const file = openSegment(folder, segment);
    try {
      if (!sound.has(file.path)) await requireSound(file, segment);
      sound.add(file.path);
      for await (const line of linesBackward(file, segment.bytes, needle)) yield await parsed(file, line, parser.event);
    } finally {
      closeFile(file);
    }
  }
}

/** What a line holds; where it holds nothing that can be read, the error names the line, counted only then. */
async function parsed<Value>(
  file: LineFile,
  { body, bytes }: LineBackward,
  parse: (body: Buffer) => Value,
): Promise<Value> {
  try {
    return parse(body);
  } catch {
    const lines = await linesBefore(file, bytes);
    return parseLine(file.path, { bytes, lines }, () => parse(body));
  }
}
