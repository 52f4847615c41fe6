import { refKey } from '../../domain/changes.ts';
import type { ListingRef } from '../../domain/ids.ts';
import type { Listing } from '../../domain/listing.ts';
import { chunks } from '../../domain/lists/chunks.ts';
import {
  inResolvingOrder,
  mustAskById,
  type ResolvingPlace,
  resolvingPlace,
} from '../../domain/reconcile/duplicates.ts';
import {
  inactiveIn,
  missedIn,
  needsConfirmation,
  type PendingRemovals,
} from '../../domain/reconcile/pending-removals.ts';
import { type MatchBasis, resolve } from '../../domain/reconcile/reconcile.ts';
import { assertSameShop } from '../dependencies/connect-verified.ts';
import { loadChangeSet } from '../reconcile/load-change-set.ts';
import { askById } from './confirm-absence.ts';
import { forgetOrAsk } from './forget-strangers.ts';
import { maxUnreadable } from './read-pages.ts';
import {
  allOver,
  type ConnectedSession,
  contextOf,
  loopTurns,
  report,
  type SyncSession,
  stepsAtOnce,
  writeStep,
} from './sync-session.ts';

const chunkSize = 500;
const maxRounds = 50;

/** What remains once every page was read: what was not shown, links that go, and contests. Answers links held back. */
export async function resolveShop(session: ConnectedSession): Promise<number | undefined> {
  report(session, 'settling');
  // Who answered when the reading began may not be who answers now; links go and move by the right one's word alone.
  await assertSameShop(session.shop, session.connector, session.signal);
  let open = await lookAtOpen(session);
  if (open.duplicates.length > 0) {
    await askById(session, open.duplicates);
    open = await lookAtOpen(session);
  }
  const removals = await loadPendingRemovals(session, open.inactive);
  const vanishing = removals.inactive.length + removals.unseen.length;
  const confirming = needsConfirmation(removals, session.progress.run);
  if (confirming && session.request.acceptRemovals !== vanishing) {
    await resolveAll(session, open, removals);
    return vanishing;
  }
  if (confirming) await recordConfirmation(session, vanishing);
  const suspects = [...removals.unseen, ...(await forgetOrAsk(session.deps, removals.unseenUnlinked))];
  if (suspects.length > 0) report(session, 'confirming-absence');
  await askById(session, suspects);
  await resolveAll(session, suspects.length + removals.unseenUnlinked.length === 0 ? open : await lookAtOpen(session));
  return undefined;
}

/** What is perhaps not settled: all of it to be resolved, some of it to be asked about, and links that would go by it. */
type OpenNow = {
  readonly places: readonly ResolvingPlace[];
  readonly duplicates: readonly ListingRef[];
  readonly inactive: readonly ListingRef[];
};

async function lookAtOpen(session: SyncSession): Promise<OpenNow> {
  const { id } = session.progress.run;
  const places: ResolvingPlace[] = [];
  const duplicates: ListingRef[] = [];
  const inactive: ListingRef[] = [];
  for await (const { listings, isLinked } of openListings(session)) {
    for (const listing of listings) {
      places.push(resolvingPlace(listing, isLinked(listing)));
      if (mustAskById(listing, id)) duplicates.push(listing.ref);
    }
    inactive.push(...inactiveIn(listings, isLinked));
  }
  return { places, duplicates, inactive };
}

async function loadPendingRemovals(session: SyncSession, inactiveNow: readonly ListingRef[]): Promise<PendingRemovals> {
  const { deps, shop } = session;
  const { run } = session.progress;
  const unseen: ListingRef[] = [];
  const unseenUnlinked: ListingRef[] = [];
  // Of so many unreadable rows not all can be told apart: then nothing is concluded from what was not shown.
  if ((run.unreadable?.length ?? 0) < maxUnreadable) {
    for await (const { listings, isLinked } of missedListings(session)) {
      const missed = missedIn(listings, isLinked, run);
      unseen.push(...missed.unseen);
      unseenUnlinked.push(...missed.unseenUnlinked);
    }
  }
  const listed = new Set(unseen.map(refKey));
  const inactive = inactiveNow.filter((ref) => !listed.has(refKey(ref)));
  const counts = (await deps.store.counts()).shops.find(({ shopId }) => shopId === shop.id);
  return { inactive, unseen, unseenUnlinked, links: counts?.integrations ?? 0 };
}

