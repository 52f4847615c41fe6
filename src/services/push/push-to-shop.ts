import { sameRef } from '../../domain/changes.ts';
import type { PlanId } from '../../domain/ids.ts';
import { sameBase } from '../../domain/push/plan-row.ts';
import { shopQuantity } from '../../domain/push/shop-quantity.ts';
import { type PushRefusal, type PushRow, type PushRowResult, pushRowKey } from '../../domain/push-plan.ts';
import type { Shop } from '../../domain/shop.ts';
import type { PushOutcome, Quantity, ShopConnector } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { recordShopFailure, recordTold } from '../dependencies/record-shop-failure.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import type { ShopFailure } from '../dependencies/shop-failure.ts';
import { believedOutcomes } from './believed-outcomes.ts';
import { answerOrError, followShop } from './follow-shop.ts';
import { type PlannedCandidate, pushCandidates } from './push-candidates.ts';
import { recheckRows } from './recheck-rows.ts';
import { recordOutcomes, refuseUnlinked, resultOf, type Sent } from './record-push.ts';

export type ShopBatch = {
  readonly shop: Shop;
  readonly rows: readonly PushRow[];
  readonly planId: PlanId;
  /** Whether the plan is still ours to send: whoever was stopped in the middle may wake up long after it was not. */
  readonly isHeld: () => Promise<boolean>;
  readonly onResults: (results: readonly PushRowResult[]) => void;
};
/** How the rows of one shop fared; their results were told as they came. */
export type Delivery = { readonly trouble?: ShopFailure; readonly cancelled: boolean };

/** Tells one shop its rows, batch by batch. What one batch found out is written before the next goes out. */
export async function pushToShop(
  deps: ServiceDependencies,
  shopBatch: ShopBatch,
  signal: AbortSignal,
): Promise<Delivery> {
  const { shop, rows, onResults } = shopBatch;
  const connect = followShop(deps, shop, signal);
  for (let from = 0; from < rows.length; ) {
    if (signal.aborted || !(await shopBatch.isHeld())) return { cancelled: true };
    const connector = await connect();
    if (connector instanceof ShopError) return notStarted(deps, { ...shopBatch, rows: rows.slice(from) }, connector);
    const batch = rows.slice(from, from + Math.max(1, connector.can.pushBatch));
    from += batch.length;
    const trouble = await deliver(deps, { shopBatch, batch, connector }, signal);
    if (trouble === undefined) continue;
    if (trouble.kind === 'cancelled') return { cancelled: true };
    onResults(rows.slice(from).map((row) => refusedRow(row, whyUnsent(trouble))));
    await recordShopFailure(deps, shop, trouble, 'sending');
    return { trouble: { kind: trouble.kind, detail: trouble.detail }, cancelled: false };
  }
  return { cancelled: false };
}

/** Nobody there, or not the one that is meant: none of its rows goes out. */
async function notStarted(deps: ServiceDependencies, { shop, rows, onResults }: ShopBatch, trouble: ShopError) {
  if (trouble.kind === 'cancelled') return { cancelled: true };
  onResults(rows.map((row) => refusedRow(row, whyUnsent(trouble))));
  if (deps.connectors.hasCredentials(shop)) await recordShopFailure(deps, shop, trouble, 'sending');
  return { trouble: { kind: trouble.kind, detail: trouble.detail }, cancelled: false };
}

type Batch = { readonly shopBatch: ShopBatch; readonly batch: readonly PushRow[]; readonly connector: ShopConnector };

/** Sends what still is as it was previewed; answers the trouble that ends the shop's turn. */
async function deliver(
  deps: ServiceDependencies,
  { shopBatch, batch, connector }: Batch,
  signal: AbortSignal,
): Promise<ShopError | undefined> {
  const { ready, changed } = await reRead(deps, batch);
  shopBatch.onResults(await recordChangedRows(deps, changed, shopBatch.planId));
  const all = ready.map(({ place, row }): Sent => ({ place, row, planId: shopBatch.planId }));
  const sent = all.filter(({ row }) => row.unreadable === undefined);
  shopBatch.onResults(await refuseUnreadable(deps, all));
  if (sent.length === 0) return undefined;
  const quantities = sent.map(quantityOf);
  const outcomes = await answerOrError(() => connector.push(quantities, signal));
  if (outcomes instanceof ShopError) {
    // An answer that breaks off may follow a write that was made.
    const isLost = ['unreachable', 'unintelligible', 'cancelled'].includes(outcomes.kind);
    const why = isLost ? 'outcome-unknown' : whyUnsent(outcomes);
    const said = outcomes.detail.said;
    const known = quantities.map((quantity): PushOutcome => {
      return outcomes.settled?.get(quantity) ?? { ref: quantity.ref, kind: 'refused', why, said };
    });
    shopBatch.onResults(await recordTold(shopBatch.shop.name, () => recordOutcomes(deps, sent, known)));
    return outcomes;
  }
  const results = await recordTold(shopBatch.shop.name, async () => {
    const believed = await believedOutcomes(deps, { shop: shopBatch.shop, outcomes, connector }, signal);
    return recordOutcomes(deps, sent, believed);
  });
  const looked = await answerOrError(() => recheckRows(deps, connector, { refs: staleRefs(outcomes), signal }));
  shopBatch.onResults(await withRowsNow(deps, results));
  return looked instanceof ShopError ? looked : undefined;
}

