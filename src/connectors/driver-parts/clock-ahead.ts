import { type Instant, millisecondsOf } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ConnectionWarning } from '../../ports/shop-connector.ts';

/** A clock that is off by more than this makes "since" a guess. */
const toleranceMs = 5 * 60_000;

/** The shop's clock less ours, in milliseconds; nothing when it did not say. */
export const clockAhead = (date: Instant | undefined, clock: Clock): number | undefined =>
  date === undefined ? undefined : millisecondsOf(date) - millisecondsOf(clock.now());

export const clockWarnings = (aheadMs: number | undefined): readonly ConnectionWarning[] =>
  Math.abs(aheadMs ?? 0) > toleranceMs ? ['clock-off'] : [];
