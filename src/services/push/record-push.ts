import { placeKey, refKey, sameRef } from '../../domain/changes.ts';
import type { DomainEvent } from '../../domain/event.ts';
import type { PlanId } from '../../domain/ids.ts';
import type { ConfirmedAtLocation, Integration } from '../../domain/integration.ts';
import type { Listing } from '../../domain/listing.ts';
import { confirmedAt, stockWith } from '../../domain/push/at-shop-location.ts';
import type { PushCandidate } from '../../domain/push/push-candidate.ts';
import type { PushRefusal, PushRow, PushRowResult } from '../../domain/push-plan.ts';
import type { Shop } from '../../domain/shop.ts';
import type { PushOutcome } from '../../ports/shop-connector.ts';
import type { StoreReader } from '../../ports/store.ts';
import { changesFromEvents } from '../dependencies/changes-from-events.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';

/** A row on its way, with what it rested on when it left. */
export type Sent = { readonly place: PushCandidate; readonly row: PushRow; readonly planId: PlanId };
type RowOutcome<Union = PushRowResult> = Union extends unknown
  ? Omit<Union, 'productId' | 'shopId' | 'shopLocation' | 'wanted'>
  : never;

export const resultOf = (row: PushRow, how: RowOutcome): PushRowResult => {
  const { productId, shopId, shopLocation, willBe: wanted } = row;
  return { productId, shopId, ...(shopLocation === undefined ? {} : { shopLocation }), wanted, ...how };
};

/** Writes what a shop answered to a batch. A late answer never overwrites what another push had confirmed since. */
export async function recordOutcomes(
  deps: ServiceDependencies,
  sent: readonly Sent[],
  outcomes: readonly PushOutcome[],
): Promise<readonly PushRowResult[]> {
  let results: readonly PushRowResult[] = [];
  await deps.store.change(async (now) => {
    const links = await now.integrationsOf(sent.map(({ row }) => row.productId));
    const linkOf = new Map(links.map((link) => [placeKey(link.productId, link.ref.shopId), link]));
    const told = new Map<string, readonly ConfirmedAtLocation[]>();
    const judged = sent.map((one, place) => {
      const key = placeKey(one.row.productId, one.row.shopId);
      const link = linkOf.get(key);
      const judgement = resultFor(deps, one, { outcome: outcomes[place], link });
      const before = told.get(key) ?? mappedOf(one.place.shop, link);
      const { event, confirmed } = withSum(judgement.event, before);
      told.set(key, confirmed);
      return { ...judgement, event };
    });
    results = judged.map(({ result }) => result);
    const events = judged.flatMap(({ event }) => event ?? []);
    const changes = await changesFromEvents(now, events);
    return { ...changes, put: { ...changes.put, listings: await answeredListings(now, events) } };
  });
  return results;
}

/** What was sent to those locations of a shop that it is told at today. */
const mappedOf = ({ shopLocations = [] }: Shop, link: Integration | undefined): readonly ConfirmedAtLocation[] =>
  (link?.pushed?.locations ?? []).filter(({ id }) => shopLocations.some((one) => one.id === id));

/** An event of one location with what all of them were told by then, and what that is. */
function withSum(
  event: DomainEvent | undefined,
  before: readonly ConfirmedAtLocation[],
): { readonly event: DomainEvent | undefined; readonly confirmed: readonly ConfirmedAtLocation[] } {
  if (event?.type !== 'stock-pushed' || event.shopLocation === undefined) return { event, confirmed: before };
  const { id } = event.shopLocation;
  const confirmed = [...before.filter((one) => one.id !== id), { id, quantity: event.quantity, at: event.at }];
  const inAll = confirmed.reduce((sum, { quantity }) => sum + quantity, 0);
  return { event: { ...event, shopLocation: { ...event.shopLocation, inAll } }, confirmed };
}

/**
 * The figure that a shop confirmed is what it says of the listing, from then on; and that it counts none is, too: a list
 * of products does not tell it everywhere, and the next plan would offer to send again.
 */
async function answeredListings(now: StoreReader, events: readonly DomainEvent[]): Promise<readonly Listing[]> {
  const uncounted = events.flatMap((event) =>
    event.type === 'push-refused' && event.why === 'not-tracked-in-shop' && event.ref !== undefined ? [event] : [],
  );
  const seenAt = new Map(uncounted.map(({ ref, at }) => [ref === undefined ? '' : refKey(ref), at]));
  const known = await now.listingsAt(uncounted.flatMap(({ ref }) => ref ?? []));
  const told = known.map(
    (listing): Listing => ({ ...listing, stock: { tracked: false }, stockSeenAt: seenAt.get(refKey(listing.ref)) }),
  );
  return [...told, ...(await confirmedListings(now, events))];
}

