import type { Instant } from '../domain/ids.ts';

/** Time, passed in: nothing under the entry point asks the machine. */
export interface Clock {
  now(): Instant;
  /**
   * Milliseconds since some moment, whatever is done to the machine's time meanwhile: how long something took is told by
   * it. Not there where nobody sets `now`.
   */
  passed?(): number;
  /** Resolves after so many milliseconds, or rejects with the signal's reason at once when aborted. */
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
