import { join } from 'node:path';
import type { StoredEvent } from '../../domain/event.ts';
import { checksumOf, encodeLine, runningChecksum } from '../disk/checksummed-line.ts';
import { makeFolder, syncFolder } from '../disk/durable-file.ts';
import { historyFolder, segmentName } from '../disk/file-names.ts';
import { withFileErrors } from '../file-errors.ts';
import type { Journal } from '../generation/journal.ts';
import { type HistorySegment, type Manifest, storeVersion } from '../generation/manifest.ts';
import { type LineProgress, writeLines } from '../generation/snapshot.ts';
import { eventsOf } from './history-events.ts';

const smallSegment = 8 * 1024 * 1024;
const largeSegment = 48 * 1024 * 1024;

export type HistoryToWrite = {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly journal?: Journal;
  /** The generation that will own the new files; none of the old ones is changed. */
  readonly generation: number;
  readonly keepSince?: string;
  readonly watch: LineProgress;
};

/**
 * The list of history files of a new generation: the old ones as they are, less those that are too old, and new
 * ones with the journal's events. A small last file is written anew together with what follows, so that files
 * stay few; a first one that holds events which are too old is written anew without them.
 */
export async function writeHistory(work: HistoryToWrite): Promise<HistorySegment[]> {
  const { manifest, keepSince = '' } = work;
  const young = manifest.history.filter(({ toAt }) => toAt >= keepSince);
  const first = young.findIndex((segment) => segment.fromAt >= keepSince && !isOld(manifest));
  const head = first < 0 ? young : young.slice(0, first);
  const rest = first < 0 ? [] : young.slice(first);
  const last = rest.filter(({ bytes }, place) => place === rest.length - 1 && bytes < smallSegment);
  const written = await writeSegments(work, 1, eventsOf(work, head));
  const followed = eventsOf(work, last, work.journal);
  const added = await writeSegments(work, written.length + 1, followed);
  return [...written, ...rest.slice(0, rest.length - last.length), ...added];
}

// Files of an older version are written anew, so that all files of a generation are of one version.
const isOld = ({ version }: Manifest): boolean => version < storeVersion;

/** Writes events into files of a new generation, numbered from `part`. */
export async function writeSegments(
  { folder, generation, watch }: Pick<HistoryToWrite, 'folder' | 'generation' | 'watch'>,
  part: number,
  events: AsyncGenerator<StoredEvent>,
): Promise<HistorySegment[]> {
  await withFileErrors(folder, 'making the folder of the history', () => makeFolder(join(folder, historyFolder)));
  const segments: HistorySegment[] = [];
  let next = await events.next();
  while (next.done !== true) {
    const file = segmentName(generation, part + segments.length);
    const span = { events: 0, fromSeq: next.value.seq, toSeq: 0, fromAt: next.value.at as string, toAt: '' };
    let sum = 0;
    async function* lines(): AsyncGenerator<Buffer> {
      for (let bytes = 0; next.done !== true && bytes < largeSegment; next = await events.next()) {
        const { at, seq } = next.value;
        span.events += 1;
        span.toSeq = seq;
        if (at < span.fromAt) span.fromAt = at;
        if (at > span.toAt) span.toAt = at;
        // The number comes first in the line: an event is looked for by it.
        const { seq: number, ...rest } = next.value;
        const line = encodeLine({ seq: number, ...rest });
        sum = runningChecksum(line, sum);
        bytes += line.length;
        yield line;
      }
    }
    const { bytes } = await writeLines(join(folder, historyFolder, file), lines(), watch);
    segments.push({ file, bytes, ...span, checksum: checksumOf(sum) });
  }
  if (segments.length > 0)
    await withFileErrors(folder, 'making the history safe', () => syncFolder(join(folder, historyFolder)));
  return segments;
}
