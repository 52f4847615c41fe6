import { type Instant, millisecondsOf } from '../../domain/ids.ts';
import { observe } from '../../domain/reconcile/reconcile.ts';
import { stillUnreadable, unreadableFields, withRows } from '../../domain/reconcile/unreadable-rows.ts';
import type { Run } from '../../domain/shop.ts';
import type { ListingPage } from '../../ports/shop-connector.ts';
import { loadObserved } from '../reconcile/load-change-set.ts';
import {
  type ConnectedSession,
  contextOf,
  report,
  type SyncSession,
  sinceOf,
  stateOf,
  writeStep,
} from './sync-session.ts';

/**
 * Reads what the shop has, page by page, from where the run stands. The next page is on its way while one is written, and
 * the one after it as soon as it came; pages are written one after the other.
 */
export async function readPages(session: ConnectedSession): Promise<void> {
  if (session.progress.run.readToEnd === true) return;
  const since = await sinceOf(session);
  const { lastComplete } = await stateOf(session.deps.store, session.shop);
  const told = session.request.expected;
  const expected = told === undefined ? lastComplete?.listings : Math.max(told, lastComplete?.listings ?? 0);
  const ask = (cursor: string | undefined): Promise<ListingPage> =>
    session.connector.page({ cursor, since, expected }, session.signal);
  let page: Promise<ListingPage> | undefined = ask(session.progress.run.cursor);
  let written: Promise<void> = Promise.resolve();
  try {
    while (page !== undefined) {
      const shown: ListingPage = await page;
      session.signal.throwIfAborted();
      page = shown.next === undefined ? undefined : heardLater(ask(shown.next));
      if (page !== undefined) await questionLeaves();
      await written;
      written = heardLater(writePage(session, shown).then(() => report(session, 'reading')));
    }
  } finally {
    // Whatever else is said of the run is said of what was written last.
    await written;
  }
}

/** Awaited later: trouble with it must not end the program before. */
function heardLater<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}

/** A turn of the event loop, in which the next question leaves: it would wait until all of a page is written. */
const questionLeaves = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** So many rows are told apart; beyond that, what a sync did not show is not asked about at all. */
export const maxUnreadable = 500;

/** Fields of rows that were read say nothing of absence: they never fill the room of those that were not. */
const maxFieldsTold = maxUnreadable / 2;

/** Rows that could not be read, and rows of which one field could not, after those of the pages before. */
function unreadableRows(
  { deps, progress: { run } }: SyncSession,
  { broken, listings }: ListingPage,
): Run['unreadable'] {
  const at = deps.clock.now();
  const known = run.unreadable ?? [];
  const whole = broken.map((row) => ({ ...row, at }));
  const fields = unreadableFields(listings, at).slice(0, Math.max(0, maxFieldsTold - known.length - whole.length));
  const rows = withRows(known, [...whole, ...fields]);
  return rows.length === 0 ? undefined : rows.slice(0, maxUnreadable);
}

async function writePage(session: SyncSession, page: ListingPage): Promise<void> {
  const { deps, shop, progress } = session;
  const { run } = progress;
  session.progress.total = page.total ?? session.progress.total;
  await writeStep(session, async (now) => {
    const seen = page.listings.map((listing) => ({ ...listing, seenIn: run.id }));
    const changeSet = await loadObserved(now, { shop, seen });
    const context = contextOf(session, changeSet);
    for (const listing of seen) observe(listing, context);
    return {
      changes: changeSet.changes(),
      seen: page.listings.length,
      broken: page.broken.length,
      run: {
        unreadable: unreadableRows(session, page),
        cursor: page.next,
        readToEnd: page.next === undefined,
        watermark: watermarkAfter(session, page),
      },
      state: {
        unreadable: stillUnreadable((await stateOf(now, shop)).unreadable, page.listings),
        lastAnswerAt: deps.clock.now(),
        clockAheadMs: page.clockOffMs ?? millisecondsOf(page.asOf) - millisecondsOf(deps.clock.now()),
      },
    };
  });
}

/** The shop's clock before the first page; none when it cannot be trusted: then the next reading is whole. */
function watermarkAfter(session: SyncSession, page: ListingPage): Instant | undefined {
  if (page.clockOffMs !== undefined) session.progress.clockOff = true;
  return session.progress.clockOff === true ? undefined : (session.progress.run.watermark ?? page.asOf);
}
