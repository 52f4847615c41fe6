import { noChanges } from '../../domain/changes.ts';
import { type Instant, millisecondsOf } from '../../domain/ids.ts';
import { observe } from '../../domain/reconcile/reconcile.ts';
import { stillUnreadable, unreadableFields, withRows } from '../../domain/reconcile/unreadable-rows.ts';
import { type ClockReading, canAskSince, observeClock } from '../../domain/server-clock.ts';
import type { Run } from '../../domain/shop.ts';
import type { ListingPage, PageRequest } from '../../ports/shop-connector.ts';
import { clockToleranceOf } from '../dependencies/service-dependencies.ts';
import { loadObserved } from '../reconcile/load-change-set.ts';
import {
  allOver,
  type ConnectedSession,
  contextOf,
  loopTurns,
  report,
  type SyncSession,
  sinceOf,
  stateOf,
  stepsAtOnce,
  writeStep,
} from './sync-session.ts';

/**
 * Reads what the shop has, page by page, from where the run stands. The next page is on its way while one is written, and
 * the one after it as soon as it came; pages are written one after the other, a few before the first of them is safe on
 * disk where the store joins changes.
 */
export async function readPages(session: ConnectedSession): Promise<void> {
  if (session.progress.run.readToEnd === true) return;
  const { lastComplete, clockAheadMs } = await stateOf(session.deps.store, session.shop);
  const told = session.request.expected;
  const expected = told === undefined ? lastComplete?.listings : Math.max(told, lastComplete?.listings ?? 0);
  session.progress.clock = clockOfRun(session.progress.run, clockAheadMs);
  const reading = { since: await sinceOf(session), clockBefore: { aheadMs: clockAheadMs }, expected };
  if (await readToEnd(session, reading)) return;
  await beginWhole(session);
  await readToEnd(session, { expected });
}

/** A run that is taken up again goes on by the clock as it stood at its first page. */
function clockOfRun({ cursor, watermark }: Run, aheadMs: number | undefined): ClockReading {
  if (cursor === undefined) return {};
  return watermark === undefined ? { fault: 'jumped' } : { aheadMs };
}

type Reading = Pick<PageRequest, 'since' | 'expected'> & {
  /** How the shop's clock stood when `since` was noted. */
  readonly clockBefore?: ClockReading;
};

/** Answers `false` where it stopped at a clock that changes cannot be asked by. */
async function readToEnd(session: ConnectedSession, { since, clockBefore = {}, expected }: Reading): Promise<boolean> {
  const toleranceMs = clockToleranceOf(session.deps.tuning);
  const ask = async (cursor: string | undefined): Promise<ListingPage> => {
    const page = await session.connector.page({ cursor, since, expected }, session.signal);
    const aheadMs = millisecondsOf(page.asOf) - millisecondsOf(session.deps.clock.now());
    session.progress.clock = observeClock(session.progress.clock, aheadMs, toleranceMs);
    return page;
  };
  let { cursor } = session.progress.run;
  let page: Promise<ListingPage> | undefined = ask(cursor);
  const writing: Promise<void>[] = [];
  try {
    while (page !== undefined) {
      const shown: ListingPage = await page;
      session.signal.throwIfAborted();
      if (since !== undefined && !canAskSince(clockBefore, session.progress.clock, toleranceMs)) return false;
      page = shown.next === undefined ? undefined : heardLater(ask(shown.next));
      // The next question would wait until all of a page is written.
      if (page !== undefined) await loopTurns();
      if (writing.length >= stepsAtOnce(session)) {
        await writing[0];
        writing.shift();
      }
      writing.push(heardLater(writePage(session, shown, cursor).then(() => report(session, 'reading'))));
      cursor = shown.next;
    }
  } finally {
    // Whatever else is said of the run is said of what was written last.
    await allOver(writing);
  }
  return true;
}

/**
 * Everything is read where what changed cannot be asked: the shop's clock is another than it was or jumped, or its zone
 * is another, by which some write their times.
 */
export async function beginWhole(session: ConnectedSession): Promise<void> {
  session.progress.clock = {};
  await writeStep(session, async (_, { counts }) => ({
    changes: noChanges,
    run: {
      kind: 'full',
      cursor: undefined,
      readToEnd: undefined,
      watermark: undefined,
      unreadable: undefined,
      // What the changes showed is shown once more; what came of them stays counted.
      counts: { ...counts, seen: 0, broken: 0 },
    },
  }));
}

/** Awaited later: trouble with it must not end the program before. */
function heardLater<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}

/** So many rows are told apart; beyond that, what a sync did not show is not asked about at all. */
export const maxUnreadable = 500;

/** Fields of rows that were read say nothing of absence: they never fill the room of those that were not. */
const maxFieldsTold = maxUnreadable / 2;

/** Rows that could not be read, and rows of which one field could not, after those of the pages before. */
function unreadableRows(
  { broken, listings }: ListingPage,
  { unreadable: known = [] }: Run,
  at: Instant,
): Run['unreadable'] {
  const whole = broken.map((row) => ({ ...row, at }));
  const fields = unreadableFields(listings, at).slice(0, Math.max(0, maxFieldsTold - known.length - whole.length));
  const rows = withRows(known, [...whole, ...fields]);
  return rows.length === 0 ? undefined : rows.slice(0, maxUnreadable);
}

/** Writes the page that was asked for by a cursor, and only where the run stands there: not after one that could not be written. */
async function writePage(session: SyncSession, page: ListingPage, askedBy: string | undefined): Promise<void> {
  const { deps, shop, progress } = session;
  // Later pages may have been heard by the time that this one is written.
  const { clock } = progress;
  progress.total = page.total ?? progress.total;
  await writeStep(session, async (now, run) => {
    if (run.cursor !== askedBy) throw new Error('the page before this one was not written');
    const seen = page.listings.map((listing) => ({ ...listing, seenIn: run.id }));
    const changeSet = await loadObserved(now, { shop, seen });
    const context = contextOf(session, changeSet);
    for (const listing of seen) observe(listing, context);
    return {
      changes: changeSet.changes(),
      seen: page.listings.length,
      broken: page.broken.length,
      run: {
        unreadable: unreadableRows(page, run, deps.clock.now()),
        cursor: page.next,
        readToEnd: page.next === undefined,
        watermark: clock.fault === undefined ? (run.watermark ?? page.asOf) : undefined,
      },
      state: {
        unreadable: stillUnreadable((await stateOf(now, shop)).unreadable, page.listings),
        lastAnswerAt: deps.clock.now(),
        clockAheadMs: clock.aheadMs,
      },
    };
  });
}
