import { z } from 'zod';
import type { Alarm } from '../../domain/alarms/alarm.ts';
import type { Instant } from '../../domain/ids.ts';
import type { SharedState } from '../../ports/shared-state.ts';

/** What was told and what was heard: all that a start anew, or a server on another machine, has to know. */
export type KeptAlarms = {
  /** When alarms were first looked for on this store. */
  readonly since: Instant;
  readonly alarms: readonly Alarm[];
  /** When each shop's webhook was last heard, by whichever server. */
  readonly heard: Readonly<Record<string, Instant>>;
  /** Since when each shop has had other figures than ours. */
  readonly differing: Readonly<Record<string, Instant>>;
  readonly digestAt?: Instant;
};

export type AlarmMemory = {
  load(now: Instant): Promise<KeptAlarms>;
  save(kept: KeptAlarms): Promise<void>;
  /** Notes what this machine heard, for whichever server tells alarms. */
  hear(heard: KeptAlarms['heard']): Promise<void>;
};

const alarmsKey = 'alarms';
const heardPrefix = 'heard ';

const moments = z.record(z.string(), z.string());
// Only as much is checked as is needed to tell it from another shape; nobody else writes it.
const shape = z.looseObject({
  since: z.string(),
  alarms: z.array(z.looseObject({ condition: z.looseObject({ key: z.string(), kind: z.string() }) })),
  differing: moments,
});

/** Keeps it beside the store. What cannot be read is begun anew: at worst an alarm is told twice. */
export function sharedAlarms(shared: SharedState, machine: string): AlarmMemory {
  const heardBy = async (): Promise<KeptAlarms['heard']> => {
    const latest: Record<string, Instant> = {};
    for (const { value } of await shared.list(heardPrefix)) {
      for (const [shop, at] of Object.entries(moments.safeParse(value).data ?? {})) {
        if (latest[shop] === undefined || latest[shop] < at) latest[shop] = at as Instant;
      }
    }
    return latest;
  };
  return {
    load: async (now) => {
      const kept = (await shared.list(alarmsKey)).find(({ key }) => key === alarmsKey);
      const known = shape.safeParse(kept?.value).success
        ? (kept?.value as KeptAlarms)
        : { since: now, alarms: [], differing: {} };
      return { ...known, heard: await heardBy() };
    },
    save: ({ heard: _each, ...kept }) => shared.put(alarmsKey, kept),
    hear: async (heard) => {
      const known = (await shared.list(heardPrefix)).find(({ key }) => key === `${heardPrefix}${machine}`);
      const before = moments.safeParse(known?.value).data ?? {};
      await shared.put(`${heardPrefix}${machine}`, { ...before, ...heard });
    },
  };
}
