import { millisecondsOf } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';

/** Waits until the next call may go out. Rejects with the signal's reason. */
export type Pace = (signal: AbortSignal) => Promise<void>;

/**
 * Calls evenly spread over the minute. PeakWMS allows 240 a minute for everybody who asks with the same account, and
 * was seen to feel bursts; the others' share is left to them.
 */
export function makePace(clock: Clock, perMinute: number): Pace {
  const stepMs = 60_000 / perMinute;
  let nextAt = 0;
  return async (signal) => {
    const now = millisecondsOf(clock.now());
    const at = Math.max(now, nextAt);
    nextAt = at + stepMs;
    if (at > now) await clock.wait(at - now, signal);
  };
}
