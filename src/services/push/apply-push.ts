import PQueue from 'p-queue';
import { noChanges } from '../../domain/changes.ts';
import type { ShopId } from '../../domain/ids.ts';
import { countGuards, type GuardQuestion, guardQuestions, holdingGuard } from '../../domain/push/push-guards.ts';
import { type PushPlan, type PushRow, type PushRowResult, pushRowKey } from '../../domain/push-plan.ts';
import { StoreError } from '../../ports/store-error.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { groupBy } from '../dependencies/group-by.ts';
import { Refusal } from '../dependencies/refusal.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import type { ShopFailure } from '../dependencies/shop-failure.ts';
import { type Turn, takeTurn } from '../dependencies/take-turn.ts';
import type { PushApply, PushResult } from './push-service.ts';
import { type Delivery, pushToShop } from './push-to-shop.ts';
import { refuseUnlinked, resultOf } from './record-push.ts';

/**
 * Applies a plan as it was seen, and no other: once, before it runs out. A guard is answered by the exact number of
 * rows that it holds, or its rows stay. Shops go side by side, and one shop's trouble does not stop another.
 */
export async function applyPush(
  deps: ServiceDependencies,
  request: PushApply,
  signal: AbortSignal,
): Promise<PushResult> {
  assertCanWrite(deps);
  const plan = await takePlan(deps, request);
  const answered = answeredBy(request);
  const held = heldRows(plan.rows, answered);
  // Nothing went out: the plan is as good as before, and the questions can still be answered.
  if (plan.appliedAt === undefined) return summaryOf(plan, held, []);
  const unlinked = plan.rows.filter((row) => row.kind === 'skip' && row.why === 'no-integration');
  const sending = plan.rows.filter((row) => isAnswered(row, answered));
  const total = held.length + unlinked.length + sending.length;
  const results: PushRowResult[] = [...held, ...(await refuseUnlinked(deps, unlinked, plan.id))];
  request.onProgress?.(results.length, total);
  const told = new Set<string>();
  const deliveries = await withLease(deps, { plan, signal }, ({ lost, isHeld }) =>
    deliverAll(deps, plan, {
      rows: sending.filter((row) => !told.has(pushRowKey(row))),
      signal: AbortSignal.any([signal, lost]),
      isHeld,
      onResults: (more) => {
        for (const result of more) told.add(pushRowKey(result));
        results.push(...more);
        request.onProgress?.(results.length, total);
      },
    }),
  );
  return summaryOf(plan, results, deliveries);
}

const leaseOf = ({ id }: PushPlan): string => `push-${id}`;

/** Others can see that the plan goes out; where not every row had its turn it stays open, to be offered again. */
async function withLease(
  deps: ServiceDependencies,
  { plan, signal }: { readonly plan: PushPlan; readonly signal: AbortSignal },
  deliver: (turn: Turn) => Promise<readonly Delivery[]>,
): Promise<readonly Delivery[]> {
  const asked = { ...deps, name: leaseOf(plan), doing: `pushing ${plan.id}`, signal };
  const { value } = await takeTurn(asked, async (turn) => {
    const deliveries = await deliver(turn);
    if (deliveries.some(({ cancelled }) => cancelled)) return deliveries;
    const ended = { ...plan, endedAt: deps.clock.now() };
    await deps.store.change(async () => ({ put: { plans: [ended] }, drop: {}, events: [] }));
    return deliveries;
  });
  return value ?? [{ cancelled: true }];
}

/** The newest plan, where it began to go out, did not come to its end, and nobody is at it now. */
export async function brokenPlan(deps: ServiceDependencies): Promise<PushPlan | undefined> {
  const [id] = await deps.store.planIds({ limit: 1 });
  const newest = id && (await deps.store.plan(id));
  if (newest?.appliedAt === undefined || newest.endedAt !== undefined) return undefined;
  return (await deps.leases.holder(leaseOf(newest))) === undefined ? newest : undefined;
}

type Answered = ReadonlySet<GuardQuestion>;

const answeredBy = ({ yes }: PushApply): Answered =>
  new Set(guardQuestions.filter((question) => yes?.[question] !== undefined));

const isAnswered = (row: PushRow, answered: Answered): boolean =>
  row.kind === 'send' && holdingGuard(row, answered) === undefined;

