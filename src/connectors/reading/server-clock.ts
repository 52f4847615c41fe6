import type { Clock } from '../../ports/clock.ts';
import { clockAhead } from '../driver-parts/clock-ahead.ts';
import type { Http } from '../http.ts';

/** A line to a warehouse that hears what time it is there. */
export type ClockedHttp = Http & {
  /** The warehouse's clock less ours, in milliseconds, by its last answer; nothing where that does not say. */
  clockAheadMs(): number | undefined;
};

/** Listens to the `Date` of every answer. */
export function withServerClock(http: Http, clock: Clock): ClockedHttp {
  let aheadMs: number | undefined;
  return {
    ...http,
    send: async (request, signal) => {
      const reply = await http.send(request, signal);
      aheadMs = clockAhead(reply.date, clock);
      return reply;
    },
    clockAheadMs: () => aheadMs,
  };
}
