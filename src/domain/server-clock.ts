import { type Instant, later } from './ids.ts';

/** Why the clock of a shop or a warehouse says nothing about when something changed. */
export const clockFaults = ['far-off', 'jumped'] as const;
export type ClockFault = (typeof clockFaults)[number];

/** How the clock of a shop or a warehouse stood to ours over a reading. */
export type ClockReading = {
  /** Its clock less ours, in milliseconds, when the reading began; nothing where it never says. */
  readonly aheadMs?: number;
  readonly fault?: ClockFault;
};

/** A clock that is further off says nothing about when something changed. */
const maxOffMs = 60 * 60_000;

/** Whether a clock so far ahead of ours, or behind it, says nothing about when something changed. */
export const isFarOff = (aheadMs: number): boolean => Math.abs(aheadMs) > maxOffMs;

/** A reading's clock after one more answer. What it moved by within `toleranceMs` is looked back over anyway. */
export function observeClock(
  { aheadMs: first, fault }: ClockReading,
  aheadMs: number | undefined,
  toleranceMs: number,
): ClockReading {
  if (aheadMs === undefined) return { aheadMs: first, fault };
  const found = isFarOff(aheadMs) ? 'far-off' : jumped(first, aheadMs, toleranceMs) ? 'jumped' : undefined;
  return { aheadMs: first ?? aheadMs, fault: fault ?? found };
}

const jumped = (before: number | undefined, now: number, toleranceMs: number): boolean =>
  before !== undefined && Math.abs(now - before) > toleranceMs;

/** Whether a moment that was noted by the clock as it stood before is still good to ask from. */
export const canAskSince = (before: ClockReading, now: ClockReading, toleranceMs: number): boolean =>
  now.fault === undefined && (now.aheadMs === undefined || !jumped(before.aheadMs ?? 0, now.aheadMs, toleranceMs));

/**
 * From when on to ask for changes, where the newest record bears this moment: what changes next may be dated by a slower
 * clock than the one that answers, yet after that record. Within an hour: a record may be old for want of any newer.
 */
export function withinRecords(answered: Instant, newestRecord: Instant | undefined): Instant {
  if (newestRecord === undefined || newestRecord >= answered) return answered;
  const earliest = later(answered, -maxOffMs);
  return newestRecord < earliest ? earliest : newestRecord;
}

/** Our moment in the server's own time, where its clock is known and near; ours where it never says. */
export const inServerTime = (moment: Instant, { aheadMs = 0, fault }: ClockReading): Instant | undefined =>
  fault === undefined ? later(moment, aheadMs) : undefined;
