import { later, toPlanId } from '../../domain/ids.ts';
import type { PushPlan } from '../../domain/push-plan.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { pushCandidates } from './push-candidates.ts';
import type { PushRequest } from './push-service.ts';

const dayMs = 86_400_000;

/**
 * Works out what the shops should be told and keeps it as a plan, so that what is applied is what was seen. A plan
 * over whole shops only counts the rows that have nothing to say. While the program is only to look, the plan is
 * shown and not kept.
 */
export async function planPush(deps: ServiceDependencies, request: PushRequest): Promise<PushPlan> {
  const { store, clock, tuning, actor } = deps;
  const all = (await pushCandidates(deps, store, request)).map(({ row }) => row);
  const named = request.productIds !== undefined;
  const rows = named ? all : all.filter((row) => row.kind === 'send' || row.why !== 'unchanged');
  const madeAt = clock.now();
  const shops = await store.shops();
  const plan: PushPlan = {
    id: toPlanId(deps.newId()),
    madeAt,
    expiresAt: later(madeAt, tuning.planMs),
    by: actor.name,
    shopIds: shops.map(({ id }) => id).filter((id) => request.shopIds?.includes(id) ?? true),
    rows,
    ...(named ? {} : { unchanged: all.length - rows.length }),
  };
  if (deps.readOnly) return plan;
  const old = later(madeAt, -dayMs);
  await store.change(async (now) => ({
    put: { plans: [plan] },
    drop: { plans: (await now.plans()).filter(({ expiresAt }) => expiresAt < old).map(({ id }) => id) },
    events: [],
  }));
  return plan;
}
