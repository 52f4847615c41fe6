import type { Instant, ShopId } from '../ids.ts';
import type { FoundPattern } from '../patterns/find-patterns.ts';
import type { ShopTrouble } from '../shop.ts';

/** What may need a person. One of these is a whole pattern, never a single product. */
export type Condition = {
  /** The same for as long as it is the same trouble. */
  readonly key: string;
  readonly since: Instant;
} & (
  | ShopCondition
  | { readonly kind: 'warehouse-old'; readonly shopId?: undefined; readonly said?: string }
  | {
      readonly kind: 'store-trouble';
      readonly shopId?: undefined;
      readonly said: string;
      /** Where the server runs that cannot use it: another may. */
      readonly machine: string;
    }
);

type ShopCondition = { readonly shopId: ShopId } & (
  | { readonly kind: 'links-lost'; readonly pattern: FoundPattern }
  | { readonly kind: 'conflicts' | 'stock-differs' | 'pushes-held' | 'removals-held'; readonly count: number }
  | {
      readonly kind: 'connection-lost';
      /** What was said, or how the shop is where nobody said anything. */
      readonly said: string;
      /** Absent where the shop was asked nothing; older versions kept its kind before the words. */
      readonly trouble?: ShopTrouble;
    }
  | { readonly kind: 'webhook-silent'; readonly why: { readonly da: string; readonly en: string } }
);

/** A condition that somebody was told of, or is to be. */
export type Alarm = {
  readonly condition: Condition;
  /** When somebody was told; absent while nobody was. */
  readonly toldAt?: Instant;
  /** It is over, and whoever was told of it is to hear that too. */
  readonly solved?: true;
};

/**
 * What is so now, over what was told: new conditions are to be told once, and what is over is told only where the
 * beginning was. What comes back before its end was told is the same alarm, and nothing is said.
 */
export function updateAlarms(alarms: readonly Alarm[], conditions: readonly Condition[]): readonly Alarm[] {
  const now = new Map(conditions.map((condition) => [condition.key, condition]));
  const kept = alarms.flatMap((alarm): readonly Alarm[] => {
    const condition = now.get(alarm.condition.key);
    if (condition !== undefined) return [{ condition, toldAt: alarm.toldAt }];
    return alarm.toldAt === undefined ? [] : [{ ...alarm, solved: true }];
  });
  const known = new Set(kept.map(({ condition }) => condition.key));
  return [...kept, ...conditions.filter(({ key }) => !known.has(key)).map((condition) => ({ condition }))];
}

/** Whether a time of day (`HH:MM`) lies in quiet hours, which may go over midnight. */
export const isQuiet = (time: string, { from, to }: { readonly from: string; readonly to: string }): boolean =>
  from <= to ? time >= from && time < to : time >= from || time < to;
