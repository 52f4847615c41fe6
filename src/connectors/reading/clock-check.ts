import { type Instant, millisecondsOf } from '../../domain/ids.ts';

/** A shop's clock that is further off says nothing about when something changed. */
export const maxClockOffMs = 60 * 60_000;

/** Told each moment that a shop names as now; answers how far it is off when it cannot be trusted. */
export type ClockCheck = (shopNow: Instant, now: Instant) => number | undefined;

/**
 * Watches a shop's clock: one that is more than an hour off, or has jumped by more than an hour since the last
 * answer, is no base for "since".
 */
export function makeClockCheck(): ClockCheck {
  let before: number | undefined;
  return (shopNow, now) => {
    const ahead = millisecondsOf(shopNow) - millisecondsOf(now);
    const jumped = before !== undefined && Math.abs(ahead - before) > maxClockOffMs;
    before = ahead;
    return Math.abs(ahead) > maxClockOffMs || jumped ? ahead : undefined;
  };
}