/** A figure that cannot be read is not written over: nobody knows what would be lost. */
async function refuseUnreadable(deps: ServiceDependencies, rows: readonly Sent[]): Promise<readonly PushRowResult[]> {
  const refused = rows.flatMap((one) => {
    const { ref, unreadable } = one.row;
    if (ref === undefined || unreadable === undefined) return [];
    const said = `${unreadable.field}: ${unreadable.value}`;
    const outcome: PushOutcome = { ref, kind: 'refused', why: 'figure-unreadable', said };
    return [{ one, outcome }];
  });
  if (refused.length === 0) return [];
  return recordOutcomes(
    deps,
    refused.map(({ one }) => one),
    refused.map(({ outcome }) => outcome),
  );
}

/** Beside what the shop had changed, what would be sent now: read again, worked out again, for a person to see. */
async function withRowsNow(
  deps: ServiceDependencies,
  results: readonly PushRowResult[],
): Promise<readonly PushRowResult[]> {
  const changed = results.filter(({ kind }) => kind === 're-read');
  if (changed.length === 0) return results;
  const productIds = changed.map(({ productId }) => productId);
  const shopIds = [...new Set(changed.map(({ shopId }) => shopId))];
  const now = (await pushCandidates(deps, deps.store, { productIds, shopIds })).map(({ row }) => row);
  return results.map((result) =>
    result.kind === 're-read' ? { ...result, row: now.find((row) => pushRowKey(row) === pushRowKey(result)) } : result,
  );
}

/** Looks at each row once more: one whose sum, road or base changed since the preview is not sent. */
async function reRead(deps: ServiceDependencies, batch: readonly PushRow[]) {
  const productIds = batch.map(({ productId }) => productId);
  const shopIds = batch.slice(0, 1).map(({ shopId }) => shopId);
  const now = new Map(
    (await pushCandidates(deps, deps.store, { productIds, shopIds })).map((one) => [pushRowKey(one.row), one]),
  );
  const ready: PlannedCandidate[] = [];
  const changed: PushRow[] = [];
  for (const row of batch) {
    const one = now.get(pushRowKey(row));
    if (one !== undefined && sameBase(row, one.row)) ready.push(one);
    else changed.push(one?.row ?? { ...row, kind: 'skip', why: withoutRow(now, row) });
  }
  return { ready, changed };
}

/** What was planned as one figure and is told by location now, or the other way round, is another row: not to be sent. */
const withoutRow = (now: ReadonlyMap<string, PlannedCandidate>, row: PushRow): PushRefusal =>
  [...now.values()].some((one) => one.row.productId === row.productId && one.place.integration !== undefined)
    ? 'location-missing'
    : 'no-integration';

async function recordChangedRows(
  deps: ServiceDependencies,
  changed: readonly PushRow[],
  planId: PlanId,
): Promise<readonly PushRowResult[]> {
  const unlinked = changed.filter((row) => row.kind === 'skip' && row.why === 'no-integration');
  const others = changed.filter((row) => !unlinked.includes(row));
  const reRead = others.map((row): PushRowResult => {
    return resultOf(row, { kind: 're-read', now: row.willBe, row });
  });
  return [...(await refuseUnlinked(deps, unlinked, planId)), ...reRead];
}

/** The figure with what the shop is believed to have, so that a shop which can compares before it sets. */
function quantityOf({ place, row, planId }: Sent): Quantity {
  const ref = place.integration?.ref;
  if (ref === undefined) throw new Error(`a row without a link was to be sent: ${row.productId}`);
  const expected = shopQuantity(place.integration, place.listing);
  const location = row.shopLocation?.id;
  const key = [planId, row.productId, row.willBe, ...(location === undefined ? [] : [location])].join('/');
  return { ref, location, quantity: row.willBe, key, sku: place.listing?.sku, expected };
}

const staleRefs = (outcomes: readonly PushOutcome[]) =>
  outcomes
    .flatMap(({ kind, ref }) => (kind === 'stale' ? [ref] : []))
    .filter((ref, place, all) => {
      return all.findIndex((other) => sameRef(other, ref)) === place;
    });

const refusedRow = (row: PushRow, why: PushRefusal): PushRowResult => resultOf(row, { kind: 'refused', why });

const whyUnsent = (error: ShopError): PushRefusal =>
  error.kind === 'forbidden' || error.kind === 'unauthorized' ? 'no-permission' : 'shop-unreachable';
