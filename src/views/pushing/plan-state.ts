import type { PushPlan } from '../../domain/push.ts';
import { ago } from '../ages.ts';
import { keyOfAction } from '../input/keymap.ts';
import type { Telling } from '../telling.ts';

/** How a plan stands, and which key comes next. `applied`: it went out here just now. `broken`: it did not come to its end. */
export function planState(
  plan: PushPlan | undefined,
  { applied, broken }: { readonly applied: boolean; readonly broken: boolean },
  { words, now }: Telling,
): string {
  const { screen } = words;
  if (plan === undefined) return screen.noPlan(keyOfAction('push'));
  const age = ago(plan.madeAt, now, words);
  if (broken) return screen.planBroken(age, keyOfAction('push'));
  if (applied || plan.appliedAt !== undefined) return screen.planApplied(age);
  return plan.expiresAt < now ? screen.planOld(age, keyOfAction('push')) : screen.planReady(age, keyOfAction('apply'));
}
