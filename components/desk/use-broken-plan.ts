import { useEffect } from 'react';
import { exactLocalTime } from '../../src/views/ages.ts';
import { useDesk } from './use-desk.ts';

/** Says at the start that a push was broken off, here or in a program that ended in the middle of it. */
export function useBrokenPlan(): void {
  const { services, act, say, words, timeZone } = useDesk();
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once, when the program opens
  useEffect(
    () =>
      act(async () => {
        const plan = await services.brokenPlan();
        if (plan?.appliedAt !== undefined)
          say(words.screen.planBrokenAtStart(exactLocalTime(plan.appliedAt, timeZone)), 'waiting');
      }),
    [],
  );
}
