import { refKey } from '../../domain/changes.ts';
import type { ListingRef } from '../../domain/ids.ts';
import { type Listing, linkable } from '../../domain/listing.ts';
import { mustAskById, orderedByPriority } from '../../domain/reconcile/duplicates.ts';
import { skuOf } from '../../domain/reconcile/match.ts';
import { needsConfirmation, type PendingRemovals, pendingRemovals } from '../../domain/reconcile/pending-removals.ts';
import { type MatchBasis, resolve } from '../../domain/reconcile/reconcile.ts';
import { assertSameShop } from '../dependencies/connect-verified.ts';
import { loadChangeSet } from '../reconcile/load-change-set.ts';
import { askById } from './confirm-absence.ts';
import { maxUnreadable } from './read-pages.ts';
import { type ConnectedSession, contextOf, report, type SyncSession, writeStep } from './sync-session.ts';

const chunkSize = 500;
const maxRounds = 50;

/** What remains once every page was read: what was not shown, links that go, and contests. Answers links held back. */
export async function resolveShop(session: ConnectedSession): Promise<number | undefined> {
  report(session, 'settling');
  // Who answered when the reading began may not be who answers now; links go and move by the right one's word alone.
  await assertSameShop(session.shop, session.connector, session.signal);
  await askById(session, await duplicatesToCheck(session));
  const removals = await loadPendingRemovals(session);
  const vanishing = removals.inactive.length + removals.unseen.length;
  const confirming = needsConfirmation(removals, session.run);
  if (confirming && session.request.acceptRemovals !== vanishing) {
    await resolveAll(session, removals);
    return vanishing;
  }
  if (confirming) await recordConfirmation(session, vanishing);
  const suspects = [...removals.unseen, ...removals.unseenUnlinked];
  if (suspects.length > 0) report(session, 'confirming-absence');
  await askById(session, suspects);
  await resolveAll(session);
  return undefined;
}

async function duplicatesToCheck({ deps, shop, run }: SyncSession): Promise<readonly ListingRef[]> {
  const listings = await deps.store.listingsOn(shop.id);
  return listings.filter((listing) => mustAskById(listing, run.id)).map(({ ref }) => ref);
}

async function loadPendingRemovals({ deps, shop, run }: SyncSession): Promise<PendingRemovals> {
  const [listings, integrations] = await Promise.all([
    deps.store.listingsOn(shop.id),
    deps.store.integrationsOn(shop.id),
  ]);
  const pending = pendingRemovals({ listings, integrations }, run);
  // Of so many unreadable rows not all can be told apart: then nothing is concluded from what was not shown.
  const tooMany = (run.unreadable?.length ?? 0) >= maxUnreadable;
  return tooMany ? { ...pending, unseen: [], unseenUnlinked: [] } : pending;
}

const recordConfirmation = (session: SyncSession, accepted: number) =>
  writeStep(session, async () => {
    const { deps, shop, run } = session;
    const at = deps.clock.now();
    const answer = { at, by: deps.actor, type: 'sync-answered', shopId: shop.id, runId: run.id, accepted } as const;
    return { changes: { put: {}, drop: {}, events: [answer] } };
  });

/** What has a name goes before what is guessed by EAN or origin. Links held back are left alone. */
async function resolveAll(session: SyncSession, held?: PendingRemovals): Promise<void> {
  const unresolved = await resolveUntilStable(session, 'named', held);
  if (unresolved > 0) await resolveUntilStable(session, 'all', held);
}

/** Looks again at whatever is not settled until a whole round changes nothing. Answers how many were looked at last. */
async function resolveUntilStable(session: SyncSession, basis: MatchBasis, held?: PendingRemovals): Promise<number> {
  for (let round = 0; round < maxRounds; round += 1) {
    const refs = await unresolvedRefs(session, held);
    let moved = 0;
    for (let start = 0; start < refs.length; start += chunkSize) {
      session.signal.throwIfAborted();
      moved += await resolveChunk(session, refs.slice(start, start + chunkSize), basis);
      if (refs.length > chunkSize) report(session, 'settling');
    }
    if (moved === 0) return refs.length;
  }
  return maxRounds;
}

async function resolveChunk(session: SyncSession, refs: readonly ListingRef[], basis: MatchBasis): Promise<number> {
  const events = await writeStep(session, async (now) => {
    const changeSet = await loadChangeSet(now, { shop: session.shop, again: refs });
    const context = contextOf(session, changeSet);
    for (const ref of refs) resolve(ref, context, basis);
    return { changes: changeSet.changes() };
  });
  return events.length;
}

/** In turns that do not hang on the order of pages. */
async function unresolvedRefs({ deps, shop }: SyncSession, held?: PendingRemovals): Promise<readonly ListingRef[]> {
  const { store } = deps;
  const [listings, integrations, conflicts] = await Promise.all([
    store.listingsOn(shop.id),
    store.integrationsOn(shop.id),
    store.conflictsOn(shop.id),
  ]);
  const linked = new Set(integrations.map(({ ref }) => refKey(ref)));
  const contested = new Set(conflicts.map(({ ref }) => refKey(ref)));
  const skus = listings.filter((listing) => !linkable(listing)).flatMap((listing) => skuOf(listing, shop) ?? []);
  const named = new Set((await store.productsBy({ skus })).map(({ sku }) => sku));
  const leftAlone = new Set([...(held?.inactive ?? []), ...(held?.unseen ?? [])].map(refKey));
  const isLinked = ({ ref }: Listing): boolean => linked.has(refKey(ref));
  const isResolved = (listing: Listing): boolean => {
    if (listing.beside?.some(({ goneAt }) => goneAt === undefined) || contested.has(refKey(listing.ref))) return false;
    if (isLinked(listing) || linkable(listing)) return isLinked(listing) === linkable(listing);
    return listing.sellable === 'parent' || listing.goneAt !== undefined || named.has(skuOf(listing, shop));
  };
  const unresolved = listings.filter((listing) => !leftAlone.has(refKey(listing.ref)) && !isResolved(listing));
  return orderedByPriority(unresolved, isLinked).map(({ ref }) => ref);
}
