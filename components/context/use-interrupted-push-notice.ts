import { useEffect } from 'react';
import { exactLocalTime } from '../../src/views/format/times.ts';
import { useApp } from './app-context.ts';

/** Says at the start that a push was broken off, here or in a program that ended in the middle of it. */
export function useInterruptedPushNotice(): void {
  const { services, perform, notify, words, timeZone } = useApp();
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once, when the program opens
  useEffect(
    () =>
      perform(async () => {
        const plan = await services.push.interruptedPlan();
        if (plan?.appliedAt !== undefined)
          notify(words.screen.planInterruptedAtStart(exactLocalTime(plan.appliedAt, timeZone)), 'waiting');
      }),
    [],
  );
}
