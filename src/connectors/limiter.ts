import PQueue from 'p-queue';
import { type Instant, later, millisecondsOf } from '../domain/ids.ts';
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
  let pausedUntil: Instant | undefined;
  const pauseLeftMs = (): number =>
    pausedUntil === undefined ? 0 : Math.max(0, millisecondsOf(pausedUntil) - millisecondsOf(clock.now()));
  return {
    run: (work, urgency, signal) => queue.add(work, { priority: urgency === 'interactive' ? 1 : 0, signal }),
    pauseFor: (milliseconds) => {
      const until = later(clock.now(), milliseconds);
      if (pausedUntil === undefined || until > pausedUntil) pausedUntil = until;
      return pausedUntil;
    },
    pauseLeftMs,
  };
}
