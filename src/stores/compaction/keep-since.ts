import { type Instant, later, millisecondsOf, parseInstant } from '../../domain/ids.ts';
import type { StoreWarning } from '../../ports/store-error.ts';
import { linesBackward } from '../disk/lines-backward.ts';
import type { Generation } from '../generation/generation.ts';
import { makeLineParser } from '../generation/record-lines.ts';
import { parseLine } from '../generation/snapshot.ts';

const monthMs = 30.44 * 24 * 3_600_000;
const dayMs = 24 * 3_600_000;

/** From when history is kept, or why all of it is. */
export type KeepSince =
  | { readonly keepSince: Instant }
  | { readonly keepSince?: undefined; readonly warning?: StoreWarning };

/**
 * The moment that history is let go by: so many months before the newest record, if the clock bears that out. One
 * that is more than a day away from the newest record may have jumped, and nothing comes back that was let go by it.
 */
export async function keepSinceOf(
  now: Pick<Generation, 'manifest' | 'journal'>,
  clock: Instant,
  keepMonths: number,
): Promise<KeepSince> {
  return keptSince(await newestRecord(now), clock, keepMonths);
}

/** The same of any store, from when its newest record was made. */
export function keptSince(newest: Instant | undefined, clock: Instant, keepMonths: number): KeepSince {
  if (newest === undefined) return {};
  if (Math.abs(millisecondsOf(clock) - millisecondsOf(newest)) > dayMs) {
    return { warning: { kind: 'clock-off', clock, newest } };
  }
  return { keepSince: later(newest < clock ? newest : clock, -keepMonths * monthMs) };
}

/** When the newest record was made, by what it says itself; `undefined` where there is none. */
async function newestRecord({
  manifest,
  journal,
}: Pick<Generation, 'manifest' | 'journal'>): Promise<Instant | undefined> {
  const parser = makeLineParser(manifest.version);
  for await (const { body, bytes } of linesBackward(journal, journal.place.bytes)) {
    const last = parseLine(journal.path, { bytes }, () => parser.journalEvents(body)).at(-1);
    if (last !== undefined) return last.at;
  }
  return parseInstant(manifest.history.at(-1)?.toAt ?? '');
}
