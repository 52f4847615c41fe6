import { type Instant, later, millisecondsOf } from '../../domain/ids.ts';
import type { StoreWarning } from '../../ports/store-error.ts';
import { linesBackward } from '../disk/lines-backward.ts';
import type { Generation } from '../generation/generation.ts';
import { makeLineParser } from '../generation/record-lines.ts';
import { closeFile, parseLine } from '../generation/snapshot.ts';
import { openSegment } from '../history/history-events.ts';

const dayMs = 24 * 3_600_000;
/** So long history is kept, in months. */
export const usualMonths = 24;
const monthMs = 30.44 * dayMs;
/** A clock is believed once events were written by it for so long, without a gap or a step back that is as long. */
const livedMs = 31 * dayMs;

/** From when history is kept, or why all of it is. */
export type KeepSince =
  | { readonly keepSince: Instant }
  | { readonly keepSince?: undefined; readonly warning?: StoreWarning };

/**
 * The moment that history is let go by: so many months before the newest record, if the clock bears that out. One
 * that is more than a day away from the newest record may have jumped, and nothing comes back that was let go by it.
 */
export const keepSinceOf = (
  now: Pick<Generation, 'manifest' | 'journal'>,
  { folder, clock, keepMonths }: { readonly folder: string; readonly clock: Instant; readonly keepMonths: number },
): Promise<KeepSince> => keptSince(momentsBackward(folder, now), clock, keepMonths);

/**
 * The same of any store, from the moments of its events, newest first; no more of them are asked for than are needed.
 * What was written under a clock that had jumped bears it out as well: so it must have been lived by for a month.
 */
export async function keptSince(
  moments: AsyncIterable<Instant>,
  clock: Instant,
  keepMonths: number,
): Promise<KeepSince> {
  let newest: Instant | undefined;
  let before: Instant | undefined;
  for await (const at of moments) {
    newest ??= at;
    if (apart(clock, newest) > dayMs) return { warning: { kind: 'clock-off', clock, newest } };
    if (before !== undefined && apart(before, at) > livedMs)
      return { warning: { kind: 'clock-jumped', from: at, to: before } };
    before = at;
    if (apart(newest, at) > livedMs) break;
  }
  if (newest === undefined) return {};
  return { keepSince: later(newest < clock ? newest : clock, -keepMonths * monthMs) };
}

const apart = (one: Instant, other: Instant): number => Math.abs(millisecondsOf(one) - millisecondsOf(other));

/** When the events of a JSON store were made, by what they say themselves, newest first. */
async function* momentsBackward(
  folder: string,
  { manifest, journal }: Pick<Generation, 'manifest' | 'journal'>,
): AsyncGenerator<Instant> {
  const parser = makeLineParser(manifest.version);
  for await (const { body, bytes } of linesBackward(journal, journal.place.bytes)) {
    const events = parseLine(journal.path, { bytes }, () => parser.journalEvents(body));
    for (const { at } of events.toReversed()) yield at;
  }
  for (const segment of manifest.history.toReversed()) {
    const file = openSegment(folder, segment);
    try {
      for await (const { body, bytes } of linesBackward(file, segment.bytes))
        yield parseLine(file.path, { bytes }, () => parser.event(body)).at;
    } finally {
      closeFile(file);
    }
  }
}
