import type { StoredEvent } from '../../domain/event.ts';
import type { PlanId } from '../../domain/ids.ts';
import { planOutcomes } from '../../domain/push/plan-outcomes.ts';
import type { PushRowResult } from '../../domain/push-plan.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';

/** Events that are read at a time. */
const page = 2_000;

/** How the rows of a plan ended, from the history; none for a plan that was not applied or is not known. */
export async function pushResults(deps: ServiceDependencies, planId: PlanId): Promise<readonly PushRowResult[]> {
  const plan = await deps.store.plan(planId);
  if (plan?.appliedAt === undefined) return [];
  const query = { types: ['stock-pushed', 'push-refused'], since: plan.appliedAt, limit: page } as const;
  const events: StoredEvent[] = [];
  let before: number | undefined;
  for (;;) {
    const more = await deps.store.history({ ...query, before });
    events.push(...more);
    before = more.at(-1)?.seq;
    if (more.length < page) break;
  }
  return planOutcomes(plan, events);
}
