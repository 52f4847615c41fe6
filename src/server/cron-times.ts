import { Cron } from 'croner';
import { type Instant, instantOf } from '../domain/ids.ts';

/** When a cron pattern comes round, in a time zone. Nothing runs by it: whoever asks has a clock of its own. */
export type CronTimes = {
  /** The last time at or before a moment; `undefined` where it never came round. */
  last(now: Instant): Instant | undefined;
  next(now: Instant): Instant | undefined;
};

/** Throws where the pattern is none. */
export function cronTimes(pattern: string, timeZone: string): CronTimes {
  const cron = new Cron(pattern, { timezone: timeZone, paused: true });
  const at = (date: Date | null | undefined): Instant | undefined => (date ? instantOf(date.getTime()) : undefined);
  return {
    last: (now) => at(cron.previousRuns(1, new Date(Date.parse(now) + 1000))[0]),
    next: (now) => at(cron.nextRun(new Date(now))),
  };
}
