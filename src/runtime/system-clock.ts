import { instantOf } from '../domain/ids.ts';
import type { Clock } from '../ports/clock.ts';

/** Node takes no longer wait than this, and would not wait at all for one that is. */
const longestMs = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => instantOf(Date.now()),
  // Not `performance`: Node loads a module for it, which takes 2 ms.
  passed: () => Math.round(1_000 * process.uptime()),
  wait: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) {
        reject(signal.reason);
        return;
      }
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        },
        Math.min(longestMs, milliseconds),
      );
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