type ListingsWithLinks = {
  readonly listings: readonly Listing[];
  readonly isLinked: (listing: Listing) => boolean;
};

/** What is perhaps not settled, by the page. */
const openListings = (session: SyncSession): AsyncGenerator<ListingsWithLinks> =>
  withLinks(session, (after) => session.deps.store.openListings({ shopId: session.shop.id, after, limit: chunkSize }));

/** What the run did not show though it was asked for, by the page: after one of changes, variants of what it showed. */
const missedListings = (session: SyncSession): AsyncGenerator<ListingsWithLinks> => {
  const { store } = session.deps;
  const about = { shopId: session.shop.id, runId: session.progress.run.id, limit: chunkSize };
  return withLinks(session, (after) =>
    session.progress.run.kind === 'full'
      ? store.unseenListings({ ...about, after })
      : store.unseenVariants({ ...about, after }),
  );
};

async function* withLinks(
  { deps }: SyncSession,
  ask: (after: ListingRef | undefined) => Promise<readonly Listing[]>,
): AsyncGenerator<ListingsWithLinks> {
  for (let after: ListingRef | undefined; ; ) {
    const listings = await ask(after);
    const links = await deps.store.integrationsAt(listings.map(({ ref }) => ref));
    const linked = new Set(links.map(({ ref }) => refKey(ref)));
    yield { listings, isLinked: ({ ref }) => linked.has(refKey(ref)) };
    if (listings.length < chunkSize) return;
    after = listings.at(-1)?.ref;
  }
}

const recordConfirmation = (session: SyncSession, accepted: number) =>
  writeStep(session, async () => {
    const { deps, shop } = session;
    const { run } = session.progress;
    const at = deps.clock.now();
    const answer = { at, by: deps.actor, type: 'sync-answered', shopId: shop.id, runId: run.id, accepted } as const;
    return { changes: { put: {}, drop: {}, events: [answer] } };
  });

/** What has a name goes before what is guessed by EAN or origin. Links held back are left alone. */
async function resolveAll(session: SyncSession, open: OpenNow, held?: PendingRemovals): Promise<void> {
  const unresolved = await resolveUntilStable(session, { basis: 'named', open, held });
  if (unresolved > 0) await resolveUntilStable(session, { basis: 'all', open: await lookAtOpen(session), held });
}

type Resolving = { readonly basis: MatchBasis; readonly open: OpenNow; readonly held?: PendingRemovals };

/** Looks again at whatever is not settled until a whole round changes nothing. Answers how many were looked at last. */
async function resolveUntilStable(session: SyncSession, { basis, open, held }: Resolving): Promise<number> {
  const leftAlone = new Set([...(held?.inactive ?? []), ...(held?.unseen ?? [])].map(refKey));
  let { places } = open;
  for (let round = 0; round < maxRounds; round += 1) {
    // In turns that do not hang on the order of pages.
    const refs = inResolvingOrder(places.filter(({ ref }) => !leftAlone.has(refKey(ref))));
    let moved = 0;
    for (const some of chunks(chunks(refs, chunkSize), stepsAtOnce(session))) {
      session.signal.throwIfAborted();
      const movedEach = await allOver(some.map((chunk) => resolveChunk(session, chunk, basis)));
      moved += movedEach.reduce((sum, one) => sum + one, 0);
      if (refs.length > chunkSize) report(session, 'settling');
    }
    if (moved === 0) return refs.length;
    places = (await lookAtOpen(session)).places;
  }
  return maxRounds;
}

async function resolveChunk(session: SyncSession, refs: readonly ListingRef[], basis: MatchBasis): Promise<number> {
  const events = await writeStep(session, async (now) => {
    // Steps that share the wait for the disk would keep the processor until all are made.
    if (stepsAtOnce(session) > 1) await loopTurns();
    const changeSet = await loadChangeSet(now, { shop: session.shop, again: refs });
    const context = contextOf(session, changeSet);
    for (const ref of refs) resolve(ref, context, basis);
    return { changes: changeSet.changes() };
  });
  return events.length;
}
