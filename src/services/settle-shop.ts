import { refKey } from '../domain/changes.ts';
import type { Conflict } from '../domain/conflict.ts';
import { type Departures, departuresOf, mustAsk } from '../domain/departure.ts';
import type { ListingRef } from '../domain/ids.ts';
import type { Integration } from '../domain/integration.ts';
import { type Listing, linkable } from '../domain/listing.ts';
import { settle } from '../domain/reconcile.ts';
import { compareTurns, mustAskById } from '../domain/tell-apart.ts';
import { confirmAbsence } from './confirm-absence.ts';
import { gatherFacts } from './gather-facts.ts';
import { type Asking, lookOf, type Reading, report, writeStep } from './reading.ts';

const chunkSize = 500;
const mostRounds = 50;

/** What remains once every page was read: contests, links that go, and what was not shown. Answers links held back. */
export async function settleShop(reading: Asking): Promise<number | undefined> {
  report(reading, 'settling');
  await askAboutCompany(reading);
  const departures = await departuresIn(reading);
  const vanishing = departures.resting.length + departures.unseen.length;
  const asking = mustAsk(departures, reading.run);
  if (asking && reading.request.acceptRemovals !== vanishing) {
    await untilNothingMoves(reading, departures);
    return vanishing;
  }
  if (asking) await noteAnswer(reading, vanishing);
  await untilNothingMoves(reading);
  const suspects = [...departures.unseen, ...departures.unseenUnlinked];
  if (suspects.length > 0) {
    report(reading, 'confirming-absence');
    await confirmAbsence(reading, suspects);
    await untilNothingMoves(reading);
  }
  return undefined;
}

/** Settles what nobody doubts first, so that a new item number is judged beside all others; takes no link away yet. */
async function askAboutCompany(reading: Asking): Promise<void> {
  const doubtful = await companyInDoubt(reading);
  if (doubtful.length === 0) return;
  await untilNothingMoves(reading, await departuresIn(reading));
  await confirmAbsence(reading, doubtful);
}

async function companyInDoubt({ world, shop, run }: Reading): Promise<readonly ListingRef[]> {
  const listings = await world.store.listingsOn(shop.id);
  return listings
    .filter((listing) => mustAskById(listing, run))
    .toSorted(compareTurns)
    .map(({ ref }) => ref);
}

async function departuresIn({ world, shop, run }: Reading): Promise<Departures> {
  const [listings, integrations] = await Promise.all([
    world.store.listingsOn(shop.id),
    world.store.integrationsOn(shop.id),
  ]);
  return departuresOf({ listings, integrations }, run);
}

const noteAnswer = (reading: Reading, accepted: number) =>
  writeStep(reading, async () => {
    const { world, shop, run } = reading;
    const at = world.clock.now();
    const answer = { at, by: world.actor, type: 'sync-answered', shopId: shop.id, runId: run.id, accepted } as const;
    return { changes: { put: {}, drop: {}, events: [answer] } };
  });

/** Looks again at whatever is contested until a whole round changes nothing. Links held back are left alone. */
async function untilNothingMoves(reading: Reading, held?: Departures): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    const refs = await refsToLookAt(reading, held);
    let moved = 0;
    for (let start = 0; start < refs.length; start += chunkSize) {
      reading.signal.throwIfAborted();
      moved += await settleChunk(reading, refs.slice(start, start + chunkSize));
    }
    if (moved === 0) return;
  }
}

async function settleChunk(reading: Reading, refs: readonly ListingRef[]): Promise<number> {
  const events = await writeStep(reading, async (now) => {
    const notebook = await gatherFacts(now, { shop: reading.shop, again: refs });
    const look = lookOf(reading, notebook);
    for (const ref of refs) settle(ref, look, false);
    return { changes: notebook.changes() };
  });
  return events.length;
}

/** In turns that do not hang on the order of pages. */
async function refsToLookAt(reading: Reading, held?: Departures): Promise<readonly ListingRef[]> {
  const { store } = reading.world;
  const shopId = reading.shop.id;
  const [listings, integrations, conflicts] = await Promise.all([
    store.listingsOn(shopId),
    store.integrationsOn(shopId),
    store.conflictsOn(shopId),
  ]);
  const leftAlone = new Set([...(held?.resting ?? []), ...(held?.unseen ?? [])].map(refKey));
  return unsettled(listings, integrations, conflicts)
    .filter(({ ref }) => !leftAlone.has(refKey(ref)))
    .toSorted(compareTurns)
    .map(({ ref }) => ref);
}

/** Two things under one id, a conflict, for sale without a link, or linked and not for sale. */
function unsettled(
  listings: readonly Listing[],
  integrations: readonly Integration[],
  conflicts: readonly Conflict[],
): readonly Listing[] {
  const linked = new Set(integrations.map(({ ref }) => refKey(ref)));
  const contested = new Set(conflicts.map(({ ref }) => refKey(ref)));
  return listings.filter((listing) => {
    if (listing.copy !== undefined || listing.newcomer !== undefined) return true;
    const key = refKey(listing.ref);
    return linked.has(key) !== linkable(listing) || contested.has(key);
  });
}
