import PQueue from 'p-queue';
import { type Instant, instantOf, millisecondsOf } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Urgency } from '../ports/shop-connector.ts';

/**
 * The one gate to a host: two calls at a time, a person's before the program's own, and none before the
 * moment until which the host asked to be left alone.
 */
export type Limiter = {
  run<Value>(work: () => Promise<Value>, urgency: Urgency, signal: AbortSignal): Promise<Value>;
  /** Nobody asks before so many milliseconds have passed. Answers until when. */
  pauseFor(milliseconds: number): Instant;
  /** How many milliseconds are left of that. */
  pauseLeftMs(): number;
};

const maxConcurrent = 2;

export function makeLimiter(clock: Clock): Limiter {
  const queue = new PQueue({ concurrency: maxConcurrent });
  let pause: { readonly from: number; readonly until: number } | undefined;
  const nowMs = (): number => millisecondsOf(clock.now());
  const pauseLeftMs = (): number => {
    if (pause === undefined) return 0;
    const now = nowMs();
    // The clock was set back: the pause is as long as it was to be, and no longer.
    if (now < pause.from) pause = { from: now, until: now + pause.until - pause.from };
    return Math.max(0, pause.until - now);
  };
  return {
    run: (work, urgency, signal) => queue.add(work, { priority: urgency === 'interactive' ? 1 : 0, signal }),
    pauseFor: (milliseconds) => {
      const from = nowMs();
      const until = Math.max(from + milliseconds, from + pauseLeftMs());
      pause = { from, until };
      return instantOf(until);
    },
    pauseLeftMs,
  };
}
