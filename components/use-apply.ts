import type { PushPlan, PushRowResult } from '../src/domain/push.ts';
import { number } from '../src/views/numbers.ts';
import { guardLabel, pushSummary } from '../src/views/push-lines.ts';
import { useDesk } from './use-desk.ts';

/** From so many rows on the person types the number. */
const many = 100;

/** Asks before a plan goes out: how many, where to, which guards; then applies that very plan. A push cannot be undone, and it says so. */
export function useApply(onResults: (results: readonly PushRowResult[]) => void): (plan: PushPlan) => void {
  const { services, words, ask, act, say } = useDesk();

  const apply = (plan: PushPlan): void =>
    act(async () => {
      say(words.screen.pushing(String(pushSummary(plan.rows).send)), 'quiet');
      const { asks } = pushSummary(plan.rows);
      const result = await services.applyPush({ planId: plan.id, yes: asks }, new AbortController().signal);
      onResults(result.results);
      say(
        words.screen.pushedResult(
          number(result.sent, words),
          number(result.refused, words),
          number(result.reRead, words),
        ),
        result.refused + result.reRead === 0 && result.troubles.length === 0 ? 'good' : 'waiting',
      );
    });
  return (plan) => {
    const { send, asks } = pushSummary(plan.rows);
    if (send === 0) return say(words.screen.nothingToPush, 'quiet');
    const shops = [...new Set(plan.rows.filter((row) => row.kind === 'send').map((row) => row.shopId))];
    const guarded = asks.zeroes + asks.jumps + asks.firsts + asks.negatives;
    const warning = (count: number, label: string) =>
      count === 0 ? [] : [{ text: `▲ ${number(count, words)} ${label}`, tone: 'waiting' as const }];
    ask({
      kind: 'confirm',
      title: words.screen.applyTitle(number(send, words)),
      lines: [
        { text: words.screen.applyTo(shops.join(', ')) },
        ...warning(asks.zeroes, guardLabel('zero', words)),
        ...warning(asks.jumps, guardLabel('jump', words)),
        ...warning(asks.firsts, guardLabel('first-push', words)),
        ...warning(asks.negatives, guardLabel('negative', words)),
        { text: words.screen.pushNoUndo, tone: 'quiet' },
      ],
      yes: words.screen.applyYes,
      ...(guarded > 0 || send >= many ? { typed: String(send) } : {}),
      onYes: () => apply(plan),
    });
  };
}
