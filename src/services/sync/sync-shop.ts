import { noChanges } from '../../domain/changes.ts';
import { toActId } from '../../domain/ids.ts';
import type { Run, RunOutcome, Shop, ShopState, UnreadableRow } from '../../domain/shop.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { connectOrThrow } from '../dependencies/connect-verified.ts';
import { oneAct } from '../dependencies/one-act.ts';
import { passed, type ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { keptTrouble, type ShopFailure } from '../dependencies/shop-failure.ts';
import { takeTurn } from '../dependencies/take-turn.ts';
import { forgetStrangersOf } from './forget-strangers.ts';
import { beginWhole, readPages } from './read-pages.ts';
import { readSales } from './read-sales.ts';
import { readStock } from './read-stock.ts';
import { resolveShop } from './resolve-shop.ts';
import { changedAnything } from './run-counts.ts';
import type { SyncRequest, SyncResult } from './sync-service.ts';
import { beginRun, type ConnectedSession, report, type SyncSession, stateOf, writeStep } from './sync-session.ts';
import { verifyIdentity } from './verify-identity.ts';

/** Reads one shop and brings our links in line. One process at a time; what was read before an interruption counts. */
export async function syncShop(
  given: ServiceDependencies,
  shop: Shop,
  request: SyncRequest,
  signal: AbortSignal,
): Promise<SyncResult> {
  const asked = { ...given, name: `sync-${shop.id}`, doing: `syncing ${shop.id}`, signal };
  const { value, by } = await takeTurn(asked, async ({ store, lost }) => {
    const deps = { ...given, store };
    const run = await beginRun(deps, shop, request.full === true);
    const began = { at: passed(deps.clock), seen: run.counts.seen, cursor: run.cursor };
    const session = {
      deps: oneAct(deps, toActId(run.id)),
      shop,
      request,
      signal: AbortSignal.any([signal, lost]),
      lost,
      began,
      workedBefore: run.workedMs ?? 0,
      progress: { run, clock: {} },
    };
    return readToEnd(session);
  });
  return by === undefined ? value : { shopId: shop.id, ...value, busy: by, cancelled: false };
}

async function readToEnd(session: SyncSession): Promise<SyncResult> {
  const { shop, signal } = session;
  try {
    signal.throwIfAborted();
    const identified = await verifyIdentity({ ...session, connector: connectOrThrow(session.deps, shop) });
    // Prices are read in the currency that the shop has just told.
    const connector = connectOrThrow(session.deps, identified);
    const connected: ConnectedSession = { ...session, shop: identified, connector };
    if (shop.timeZone !== undefined && shop.timeZone !== identified.timeZone) await beginWhole(connected);
    await readPages(connected);
    await readSales(connected);
    const heldBefore = await resolveShop(connected);
    const held = (await readStock(connected)) ? await resolveShop(connected) : heldBefore;
    await finish(connected, held);
    report(connected, 'done');
    return { shopId: shop.id, run: session.progress.run, wouldRemove: held, cancelled: false };
  } catch (trouble) {
    return failRun(session, trouble);
  }
}

/** The sync reached its end. What was held back does not count as complete: nothing is concluded from it. */
async function finish(session: ConnectedSession, held: number | undefined): Promise<void> {
  const { deps, shop } = session;
  const listings = (await deps.store.counts()).shops.find(({ shopId }) => shopId === shop.id)?.listings ?? 0;
  await writeStep(session, async (now) => {
    const at = deps.clock.now();
    const { unreadable = [] } = session.progress.run;
    const outcome: RunOutcome =
      held !== undefined ? 'stopped-by-guard' : changedAnything(session.progress.run.counts) ? 'changed' : 'unchanged';
    const run: Run = {
      ...session.progress.run,
      endedAt: at,
      status: 'finished',
      outcome,
      cursor: undefined,
      heldRemovals: held,
      unreadable: unreadable.length === 0 ? undefined : unreadable.slice(0, maxRowsTold),
      workedMs: workedMs(session),
    };
    const { id: runId, startedAt, kind, watermark } = run;
    const before = (await stateOf(now, shop)).unreadable;
    const complete = kind === 'full' && held === undefined ? { lastComplete: { runId, startedAt, at, listings } } : {};
    const stockRead = kind === 'full' ? { stockReadAt: startedAt, heldSignals: undefined } : {};
    const concluded =
      held === undefined ? { watermark, lastTrouble: undefined, ...complete } : { lastTrouble: undefined };
    return {
      changes: { put: {}, drop: {}, events: [{ at, by: deps.actor, type: 'run-finished', run }] },
      run,
      state: {
        ...concluded,
        ...stockRead,
        lastAnswerAt: at,
        unreadable: unreadableNow(before, session),
        notBlind: notBlind(session),
      },
    };
  });
}

/** What its platform may not tell and this shop does, as far as its connector found out. */
function notBlind({ deps, shop, connector }: ConnectedSession): ShopState['notBlind'] {
  const all = deps.connectors.driver(shop.platform)?.capabilities.blindSpots ?? [];
  const lifted = all.filter((spot) => !connector.can.blindSpots.includes(spot));
  return lifted.length === 0 ? undefined : lifted;
}

/** So many rows are named in the log; the shop's card has more. */
const maxRowsTold = 20;

/** What was worked on a run so far: pauses between its parts are nobody's waiting. */
const workedMs = ({ deps, began, workedBefore }: SyncSession): number =>
  workedBefore + Math.max(0, passed(deps.clock) - began.at);

/** A full sync knows every row that cannot be read; one of changes adds to them, and nothing it showed is among them. */
function unreadableNow(before: ShopState['unreadable'], { progress: { run } }: SyncSession): ShopState['unreadable'] {
  const found = run.unreadable ?? [];
  const kept = run.kind === 'full' ? [] : (before ?? []).filter((row) => !found.some((one) => sameRow(one, row)));
  const rows = [...found, ...kept];
  return rows.length === 0 ? undefined : rows;
}

const sameRow = (a: UnreadableRow, b: UnreadableRow): boolean =>
  a.shopProductId === b.shopProductId && a.shopVariantId === b.shopVariantId;

/** The sync ends before its end. Removes nothing; the cursor stays, so that the next one goes on from there. */
async function failRun(session: SyncSession, trouble: unknown): Promise<SyncResult> {
  const { deps, shop, signal } = session;
  if (signal.aborted) return interrupt(session);
  if (!(trouble instanceof ShopError)) {
    await interrupt(session);
    throw trouble;
  }
  await writeStep(session, async () => {
    const at = deps.clock.now();
    const kept = keptTrouble(trouble);
    const { status, ...ofRun } = kept;
    const run: Run = {
      ...session.progress.run,
      endedAt: at,
      status: 'interrupted',
      outcome: outcomeOf(trouble, session),
      trouble: ofRun,
      workedMs: workedMs(session),
      ...(isToBeginAnew(trouble, session) ? { cursor: undefined, readToEnd: undefined } : {}),
    };
    // What was known of the shop may be overwritten with nonsense: the next sync is a full one.
    const anew = trouble.detail.distrusted === true ? { watermark: undefined } : {};
    return {
      changes: { put: {}, drop: {}, events: [{ at, by: deps.actor, type: 'run-finished', run }] },
      run,
      state: { lastTrouble: { at, ...kept }, ...anew },
    };
  });
  if (trouble.detail.distrusted === true) await forgetStrangersOf(deps, shop, session.progress.run.id);
  return { shopId: shop.id, run: session.progress.run, trouble: failureOf(trouble), cancelled: false };
}

/**
 * What another shop showed is not gone on with, nor what one out of its mind did; nor is a reading that was taken up
 * again and made no sense at once: from the same place it would end the same way, long after the shop is itself again.
 */
const isToBeginAnew = ({ kind, detail }: ShopError, { began, progress: { run } }: SyncSession): boolean =>
  kind === 'another-shop' ||
  detail.distrusted === true ||
  (kind === 'unintelligible' && began.cursor !== undefined && began.cursor === run.cursor);

export const failureOf = ({ kind, detail }: ShopError): ShopFailure => ({ kind, detail });

function outcomeOf(trouble: ShopError, { progress: { run } }: SyncSession): RunOutcome {
  if (run.counts.seen > 0) return 'partial';
  return trouble.temporary ? 'unreachable' : 'refused';
}

/** Stopped by a person, or by a bug. Where the lease was lost another process may be at it, so nothing is written. */
async function interrupt(session: SyncSession): Promise<SyncResult> {
  const { deps, shop } = session;
  const { run } = session.progress;
  if (!session.lost.aborted) {
    const outcome = run.counts.seen > 0 ? 'partial' : undefined;
    await writeStep(session, async () => ({
      changes: noChanges,
      run: { status: 'interrupted', outcome, endedAt: deps.clock.now(), workedMs: workedMs(session) },
    }));
  }
  return { shopId: shop.id, run: session.progress.run, cancelled: true };
}
