import { instantOf } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';
import { systemClock } from '../runtime/system-clock.ts';

/** A clock that can be set back, so that the demo has a past; from where it is set it runs like any other. */
export type SimulatedClock = Clock & { set(moment: number): void; backToNow(): void };

export function makeSimulatedClock(): SimulatedClock {
  let shift = 0;
  return {
    now: () => instantOf(Date.now() + shift),
    wait: systemClock.wait,
    set: (moment) => {
      shift = moment - Date.now();
    },
    backToNow: () => {
      shift = 0;
    },
  };
}
