import type { ShopId } from '../domain/ids.ts';
import { countGuards, type GuardQuestion, holdingGuard } from '../domain/push/push-guards.ts';
import type { PushRow } from '../domain/push-plan.ts';
import type { PushResult, PushService } from '../services/push/push-service.ts';

export type UnattendedPush = {
  /** Plans that are only looked at, and kept nowhere. */
  readonly preview: Pick<PushService, 'plan'>;
  readonly push: Pick<PushService, 'plan' | 'apply'>;
  readonly shopId: ShopId;
  /** The guards that do not hold in this shop. */
  readonly passes: readonly GuardQuestion[];
};

/** What the guards hold in a shop: it waits for a person. */
export const heldRows = (rows: readonly PushRow[], passes: readonly GuardQuestion[] = []): readonly PushRow[] =>
  rows.filter((row) => row.kind === 'send' && holdingGuard(row, new Set(passes)) !== undefined);

/** The figures that no guard stops. */
const freeRows = (rows: readonly PushRow[], passes: readonly GuardQuestion[]): readonly PushRow[] =>
  rows.filter((row) => row.kind === 'send' && holdingGuard(row, new Set(passes)) === undefined);

/**
 * Tells a shop what no guard stops, and leaves the rest. It is previewed first and kept nowhere, so that rounds which
 * have nothing to say leave no plan behind; then planned over exactly these products, and what a guard has come to
 * stop in between is held there.
 */
export async function pushUnattended(
  { preview, push, shopId, passes }: UnattendedPush,
  signal: AbortSignal,
): Promise<PushResult | undefined> {
  const shopIds = [shopId];
  const seen = freeRows((await preview.plan({ shopIds })).rows, passes);
  if (seen.length === 0 || signal.aborted) return undefined;
  const plan = await push.plan({ shopIds, productIds: seen.map(({ productId }) => productId) });
  if (freeRows(plan.rows, passes).length === 0) return undefined;
  const counts = countGuards(plan.rows);
  const yes = Object.fromEntries(passes.map((question) => [question, counts[question]]));
  return push.apply({ planId: plan.id, yes }, signal);
}
