import type { Instant } from '../../domain/ids.ts';
import type { PushPlan } from '../../domain/push-plan.ts';
import type { FormatContext } from '../format/format-context.ts';
import { ago } from '../format/times.ts';
import { firstKeyOf } from '../keyboard/keymap.ts';

/** Whether a plan can be carried out as it stands: it did not go out yet, is young enough, and has something to send. */
export const isReady = (plan: PushPlan, now: Instant): boolean =>
  plan.appliedAt === undefined && plan.expiresAt >= now && plan.rows.some(({ kind }) => kind === 'send');

/** Whether a plan without rows may have had some: those of one that ran out are not kept. */
export const isForgotten = (plan: PushPlan, now: Instant): boolean =>
  plan.rows.length === 0 && plan.appliedAt === undefined && plan.expiresAt < now;

/** How a plan stands, and which key comes next. `applied`: it went out here just now. `broken`: it did not come to its end. */
export function planState(
  plan: PushPlan | undefined,
  { applied, broken }: { readonly applied: boolean; readonly broken: boolean },
  { words, now }: FormatContext,
): string {
  const { screen } = words;
  if (plan === undefined) return screen.noPlan(firstKeyOf('push'));
  const age = ago(plan.madeAt, now, words);
  if (broken) return screen.planInterrupted(age, firstKeyOf('push'));
  if (applied || plan.appliedAt !== undefined) return screen.planApplied(age);
  if (plan.expiresAt < now) return screen.planExpired(age, firstKeyOf('push'));
  return isReady(plan, now) ? screen.planReady(age, firstKeyOf('apply')) : screen.planOfNothing(age);
}
