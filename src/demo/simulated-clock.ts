import { instantOf } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import { systemClock } from '../runtime/system-clock.ts';

/** A clock that can be set back, so that the demo has a past; from where it is set it runs like any other. */
export type SimulatedClock = Clock & { set(moment: number): void; backToNow(): void };

/**
 * Makes a clock at the machine's own time. In the past a wait takes no time: it moves the clock on by what was waited
 * for, as the pauses between calls to a shop would else make up most of the demo's start.
 */
export function makeSimulatedClock(): SimulatedClock {
  let shift = 0;
  return {
    now: () => instantOf(Date.now() + shift),
    wait: async (milliseconds, signal) => {
      if (shift + milliseconds >= 0) return systemClock.wait(milliseconds, signal);
      shift += milliseconds;
      return systemClock.wait(0, signal);
    },
    set: (moment) => {
      shift = moment - Date.now();
    },
    backToNow: () => {
      shift = 0;
    },
  };
}
