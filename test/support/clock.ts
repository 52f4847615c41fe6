import { type Instant, instantOf, millisecondsOf } from '../../src/domain/ids.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** A clock that stands still until it is moved by hand. */
export type ManualClock = Clock & {
  /** Moves time on and wakes everybody whose wait is over, in the order in which they wake. */
  advance(milliseconds: number): void;
  /** Sets the time, also backwards; wakes nobody. */
  set(instant: Instant): void;
  /** How many wait now. */
  readonly waiting: number;
};

type Sleeper = { readonly until: number; readonly wake: () => void };

/** `auto`: a wait moves the clock on by itself and is over at once, so that patience costs a test no time. */
export function makeClock(options: { readonly start?: string; readonly auto?: boolean } = {}): ManualClock {
  let now = Date.parse(options.start ?? '2026-11-24T08:00:00.000Z');
  // What was set is no time that went by.
  let passed = 0;
  const goOn = (milliseconds: number): void => {
    now += milliseconds;
    passed += milliseconds;
  };
  let sleepers: readonly Sleeper[] = [];
  const sleep = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => {
        sleepers = sleepers.filter((other) => other !== sleeper);
        reject(signal?.reason);
      };
      const wake = (): void => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const sleeper: Sleeper = { until: now + milliseconds, wake };
      sleepers = [...sleepers, sleeper];
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  return {
    now: () => instantOf(now),
    passed: () => passed,
    wait: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      if (options.auto === true) goOn(milliseconds);
      else if (milliseconds > 0) await sleep(milliseconds, signal);
    },
    advance: (milliseconds) => {
      goOn(milliseconds);
      const awake = sleepers.filter((sleeper) => sleeper.until <= now).sort((a, b) => a.until - b.until);
      sleepers = sleepers.filter((sleeper) => sleeper.until > now);
      for (const sleeper of awake) sleeper.wake();
    },
    set: (instant) => {
      now = millisecondsOf(instant);
    },
    get waiting() {
      return sleepers.length;
    },
  };
}
