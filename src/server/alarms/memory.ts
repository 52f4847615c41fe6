import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Alarm } from '../../domain/alarms/alarm.ts';
import type { Instant } from '../../domain/ids.ts';

/** What was told and what was heard: all that a start anew has to know. */
export type KeptAlarms = {
  /** When alarms were first looked for here. */
  readonly since: Instant;
  readonly alarms: readonly Alarm[];
  /** When each shop's webhook was last heard. */
  readonly heard: Readonly<Record<string, Instant>>;
  readonly digestAt?: Instant;
};

export type AlarmMemory = {
  load(now: Instant): Promise<KeptAlarms>;
  save(kept: KeptAlarms): Promise<void>;
};

// Only as much is checked as is needed to tell it from another file; nobody else writes it.
const shape = z.looseObject({
  since: z.string(),
  alarms: z.array(
    z.looseObject({ condition: z.looseObject({ key: z.string(), kind: z.string(), shopId: z.string() }) }),
  ),
  heard: z.record(z.string(), z.string()),
});

/** Keeps it in a file of this machine. One that cannot be read is begun anew: at worst an alarm is told twice. */
export function alarmFile(file: string): AlarmMemory {
  return {
    load: async (now) => {
      const text = await readFile(file, 'utf8').catch(() => '');
      try {
        return shape.parse(JSON.parse(text)) as unknown as KeptAlarms;
      } catch {
        return { since: now, alarms: [], heard: {} };
      }
    },
    save: async (kept) => {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      const aside = `${file}.${process.pid}.tmp`;
      const handle = await open(aside, 'w', 0o600);
      try {
        await handle.writeFile(`${JSON.stringify(kept, undefined, 2)}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(aside, file);
    },
  };
}

/** Keeps it as long as the process lives. */
export function alarmsInMemory(): AlarmMemory {
  let kept: KeptAlarms | undefined;
  return {
    load: async (now) => kept ?? { since: now, alarms: [], heard: {} },
    save: async (next) => {
      kept = next;
    },
  };
}
