import { instantOf } from '../../src/domain/ids.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { systemClock } from '../../src/system-clock.ts';

/** A clock that can be set back, so that the demo has a past; from where it is set it runs like any other. */
export type StoryClock = Clock & { set(moment: number): void; backToNow(): void };

export function storyClock(): StoryClock {
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
