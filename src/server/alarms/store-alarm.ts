import type { Alarm, Condition } from '../../domain/alarms/alarm.ts';
import { type Instant, later } from '../../domain/ids.ts';
import type { StoreError } from '../../ports/store-error.ts';

/** A server that is started anew is back sooner. */
const toldAfterMs = 60_000;

type StoreAlarmParts = {
  readonly machine: string;
  readonly now: () => Instant;
  /** The trouble in words. */
  readonly said: (trouble: StoreError) => string;
  readonly isQuiet: (now: Instant) => boolean;
  /** Tells somebody; answers whether that went well. */
  readonly tell: (event: 'raised' | 'solved', alarm: Alarm) => Promise<boolean>;
};

/**
 * Tells once that the store is in trouble, and once that it is over. Whatever else is told is remembered in the store: this
 * alone is remembered by the program, and each server on a store tells it for itself.
 */
export function makeStoreAlarm({
  machine,
  now,
  said,
  isQuiet,
  tell,
}: StoreAlarmParts): (trouble: StoreError | undefined) => Promise<void> {
  let standing: { condition: Condition; isTold: boolean } | undefined;
  return async (trouble) => {
    const at = now();
    if (trouble !== undefined) {
      if (standing?.isTold === true) return;
      const since = standing?.condition.since ?? at;
      const condition: Condition = { key: 'store-trouble', kind: 'store-trouble', since, said: said(trouble), machine };
      standing = { condition, isTold: false };
      if (later(since, toldAfterMs) <= at && !isQuiet(at)) standing.isTold = await tell('raised', { condition });
    } else if (standing !== undefined) {
      const isDone = !standing.isTold || (!isQuiet(at) && (await tell('solved', { condition: standing.condition })));
      if (isDone) standing = undefined;
    }
  };
}
