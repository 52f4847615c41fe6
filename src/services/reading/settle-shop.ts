import { refKey } from '../../domain/changes.ts';
import type { ListingRef } from '../../domain/ids.ts';
import { type Departures, departuresOf, mustAsk } from '../../domain/linking/departure.ts';
import { skuOf } from '../../domain/linking/match.ts';
import { type Deciding, settle } from '../../domain/linking/reconcile.ts';
import { inTurns, mustAskById } from '../../domain/linking/tell-apart.ts';
import { type Listing, linkable } from '../../domain/listing.ts';
import { askById } from './confirm-absence.ts';
import { gatherFacts } from './gather-facts.ts';
import { type Asking, lookOf, type Reading, report, writeStep } from './reading.ts';

const chunkSize = 500;
const mostRounds = 50;

/** What remains once every page was read: what was not shown, links that go, and contests. Answers links held back. */
export async function settleShop(reading: Asking): Promise<number | undefined> {
  report(reading, 'settling');
  await askById(reading, await companyInDoubt(reading));
  const departures = await departuresIn(reading);
  const vanishing = departures.resting.length + departures.unseen.length;
  const asking = mustAsk(departures, reading.run);
  if (asking && reading.request.acceptRemovals !== vanishing) {
    await settleAll(reading, departures);
    return vanishing;
  }
  if (asking) await noteAnswer(reading, vanishing);
  const suspects = [...departures.unseen, ...departures.unseenUnlinked];
  if (suspects.length > 0) report(reading, 'confirming-absence');
  await askById(reading, suspects);
  await settleAll(reading);
  return undefined;
}

async function companyInDoubt({ world, shop, run }: Reading): Promise<readonly ListingRef[]> {
  const listings = await world.store.listingsOn(shop.id);
  return listings.filter((listing) => mustAskById(listing, run.id)).map(({ ref }) => ref);
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

/** What has a name goes before what is guessed by EAN or origin. Links held back are left alone. */
async function settleAll(reading: Reading, held?: Departures): Promise<void> {
  const open = await untilNothingMoves(reading, 'named', held);
  if (open > 0) await untilNothingMoves(reading, 'all', held);
}

/** Looks again at whatever is not settled until a whole round changes nothing. Answers how many were looked at last. */
async function untilNothingMoves(reading: Reading, deciding: Deciding, held?: Departures): Promise<number> {
  for (let round = 0; round < mostRounds; round += 1) {
    const refs = await refsToLookAt(reading, held);
    let moved = 0;
    for (let start = 0; start < refs.length; start += chunkSize) {
      reading.signal.throwIfAborted();
      moved += await settleChunk(reading, refs.slice(start, start + chunkSize), deciding);
      if (refs.length > chunkSize) report(reading, 'settling');
    }
    if (moved === 0) return refs.length;
  }
  return mostRounds;
}

async function settleChunk(reading: Reading, refs: readonly ListingRef[], deciding: Deciding): Promise<number> {
  const events = await writeStep(reading, async (now) => {
    const notebook = await gatherFacts(now, { shop: reading.shop, again: refs });
    const look = lookOf(reading, notebook);
    for (const ref of refs) settle(ref, look, deciding);
    return { changes: notebook.changes() };
  });
  return events.length;
}

/** In turns that do not hang on the order of pages. */
async function refsToLookAt({ world, shop }: Reading, held?: Departures): Promise<readonly ListingRef[]> {
  const { store } = world;
  const [listings, integrations, conflicts] = await Promise.all([
    store.listingsOn(shop.id),
    store.integrationsOn(shop.id),
    store.conflictsOn(shop.id),
  ]);
  const linked = new Set(integrations.map(({ ref }) => refKey(ref)));
  const contested = new Set(conflicts.map(({ ref }) => refKey(ref)));
  const skus = listings.filter((listing) => !linkable(listing)).flatMap((listing) => skuOf(listing, shop) ?? []);
  const named = new Set((await store.productsBy({ skus })).map(({ sku }) => sku));
  const leftAlone = new Set([...(held?.resting ?? []), ...(held?.unseen ?? [])].map(refKey));
  const isLinked = ({ ref }: Listing): boolean => linked.has(refKey(ref));
  const isSettled = (listing: Listing): boolean => {
    if (listing.beside?.some(({ goneAt }) => goneAt === undefined) || contested.has(refKey(listing.ref))) return false;
    if (isLinked(listing) || linkable(listing)) return isLinked(listing) === linkable(listing);
    return listing.sellable === 'parent' || listing.goneAt !== undefined || named.has(skuOf(listing, shop));
  };
  const open = listings.filter((listing) => !leftAlone.has(refKey(listing.ref)) && !isSettled(listing));
  return inTurns(open, isLinked).map(({ ref }) => ref);
}
