import { type Instant, later } from '../../domain/ids.ts';

/** Clocks of two servers are not further apart than this. */
const apartMs = 3_600_000;

/** Whether a moment was written by a clock that was wrong: it lies further ahead than another server's clock may be. */
export const liesAhead = (at: Instant, now: Instant): boolean => at > later(now, apartMs);