/** The plan, marked as applied in the same breath, so that no two can apply it; left open where guards hold every row. */
async function takePlan(deps: ServiceDependencies, request: PushApply): Promise<PushPlan> {
  const { planId, yes } = request;
  const answered = answeredBy(request);
  let taken: PushPlan | undefined;
  await deps.store.change(async (now) => {
    const plan = await now.plan(planId);
    if (plan === undefined) throw new Refusal('unknown-plan', { plan: planId });
    if (plan.appliedAt !== undefined) throw new Refusal('plan-applied', { plan: planId, at: plan.appliedAt });
    if (plan.expiresAt <= deps.clock.now()) throw new Refusal('plan-expired', { plan: planId, at: plan.expiresAt });
    checkNumbers(plan, yes ?? {});
    const sends = plan.rows.some(({ kind }) => kind === 'send');
    taken = plan;
    if (sends && !plan.rows.some((row) => isAnswered(row, answered))) return noChanges;
    taken = { ...plan, appliedAt: deps.clock.now() };
    return { put: { plans: [taken] }, drop: {}, events: [] };
  });
  if (taken === undefined) throw new Refusal('unknown-plan', { plan: planId });
  return taken;
}

/** A number that is not the right one answers nothing: whoever gave it has seen another plan. */
function checkNumbers(plan: PushPlan, yes: NonNullable<PushApply['yes']>): void {
  const counts = countGuards(plan.rows);
  for (const question of guardQuestions) {
    const given = yes[question];
    if (given === undefined || given === counts[question]) continue;
    throw new Refusal('needs-number', { guard: question, count: String(counts[question]), given: String(given) });
  }
}

const heldRows = (rows: readonly PushRow[], answered: ReadonlySet<GuardQuestion>): readonly PushRowResult[] =>
  rows.flatMap((row): readonly PushRowResult[] => {
    const guard = row.kind === 'send' ? holdingGuard(row, answered) : undefined;
    return guard === undefined ? [] : [resultOf(row, { kind: 'held-by-guard', guard })];
  });

type Sending = {
  readonly rows: readonly PushRow[];
  readonly signal: AbortSignal;
  readonly isHeld: Turn['isHeld'];
  readonly onResults: (results: readonly PushRowResult[]) => void;
};

/** Rows of a shop that was removed since: told and written down as what they are, not left out. */
async function refuseAll(
  deps: ServiceDependencies,
  { rows, plan, onResults }: Pick<Sending, 'rows' | 'onResults'> & { readonly plan: PushPlan },
): Promise<Delivery> {
  onResults(await refuseUnlinked(deps, rows, plan.id));
  return { cancelled: false };
}

async function deliverAll(deps: ServiceDependencies, plan: PushPlan, sending: Sending): Promise<readonly Delivery[]> {
  const shops = await deps.store.shops();
  const queue = new PQueue({ concurrency: deps.tuning.shopsAtOnce });
  const byShop = [...groupBy<PushRow, ShopId>(sending.rows, ({ shopId }) => shopId)];
  const settled = await Promise.allSettled(
    byShop.flatMap(([shopId, rows]) => {
      const { isHeld, onResults } = sending;
      const shop = shops.find(({ id }) => id === shopId);
      // Another shop may bear the id by now, which nobody saw in the plan.
      if (shop === undefined || shop.addedAt > plan.madeAt) return [refuseAll(deps, { rows, plan, onResults })];
      const shopBatch = { shop, rows, planId: plan.id, isHeld, onResults };
      return [queue.add(() => pushToShop(deps, shopBatch, sending.signal))];
    }),
  );
  // A bug or trouble with the store ends the call, but only once no shop is being told any more.
  const told = settled.flatMap((delivery) =>
    delivery.status === 'rejected' && delivery.reason instanceof StoreError ? delivery.reason.told : [],
  );
  return settled.map((delivery) => {
    if (delivery.status === 'fulfilled') return delivery.value;
    throw delivery.reason instanceof StoreError ? delivery.reason.afterTelling(told) : delivery.reason;
  });
}

function summaryOf(plan: PushPlan, results: readonly PushRowResult[], deliveries: readonly Delivery[]): PushResult {
  const count = (kind: PushRowResult['kind']): number => results.filter((result) => result.kind === kind).length;
  return {
    planId: plan.id,
    results,
    sent: count('sent'),
    alreadyThere: count('already-there'),
    refused: count('refused'),
    heldByGuard: count('held-by-guard'),
    reRead: count('re-read'),
    troubles: deliveries.flatMap(({ trouble }): readonly ShopFailure[] => (trouble === undefined ? [] : [trouble])),
    cancelled: deliveries.some(({ cancelled }) => cancelled),
  };
}