async function confirmedListings(now: StoreReader, events: readonly DomainEvent[]): Promise<readonly Listing[]> {
  const pushed = events.flatMap((event) => (event.type === 'stock-pushed' ? [event] : []));
  const confirmed = Map.groupBy(pushed, ({ ref }) => refKey(ref));
  const listings = await now.listingsAt([...confirmed.values()].flatMap(([first]) => first?.ref ?? []));
  return listings.map((listing) => {
    let { stock } = listing;
    for (const { quantity, shopLocation } of confirmed.get(refKey(listing.ref)) ?? [])
      stock = stockWith(stock, quantity, shopLocation?.id);
    return { ...listing, stock };
  });
}

type Answer = { readonly outcome: PushOutcome | undefined; readonly link: Integration | undefined };
type JudgedRow = { readonly result: PushRowResult; readonly event?: DomainEvent };

function resultFor(deps: ServiceDependencies, { place, row, planId }: Sent, { outcome, link }: Answer): JudgedRow {
  const stamp = { at: deps.clock.now(), by: deps.actor };
  const { productId, shopId, shopLocation, willBe: quantity, held } = row;
  if (outcome?.kind === 'set' && link !== undefined) {
    const there = shopLocation === undefined ? link : confirmedAt(link, shopLocation.id);
    if (place.integration === undefined || !sameRef(place.integration.ref, link.ref)) return overtaken(row);
    if (!sameLink(place.integration, there)) return { result: resultOf(row, { kind: 'superseded' }) };
    const was = outcome.was === undefined ? {} : { was: outcome.was };
    const kept = held === undefined ? {} : { held };
    const { ref } = link;
    const told = shopLocation === undefined ? {} : { shopLocation: { ...shopLocation, inAll: outcome.quantity } };
    return {
      result: resultOf(row, outcome.was === outcome.quantity ? { kind: 'already-there' } : { kind: 'sent', ...was }),
      event: {
        ...stamp,
        type: 'stock-pushed',
        productId,
        ref,
        quantity: outcome.quantity,
        planId,
        ...was,
        ...kept,
        ...told,
      },
    };
  }
  if (outcome?.kind === 'set') return overtaken(row);
  const { why, said } = refusalOf(outcome);
  const words = said === undefined ? {} : { said };
  return {
    result: resultOf(
      row,
      outcome?.kind === 'stale'
        ? { kind: 're-read', now: outcome.shopHas, written: outcome.written }
        : { kind: 'refused', why, ...words },
    ),
    event: {
      ...stamp,
      type: 'push-refused',
      productId,
      shopId,
      quantity,
      why,
      planId,
      ...(row.ref ? { ref: row.ref } : {}),
      ...(shopLocation === undefined ? {} : { shopLocation }),
      ...words,
    },
  };
}

/** The shop has the figure, and who removed or moved the link meanwhile settled what comes next. */
const overtaken = (row: PushRow): JudgedRow => ({ result: resultOf(row, { kind: 'superseded', unlinked: true }) });

/** Whether the link is the one that the row left over, and nothing newer was confirmed on it meanwhile. */
const sameLink = (left: Integration | undefined, now: Integration): boolean =>
  left !== undefined &&
  sameRef(left.ref, now.ref) &&
  left.pushed?.at === now.pushed?.at &&
  left.pushed?.quantity === now.pushed?.quantity;

function refusalOf(outcome: PushOutcome | undefined): { readonly why: PushRefusal; readonly said?: string } {
  if (outcome?.kind === 'refused') return outcome;
  return { why: outcome?.kind === 'stale' ? 'sold-in-between' : 'outcome-unknown' };
}

/** No integration, no traffic: refused here, and recorded, never silently dropped (S3, S4, I3). */
export async function refuseUnlinked(
  deps: ServiceDependencies,
  rows: readonly PushRow[],
  planId: PlanId,
): Promise<readonly PushRowResult[]> {
  if (rows.length === 0) return [];
  const stamp = { at: deps.clock.now(), by: deps.actor };
  await deps.store.change(async () => ({
    put: {},
    drop: {},
    events: rows.map(({ productId, shopId, willBe: quantity }): DomainEvent => {
      return { ...stamp, type: 'push-refused', productId, shopId, quantity, why: 'no-integration', planId };
    }),
  }));
  return rows.map((row) => resultOf(row, { kind: 'refused', why: 'no-integration' }));
}
