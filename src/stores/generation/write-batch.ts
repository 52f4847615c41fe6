import type { Changes } from '../../domain/changes.ts';
import type { StoredEvent } from '../../domain/event.ts';
import type { StoreReader } from '../../ports/store.ts';
import { StoreError } from '../../ports/store-error.ts';
import { encodeLine } from '../disk/checksummed-line.ts';
import type { HeldLock } from '../locking/held-lock.ts';
import { requireShape } from '../records/read-record.ts';
import { violatedConstraint } from '../tables/constraints.ts';
import { applyUnchecked } from '../tables/tables.ts';
import { type Generation, lastChecksum } from './generation.ts';
import { type Appender, openAppender } from './journal.ts';
import type { JournalLink } from './record-lines.ts';

/** A change that somebody waits for. */
export type PendingChange = {
  readonly decide: (now: StoreReader) => Promise<Changes>;
  readonly resolve: (changes: Changes) => void;
  readonly reject: (error: unknown) => void;
};
/** Where a process may die while it writes a change; named so that tests can kill it there. */
export type BatchStep = 'journal-half' | 'journal-written' | 'journal-safe';

export type BatchOptions = {
  readonly reader: StoreReader;
  readonly held: HeldLock;
  /** Called with the store after each change. */
  readonly onChange: (now: Generation) => void;
  /** Called once everything written is safe, before anybody who waits for it hears so. */
  readonly onSafe: () => void;
  readonly onStep?: (step: BatchStep) => void;
};

/**
 * Decides and writes several changes one after another and makes them safe together, so that many small ones
 * share one fsync. A change that fails is refused alone; if the disk fails at the end, all are, and what was
 * written is taken back. Answers whether memory is still what the journal says.
 */
export async function writeBatch(
  start: Generation,
  pending: readonly PendingChange[],
  { reader, held, onChange, onSafe, onStep }: BatchOptions,
): Promise<{ readonly intact: boolean; readonly written: number }> {
  const appender = openAppender(start.journal, held, onStep && (() => onStep('journal-half')));
  const done: (() => void)[] = [];
  const refused: ((error: unknown) => void)[] = [];
  let now = { ...start, term: held.termFrom(start.term) };
  try {
    for (const { decide, resolve, reject } of pending) {
      try {
        const changes = await decide(reader);
        now = writeOne(now, changes, appender);
        onChange(now);
        done.push(() => resolve(changes));
        refused.push(reject);
      } catch (error) {
        reject(error);
      }
    }
    const written = now.journal.place.lines - start.journal.place.lines;
    if (written > 0) {
      onStep?.('journal-written');
      await appender.confirm();
      onStep?.('journal-safe');
      onSafe();
    }
    for (const resolve of done) resolve();
    return { intact: true, written };
  } catch (error) {
    appender.cutTo(start.journal.place);
    for (const reject of refused) reject(error);
    return { intact: false, written: 0 };
  } finally {
    appender.close();
  }
}

function writeOne(now: Generation, changes: Changes, appender: Appender): Generation {
  if (isEmpty(changes)) return now;
  const { tables, journal, lastSeq } = now;
  const events: StoredEvent[] = changes.events.map((event, place) => ({ seq: lastSeq + place + 1, ...event }));
  requireShape(changes.put, events, journal.path);
  const broken = violatedConstraint(tables, changes);
  if (broken !== undefined) throw new StoreError('law-broken', journal.path, broken);
  const place = appender.append(lineOf({ ...changes, events }, now));
  applyUnchecked(tables, changes);
  return { ...now, journal: { ...journal, place }, lastSeq: lastSeq + events.length };
}

const isEmpty = ({ put, drop, events }: Changes): boolean =>
  events.length === 0 && [put, drop].every((part) => Object.values(part).every((rows) => (rows?.length ?? 0) === 0));

function lineOf(changes: Changes, now: Generation): Buffer {
  const path = now.journal.path;
  try {
    const link: JournalLink = { after: lastChecksum(now), term: now.term };
    return encodeLine({ ...link, put: changes.put, drop: changes.drop, events: changes.events });
  } catch (error) {
    if (error instanceof RangeError)
      throw new StoreError('too-large', path, 'one change is too large for a line', error);
    throw error;
  }
}
